"""Rows of the tables made from O*NET: text, as data/ holds them and as an import makes them.

Nothing here imports Django.
"""

from typing import NamedTuple


class TitleRow(NamedTuple):
    """data/alternate_titles.csv.gz. `kind` is reported, direct_match or alternate.

    `has_short_form` is 1 where the title ends with its short or long form in brackets, "Certified
    Professional Coder (CPC)", as O*NET's column Short Title says.
    """

    source_key: str
    occupation_code: str
    kind: str
    title: str
    has_short_form: str


class InterestRow(NamedTuple):
    """data/interests.csv: ratings from 1.00 to 7.00, two places."""

    source_key: str
    occupation_code: str
    realistic: str
    investigative: str
    artistic: str
    social: str
    enterprising: str
    conventional: str
    strongest: str
    made_by: str
    period: str


class JobZoneRow(NamedTuple):
    """data/job_zones.csv: 1 to 5."""

    source_key: str
    occupation_code: str
    zone: str
    made_by: str
    period: str


class RelatedRow(NamedTuple):
    """data/related_occupations.csv.gz: `rank` 1 is the most alike."""

    source_key: str
    occupation_code: str
    other_code: str
    rank: str
    tier: str


class TechnologyRow(NamedTuple):
    """data/technologies.csv.gz: `is_hot` and `is_in_demand` are 1 or empty."""

    source_key: str
    occupation_code: str
    name: str
    category: str
    is_hot: str
    is_in_demand: str
