"""Clean: IPEDS's lines into rows of Waymark's own. Nothing here imports Django.

    cleaned = clean(*read("hd2024.csv", "c2024_a.csv"), programs={"51.0707", ...})

IPEDS marks what is missing: -2 not applicable, -1 and -3 not reported or not available. Any problem
stops the import: all are listed with file, line, column and value.
"""

import re
from datetime import datetime
from typing import NamedTuple

from careers.ipeds.rows import AwardRow, SchoolRow
from careers.ipeds.source import schools_key
from careers.ipeds.states import STATES
from salaries.oews.problem import BadInput, Problem

MISSING = {"", "-1", "-2", "-3"}
UNITID = re.compile(r"[1-9]\d{5}")
ZIP_CODE = re.compile(r"(\d{5})(?:-?(\d{4}))?")
DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,9})?")
COUNT = re.compile(r"[0-9]{1,7}")
SITE = re.compile(r"(https?://)?([a-z0-9-]+\.)+[a-z]{2,}\.?(:\d+)?([/?#]\S*)?", re.IGNORECASE)
SECTORS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "99"}
SIZES = {
    "1": "Under 1,000",
    "2": "1,000 to 4,999",
    "3": "5,000 to 9,999",
    "4": "10,000 to 19,999",
    "5": "20,000 and above",
}
ACTIVE = {"1": True, "2": False, "3": False}
LEVELS = {"20", "21", "2", "3", "4", "5", "6", "7", "8", "17", "18", "19"}
TOTALS = {"99", "99.0000"}  # CIPCODE of a school's total
LONGEST = {"INSTNM": 200, "CITY": 100}
LONGEST_SITE = 300

# Why a line of completions is left out.
TOTAL = "are totals of a school"
SECOND = "count second majors"


class Institution(NamedTuple):
    """A line of HD: its row, and the UNITID of the institution that took it over, or None."""

    row: SchoolRow
    line: int
    merged_into: str | None


class Cleaned(NamedTuple):
    """Every institution of HD by UNITID, the rows of both tables, and counts for a person.

    `schools` are those that gave awards.
    """

    institutions: dict
    schools: list
    awards: list
    lines: dict
    left_out: dict
    unusable_sites: list


class _Cells:
    """One line of HD by column, and where its problems go."""

    def __init__(self, table, line, cells, problems):
        self.file, self.line, self.problems = table.name, line, problems
        self.cells = dict(zip(table.kind.columns, cells, strict=True))

    def refuse(self, column, reason):
        self.problems.append(Problem(self.file, self.line, column, self.cells[column], reason))

    def text(self, column):
        """A name in single spaces."""
        text = " ".join(self.cells[column].split())
        if text in MISSING or len(text) > LONGEST[column]:
            self.refuse(column, f"expected a name of at most {LONGEST[column]} characters.")
        return text

    def one_of(self, column, values):
        value = self.cells[column]
        if value not in values:
            self.refuse(column, f"expected one of {', '.join(sorted(values))}.")
        return value

    def zip_code(self):
        """35294-0110 or 35294; empty where it is missing."""
        value = self.cells["ZIP"]
        match = ZIP_CODE.fullmatch(value)
        if match:
            return "-".join(part for part in match.groups() if part)
        if value not in MISSING:
            self.refuse("ZIP", "expected a ZIP code of five or nine digits.")
        return ""

    def size(self):
        """IPEDS's class of how many students, in words; empty where it is missing."""
        value = self.cells["INSTSIZE"]
        return "" if value in MISSING else SIZES.get(self.one_of("INSTSIZE", SIZES), "")

    def degrees(self, column, most):
        value = self.cells[column]
        if value in MISSING:
            return ""
        if not DEGREES.fullmatch(value) or abs(float(value)) > most:
            self.refuse(column, f"expected degrees from -{most} to {most}.")
        return value

    def closed(self):
        """The day it closed, 2024-12-31; empty where CLOSEDAT is no day."""
        try:
            return datetime.strptime(self.cells["CLOSEDAT"], "%m/%d/%Y").date().isoformat()  # noqa: DTZ007
        except ValueError:
            return ""

    def is_open(self):
        """CYACTIVE. A school that closed during the year is still active in it, with a CLOSEDAT."""
        return ACTIVE.get(self.one_of("CYACTIVE", ACTIVE), False)


def clean(hd, completions, *, programs):
    """The Cleaned rows of the two Tables; `programs` are the codes of CIP. Raises BadInput."""
    problems, unusable = [], []
    institutions = _institutions(hd, problems, unusable)
    awards, lines, left_out = _awards(completions, institutions, programs, hd, problems)
    if problems:
        raise BadInput(problems)
    if not awards:
        raise BadInput([Problem(completions.name, 1, "", "", "no award in it. Download it again.")])
    given = {award.unitid for award in awards}
    schools = [institutions[unitid].row for unitid in sorted(given)]
    counts = {hd.name: len(institutions), completions.name: lines}
    return Cleaned(
        institutions, schools, awards, counts, left_out, [row for row in unusable if row[0] in given]
    )


def _institutions(table, problems, unusable):
    """{UNITID: Institution}; `unusable` gains (UNITID, WEBADDR) of each site that is none."""
    institutions, key = {}, schools_key(table.year)
    for line, values in table.lines():
        cells = _Cells(table, line, values, problems)
        unitid = cells.cells["UNITID"]
        if not UNITID.fullmatch(unitid):
            cells.refuse("UNITID", "expected IPEDS's number of six digits.")
        elif unitid in institutions:
            cells.refuse("UNITID", f"stands in line {institutions[unitid].line} already. Keep one.")
        else:
            site = site_of(cells.cells["WEBADDR"])
            if not site and cells.cells["WEBADDR"] not in MISSING:
                unusable.append((unitid, cells.cells["WEBADDR"]))
            into = cells.cells["NEWID"]
            institutions[unitid] = Institution(
                _row(key, unitid, cells, site), line, None if into in MISSING else into
            )
    return institutions


def _row(key, unitid, cells, site):
    return SchoolRow(
        source_key=key,
        unitid=unitid,
        name=cells.text("INSTNM"),
        city=cells.text("CITY"),
        state=cells.one_of("STABBR", STATES),
        zip_code=cells.zip_code(),
        sector=cells.one_of("SECTOR", SECTORS),
        size=cells.size(),
        site=site,
        latitude=cells.degrees("LATITUDE", 90),
        longitude=cells.degrees("LONGITUD", 180),
        is_open="1" if cells.is_open() else "",
        closed=cells.closed(),
    )


def site_of(address):
    """The address of a site with its scheme, or "" where there is none that a browser could open.

    Most schools leave the scheme out: www.aamu.edu/. Some give a second site behind the first, or a
    fragment with spaces, which is left out: www.southuniversity.edu/tampa#location=Tampa, FL.
    """
    if re.search(r"\s", address):
        address = address.split("#")[0].split()[0] if address.split("#")[0].split() else ""
    match = SITE.fullmatch(address)
    if address in MISSING or match is None or len(address) > LONGEST_SITE - len("https://"):
        return ""
    return address if match[1] else f"https://{address}"


def _awards(table, institutions, programs, hd, problems):
    """(rows by program, school and level; lines read; {why: lines left out})."""
    rows, lines, left_out = {}, 0, {TOTAL: 0, SECOND: 0}
    for line, (unitid, code, major, level, completions) in table.lines():
        lines += 1
        if code in TOTALS or major == "2":
            left_out[TOTAL if code in TOTALS else SECOND] += 1
            continue
        key, cells = (code, unitid, level), (unitid, code, major, level, completions)
        is_known = code in programs and unitid in institutions and level in LEVELS and major == "1"
        if is_known and key not in rows and COUNT.fullmatch(completions):
            rows[key] = (line, completions)
        else:
            problems += _problems(table.name, hd.name, line, cells, (institutions, programs, rows))
    ordered = sorted(rows, key=lambda key: (key[0], key[1], int(key[2])))
    awards = [AwardRow(key[1], key[0], key[2], rows[key][1]) for key in ordered]
    return awards, lines, left_out


def _problems(file, hd, line, cells, known):
    """What is wrong with a line of completions, column by column."""
    unitid, code, major, level, completions = cells
    institutions, programs, rows = known
    if unitid not in institutions:
        yield Problem(file, line, "UNITID", unitid, f"no such institution in {hd}.")
    if code not in programs:
        reason = "expected a code of CIP, 01.0000, that import_cip has brought."
        yield Problem(file, line, "CIPCODE", code, reason)
    if major != "1":
        yield Problem(file, line, "MAJORNUM", major, "expected 1 or 2, first or second major.")
    if level not in LEVELS:
        reason = f"expected an award level, one of {', '.join(sorted(LEVELS, key=int))}."
        yield Problem(file, line, "AWLEVEL", level, reason)
    if not COUNT.fullmatch(completions):
        yield Problem(file, line, "CTOTALT", completions, "expected how many awards, a whole number.")
    if (code, unitid, level) in rows:
        before = rows[code, unitid, level][0]
        reason = f"stands in line {before} already with the same UNITID, CIPCODE and AWLEVEL. Keep one."
        yield Problem(file, line, "AWLEVEL", level, reason)
