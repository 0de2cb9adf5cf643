"""What the API's answers look like: the OpenAPI document is made from these."""

import datetime
from typing import Annotated, Generic, TypeVar

from ninja import Field, Schema

from salaries.figures import Unit

Item = TypeVar("Item")
Text = Annotated[str, Field(max_length=100)]

# Money leaves the site in dollars, an hour's too.
UNITS = {Unit.DOLLARS_A_YEAR: "dollars a year", Unit.CENTS_AN_HOUR: "dollars an hour"}


def tell(figure):
    """A Figure as the API has it: {"value": 24.59, "status": "exact", "measure": "hourly_median", ...}."""
    value = figure.export_value
    return {
        "value": None if value == "" else value if isinstance(value, int) else float(value),
        "status": figure.status.value,
        "measure": figure.measure.name,
        "label": figure.measure.label,
        "unit": UNITS.get(figure.measure.unit, figure.measure.unit.value),
        "place": figure.place,
        "period": figure.period,
        "source": figure.source,
    }


class Asked(Schema):
    """What every list takes."""

    limit: int = Field(20, ge=1, le=100, description="How many items, 1 to 100.")
    cursor: str = Field("", max_length=400, description="Of the page before: follow “next” instead.")


class FigureTold(Schema):
    """A number, or the word for why there is none. “value” is a bound where “status” is at_least."""

    value: int | float | None
    status: str = Field(description="exact, at_least, not_published, hourly_only, annual_only or not_loaded.")
    measure: str = Field(examples=["annual_median"])
    label: str = Field(examples=["median"])
    unit: str = Field(examples=["dollars a year"])
    place: str = Field(examples=["United States"])
    period: str = Field(examples=["May 2025"])
    source: str = Field(examples=["BLS OEWS"])


Figures = dict[str, FigureTold]


class Page(Schema, Generic[Item]):
    """A page of a list. “next” is the address of the next, null on the last; `count` is of all."""

    count: int
    items: list[Item]
    next: str | None


class Problem(Schema):
    """What was wrong, in words; `fields` names the parameters at fault, `near` what may be meant."""

    status: int
    message: str
    fields: dict[str, list[str]] = {}
    near: list[str] = []


class ErrorTold(Schema):
    error: Problem


class OccupationNamed(Schema):
    code: str = Field(examples=["29-2072"])
    title: str = Field(examples=["Medical Records Specialists"])
    url: str = Field(description="Its page on this site.")


class AreaTold(Schema):
    code: str = Field(examples=["3900000"])
    title: str = Field(examples=["Ohio"])
    type: str = Field(examples=["state"])
    url: str


class Outlook(Schema):
    """What BLS projects; `code` is the occupation that it projects, in which this one is counted."""

    word: str | None = Field(examples=["Much faster than average"])
    code: str
    figures: Figures


class Entry(Schema):
    """What BLS holds to be typical for entry."""

    education: str
    experience: str
    training: str
    source: str


class OccupationListed(OccupationNamed):
    entry_education: str
    outlook: str
    outlook_period: str
    figures: Figures


class CertificationOf(Schema):
    key: str
    name: str
    relation: str
    note: str
    url: str


class OccupationTold(OccupationNamed):
    level: str
    classification: str = Field(examples=["SOC 2018"])
    is_retired: bool = Field(description="Whether the code is no longer used.")
    successors: list[OccupationNamed]
    parent: OccupationNamed | None
    summary: str = Field(description="The editors' words; empty where there are none.")
    figures: Figures
    outlook: Outlook | None
    entry: Entry | None
    certifications: list[CertificationOf]


class HitTold(OccupationNamed):
    matched: str = Field(description="The title that matched.")
    figures: Figures


class CertificationHit(Schema):
    key: str
    name: str
    url: str


class SearchTold(Page[HitTold]):
    query: str
    certifications: list[CertificationHit]


class PayTold(Schema):
    occupation: OccupationNamed
    area: AreaTold
    figures: Figures


class ColumnTold(PayTold):
    """`area` is the place asked for; each figure names the place that it is of."""

    fell_back: bool
    note: str


class ComparisonTold(Schema):
    columns: list[ColumnTold]
    sentences: list[str] = Field(description="How each median differs from the first.")


class CertificationListed(Schema):
    key: str
    name: str
    abbreviation: str
    issuer: str
    status: str
    site: str
    url: str


class CertificationUseTold(OccupationNamed):
    relation: str
    note: str


class CertificationTold(CertificationListed):
    """An empty text is "not known", never "none"."""

    former_names: str
    education: str
    experience: str
    exam: str
    membership: str
    cost: str
    cost_checked: datetime.date | None
    renewal: str
    checked: datetime.date | None
    occupations: list[CertificationUseTold]


class SchoolListed(Schema):
    unitid: int = Field(examples=[202356])
    name: str
    city: str
    state: str
    sector: str
    size: str
    site: str
    standing: str
    url: str


class AwardTold(Schema):
    program_code: str = Field(examples=["51.0707"])
    program: str
    level: str
    completions: FigureTold
    occupations: list[OccupationNamed]


class SchoolTold(SchoolListed):
    awards: list[AwardTold]


class ReleaseTold(Schema):
    slug: str = Field(examples=["oews-2025"])
    period: str = Field(examples=["May 2025"])
    revision: int
    classification: str
    publisher: str
    title: str
    source: str
    published: datetime.date | None
    licence: str
    attribution: str
    annual_top_code: int = Field(description="Dollars a year at which a figure becomes a bound.")
    hourly_top_code: float = Field(description="Dollars an hour.")
    rows: dict[str, int] = Field(description="How many rows of each kind of area are loaded.")
    files: dict[str, str] = Field(description="File to sha256.")
    url: str


class ChangeTold(Schema):
    """`before` and `now` are figures, or null where the kind has none; `was` and `is_now` are words."""

    release: str
    against: str
    kind: str
    code: str
    title: str
    before: FigureTold | None
    now: FigureTold | None
    was: str
    is_now: str


def answers(schema):
    """What an address may answer: what it is for, or an error in words."""
    return {200: schema} | dict.fromkeys((400, 404, 414, 429), ErrorTold)
