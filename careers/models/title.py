"""The names that an occupation goes by besides its own."""

from django.db import models
from django.db.models import Q

from careers.models.occupation import Occupation
from careers.models.source import Source


class AlternateTitle(models.Model):
    """A title by which people look for an occupation; several occupations may share one.

    Imports own the rows that name a source and replace them whole; rows without one are editors'
    and no import touches them.
    """

    class Kind(models.TextChoices):
        """From whom the title comes; where a title comes twice, the first of these is kept."""

        EDITOR = "editor", "Editor's"
        REPORTED = "reported", "Reported by people who do the work (O*NET)"
        DIRECT_MATCH = "direct_match", "Belongs to this code alone (SOC direct match titles)"
        ALTERNATE = "alternate", "Alternate title (O*NET)"

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="alternate_titles")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.EDITOR)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="alternate_titles"
    )

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "title"], name="alternate_title_once"),
            models.CheckConstraint(
                condition=Q(kind="editor", source__isnull=True) | ~Q(kind="editor") & Q(source__isnull=False),
                name="alternate_title_is_an_editors_or_has_a_source",
            ),
        ]

    def __str__(self):
        return self.title
