"""What a state asks of people before they may do the work. Editors own every field."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from careers.models.occupation import Occupation


class LicenceQuerySet(models.QuerySet):
    def confirmed(self):
        """What readers may see: an editor has checked it at the agency, on a day that is kept."""
        return self.filter(checked__isnull=False)


class LicenceRequirement(models.Model):
    """A licence that a state requires for an occupation. Shown only once an editor has confirmed it.

    A state without a row is one that nobody has looked up, never one without a requirement.
    """

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="licence_requirements")
    state = models.CharField(max_length=2, help_text="Postal code: OH.")
    name = models.CharField(max_length=200, help_text="What the state calls the licence.")
    agency = models.CharField(max_length=200, help_text="Who gives it.")
    site = models.URLField(help_text="The agency's page about it.")
    note = models.CharField(max_length=300, blank=True)
    checked = models.DateField(null=True, blank=True, help_text="When an editor confirmed it at the agency.")

    history = HistoricalRecords()
    objects = LicenceQuerySet.as_manager()

    class Meta:
        ordering = ["occupation", "state", "name"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "state", "name"], name="licence_requirement_once"),
            models.CheckConstraint(
                condition=Q(state__regex=r"^[A-Z]{2}$"), name="licence_requirement_state_is_postal"
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.state})"
