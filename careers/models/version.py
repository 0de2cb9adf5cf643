"""A number that every change to what readers see raises, so that what is kept in memory can tell."""

from django.db import models
from django.db.models import F


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
        """Say that what readers see has changed; part of the transaction that changes it."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.create(pk=1, number=1)
