"""Records: one validated line of a file each, with no ORM behind it."""

from typing import NamedTuple

from salaries.figures import AreaType

NATION_CODE = "0000000"
INDUSTRIES = "industries"  # beside the area types: the part of a release that is the nation by industry


class WageRecord(NamedTuple):
    """One line of a file: one occupation in one area. Fields and units as salaries.models.Wage."""

    area: str
    occupation: str
    employment: int | None
    employment_prse: float | None
    jobs_per_1000: float | None
    location_quotient: float | None
    mean_prse: float | None
    annual_mean: int | None
    annual_p10: int | None
    annual_p25: int | None
    annual_median: int | None
    annual_p75: int | None
    annual_p90: int | None
    hourly_mean_cents: int | None
    hourly_p10_cents: int | None
    hourly_p25_cents: int | None
    hourly_median_cents: int | None
    hourly_p75_cents: int | None
    hourly_p90_cents: int | None
    top_coded: int
    annual_only: bool
    hourly_only: bool


class IndustryRecord(NamedTuple):
    """One occupation in one industry of the nation. Fields as salaries.models.IndustryWage."""

    industry: str
    occupation: str
    employment: int | None
    annual_median: int | None
    hourly_median_cents: int | None
    top_coded: int
    annual_only: bool
    hourly_only: bool


class AreaRecord(NamedTuple):
    code: str
    area_type: int
    title: str
    primary_state: str


NATION = AreaRecord(NATION_CODE, AreaType.NATION, "United States", "US")


class LadderNote(NamedTuple):
    """A ladder that BLS published out of order: kept as published, and said."""

    file: str
    line: int
    area: str
    occupation: str
    ladder: str
    values: tuple
