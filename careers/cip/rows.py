"""Rows of the tables made from CIP: text, as data/schools/ holds them and as an import makes them.

Nothing here imports Django.
"""

from typing import NamedTuple


class ProgramRow(NamedTuple):
    """data/schools/programs.csv: 51.0707, without the publisher's trailing full stop."""

    source_key: str
    code: str
    title: str


class LeadRow(NamedTuple):
    """data/schools/program_occupations.csv: one program that leads to one occupation."""

    source_key: str
    program_code: str
    occupation_code: str
