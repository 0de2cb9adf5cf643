"""Wages: what occupations pay, by area and by industry.

Importers own every field. Annual wages are whole dollars, hourly wages whole cents. A null
is "not published"; a cell at or above the top code is null with its bit set in `top_coded`.
"""

from django.db import models
from django.db.models import Case, F, Q, When

from careers.models import Occupation
from salaries.figures import ANNUAL_LADDER, HOURLY_LADDER, MEASURES, TOP_CODE_BITS, AreaType
from salaries.models.area import NATION, STATE_TYPES, Area
from salaries.models.release import Release

ALL_OCCUPATIONS = "00-0000"
FLAGS = ("top_coded", "annual_only", "hourly_only")
FIGURE_FIELDS = (*(m.field for m in MEASURES.values()), *FLAGS)
# What a narrow table says: jobs and the ladders. All of a ladder, because a bound needs what is below it.
LADDER_FIELDS = ("employment", *(MEASURES[name].field for name in ANNUAL_LADDER + HOURLY_LADDER), *FLAGS)


class WageQuerySet(models.QuerySet):
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

    def for_occupation_list(self, release, level, area_code=NATION):
        """Every occupation of one level in one area: its key, its names and its ladders, by code."""
        rows = self.filter(release=release, area__code=area_code, occupation__level=level)
        names = ("code", "slug", "title", "display_title")
        rows = rows.order_by("occupation__code")
        return rows.values_list(
            "occupation_id", *(f"occupation__{n}" for n in names), *LADDER_FIELDS, named=True
        )

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


def wage_bounds():
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
