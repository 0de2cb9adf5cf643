"""Rows of the tables made from IPEDS: text, as data/schools/ holds them and as an import makes them.

Nothing here imports Django.
"""

from typing import NamedTuple


class SchoolRow(NamedTuple):
    """data/schools/schools.csv.gz: one institution that gave awards.

    `sector` is IPEDS's number; `size` its class in words; `is_open` is 1 or empty; `closed` a day.
    """

    source_key: str
    unitid: str
    name: str
    city: str
    state: str
    zip_code: str
    sector: str
    size: str
    site: str
    latitude: str
    longitude: str
    is_open: str
    closed: str


class AwardRow(NamedTuple):
    """data/schools/awards_2024.csv.gz: awards of one school in one program at one level in one year.

    `level` is IPEDS's AWLEVEL. 0 completions: it is offered, and nobody finished.
    """

    unitid: str
    program_code: str
    level: str
    completions: str
