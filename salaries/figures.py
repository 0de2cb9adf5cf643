"""Figures: a number as the site may say it, or the right word where there is none.

Nothing here imports Django. Every number on a page, in an export and in a chart passes through
`Figure`, so that a suppressed, a top-coded and a missing figure are never told alike.
"""

from enum import IntEnum, StrEnum
from typing import NamedTuple


class AreaType(IntEnum):
    """OEWS's AREA_TYPE (5, metropolitan division, is gone after May 2018)."""

    NATION = 1
    STATE = 2
    TERRITORY = 3
    METRO = 4
    DIVISION = 5
    NONMETRO = 6

    @property
    def label(self):
        return AREA_TYPE_LABELS[self]


AREA_TYPE_LABELS = {
    AreaType.NATION: "nation",
    AreaType.STATE: "state",
    AreaType.TERRITORY: "territory",
    AreaType.METRO: "metropolitan area",
    AreaType.DIVISION: "metropolitan division",
    AreaType.NONMETRO: "nonmetropolitan area",
}


class Status(StrEnum):
    """Whether a figure is a number, and if not, which of the words for no number it is."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    NOT_PUBLISHED = "not_published"
    HOURLY_ONLY = "hourly_only"
    ANNUAL_ONLY = "annual_only"
    NOT_LOADED = "not_loaded"


WORDS = {
    Status.NOT_PUBLISHED: "not published",
    Status.HOURLY_ONLY: "paid hourly only",
    Status.ANNUAL_ONLY: "paid yearly only",
    Status.NOT_LOADED: "not loaded",
}


class Unit(StrEnum):
    DOLLARS_A_YEAR = "a year"
    CENTS_AN_HOUR = "an hour"
    JOBS = "jobs"
    PERCENT = "percent"
    PER_1000 = "per 1,000 jobs"
    RATIO = "ratio"
    JOBS_MORE = "jobs more or fewer"
    PERCENT_MORE = "percent more or less"
    OPENINGS = "openings a year"
    PEOPLE = "people a year"
    AWARDS = "awards a year"


class Measure(NamedTuple):
    """What a figure measures. `name` is also the export's column; `field` is the model's."""

    name: str
    label: str
    unit: Unit
    field: str


PERCENTILES = ("p10", "p25", "median", "p75", "p90")
_LABELS = {
    "mean": "mean",
    "p10": "10th percentile",
    "p25": "25th percentile",
    "median": "median",
    "p75": "75th percentile",
    "p90": "90th percentile",
}

MEASURES = {
    m.name: m
    for m in [
        Measure("employment", "jobs", Unit.JOBS, "employment"),
        Measure("employment_prse", "relative standard error of employment", Unit.PERCENT, "employment_prse"),
        Measure("jobs_per_1000", "jobs per 1,000", Unit.PER_1000, "jobs_per_1000"),
        Measure("location_quotient", "location quotient", Unit.RATIO, "location_quotient"),
        Measure("mean_prse", "relative standard error of the mean", Unit.PERCENT, "mean_prse"),
        *(Measure(f"annual_{k}", label, Unit.DOLLARS_A_YEAR, f"annual_{k}") for k, label in _LABELS.items()),
        *(
            Measure(f"hourly_{k}", label, Unit.CENTS_AN_HOUR, f"hourly_{k}_cents")
            for k, label in _LABELS.items()
        ),
    ]
}

# What BLS projects for an occupation, and the schooling of those in it: fields of careers.models'
# Projection and EducationAttained. Not among MEASURES, which are what a release of OEWS holds.
OUTLOOK_MEASURES = {
    m.name: m
    for m in [
        Measure("base_employment", "jobs", Unit.JOBS, "employment"),
        Measure("projected_employment", "projected jobs", Unit.JOBS, "projected_employment"),
        Measure("employment_change", "projected change in jobs", Unit.JOBS_MORE, "change"),
        Measure("employment_change_percent", "projected change in jobs", Unit.PERCENT_MORE, "change_percent"),
        Measure("openings", "projected openings a year", Unit.OPENINGS, "openings"),
        Measure("labor_force_exits", "people a year who stop working", Unit.PEOPLE, "labor_force_exits"),
        Measure(
            "occupational_transfers",
            "people a year who move to another occupation",
            Unit.PEOPLE,
            "occupational_transfers",
        ),
        Measure("self_employed_percent", "self-employed", Unit.PERCENT, "self_employed_percent"),
    ]
}
EDUCATION_MEASURES = {
    f"{name}_share": Measure(f"{name}_share", label, Unit.PERCENT, name)
    for name, label in {
        "less_than_high_school": "less than a high school diploma",
        "high_school": "a high school diploma or equivalent",
        "some_college": "some college, no degree",
        "associate": "an associate's degree",
        "bachelor": "a bachelor's degree",
        "master": "a master's degree",
        "doctorate": "a doctoral or professional degree",
    }.items()
}

ANNUAL_LADDER = tuple(f"annual_{p}" for p in PERCENTILES)
HOURLY_LADDER = tuple(f"hourly_{p}" for p in PERCENTILES)
PAY_MEASURES = tuple(name for name in MEASURES if name.startswith(("annual_", "hourly_")))

# The bit of Wage.top_coded that says "BLS printed # in this cell". The order is for ever:
# it is stored in the database.
TOP_CODE_BITS = {name: 1 << i for i, name in enumerate(PAY_MEASURES)}


class Figure(NamedTuple):
    """A number as the site may say it, with what a reader needs to cite it.

    `value` is dollars for yearly pay, cents for hourly pay, jobs, or percent (see `measure.unit`);
    for `at_least` it is the bound; for every other status than exact it is None.
    """

    measure: Measure
    status: Status
    value: int | float | None
    place: str
    period: str
    source: str

    @property
    def is_exact(self):
        return self.status is Status.EXACT

    @property
    def has_number(self):
        """Whether there is a number to print, exact or a bound."""
        return self.value is not None

    @property
    def amount(self):
        """The number alone, for example "$51,140", "$24.59" or "194,720"; empty without one."""
        return "" if self.value is None else format_value(self.value, self.measure.unit)

    @property
    def text(self):
        """What stands in a table's cell: "$51,140", "at least $239,200", "not published"."""
        if self.status is Status.EXACT:
            return self.amount
        if self.status is Status.AT_LEAST:
            return f"at least {self.amount}"
        return WORDS[self.status]

    @property
    def citation(self):
        """The figure with its measure, place, period and source."""
        per = f" {self.measure.unit}" if self.has_number and self.is_pay else ""
        return f"{self.text}{per} · {self.measure.label} · {self.place} · {self.period} · {self.source}"

    @property
    def is_pay(self):
        return self.measure.unit in (Unit.DOLLARS_A_YEAR, Unit.CENTS_AN_HOUR)

    @property
    def export_value(self):
        """The number for a spreadsheet, money in dollars; empty where there is none."""
        if self.value is None:
            return ""
        return self.value / 100 if self.measure.unit is Unit.CENTS_AN_HOUR else self.value


def format_value(value, unit):
    """A number in its unit as the site prints it.

    >>> format_value(51140, Unit.DOLLARS_A_YEAR), format_value(2459, Unit.CENTS_AN_HOUR)
    ('$51,140', '$24.59')
    """
    if unit is Unit.DOLLARS_A_YEAR:
        return f"${value:,}"
    if unit is Unit.CENTS_AN_HOUR:
        return f"${value // 100:,}.{value % 100:02d}"
    if unit is Unit.JOBS:
        return f"{value:,}"
    return _format_rarer(value, unit)


def _format_rarer(value, unit):
    if unit is Unit.PERCENT:
        return f"{value:.1f}%"
    if unit is Unit.PERCENT_MORE:
        return f"{_sign(value)}{abs(value):.1f}%"
    if unit is Unit.JOBS_MORE:
        return f"{_sign(value)}{abs(value):,}"
    if unit in (Unit.OPENINGS, Unit.PEOPLE, Unit.AWARDS):
        return f"{value:,}"
    return f"{value:,.3f}" if unit is Unit.PER_1000 else f"{value:.2f}"


def _sign(value):
    return "+" if value > 0 else "−" if value < 0 else ""


def figure_of(wage, name, release, place):
    """One measure of a wage as a Figure.

    `wage` is a Wage or IndustryWage, or None where no row is loaded or published for the place;
    `release` has annual_top_code, hourly_top_code_cents, period and source; `place` is the
    area's title. A missing row is "not published": the release has no such row.
    """
    measure = MEASURES[name]
    status, value = Status.NOT_PUBLISHED, None
    if wage is not None:
        status, value = _status_and_value(wage, measure, release)
    return Figure(measure, status, value, place, release.period, release.source.short_name)


def not_loaded(name, place, period, source):
    """The figure of a release that this site does not hold."""
    return Figure(MEASURES[name], Status.NOT_LOADED, None, place, period, source)


def ladder_of(wage, per, release, place):
    """The five percentiles, p10 to p90, of a wage; `per` is "annual" or "hourly"."""
    names = ANNUAL_LADDER if per == "annual" else HOURLY_LADDER
    return [figure_of(wage, name, release, place) for name in names]


def _status_and_value(wage, measure, release):
    value = getattr(wage, measure.field)
    if value is not None:
        return Status.EXACT, value
    if wage.top_coded & TOP_CODE_BITS.get(measure.name, 0):
        return Status.AT_LEAST, bound_of(wage, measure.name, release)
    if measure.unit is Unit.DOLLARS_A_YEAR and wage.hourly_only:
        return Status.HOURLY_ONLY, None
    if measure.unit is Unit.CENTS_AN_HOUR and wage.annual_only:
        return Status.ANNUAL_ONLY, None
    return Status.NOT_PUBLISHED, None


def bound_of(wage, name, release):
    """The lowest the true value of a top-coded cell can be, in the measure's own unit.

    The release's top code, or the highest published percentile below the cell where that is
    more: St. Louis athletes' 75th percentile is $776,140, and their 90th is marked #.
    """
    annual = name in ANNUAL_LADDER or name == "annual_mean"
    limit = release.annual_top_code if annual else release.hourly_top_code_cents
    ladder = ANNUAL_LADDER if annual else HOURLY_LADDER
    if name not in ladder:
        return limit
    below = [getattr(wage, MEASURES[n].field, None) for n in ladder[: ladder.index(name)]]
    return max([limit, *(v for v in below if v is not None)])
