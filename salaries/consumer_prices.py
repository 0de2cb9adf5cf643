"""What a dollar of one May buys in another: the Consumer Price Index (CPI-U) of the U.S. Bureau of Labor
Statistics, all items, U.S. city average, not seasonally adjusted (series CUUR0000SA0, 1982-84 = 100).

OEWS's figures are of May, so May's index alone is used. The table is small and never edited: it is
read from data/consumer_prices.csv once and kept, and is not in the database. Nothing here imports Django.
"""

import csv
import functools
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

SERIES = "CUUR0000SA0"
MAY = "M05"
SOURCE = "BLS CPI-U"
TABLE = Path(__file__).resolve().parent.parent / "data" / "consumer_prices.csv"


class MayIndex(NamedTuple):
    """The index of one May as BLS prints it: ("2025", "321.465")."""

    year: str
    cpi_u: str


def read_may_indexes(path, first_year):
    """The index of every May from `first_year` to the newest in the publisher's file."""
    with path.open(newline="", encoding="utf-8") as file:
        mays = [r for r in csv.DictReader(file) if (r["series_id"], r["period"]) == (SERIES, MAY)]
    # Decimal: what is no number stops the build here, not a page later.
    indexes = [MayIndex(r["year"], str(Decimal(r["value"]))) for r in mays if int(r["year"]) >= first_year]
    years = [int(index.year) for index in indexes]
    if not years or years != list(range(first_year, first_year + len(years))):
        raise ValueError(f"{path.name} has not one index for each May from {first_year} on: {years}")
    return indexes


def newest_month(path):
    """The last month that the publisher's file has an index for: (2026, 8). M13 is a year's mean."""
    with path.open(newline="", encoding="utf-8") as file:
        months = [(int(r["year"]), int(r["period"][1:])) for r in csv.DictReader(file)]
    return max(month for month in months if month[1] <= 12)


@functools.cache
def may_indexes():
    """{2012: Decimal("229.815"), ...}: what the pages compute with."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        return {int(row["year"]): Decimal(row["cpi_u"]) for row in csv.DictReader(file)}


def in_dollars_of(base, year, value, *, to):
    """An amount of one May in the dollars of another, rounded half up to a multiple of `to`.

    `value` and `to` are whole dollars or whole cents alike; None where either May has no index.
    BLS rounds yearly pay to ten dollars, so ten is what a yearly figure is rounded to here.
    """
    indexes = may_indexes()
    if base not in indexes or year not in indexes:
        return None
    exact = Decimal(value) * indexes[base] / indexes[year] / to
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)) * to
