"""Read: O*NET's text zip, db_30_1_text.zip, as rows of text. Judges the container, not the figures.

The tables lie in a folder or flat. A line is cells between tabs, without quoting, ended by CRLF:

    29-2072.00	Medical Coder	n/a	02,08

Columns are matched by name. Nothing here imports Django.
"""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from careers.files import read_file
from salaries.oews.problem import BadInput, Problem, refuse, shown

CODE = "O*NET-SOC Code"
TABLES = {
    "Alternate Titles": (CODE, "Alternate Title", "Short Title"),
    "Sample of Reported Titles": (CODE, "Reported Job Title"),
    "Interests": (CODE, "Element Name", "Scale ID", "Data Value", "Date", "Domain Source"),
    "Job Zones": (CODE, "Job Zone", "Date", "Domain Source"),
    "Job Zone Reference": ("Job Zone", "Name"),
    "Related Occupations": (CODE, "Related O*NET-SOC Code", "Relatedness Tier", "Index"),
    "Technology Skills": (CODE, "Example", "Commodity Title", "Hot Technology", "In Demand"),
}
READ_ME = "Read Me"
EDITION = re.compile(r"O\*NET (\d+\.\d+) Database\s+([A-Z][a-z]+ 20\d\d) Release")
MOST_BYTES = 64 * 2**20  # unpacked, of one table; the largest has 3.6 MB
SHOWN = 40  # names of files that a message repeats; O*NET's text zip holds about as many
RELEASE = "the text zip of O*NET 30.1, db_30_1_text.zip, is known to fit"


class Line(NamedTuple):
    """One line of a table: its number and its cells, in the order of TABLES' columns."""

    number: int
    cells: tuple


class Table(NamedTuple):
    """One table: the name that problems give (db_30_1_text.zip/Interests.txt), columns and lines."""

    file: str
    columns: tuple
    lines: list


class Reading(NamedTuple):
    """What the zip holds: edition 30.1, period December 2025, and the tables by name."""

    file: str
    sha256: str
    edition: str
    period: str
    tables: dict


def read(path):
    """The Reading of O*NET's text zip; raises BadInput."""
    file = read_file(path)
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            members = {m.filename.rsplit("/", 1)[-1]: m for m in archive.infolist() if not m.is_dir()}
            _check_names(file.name, members)
            texts = {name: _text(file.name, archive, members[f"{name}.txt"]) for name in (READ_ME, *TABLES)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        refuse(file.name, f"not a zip that can be read ({error}). Download O*NET's text zip again.")
    edition, period = _edition(file.name, texts.pop(READ_ME))
    tables, problems = {}, []
    for name, text in texts.items():
        try:
            tables[name] = _table(f"{file.name}/{name}.txt", text, TABLES[name])
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return Reading(file.name, file.sha256, edition, period, tables)


def _check_names(file, members):
    """Refuse a zip without one of the tables: another release names them otherwise."""
    missing = [f"{name}.txt" for name in (READ_ME, *TABLES) if f"{name}.txt" not in members]
    if missing:
        held = ", ".join(map(shown, sorted(members)[:SHOWN])) or "nothing"
        reason = (
            f"no {', no '.join(missing)} in it. Expected are the tables {', '.join(TABLES)}. Newer releases, "
            f"31.0 among them, name their tables otherwise; {RELEASE}. This file holds {held}."
        )
        refuse(file, reason)


def _text(file, archive, member):
    name = f"{file}/{member.filename.rsplit('/', 1)[-1]}"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others may take gigabytes
        refuse(name, "packed in a way that O*NET does not use. Download O*NET's text zip again.")
    with archive.open(member) as part:
        data = part.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        refuse(name, f"unpacks to more than {MOST_BYTES >> 20} MB; O*NET's largest table has 4 MB.")
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            refuse(name, "not UTF-8 text. Use the zip as O*NET ships it.", line=number, value=str(error))
    return data.decode("utf-8-sig")


def _edition(file, text):
    """("30.1", "December 2025"), from the head of Read Me.txt."""
    match = EDITION.search(text)
    if match is None:
        refuse(
            f"{file}/{READ_ME}.txt",
            'the edition is not told. Expected are lines like "O*NET 30.1 Database" and "December 2025 '
            'Release" at its head.',
            line=1, value=text.split("\n", 1)[0].strip(),
        )  # fmt: skip
    return match[1], match[2]


def _table(file, text, columns):
    """The lines of a table with the named columns alone; raises BadInput for a column or a cell missing."""
    header, *lines = text.replace("\r\n", "\n").split("\n")
    names = header.split("\t")
    if missing := [name for name in columns if name not in names]:
        expected = f"no such column. Expected are {', '.join(columns)}; {RELEASE}."
        raise BadInput([Problem(file, 1, name, "", expected) for name in missing])
    places = [names.index(name) for name in columns]
    rows, problems = [], []
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) == len(names):
            rows.append(Line(number, tuple(cells[place].strip() for place in places)))
        elif line:
            reason = f"{len(cells)} cells, where the header has {len(names)}. Is the file cut off?"
            problems.append(Problem(file, number, "", line, reason))
    if problems or not rows:
        raise BadInput(problems or [Problem(file, 1, "", "", "the table is empty. Download it again.")])
    return Table(file, columns, rows)
