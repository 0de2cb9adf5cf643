"""Cells: one small parser for each kind, total over whatever a file holds.

A parser returns the value, or None for "not published", or raises BadCell with what it should
have been. Nothing here imports Django.
"""

import math
import re

from salaries.figures import PAY_MEASURES, AreaType
from salaries.oews.records import NATION_CODE

TERRITORIES = {"66", "72", "78"}  # Guam, Puerto Rico, Virgin Islands
INDUSTRY_GROUPS = {"sector", "3-digit", "4-digit", "5-digit", "6-digit"}
CROSS_INDUSTRY, BY_INDUSTRY, OWNERSHIP = "cross-industry", "nation by industry", "by ownership"

TOP = -1  # stands for # until the row's bits are set: no wage is negative
LARGEST = 2**31 - 1  # what a database's integer holds
THOUSANDS = re.compile(r"\$?\d{1,3}(,\d{3})+(\.\d+)?")


class BadCell(ValueError):
    """A cell that no parser understands; its text says what it should have been."""


class Cells(dict):
    """A parser that remembers: `cells[raw]` is the parsed value, worked out once for each raw cell.

    It forgets where a file repeats nothing, or it would hold the file. BLS's have 100,000 different
    figures of a kind at most.
    """

    MOST = 250_000

    def __init__(self, parse):
        super().__init__()
        self.parse = parse

    def __missing__(self, raw):
        if len(self) >= self.MOST:
            self.clear()
        value = self[raw] = self.parse(raw)
        return value


def number(raw, *, what, scale=1, whole=False, lowest=0):
    """A number of a cell, or None for the publisher's "not available" marks.

    `scale` multiplies (100 for dollars to cents); `whole` gives an int and refuses a fraction.
    Raises BadCell with how to mend it.
    """
    value = _finite(raw, what)
    if value is None:
        return None
    if value < lowest:
        size = "negative" if value < 0 else "zero" if value == 0 else f"less than {lowest}"
        raise BadCell(f"{what} cannot be {size}; compare the cell with BLS's file.")
    return _whole(value * scale, what) if whole else value * scale


def _finite(raw, what):
    """The cell as a float, or None for a mark that stands for no number."""
    if isinstance(raw, str):
        text = raw.strip()
        if text in ("*", "**", "", "~"):
            return None
        if "," in text and not THOUSANDS.fullmatch(text):
            raise BadCell(
                f"{what} expected; the comma does not separate thousands. Save the file with decimal points."
            )
        if "_" in text:
            raise BadCell(f"{what} expected; a number has no underscores.")
        raw = text.replace(",", "").removeprefix("$")
    elif isinstance(raw, bool) or not isinstance(raw, int | float):
        raise BadCell(
            f"{what} expected; a spreadsheet may have turned the cell into a date or a yes/no. "
            "Take BLS's file as it ships."
        )
    try:
        value = float(raw)
    except ValueError:
        raise BadCell(
            f"{what} or one of the marks *, **, # expected. If BLS has a new mark, "
            "teach it to salaries/oews/cells.py before importing."
        ) from None
    if not math.isfinite(value):
        raise BadCell(f"{what} expected; this is not a finite number. Compare the cell with BLS's file.")
    return value


def _whole(value, what):
    if value > LARGEST:
        raise BadCell(f"{what} expected; this is too large to be true. Compare the cell with BLS's file.")
    if abs(value - round(value)) > 1e-6:
        raise BadCell(f"{what} expected; this has more decimals. Compare the cell with BLS's file.")
    return round(value)


def not_empty(raw):
    """Refuse an empty cell where BLS prints a figure or a mark, in every file since 2012.

    A formula saved without its value, or in error (#N/A), reads just so: as if "not published".
    """
    if isinstance(raw, str) and not raw.strip():
        raise BadCell(
            "an empty cell, or a formula without a value (#N/A); BLS prints a figure or one of the marks "
            "*, **, #. Compare the cell with BLS's file."
        )


def dollars(raw):
    """Annual pay in whole dollars; TOP for #, None for *."""
    not_empty(raw)
    if isinstance(raw, str) and raw.strip() == "#":
        return TOP
    return number(raw, what="whole dollars a year", whole=True, lowest=1)


def cents(raw):
    """Hourly pay in whole cents; TOP for #, None for *."""
    not_empty(raw)
    if isinstance(raw, str) and raw.strip() == "#":
        return TOP
    return number(raw, what="dollars and cents an hour", scale=100, whole=True, lowest=0.01)


def jobs(raw):
    not_empty(raw)
    return number(raw, what="a number of jobs", whole=True)


def percent(raw):
    not_empty(raw)
    return number(raw, what="a percentage")


def ratio(raw):
    return number(raw, what="a number")


def flag(raw):
    """ANNUAL and HOURLY hold TRUE or nothing."""
    text = str(raw).strip().upper()
    if text not in ("TRUE", "FALSE", ""):
        raise BadCell("TRUE or nothing expected; compare the cell with BLS's file.")
    return text == "TRUE"


def occupation_code(raw):
    """29-2072, whatever white space stands around it."""
    text = str(raw).strip()
    digits = text.replace("-", "")
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        raise BadCell("an occupation code such as 29-2072 expected; compare the cell with BLS's file.")
    return f"{digits[:2]}-{digits[2:]}"


def known_code(raw, known_codes):
    """An occupation code that the site's list of occupations has."""
    code = occupation_code(raw)
    if known_codes is not None and code not in known_codes:
        raise BadCell(
            "an occupation code that Waymark does not know. If BLS has a new code, add it to "
            "data/occupations.csv (and what it came from to data/code_changes.csv), run seed, and "
            "import again."
        )
    return code


def level_of(raw):
    """A code's level; files to 2011 leave it empty for detailed codes."""
    text = str(raw).strip().lower()
    level = {"tot": "total", "detail": "detailed", "": "detailed"}.get(text, text)
    if level not in ("total", "major", "minor", "broad", "detailed"):
        raise BadCell("total, major, minor, broad or detailed expected; compare the cell with BLS's file.")
    return level


def area_of(raw_code, raw_type, title):
    """(7-digit code, area type) however a workbook writes them.

    >>> area_of("01", "2", "Alabama"), area_of("10180", "4", "Abilene, TX")
    (('0100000', <AreaType.STATE: 2>), ('0010180', <AreaType.METRO: 4>))
    """
    code = _digits(raw_code)
    area_type = _area_type(raw_type) if raw_type is not None else _guessed_area_type(code, title)
    if area_type is AreaType.NATION:
        return NATION_CODE, area_type
    if area_type in (AreaType.STATE, AreaType.TERRITORY):
        return _state_code(code), area_type
    return code.zfill(7), area_type


def _state_code(code):
    seven = code if len(code) == 7 else code.zfill(2) + "00000"
    if len(seven) != 7 or not seven.endswith("00000"):
        raise BadCell("a state's code of two digits expected, such as 06; is its area type right?")
    return seven


def _digits(raw):
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 7:
        raise BadCell("an area code of two to seven digits expected, such as 06, 10180 or 0100001.")
    return text


def _area_type(raw):
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()
    try:
        return AreaType(int(text))
    except ValueError:
        raise BadCell(
            "an area type that Waymark does not know: 1 nation, 2 state, 3 territory, 4 metropolitan, "
            "5 metropolitan division, 6 nonmetropolitan. If BLS has a new one, add it to AreaType."
        ) from None


def _guessed_area_type(code, title):
    """The type of an area in a layout without AREA_TYPE (state files to 2018, our own tables)."""
    if code in ("99", NATION_CODE):
        return AreaType.NATION
    if len(code) <= 2 or (len(code) == 7 and code.endswith("00000")):
        return AreaType.TERRITORY if code[:2] in TERRITORIES else AreaType.STATE
    if len(code) <= 5 or code.startswith("00"):
        return AreaType.NONMETRO if "nonmetropolitan" in title.lower() else AreaType.METRO
    return AreaType.NONMETRO


def kind_of(group, ownership, naics):
    """What a row is counted over: all industries, one industry, or one kind of owner."""
    group = "" if group is None else str(group).strip().lower()
    ownership = "" if ownership is None else _plain(ownership)
    naics = "" if naics is None else _plain(naics)
    if "ownership" in group:
        return OWNERSHIP
    if group in INDUSTRY_GROUPS or naics.strip("0") not in ("", "1"):
        return BY_INDUSTRY
    return CROSS_INDUSTRY if ownership in ("", "1235") and naics.strip("0") == "" else OWNERSHIP


def _plain(raw):
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()


def plain_text(raw, longest):
    """A name as the site shows it: one that fits its column and holds nothing that cannot be seen.

    What turns writing round (U+202E), or NUL, would let a title pass for another one.
    """
    text = str(raw).strip()
    if len(text) > longest:
        raise BadCell(f"{len(text):,} characters; {longest} is the most. Compare the cell with BLS's file.")
    if not text.isprintable() and any(not c.isprintable() and not c.isspace() for c in text):
        raise BadCell("an invisible character is in it. Compare the cell with BLS's file.")
    return text


def industry_code(raw):
    text = _plain(raw)
    if not text or len(text) > 6 or not text.isprintable():
        raise BadCell("a NAICS code such as 62, 31-33 or 622000 expected; compare the cell with BLS's file.")
    return text


PARSERS = {
    "employment": jobs,
    "employment_prse": percent,
    "jobs_per_1000": ratio,
    "location_quotient": ratio,
    "mean_prse": percent,
    **{name: dollars if name.startswith("annual") else cents for name in PAY_MEASURES},
    "annual_only": flag,
    "hourly_only": flag,
}
