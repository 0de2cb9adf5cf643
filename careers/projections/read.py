"""Read: the workbooks of BLS's Employment Projections, as rows of text by column name.

Which sheet is which table is told by its title in the first row, "Table 1.2 Occupational projections
..."; the columns are found by their names, less the years in them. The years say the
edition. Nothing here imports Django.
"""

import re
from typing import NamedTuple

from careers.files import read_file
from salaries.oews.problem import BadInput, Problem, refuse
from salaries.oews.workbook import WorkbookError, open_workbook

TITLE = re.compile(r"Table (\d+\.\d+)\s")
SPAN = re.compile(r"\b(20\d\d)[–-](?:20)?(\d\d)\b")
YEARS = re.compile(r"\b(20\d\d)(?:[–-](?:20)?\d\d)?\b")
FOOTNOTE = re.compile(r"\[\d+\]")
CODE = "national employment matrix code"
NAME = "national employment matrix title"
KIND = "occupation type"
CHANGE = "employment change, numeric"
SHARES = (
    "less than high school diploma",
    "high school diploma or equivalent",
    "some college, no degree",
    "associate's degree",
    "bachelor's degree",
    "master's degree",
    "doctoral or professional degree",
)
# By table: the columns read. "base" and "target" stand for the two columns named Employment.
TABLES = {
    "1.2": (
        NAME,
        CODE,
        KIND,
        "base",
        "target",
        CHANGE,
        "employment change, percent",
        "percent self employed",
        "occupational openings, annual average",
        "typical education needed for entry",
        "work experience in a related occupation",
        "typical on-the-job training needed to attain competency in the occupation",
    ),
    "1.10": (NAME, CODE, "labor force exits, annual average", "occupational transfers, annual average"),
    "5.3": (NAME, CODE, *SHARES),
}
LAYOUT = "the workbooks of 2024–34, occupation.xlsx and education.xlsx, are known to fit"


class Line(NamedTuple):
    """One row of a table: its line in the sheet and its cells by column name, as text."""

    number: int
    cells: dict


class Table(NamedTuple):
    """One table: the name that problems give (occupation.xlsx, Table 1.2) and its rows.

    `headers` maps the names of TABLES to the publisher's own; `period` is the years of the table's
    title, "2022 to 2023", or "" where it names none.
    """

    file: str
    period: str
    headers: dict
    lines: list


class Reading(NamedTuple):
    """What the workbooks hold together: years 2024 and 2034, {file: sha256}, tables by number."""

    base_year: int
    target_year: int
    files: dict
    tables: dict


def read(paths):
    """The Reading of one edition's workbooks; raises BadInput."""
    files, tables, spans = {}, {}, {}
    for file in map(read_file, paths):
        files[file.name] = file.sha256
        for sheet in _sheets(file):
            match = TITLE.match(_text(sheet.head[0][1][0])) if sheet.head and sheet.head[0][1] else None
            for cell in sheet.head[1][1] if match and len(sheet.head) > 1 else ():
                if _name(cell) == CHANGE and (span := SPAN.search(_text(cell))):
                    spans[f"{file.name}, Table {match[1]}"] = _years(span)
            if match and match[1] in TABLES:
                if match[1] in tables:
                    refuse(file.name, f"Table {match[1]} stands in two sheets. Give each workbook once.")
                tables[match[1]] = (f"{file.name}, Table {match[1]}", sheet)
    base, target = _edition(", ".join(files), spans)
    _check_tables(", ".join(files), tables)
    return Reading(base, target, files, _tables(tables, base, target))


def _sheets(file):
    try:
        return open_workbook(file.data)
    except WorkbookError as error:
        _refuse_workbook(file.name, error)


def _refuse_workbook(file, error):
    why = {
        "password": "it is protected by a password",
        "damaged": "it is no workbook, or is cut off or damaged",
        "cell": "a cell holds more than a spreadsheet can",
        "time": "it takes too long to parse",
        "memory": "it takes too much memory to parse",
    }[error.kind]
    told = f" ({error})" if str(error) else ""
    refuse(file, f"not a workbook that can be read: {why}{told}. Download it again.")


def _years(span):
    """(2024, 2034), whether the second year is written with two digits or with four."""
    return int(span[1]), int(span[1][:2] + span[2])


def _edition(files, spans):
    """The one pair of years that all sheets name."""
    if not spans:
        reason = "no table with the years of the projections. Expected is a column Employment change, "
        refuse(files, f"{reason}numeric, 2024–34 in the second row of a sheet; {LAYOUT}.")
    if len(set(spans.values())) > 1:
        told = "; ".join(f"{base}–{target} in {where}" for where, (base, target) in spans.items())
        refuse(files, f"the files are of different editions: {told}. Import those of one edition together.")
    return next(iter(spans.values()))


def _check_tables(files, tables):
    """Refuse what holds neither the projections nor the education, or half of the projections."""
    missing = [number for number in ("1.2", "1.10") if number not in tables]
    if len(missing) == 1 or (missing and "5.3" not in tables):
        names = " and ".join(f"Table {number}" for number in missing)
        refuse(files, f"no sheet whose first row begins with {names}. Expected is occupation.xlsx; {LAYOUT}.")


def _tables(sheets, base, target):
    tables, problems = {}, []
    for number, (file, sheet) in sheets.items():
        line, cells = sheet.head[1] if len(sheet.head) > 1 else (2, [])
        headers, places = _places(cells, base, target)
        if missing := [name for name in TABLES[number] if name not in places]:
            expected = f"no such column. Expected are {'; '.join(TABLES[number])}, years aside; {LAYOUT}."
            problems += [Problem(file, line, name, "", expected) for name in missing]
        else:
            tables[number] = Table(file, _period(sheet), headers, _lines(file, sheet, line, places))
    if problems:
        raise BadInput(problems)
    return tables


def _period(sheet):
    span = SPAN.search(_text(sheet.head[0][1][0]))
    return "{} to {}".format(*_years(span)) if span else ""


def _places(cells, base, target):
    """({our name: the header}, {our name: its column}) of a header row."""
    headers, places = {}, {}
    for place, cell in enumerate(cells):
        name = _name(cell)
        if name == "employment":
            year = YEARS.search(_text(cell))
            name = {base: "base", target: "target"}.get(int(year[1]) if year else None, name)
        headers.setdefault(name, _text(cell))
        places.setdefault(name, place)
    return headers, places


def _lines(file, sheet, header, places):
    """The rows below the header; notes, which have one cell, are left out."""
    lines = []
    try:
        for number, cells in sheet.rows(after=header):
            if sum(cell != "" for cell in cells) > 1:
                told = {name: _text(cells[place]) for name, place in places.items() if place < len(cells)}
                lines.append(Line(number, told))
    except WorkbookError as error:
        _refuse_workbook(file, error)
    return lines


def _name(cell):
    """A header less footnotes and years: "Employment, 2024" is employment."""
    text = YEARS.sub("", FOOTNOTE.sub("", _text(cell))).replace("’", "'")
    return re.sub(r"\s*,(\s*,)*\s*", ", ", " ".join(text.split())).strip(" ,").casefold()


def _text(cell):
    """A cell as text: a workbook holds a number as a double, whose shortest decimal BLS typed."""
    if isinstance(cell, float):
        return repr(cell)
    return " ".join(str(cell).split())
