from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from simple_history.models import HistoricalRecords

CURRENT_SOC = "2018"


class Level(models.TextChoices):
    """The depth of a code in the Standard Occupational Classification."""

    TOTAL = "total", "All occupations"
    MAJOR = "major", "Major group"
    MINOR = "minor", "Minor group"
    BROAD = "broad", "Broad occupation"
    DETAILED = "detailed", "Detailed occupation"


class OccupationQuerySet(models.QuerySet):
    def current(self):
        """Codes of the classification in use today."""
        return self.filter(soc_version=CURRENT_SOC)

    def retired(self):
        """Codes that the classification in use today no longer has."""
        return self.exclude(soc_version=CURRENT_SOC)

    def major_groups(self):
        return self.current().filter(level=Level.MAJOR)


class Occupation(models.Model):
    """A code of the Standard Occupational Classification (SOC), or one that OEWS made for itself.

    Importers own code, level, title, soc_version and parent; editors own display_title, and what
    they write is in the Profile. No import touches an editor's field, and the admin does not offer
    the others.
    """

    code = models.CharField(max_length=7, unique=True, help_text="29-2072; 00-0000 is all occupations.")
    level = models.CharField(
        max_length=8,
        choices=Level,
        help_text="As the newest OEWS release that has the code publishes it (detailed wins where "
        "a code stands twice); the SOC's own level where OEWS never publishes it.",
    )
    title = models.CharField(max_length=200, help_text="The publisher's title.")
    soc_version = models.CharField(
        max_length=4,
        choices={"2010": "SOC 2010", "2019": "OEWS hybrid of May 2019 and 2020", "2018": "SOC 2018"},
        help_text="The newest classification that has the code.",
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    slug = models.SlugField(
        max_length=120, help_text="From the publisher's title; follows the code in addresses."
    )

    display_title = models.CharField(
        max_length=200, blank=True, help_text="Shown instead of the publisher's title, if given."
    )

    history = HistoricalRecords(excluded_fields=["parent", "level", "soc_version", "slug"])
    objects = OccupationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2}-[0-9]{4}$"), name="occupation_code_is_soc"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="occupation_level_is_known"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="occupation_is_not_its_own_parent"
            ),
        ]
        indexes = [models.Index(fields=["level", "code"])]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return f"/occupations/{self.code_slug}/"

    @property
    def name(self):
        """The title that readers see."""
        return self.display_title or self.title

    @property
    def code_slug(self):
        """The occupation's part of an address: 29-2072-medical-records-specialists."""
        return f"{self.code}-{self.slug}"

    @property
    def is_retired(self):
        return self.soc_version != CURRENT_SOC

    @staticmethod
    def make_slug(title):
        return slugify(title)[:110].strip("-")


class CodeChange(models.Model):
    """One step of a code's history: from May of `year` on, `old` is counted in `new`.

    Only real changes are kept (old differs from new). One code may be split into several and
    several may merge into one; a number may come back with another meaning, so follow the years.
    Most steps are of 2017 (codes that OEWS combined), 2019 (SOC 2010 to the hybrid) and 2021 (the
    hybrid to SOC 2018). Source: BLS crosswalks, see data/README.md.
    """

    old = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="successions")
    new = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="origins")
    year = models.PositiveSmallIntegerField(help_text="The first May that uses the new code.")

    class Meta:
        ordering = ["year", "old", "new"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "year"], name="code_change_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="code_change_changes"),
        ]

    def __str__(self):
        return f"{self.old.code} to {self.new.code} in May {self.year}"
