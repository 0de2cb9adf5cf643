"""Regional price parities as the U.S. Bureau of Economic Analysis publishes them.

Nothing here imports Django.
"""

import csv
import re
from typing import NamedTuple

ALL_ITEMS = "RPPs: All items"  # by its words: line codes have moved between editions
NATION, NONMETRO_PORTION = "00000", "00999"  # 100 by definition; all nonmetropolitan counties together


class Parity(NamedTuple):
    """What an area's goods and services cost, the nation = 100, as BEA prints it: 93.370."""

    area_code: str
    year: str
    all_items: str


def read_parities(states, metros):
    """The newest year's Parity of every state and metropolitan area, by OEWS's area code."""
    parities = [
        *(Parity(f"{place[:2]}00000", *told) for place, *told in _all_items(states)),
        *(Parity(f"00{place}", *told) for place, *told in _all_items(metros)),
    ]
    if len({parity.year for parity in parities}) != 1:
        raise ValueError(f"{states.name} and {metros.name} do not end with the same year")
    return sorted(parities)


def _all_items(path):
    """(code, newest year, figure) of each place; the footer's lines have no such description."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        year = max(name for name in rows.fieldnames if re.fullmatch(r"20\d\d", name))
        for row in rows:
            place = row["GeoFIPS"]
            if (row["Description"] or "").strip() == ALL_ITEMS and place not in (NATION, NONMETRO_PORTION):
                if not re.fullmatch(r"\d+\.\d+", row[year]):
                    raise ValueError(f"{path.name}: {row['GeoName']} has no figure of {year}: {row[year]!r}")
                yield place, year, row[year]
