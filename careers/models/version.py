"""A number that every change to what readers see raises, so that what is kept in memory can tell."""

import time

from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest


class DataVersion(models.Model):
    """One row. Publishing, rolling back, seeding, importing and every admin save raise `number`."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="data_version_is_one_row")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def now(cls):
        """The number; 0 before anything was loaded."""
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def raise_number(cls):
        """Say that what readers see has changed; part of the transaction that changes it.

        The number is the seconds since 1970, or one more than before: a site that is seeded anew or brought
        back from a backup then never takes a number for the second time, under which pages may be kept.
        """
        now = int(time.time())
        if not cls.objects.filter(pk=1).update(number=Greatest(F("number") + 1, now)):
            cls.objects.create(pk=1, number=now)
