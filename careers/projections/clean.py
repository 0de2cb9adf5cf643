"""Clean: the tables of the Employment Projections into rows of Waymark's own. No Django here.

Employment is published in thousands, 194.8; a row holds jobs, 194800. Any problem stops the import:
all are listed with file, line, column and value.
"""

import re
from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from careers.projections.read import CHANGE, CODE, FOOTNOTE, KIND, NAME, SHARES
from careers.projections.rows import EducationRow, ProjectionRow
from careers.projections.source import source_key
from salaries.oews.problem import BadInput, Problem

NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?")
NOT_PUBLISHED = "—"
MOST = 1_000_000  # thousands of jobs: more than there are people
ITEM, SUMMARY = "Line item", "Summary"

EDUCATION = {
    "No formal educational credential": "none",
    "High school diploma or equivalent": "high_school",
    "Some college, no degree": "some_college",
    "Postsecondary nondegree award": "certificate",
    "Associate's degree": "associate",
    "Bachelor's degree": "bachelor",
    "Master's degree": "master",
    "Doctoral or professional degree": "doctorate",
}
EXPERIENCE = {"None": "none", "Less than 5 years": "under_five", "5 years or more": "five_or_more"}
TRAINING = {
    "None": "none",
    "Short-term on-the-job training": "short",
    "Moderate-term on-the-job training": "moderate",
    "Long-term on-the-job training": "long",
    "Internship/residency": "internship",
    "Apprenticeship": "apprenticeship",
}
WORDS = {
    "typical education needed for entry": EDUCATION,
    "work experience in a related occupation": EXPERIENCE,
    "typical on-the-job training needed to attain competency in the occupation": TRAINING,
}


class Cleaned(NamedTuple):
    """The rows of each table; for a person, how many rows were read of each sheet, and left out."""

    source_key: str
    projections: list
    education: list
    counts: dict
    left_out: dict


class _Table:
    """A table being checked: {code: (line, cells)} of the codes that are known, and its problems."""

    def __init__(self, table, known, problems):
        self.file, self.headers, self.problems = table.file, table.headers, problems
        self.left_out, self.lines = 0, {}
        for number, cells in table.lines:
            code = cells.get(CODE, "")
            if code not in known and cells.get(KIND) == SUMMARY:
                self.left_out += 1
            elif code not in known:
                title = FOOTNOTE.sub("", cells.get(NAME, ""))
                self.refuse(
                    number, CODE, code, f"expected a code of SOC 2018; {title!r} has none that is known."
                )
            elif code in self.lines:
                self.refuse(number, CODE, code, f"stands in line {self.lines[code][0]} already. Keep one.")
            else:
                self.lines[code] = (number, cells)

    def refuse(self, line, column, value, reason):
        self.problems.append(Problem(self.file, line, self.headers.get(column, column), value, reason))

    def jobs(self, code, column, *, is_signed=False):
        """Thousands as jobs, exactly: 194.8 is 194800; empty where not published."""
        value = self._number(code, column, low=-MOST if is_signed else 0, high=MOST)
        if value is None:
            return ""
        if value * 1000 != int(value * 1000):
            self._refuse_cell(code, column, "expected thousands with at most three decimals.")
        return str(int(value * 1000))

    def percent(self, code, column, *, low=0, high=100, is_published=False):
        """A percentage as published, with one decimal; empty where not published."""
        value = self._number(code, column, low, high)
        if value is None:
            if is_published and self.lines[code][1].get(column) in ("", NOT_PUBLISHED):
                self._refuse_cell(code, column, "expected a percentage.")
            return ""
        if value * 10 != int(value * 10):
            self._refuse_cell(code, column, "expected a percentage with at most one decimal.")
        return f"{value:.1f}"

    def word(self, code, column):
        """The model's choice for a word; empty where not published, as in summaries."""
        text = self.lines[code][1].get(column, "")
        if text == NOT_PUBLISHED:
            return ""
        if text not in WORDS[column]:
            self._refuse_cell(code, column, f"expected one of {'; '.join(WORDS[column])}.")
        return WORDS[column].get(text, "")

    def _number(self, code, column, low, high):
        text = self.lines[code][1].get(column, "")
        if text == NOT_PUBLISHED:
            return None
        value = Decimal(text.replace(",", "")) if NUMBER.fullmatch(text) else None
        if value is None or not low <= value <= high:
            reason = f"expected a number from {low:,} to {high:,}, or {NOT_PUBLISHED} for none."
            self._refuse_cell(code, column, reason)
            return None
        return value

    def _refuse_cell(self, code, column, reason):
        number, cells = self.lines[code]
        self.refuse(number, column, cells.get(column, ""), reason)


def clean(reading, known):
    """The Cleaned rows of a Reading; `known` holds the codes of SOC 2018. Raises BadInput."""
    problems = []
    tables = {number: _Table(table, known, problems) for number, table in reading.tables.items()}
    key = source_key(reading.base_year, reading.target_year)
    projections = _projections(tables["1.2"], tables["1.10"], reading, key) if "1.2" in tables else []
    education = _education(tables["5.3"], reading.tables["5.3"].period, key) if "5.3" in tables else []
    if problems:
        raise BadInput(problems)
    counts = {table.file: len(table.lines) + table.left_out for table in tables.values()}
    left_out = {table.file: table.left_out for table in tables.values() if table.left_out}
    return Cleaned(key, projections, education, counts, left_out)


def _projections(table, separations, reading, key):
    _check_kinds(table)
    _check_same_codes(table, separations)
    codes = sorted(table.lines.keys() & separations.lines.keys())
    return [_projection(table, separations, code, reading, key) for code in codes]


def _projection(table, separations, code, reading, key):
    return ProjectionRow(
        key, code, str(reading.base_year), str(reading.target_year),
        table.jobs(code, "base"),
        table.jobs(code, "target"),
        table.jobs(code, CHANGE, is_signed=True),
        table.percent(code, "employment change, percent", low=-100, high=9_999),
        table.jobs(code, "occupational openings, annual average"),
        separations.jobs(code, "labor force exits, annual average"),
        separations.jobs(code, "occupational transfers, annual average"),
        table.percent(code, "percent self employed"),
        *(table.word(code, column) for column in WORDS),
    )  # fmt: skip


def _check_kinds(table):
    """Refuse a row that is neither an occupation (or an aggregate of some) nor a summary."""
    kinds = Counter(cells.get(KIND) for _, cells in table.lines.values())
    for number, cells in table.lines.values():
        if cells.get(KIND) not in (ITEM, SUMMARY):
            table.refuse(number, KIND, cells.get(KIND, ""), f"expected {ITEM} or {SUMMARY}.")
    if table.lines and not kinds[ITEM]:
        table.refuse(None, KIND, "", f"no row is a {ITEM}. Is the file cut off?")


def _check_same_codes(table, separations):
    for one, other in ((table, separations), (separations, table)):
        for code in one.lines.keys() - other.lines.keys():
            one.refuse(
                one.lines[code][0], CODE, code, f"{other.file} has no such row. Use files as published."
            )


def _education(table, period, key):
    if not period:
        table.refuse(1, "", "", "expected the years in the title: educational attainment ..., 2022–23.")
    rows = []
    for code in sorted(table.lines.keys()):
        shares = [table.percent(code, share, is_published=True) for share in SHARES]
        rows.append(EducationRow(key, code, period, *shares))
    return rows
