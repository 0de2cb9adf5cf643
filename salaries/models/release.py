"""Releases: one year of OEWS each, how it names occupations, and what it changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from careers.models import Occupation, Source
from salaries.preview import previewed

NEW_METHOD_YEAR = 2021  # from that May on BLS makes its estimates by a model


class ReleaseQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Release.Status.PUBLISHED)

    def shown(self):
        """What this request shows: the published releases, a previewed one in its year's place."""
        staged = previewed()
        if staged is None:
            return self.published()
        return self.filter(Q(pk=staged.pk) | Q(status=Release.Status.PUBLISHED) & ~Q(year=staged.year))

    def newest(self):
        return self.order_by("-year").select_related("source").defer("report").first()

    def newest_published(self):
        return self.published().newest()

    def newest_shown(self):
        """The release that a page's figures come from unless it says another year."""
        return self.shown().newest()

    def of_year(self, year):
        """The release of a year that this request shows, or None."""
        return self.shown().filter(year=year).select_related("source").first()

    def for_profile(self):
        """Every published release, newest first, with what a page says of it: no report."""
        source = ("short_name", "publisher", "title", "period", "published", "url", "licence", "attribution")
        own = ("year", "revision", "soc_version", "annual_top_code", "hourly_top_code_cents", "levels")
        releases = self.shown().select_related("source").order_by("-year")
        return releases.only(*own, *(f"source__{name}" for name in source))


class Release(models.Model):
    """One year of OEWS (reference month May), in one revision; a year has at most one published."""

    class Status(models.TextChoices):
        STAGED = "staged", "Staged: loaded, seen by editors only"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired: replaced by a later revision"

    year = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField(default=1, help_text="Raised when BLS corrects its files.")
    status = models.CharField(max_length=9, choices=Status, default=Status.STAGED)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="releases")
    soc_version = models.CharField(max_length=4, choices=Occupation._meta.get_field("soc_version").choices)
    annual_top_code = models.PositiveIntegerField(help_text="Dollars a year at which BLS prints #.")
    hourly_top_code_cents = models.PositiveIntegerField(help_text="Cents an hour at which BLS prints #.")
    levels = models.JSONField(
        default=dict, help_text="Area type (or 'industries') to rows and files, as loaded."
    )
    report = models.JSONField(default=dict, help_text="What the import read and what changed.")
    imported_at = models.DateTimeField(auto_now=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["year", "revision"], name="release_revision_once"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(status="published"), name="release_year_published_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["staged", "published", "retired"]), name="release_status_is_known"
            ),
        ]

    def __str__(self):
        revision = f", revision {self.revision}" if self.revision > 1 else ""
        return f"{self.period}{revision}"

    def get_absolute_url(self):
        return f"/releases/{self.slug}/"

    @property
    def period(self):
        return f"May {self.year}"

    @property
    def slug(self):
        return f"oews-{self.year}"

    @property
    def frozen_slug(self):
        """Its part of the addresses that citations lead to, one for each revision."""
        return f"{self.slug}-r{self.revision}" if self.revision > 1 else self.slug

    def listed_changes(self):
        """The entries of each kind of change, in their order: {"codes_gone": [{"code": ...}], ...}."""
        listed = {kind: [] for kind in Change.Kind.values}
        for change in self.changes.order_by("kind", "position"):
            listed[change.kind].append(change.detail)
        return listed


class ReleaseTitle(models.Model):
    """An occupation as one release names it, for telling a renamed code from a new one."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="titles")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="release_titles")
    title = models.CharField(max_length=200)
    level = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "occupation"], name="release_title_once")]

    def __str__(self):
        return self.title


class Change(models.Model):
    """One thing that a release changed against the one before it; made when it was imported.

    `detail` is the entry as salaries.oews.compare made it, values in the units of Wage.
    """

    class Kind(models.TextChoices):
        MOVERS = "movers", "National medians that moved"
        MARKS_TO_NUMBERS = "marks_to_numbers", "Bounds that became figures"
        NUMBERS_TO_MARKS = "numbers_to_marks", "Figures that became bounds"
        PUBLISHED_NOW = "published_now", "Medians published that were not before"
        PUBLISHED_NO_LONGER = "published_no_longer", "Medians no longer published"
        CODES_NEW = "codes_new", "Occupations new"
        CODES_GONE = "codes_gone", "Occupations gone"
        CODES_RENAMED = "codes_renamed", "Occupations renamed"
        CODES_SPLIT = "codes_split", "Occupations split"
        CODES_MERGED = "codes_merged", "Occupations merged"
        AREAS_NEW = "areas_new", "Areas new"
        AREAS_GONE = "areas_gone", "Areas gone"
        AREAS_RENAMED = "areas_renamed", "Areas renamed"

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="changes", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind)
    position = models.PositiveIntegerField(help_text="In its kind's list, the largest change first.")
    part = models.PositiveSmallIntegerField(help_text="The area type whose files told it.")
    code = models.CharField(max_length=7, help_text="Of the occupation, or of the area.")
    title = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["release", "kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "kind", "position"], name="change_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.title}, {self.release}"
