"""Prices: what places cost, for weighing pay against it."""

from django.db import models
from django.db.models import Q

from careers.models import Source
from salaries.models.area import Area


class PriceParity(models.Model):
    """What goods and services cost in one area and year, where the nation costs 100.

    The seed owns every field. BEA has states and metropolitan areas; it has no territory, no
    metropolitan area of Puerto Rico, and the nonmetropolitan areas only all together.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="price_parities", db_index=False)
    year = models.PositiveSmallIntegerField()
    all_items = models.FloatField(help_text="Percent of the nation's prices, all items: 93.37.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="price_parities")

    class Meta:
        verbose_name_plural = "price parities"
        constraints = [
            models.UniqueConstraint(fields=["area", "year"], name="price_parity_once"),
            models.CheckConstraint(condition=Q(all_items__gt=0), name="price_parity_is_positive"),
        ]

    def __str__(self):
        return f"{self.area}, {self.year}"
