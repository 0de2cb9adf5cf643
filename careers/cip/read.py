"""Read: the CIP-SOC crosswalk, and the list of CIP codes, as rows. Nothing here imports Django.

The crosswalk is CIP2020_SOC2018_Crosswalk.xlsx, sheet CIP-SOC, a row a pair:

    51.0707    Health Information/Medical Records Technology/Technician.    29-2072    Medical Records...

A program that leads to no occupation has the occupation 99-9999, NO MATCH; an occupation that no program
leads to stands with the program 99.9999. The list, CIPCode2020.csv, has a row a code of two, four and
six digits, in columns CIPCode and CIPTitle among others; those of six are programs. It is newer than the
crosswalk: it has 49.0109, which schools give, and its title wins. Any problem stops the import: all are
listed with file, line and value.
"""

import csv
import io
import re
from typing import NamedTuple

from careers.cip.rows import LeadRow, ProgramRow
from careers.cip.source import crosswalk_key, list_key
from careers.files import read_file
from salaries.oews.problem import BadInput, Problem, refuse
from salaries.oews.workbook import WorkbookError, open_workbook

SHEET = "CIP-SOC"
HEADER = re.compile(r"CIP(20\d\d)Code,CIP\1Title,SOC2018Code,SOC2018Title")
PROGRAM = re.compile(r"\d\d\.\d{4}")
GROUP = re.compile(r"\d\d(\.\d\d)?")  # of programs, in the list
OCCUPATION = re.compile(r"\d\d-\d{4}")
NO_PROGRAM, NO_OCCUPATION = "99.9999", "99-9999"
RESERVED = "Reserved"  # a number of the list that stands for nothing yet
LONGEST = 200  # characters of a title; the longest has 150
FITS = "CIP2020_SOC2018_Crosswalk.xlsx, as NCES ships it, is known to fit"


class Reading(NamedTuple):
    """What the files hold: the edition 2020, {file: sha256} of each kind, programs and their links."""

    edition: str
    crosswalk_files: dict
    list_files: dict
    programs: list
    leads: list
    unmatched: int  # programs that lead to no occupation


class _Lines:
    """What is read of one file, and what is wrong with it."""

    def __init__(self, file):
        self.file, self.problems = file, []

    def refuse(self, line, column, value, reason):
        self.problems.append(Problem(self.file, line, column, value, reason))

    def program(self, line, column, cell):
        """A code as it stands, "01.0000"; a number is refused, since 1.0 may be 01.0000 or 10.0000."""
        if isinstance(cell, float):
            reason = "a number, where a code as text, 01.0000, is expected. Do not save it anew in Excel."
            self.refuse(line, column, repr(cell), reason)
        elif not PROGRAM.fullmatch(cell):
            self.refuse(line, column, cell, "expected a CIP code of six digits, 51.0707.")
        else:
            return cell
        return None

    def title(self, line, column, cell):
        """A title in single spaces, without the full stop that ends the publisher's."""
        title = " ".join(str(cell).split()).removesuffix(".")
        if not title or len(title) > LONGEST:
            self.refuse(line, column, str(cell), f"expected a title of at most {LONGEST} characters.")
        return title


def read(crosswalk, code_list=None, *, known):
    """The Reading of a crosswalk, and a list of codes beside it; `known` are the codes of SOC 2018.

    Raises BadInput.
    """
    file = read_file(crosswalk)
    edition, titles, pairs, problems = _read_crosswalk(file, known)
    listed = {}
    if code_list is not None:
        told = read_file(code_list)
        listed = _read_list(told, problems)
    if problems:
        raise BadInput(problems)
    unmatched = titles.keys() - {program for program, _ in pairs}
    programs = [
        ProgramRow(list_key(edition), code, title) for code, title in sorted((titles | listed).items())
    ]
    leads = [LeadRow(crosswalk_key(edition), *pair) for pair in sorted(pairs)]
    list_files = {told.name: told.sha256} if listed else {file.name: file.sha256}
    return Reading(edition, {file.name: file.sha256}, list_files, programs, leads, len(unmatched))


def _read_crosswalk(file, known):
    """(edition, {program: title}, {(program, occupation): line}, problems)."""
    sheet = _sheet(file)
    columns = [str(cell).strip() for cell in sheet.head[0][1]] if sheet.head else []
    match = HEADER.match(",".join(columns))
    if match is None:
        reason = "expected CIP2020Code, CIP2020Title, SOC2018Code and SOC2018Title in the first row"
        refuse(f"{file.name}, sheet {SHEET}", f"{reason}; {FITS}.", line=1, value=", ".join(columns))
    lines, titles, pairs = _Lines(f"{file.name}, sheet {SHEET}"), {}, {}
    try:
        for line, cells in sheet.rows(after=sheet.head[0][0]):
            _take_pair(lines, line, [*cells, "", "", "", ""][:3], columns, known, titles, pairs)
    except WorkbookError as error:
        refuse(file.name, f"not a workbook that can be read: {error.kind}. Download it again.")
    if not pairs and not lines.problems:
        lines.refuse(1, "", "", "no program leads to an occupation. Download it again.")
    return match[1], titles, pairs, lines.problems


def _sheet(file):
    try:
        sheets = {sheet.name: sheet for sheet in open_workbook(file.data)}
    except WorkbookError as error:
        refuse(file.name, f"not a workbook that can be read: {error.kind}. Download it again.")
    if SHEET not in sheets:
        refuse(file.name, f"no sheet {SHEET}. {FITS}; this one has {', '.join(sheets)}.")
    return sheets[SHEET]


def _take_pair(lines, line, cells, columns, known, titles, pairs):
    """Keep one row: the program's title, and the occupation where there is one."""
    code, title, occupation = cells
    if code == NO_PROGRAM:
        return
    program, title = lines.program(line, columns[0], code), lines.title(line, columns[1], title)
    if program and titles.setdefault(program, title) != title:
        lines.refuse(line, columns[1], title, f"{program} is {titles[program]!r} in a line before.")
    if program is None or occupation == NO_OCCUPATION:
        return
    if not (isinstance(occupation, str) and OCCUPATION.fullmatch(occupation) and occupation in known):
        reason = "expected the code of an occupation of SOC 2018, or 99-9999 where there is none."
        lines.refuse(line, columns[2], str(occupation), reason)
    elif (program, occupation) in pairs:
        reason = f"stands with {program} in line {pairs[program, occupation]} already. Keep one."
        lines.refuse(line, columns[2], occupation, reason)
    else:
        pairs[program, occupation] = line


def _read_list(file, problems):
    """{code: title} of the programs that the list holds; reserved numbers are none."""
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(file.name, f"not UTF-8 text ({error}). Save it as CSV UTF-8.")
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows, [])
    names = [name.strip().replace("_", "").upper() for name in header]
    if not {"CIPCODE", "CIPTITLE"} <= set(names):
        reason = "expected the columns CIPCode and CIPTitle, or CIP_Code and CIP_Title."
        refuse(file.name, reason, line=1, value=",".join(header))
    places = names.index("CIPCODE"), names.index("CIPTITLE")
    columns = [header[place] for place in places]
    lines, titles = _Lines(file.name), {}
    for cells in rows:
        if any(cells):
            told = [cells[place] if place < len(cells) else "" for place in places]
            _take_listed(lines, rows.line_num, columns, told, titles)
    if not titles:
        lines.refuse(1, columns[0], "", "no code of six digits. Is it the right file?")
    problems += lines.problems
    return {code: title for code, title in titles.items() if title != RESERVED}


def _take_listed(lines, line, columns, cells, titles):
    """Keep one row of the list, where it is a program's; NCES writes a code ="01.0000", for Excel."""
    code, title = cells[0].strip().removeprefix("=").strip('"'), cells[1]
    if GROUP.fullmatch(code):
        return
    if lines.program(line, columns[0], code) and code in titles:
        lines.refuse(line, columns[0], code, "stands in a line before already. Keep one.")
    titles[code] = lines.title(line, columns[1], title)
