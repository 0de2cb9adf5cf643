"""OEWS's flat-file layout (download.bls.gov/pub/time.series/oe), as oews-2025.sqlite.gz keeps it.

Nothing here imports Django. One row of the table `cell` holds the 17 figures of an occupation in
an area and an industry: key `OEUM0010180000000292072` (area type N, S or M; area 7; industry 6;
occupation 6), values v01-v17, footnotes f01-f17. A figure that is not a number is "-" with a
footnote; `figures` turns that into the marks of BLS's workbooks.
"""

import gzip
import re
import sqlite3
from contextlib import contextmanager
from typing import NamedTuple

# In the order of the publisher's datatypes 01 to 17.
DATATYPES = (
    "employment",
    "employment_prse",
    "hourly_mean",
    "annual_mean",
    "mean_prse",
    "hourly_p10",
    "hourly_p25",
    "hourly_median",
    "hourly_p75",
    "hourly_p90",
    "annual_p10",
    "annual_p25",
    "annual_median",
    "annual_p75",
    "annual_p90",
    "jobs_per_1000",
    "location_quotient",
)
OF_JOBS = {"employment", "employment_prse", "jobs_per_1000", "location_quotient"}
OF_AREAS = {"jobs_per_1000", "location_quotient"}  # not given for the nation
ONE_KIND_OF_PAY, TOP_CODE, NOT_RELEASED = "4", "5", "8"
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
ALL_INDUSTRIES = "000000"
PRIVATE_ONLY = "000001"
SECTOR_PREFIX = re.compile(r"Sectors? [0-9, and]+ - ")


class Cell(NamedTuple):
    """One row: its codes as the workbooks write them, and its figures and marks by our names."""

    area: str
    industry: str
    occupation: str
    figures: dict


class AreaRow(NamedTuple):
    """One line of data/areas.csv."""

    code: str
    area_type: int
    title: str
    primary_state: str


class IndustryRow(NamedTuple):
    """One line of data/industries.csv."""

    code: str
    title: str
    level: str


@contextmanager
def open_release(path):
    """The release's database, unpacked in memory (52 MB)."""
    connection = sqlite3.connect(":memory:")
    try:
        with gzip.open(path) as file:
            connection.deserialize(file.read())
        yield connection
    finally:
        connection.close()


def area_cells(connection):
    """Every state's, metro's and nonmetro's rows across all industries, by area and occupation."""
    rows = connection.execute(
        "select * from cell where substr(key, 4, 1) in ('S', 'M') order by substr(key, 5)"
    )
    return (cell_of(row) for row in rows if industry_in(row[0]) == ALL_INDUSTRIES)


def national_cells(connection):
    """The nation's rows across all industries, by occupation."""
    rows = connection.execute("select * from cell where key glob 'OEUN*' order by key")
    return (cell_of(row) for row in rows if industry_in(row[0]) == ALL_INDUSTRIES)


def industry_cells(connection):
    """The nation's rows of each single industry, by industry and occupation."""
    rows = connection.execute("select * from cell where key glob 'OEUN*'")
    cells = [cell_of(row) for row in rows if industry_in(row[0]) not in (ALL_INDUSTRIES, PRIVATE_ONLY)]
    return sorted(cells, key=lambda cell: (cell.industry, cell.occupation))


def industry_in(key):
    return key[11:17]


def cell_of(row):
    key = row[0]
    occupation = f"{key[17:19]}-{key[19:23]}"
    return Cell(key[4:11], industry_code(industry_in(key)), occupation, figures(row[1:18], row[18:35]))


def figures(values, footnotes):
    """The 17 figures by name, in the workbooks' marks, with annual_only and hourly_only.

    >>> figures(["70", "-"], [None, "8"])["employment_prse"]
    '**'
    """
    row, notes = {}, {}
    for name, value, note in zip(DATATYPES, values, footnotes, strict=False):
        row[name] = text_of(name, value, note)
        notes.setdefault(name.split("_")[0], set()).add(note)
    row["annual_only"] = _only(notes.get("hourly", set()))
    row["hourly_only"] = _only(notes.get("annual", set()))
    assert not (row["annual_only"] and row["hourly_only"]), "paid neither by the hour nor by the year"
    return row


def text_of(name, value, footnote):
    """One cell as a workbook prints it: a number, *, ** or #; empty for the nation's area ratios.

    The data has never had any other pair of value and footnote: anything else is an AssertionError.
    """
    if value is None and footnote is None and name in OF_AREAS:
        return ""
    if footnote is None and value is not None and NUMBER.fullmatch(value):
        return value
    is_pay = name.startswith(("annual_", "hourly_"))
    if value == "-" and footnote == NOT_RELEASED:
        return "**" if name in OF_JOBS else "*"
    if value == "-" and footnote == TOP_CODE and is_pay:
        return "#"
    if value == "-" and footnote == ONE_KIND_OF_PAY and is_pay:
        return "*"
    raise AssertionError(f"{name}: value {value!r} with footnote {footnote!r}")


def area_rows(connection, postal_codes):
    """The nation and every area with figures. `postal_codes` is {"01": "AL"}, by state FIPS code.

    The flat file has only types N, S and M; the workbooks' types follow from code and title.
    """
    query = "select area_code, areatype_code, state_code, area_name from area order by area_code"
    return [
        AreaRow(code, area_type_of(code, kind, title), *_title_and_state(title, kind, state, postal_codes))
        for code, kind, state, title in connection.execute(query)
    ]


def area_type_of(code, kind, title):
    """The workbooks' AREA_TYPE: 1 nation, 2 state, 3 territory, 4 metropolitan, 6 nonmetropolitan."""
    if kind == "N":
        return 1
    if kind == "S":
        return 3 if code[:2] in ("66", "72", "78") else 2  # Guam, Puerto Rico, Virgin Islands
    assert kind == "M", f"area {code} has type {kind!r}"
    return 6 if "nonmetropolitan" in title else 4


def industry_rows(connection):
    """Every single industry, with its code as the workbooks write it."""
    query = "select industry_code, industry_name, display_level from industry"
    return sorted(
        IndustryRow(industry_code(code), SECTOR_PREFIX.sub("", title), level_of(code, title, depth))
        for code, title, depth in connection.execute(query)
        if code not in (ALL_INDUSTRIES, PRIVATE_ONLY)
    )


def industry_code(code):
    """NAICS as the workbooks write it; the flat file names a sector by where the next one begins.

    >>> [industry_code(c) for c in ("62--63", "31--34", "99-100", "622100")]
    ['62', '31-33', '99', '622100']
    """
    if "-" not in code:
        return code
    first, after = re.fullmatch("([0-9]+)-+([0-9]+)", code).groups()
    last = str(int(after) - 1)
    return first if first == last else f"{first}-{last}"


def level_of(code, title, depth):
    """sector, 3-digit ... 6-digit, or owner: a slice by who owns the establishments.

    The file counts 622003 (hospitals, local government owned) as deep as 622100 beside it: kept
    apart here, or the hospitals' jobs would be counted twice.
    """
    if "-" in code:
        return "sector"
    if title.endswith(" Owned") or depth < 3:
        return "owner"
    if depth < 5:
        return f"{depth}-digit"
    return "5-digit" if code.endswith("0") else "6-digit"


def _only(notes):
    """TRUE where the other kind of pay carries footnote 4 in all of its six cells, else empty."""
    assert ONE_KIND_OF_PAY not in notes or len(notes) == 1, f"footnote 4 beside {notes}"
    return "TRUE" if ONE_KIND_OF_PAY in notes else ""


def _title_and_state(title, kind, state, postal_codes):
    return ("United States", "US") if kind == "N" else (title, postal_codes[state])
