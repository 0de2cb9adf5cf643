"""What occupations pay: releases of OEWS, their areas and their wages.

Importers own every field. Annual wages are whole dollars, hourly wages whole cents. A null
is "not published"; a cell at or above the top code is null with its bit set in `top_coded`.
"""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.text import slugify

from careers.models import Occupation, Source
from salaries.figures import ANNUAL_LADDER, HOURLY_LADDER, MEASURES, TOP_CODE_BITS, AreaType

NATION = "0000000"
ALL_OCCUPATIONS = "00-0000"
STATE_TYPES = (AreaType.STATE, AreaType.TERRITORY)
FLAGS = ("top_coded", "annual_only", "hourly_only")
FIGURE_FIELDS = (*(m.field for m in MEASURES.values()), *FLAGS)
# What a narrow table says: jobs and the ladders. All of a ladder, because a bound needs what is below it.
LADDER_FIELDS = ("employment", *(MEASURES[name].field for name in ANNUAL_LADDER + HOURLY_LADDER), *FLAGS)


class ReleaseQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Release.Status.PUBLISHED)

    def newest_published(self):
        """The release that the site's figures come from unless a page says another year."""
        return self.published().order_by("-year").select_related("source").defer("report").first()

    def of_year(self, year):
        """The published release of a year, or None."""
        return self.published().filter(year=year).select_related("source").first()

    def for_profile(self):
        """Every published release, newest first, with what a page says of it: no report."""
        source = ("short_name", "publisher", "title", "period", "published", "url", "licence", "attribution")
        own = ("year", "soc_version", "annual_top_code", "hourly_top_code_cents", "levels")
        releases = self.published().select_related("source").order_by("-year")
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
        default=dict, help_text="Area type (or 'industries') to rows, digest and files, as loaded."
    )
    report = models.JSONField(default=dict, help_text="What the import read and what changed.")
    imported_at = models.DateTimeField(auto_now=True)
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


class AreaQuerySet(models.QuerySet):
    def states(self):
        """The states, the District of Columbia and the territories, by name."""
        return self.filter(area_type__in=STATE_TYPES).order_by("title")

    def states_and_nation(self):
        """What a metro falls back on."""
        return self.filter(Q(area_type__in=STATE_TYPES) | Q(code=NATION))

    def named(self, *texts):
        """Areas that one of the texts names exactly: see Area.is_named."""
        exact = Q()
        for text in texts:
            exact |= Q(slug=text.lower()) | Q(code=text) | Q(title__iexact=text)
            exact |= Q(primary_state=text.upper(), area_type__in=[*STATE_TYPES, AreaType.NATION])
        return self.filter(exact).order_by("area_type", "code") if texts else self.none()

    def near(self, text):
        """Areas whose titles hold every word of the text: what a reader may have meant."""
        words = Q()
        for word in text.replace(",", " ").split()[:8]:
            words &= Q(title__icontains=word)
        return self.filter(words).order_by() if words else self.none()


class Area(models.Model):
    """A place for which OEWS publishes figures."""

    code = models.CharField(max_length=7, unique=True, help_text="0000000, 0600000, 0010180, 0100001.")
    area_type = models.PositiveSmallIntegerField(choices=[(t.value, t.label) for t in AreaType])
    title = models.CharField(max_length=120, help_text="Akron, OH")
    slug = models.SlugField(max_length=130, unique=True)
    primary_state = models.CharField(max_length=2, help_text="Postal code; US for the nation.")

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["area_type", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{7}$"), name="area_code_is_seven_digits"),
            models.CheckConstraint(
                condition=Q(area_type__in=[t.value for t in AreaType]), name="area_type_is_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/areas/{self.slug}/"

    @property
    def is_state(self):
        return self.area_type in STATE_TYPES

    def is_named(self, text):
        """Whether the text is this area's address, code or title, or a state's postal code."""
        names = {self.slug, self.code, self.title.casefold()}
        if self.is_state or self.area_type == AreaType.NATION:
            names.add(self.primary_state.casefold())
        return text.casefold() in names

    @staticmethod
    def make_slug(title):
        return slugify(title)[:120].strip("-")


class WageQuerySet(models.QuerySet):
    def published(self):
        return self.filter(release__status=Release.Status.PUBLISHED)

    def years_of(self, occupation):
        """The years in which the occupation has national figures, newest first."""
        wages = self.published().filter(occupation=occupation, area__code=NATION)
        return wages.order_by("-release__year").values_list("release__year", flat=True)

    def for_pay_page(self, occupation, release):
        """The occupation in every area of the release, as rows in no order (databases sort names apart)."""
        return self.filter(release=release, occupation=occupation).as_rows()

    def for_area_page(self, area, release):
        """Every occupation of the area in the release, as rows, by code."""
        return self.filter(release=release, area=area).order_by("occupation__code").as_rows()

    def for_area_list(self, release):
        """All occupations together in every area."""
        rows = self.filter(release=release, occupation__code=ALL_OCCUPATIONS)
        return rows.order_by("area__area_type", "area__title").as_rows()

    def for_overview(self, area, release):
        """All occupations together in the area, in its primary state and in the nation.

        With a state come its metros and nonmetros: those that it is the primary state of.
        """
        places = Q(area=area) | Q(area__code=NATION)
        if area.is_state:
            places |= Q(area__primary_state=area.primary_state)
        elif area.area_type != AreaType.NATION:
            places |= Q(area__primary_state=area.primary_state, area__area_type__in=STATE_TYPES)
        rows = self.filter(places, release=release, occupation__code=ALL_OCCUPATIONS)
        return rows.order_by("area__area_type", "area__title").as_rows()

    def for_comparison(self, occupations, areas, release):
        """Each of the occupations in each of the areas (those asked for and those to fall back on)."""
        return self.filter(release=release, occupation__in=occupations, area__in=areas).as_rows()

    def for_occupation_list(self, release, level):
        """Every occupation of one level in the nation: its names and its ladders."""
        rows = self.filter(release=release, area__code=NATION, occupation__level=level)
        names = ("occupation__code", "occupation__slug", "occupation__title", "occupation__display_title")
        return rows.values_list(*names, *LADDER_FIELDS, named=True)

    def for_profile(self, occupation_ids, release_ids):
        """The occupations in the nation in the given releases, as rows with both keys."""
        rows = self.filter(release__in=release_ids, occupation__in=occupation_ids, area__code=NATION)
        means = ("annual_mean", "hourly_mean_cents")
        return rows.values_list("release_id", "occupation_id", *LADDER_FIELDS, *means, named=True)

    def for_states(self, occupation_id, release):
        """The occupation in the states and territories that have a row for it."""
        rows = self.filter(release=release, occupation=occupation_id, area__area_type__in=STATE_TYPES)
        return rows.values_list("area_id", *LADDER_FIELDS, named=True)

    def as_rows(self):
        """Named tuples that a table of hundreds of rows can afford: every figure, codes and names."""
        names = {
            "occupation_code": F("occupation__code"),
            "occupation_slug": F("occupation__slug"),
            "occupation_level": F("occupation__level"),
            "occupation_title": Case(
                When(occupation__display_title="", then=F("occupation__title")),
                default=F("occupation__display_title"),
            ),
            "area_code": F("area__code"),
            "area_slug": F("area__slug"),
            "area_title": F("area__title"),
            "area_type": F("area__area_type"),
            "area_state": F("area__primary_state"),
        }
        return self.annotate(**names).values_list(*FIGURE_FIELDS, "release_id", *names, named=True)


def wage_bounds(prefix=""):
    """No wage is zero or less: a cell that is not a number is null, never 0."""
    fields = ["annual_mean", "annual_p10", "annual_p25", "annual_median", "annual_p75", "annual_p90"]
    condition = Q()
    for name in fields + [f.replace("annual", "hourly") + "_cents" for f in fields]:
        condition &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": 0})
    return condition


class Wage(models.Model):
    """One occupation in one area in one release, across all industries."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="wages", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="wages", db_index=False)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="wages", db_index=False)
    employment = models.PositiveIntegerField(null=True, help_text="Jobs; TOT_EMP.")
    employment_prse = models.FloatField(null=True, help_text="Percent; EMP_PRSE.")
    jobs_per_1000 = models.FloatField(null=True, help_text="Jobs per 1,000 jobs in the area; JOBS_1000.")
    location_quotient = models.FloatField(null=True, help_text="LOC_QUOTIENT.")
    mean_prse = models.FloatField(null=True, help_text="Percent, of the mean wage; MEAN_PRSE.")
    annual_mean = models.PositiveIntegerField(null=True, help_text="Dollars; A_MEAN.")
    annual_p10 = models.PositiveIntegerField(null=True, help_text="Dollars; A_PCT10.")
    annual_p25 = models.PositiveIntegerField(null=True, help_text="Dollars; A_PCT25.")
    annual_median = models.PositiveIntegerField(null=True, help_text="Dollars; A_MEDIAN.")
    annual_p75 = models.PositiveIntegerField(null=True, help_text="Dollars; A_PCT75.")
    annual_p90 = models.PositiveIntegerField(null=True, help_text="Dollars; A_PCT90.")
    hourly_mean_cents = models.PositiveIntegerField(null=True, help_text="Cents; H_MEAN.")
    hourly_p10_cents = models.PositiveIntegerField(null=True, help_text="Cents; H_PCT10.")
    hourly_p25_cents = models.PositiveIntegerField(null=True, help_text="Cents; H_PCT25.")
    hourly_median_cents = models.PositiveIntegerField(null=True, help_text="Cents; H_MEDIAN.")
    hourly_p75_cents = models.PositiveIntegerField(null=True, help_text="Cents; H_PCT75.")
    hourly_p90_cents = models.PositiveIntegerField(null=True, help_text="Cents; H_PCT90.")
    top_coded = models.PositiveSmallIntegerField(
        default=0, help_text="Cells that BLS marks #: one bit each, see salaries.figures.TOP_CODE_BITS."
    )
    annual_only = models.BooleanField(default=False, help_text="BLS publishes yearly pay only; ANNUAL.")
    hourly_only = models.BooleanField(default=False, help_text="BLS publishes hourly pay only; HOURLY.")

    objects = WageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "occupation", "area"], name="wage_once"),
            models.CheckConstraint(condition=wage_bounds(), name="wage_is_positive_or_null"),
            models.CheckConstraint(
                condition=Q(annual_only=False) | Q(hourly_only=False), name="wage_not_both_only"
            ),
            models.CheckConstraint(
                condition=Q(top_coded__gte=0, top_coded__lt=1 << len(TOP_CODE_BITS)),
                name="wage_top_coded_is_bits",
            ),
        ]
        indexes = [models.Index(fields=["release", "area"], name="wage_release_area")]

    def __str__(self):
        return f"{self.occupation} in {self.area}, {self.release}"


class Industry(models.Model):
    """A NAICS industry, or one that OEWS made for itself."""

    code = models.CharField(max_length=6, unique=True, help_text="62, 31-33, 622000, 622100.")
    title = models.CharField(max_length=150)
    level = models.CharField(max_length=8, help_text="sector, 3-digit, 4-digit, 5-digit, 6-digit or owner.")

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "industries"

    def __str__(self):
        return self.title


class IndustryWageQuerySet(models.QuerySet):
    def for_profile(self, occupation_id, release):
        """Who employs the occupation: its four-digit industries, the most jobs first, as rows."""
        rows = self.filter(release=release, occupation=occupation_id, industry__level="4-digit")
        rows = rows.filter(employment__isnull=False).order_by("-employment", "industry__code")
        figures = ("employment", "annual_median", "hourly_median_cents", *FLAGS)
        return rows.values_list("industry__code", "industry__title", *figures, named=True)


class IndustryWage(models.Model):
    """One occupation in one industry nationally: who employs these people, and at what median."""

    release = models.ForeignKey(
        Release, on_delete=models.CASCADE, related_name="industry_wages", db_index=False
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="industry_wages", db_index=False
    )
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, related_name="wages", db_index=False)
    employment = models.PositiveIntegerField(null=True, help_text="Jobs; TOT_EMP.")
    annual_median = models.PositiveIntegerField(null=True, help_text="Dollars; A_MEDIAN.")
    hourly_median_cents = models.PositiveIntegerField(null=True, help_text="Cents; H_MEDIAN.")
    top_coded = models.PositiveSmallIntegerField(default=0, help_text="As in Wage.")
    annual_only = models.BooleanField(default=False)
    hourly_only = models.BooleanField(default=False)

    objects = IndustryWageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "occupation", "industry"], name="industry_wage_once")
        ]

    def __str__(self):
        return f"{self.occupation} in {self.industry}, {self.release}"
