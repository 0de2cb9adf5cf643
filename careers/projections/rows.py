"""Rows of the tables made from the Employment Projections: text, as data/ holds them.

Nothing here imports Django. An empty cell is "not published".
"""

from typing import NamedTuple


class ProjectionRow(NamedTuple):
    """data/projections.csv: jobs and people in ones, percentages with one decimal, slugs for words."""

    source_key: str
    occupation_code: str
    base_year: str
    target_year: str
    employment: str
    projected_employment: str
    change: str
    change_percent: str
    openings: str
    labor_force_exits: str
    occupational_transfers: str
    self_employed_percent: str
    entry_education: str
    experience: str
    training: str


class EducationRow(NamedTuple):
    """data/education_attained.csv: percent of the people of 25 and over in an occupation.

    `period` is when they were asked: 2022 to 2023.
    """

    source_key: str
    occupation_code: str
    period: str
    less_than_high_school: str
    high_school: str
    some_college: str
    associate: str
    bachelor: str
    master: str
    doctorate: str


class WordRow(NamedTuple):
    """data/outlook_words.csv, written by hand; the lowest word of an edition has no threshold."""

    source_key: str
    word: str
    slug: str
    at_least_percent: str
