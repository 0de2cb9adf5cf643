"""Read: what BLS ships, as sheets of cells. Judges the container, not the figures.

    sheets = read(["oesm25nat.zip", "oesm25st.zip"])

A zip (with or without a folder inside), an xlsx, an xls, a csv or a csv.gz. A workbook's data
sheet is the one with a header of OEWS's column names; its other sheets, and a field-description workbook
beside it, give the top codes and the year. Nothing here imports Django.
"""

import csv
import gzip
import hashlib
import io
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from salaries.oews.columns import is_header, place_columns
from salaries.oews.parser import LONGEST_CELL, MEMORY, SECONDS, WorkbookError
from salaries.oews.problem import BadInput, Problem, refuse, shown
from salaries.oews.workbook import open_workbook, unpacked_size

WORKBOOKS = (".xlsx", ".xls")
TABLES = (".csv", ".csv.gz")
HEADER_WITHIN = 10
MOST_BYTES = 256 * 2**20  # of a file, and of what a zip or a gzip holds
MOST_TEXT = 128 * 2**20  # of a csv; BLS's largest table would have 75 MB
MOST_UNPACKED = 1024 * 2**20  # of a workbook's XML, which is packed six to one
MOST_ENTRIES = 10_000
LARGEST = "BLS's largest workbook has 64 MB, 380 MB unpacked."
LONGEST_LINE = 64 * 2**10
LONGEST_PATH = 4096
ZIP_ENTRY = b"PK\x01\x02"
OLE = b"\xd0\xcf\x11\xe0"
LOCKED = "the workbook is protected by a password. Open it, save it without one, and import that."

TOP_CODE = re.compile(
    r"#\s*=?\s*indicates a wage .*?\$([\d,.]+) per hour or \$([\d,]+) per year", re.IGNORECASE
)
ESTIMATES = re.compile(r"\bMay (20\d\d) OEW?S Estimates", re.IGNORECASE)
YEAR_IN_SHEET = re.compile(r"(?:_M|All May )(20\d\d)", re.IGNORECASE)
YEAR_IN_FILE = re.compile(r"_M?(20\d\d)(?:_dl)?\.|oe[ws]{1,2}m(\d\d)[a-z]", re.IGNORECASE)


@dataclass
class Sheet:
    """One table of a file: its columns matched, its rows still to be read.

    `rows` yields (line as a spreadsheet counts it, cells); a cell is text or a number.
    """

    file: str
    columns: dict[str, int]
    unknown: list[str]
    headers: list[str]
    rows: object
    row_count: int | None = None


@dataclass
class Reading:
    """What the files of one import hold together.

    `years` maps what says a year ("the name national_M2025_dl.xlsx") to that year; `top_codes` maps the
    file that says so to (dollars a year, cents an hour); `files` maps each file to its sha256.
    """

    sheets: list[Sheet] = field(default_factory=list)
    years: dict[str, int] = field(default_factory=dict)
    top_codes: dict[str, tuple[int, int]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def year(self, told=None):
        """The one year that the files, and `told` (the operator's word), agree on.

        Raises BadInput where they contradict each other or none says a year.
        """
        years = {**({"--year": told} if told else {}), **self.years}
        if len(set(years.values())) == 1:
            return next(iter(years.values()))
        files = ", ".join(self.files)
        if not years:
            refuse(files, "no year in the file's name, sheets or notes; say it with --year.")
        said = "; ".join(f"{year} in {_places(years, year)}" for year in sorted(set(years.values())))
        reason = f"the years contradict each other: {said}. Import the files of one year at a time."
        raise BadInput([Problem(files, None, "", "", reason)])

    def top_code(self):
        """(dollars a year, cents an hour) as the files' notes say, or None where none says it."""
        told = set(self.top_codes.values())
        if len(told) > 1:
            said = "; ".join(
                f"${dollars:,} a year in {file}" for file, (dollars, _) in self.top_codes.items()
            )
            refuse(
                ", ".join(self.files),
                f"the files' notes name different top codes: {said}. Import the files of one year at a time.",
            )
        return told.pop() if told else None


def _places(years, year):
    """The first two places that say a year; a workbook says it in its name, its sheets and its notes."""
    return " and ".join([where for where, said in years.items() if said == year][:2])


def read(paths):
    """Open every file and find its tables; raises BadInput listing each file that cannot be used."""
    reading, problems = Reading(), []
    for path in map(Path, paths):
        try:
            _read_path(path, reading)
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    if not reading.sheets:
        refuse(
            ", ".join(str(p) for p in paths),
            "no table in it: no sheet has a header row with OEWS's column names. A field-description file "
            "alone holds no figures; give the file that BLS calls national_M..., state_M..., MSA_M... or "
            "all_data_M...",
        )
    return reading


def _read_path(path, reading):
    data = _contents(path)
    name = shown(path.name)
    reading.files[name] = hashlib.sha256(data).hexdigest()
    if name.lower().endswith(".zip"):
        _read_zip(name, data, reading)
    elif _kind(name):
        _read_member(name, data, reading)
    else:
        refuse(name, "not a kind of file that BLS ships: give a zip, xlsx, xls, csv or csv.gz.")


def _contents(path):
    """A file's bytes; refuses what is no plain file, which a pipe that nobody writes to would hang on."""
    where = shown(str(path), LONGEST_PATH)
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            refuse(where, "a folder, not a file. Give the files in it, or the zip as BLS ships it.")
        if not stat.S_ISREG(kind.st_mode):
            refuse(where, "a pipe or a device, not a file. Save what it gives as a file, and give that.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, ValueError):  # ValueError: a path with a NUL in it
        refuse(where, "no such file. Check the path; several files are given one after another.")
    except OSError as error:
        refuse(where, f"cannot be opened ({error.strerror}). Check who may read it.")
    if len(data) > MOST_BYTES:
        refuse(where, f"more than {MOST_BYTES >> 20} MB; {LARGEST} Is it the right file?")
    return data


def _read_zip(name, data, reading):
    _year_in_name(name, reading)
    for member, content in _members(name, data):
        _read_member(f"{name}/{shown(member)}", content, reading)


def _members(name, data):
    """Yield the (name, content) of each table in a zip; refuses a zip that cannot be read."""
    if data.count(ZIP_ENTRY) > MOST_ENTRIES:
        refuse(name, f"the zip lists more than {MOST_ENTRIES:,} files; BLS's hold a few. Download it again.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if _is_member(m.filename)]
            if not members:
                refuse(name, "the zip holds no xlsx, xls or csv. Download it again from BLS.")
            _check_sizes(name, sum(member.file_size for member in members))
            for member in members:
                _check_member(name, member)
                with archive.open(member) as part:
                    yield member.filename, part.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error) as error:
        refuse(name, f"the zip is cut off or damaged ({error}). Download it again.")
    except NotImplementedError as error:
        refuse(
            name,
            f"the zip is packed in a way that cannot be read here ({error}). Unpack it, and give its files.",
        )


def _check_member(name, member):
    if member.flag_bits & 1:
        refuse(
            name,
            f"the zip is protected by a password (File {member.filename!r} is encrypted, password required "
            "for extraction). BLS ships none: download it again.",
        )
    if member.compress_type in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):  # which may ask for gigabytes
        refuse(
            name,
            f"the zip is packed in a way that BLS does not use ({member.filename}). Unpack it, and give its "
            "files.",
        )


def _check_sizes(name, unpacked, most=MOST_BYTES):
    """Refuse what its own directory says is a zip bomb; one that lies is met when it is unpacked."""
    if unpacked > most:
        refuse(
            name,
            f"unpacks to {unpacked / 1e6:,.0f} MB, more than the {most >> 20} MB that are allowed; {LARGEST} "
            "Download it again from BLS.",
        )


def _is_member(member):
    base = member.rsplit("/", 1)[-1]
    return _kind(base) and not base.startswith(("~$", "._")) and "__MACOSX" not in member


def _kind(name):
    name = name.lower()
    if name.endswith(".xlsm"):
        return "macro"
    return next(
        (k for k, ends in {"workbook": WORKBOOKS, "table": TABLES}.items() if name.endswith(ends)), None
    )


def _read_member(name, data, reading):
    kind = _kind(name)
    if kind == "macro":
        refuse(
            name,
            "a workbook with macros; BLS ships none. Save it as .xlsx if you trust it, or download it again.",
        )
    _year_in_name(name, reading)
    if kind == "workbook":
        _read_workbook(name, data, reading)
    else:
        _read_csv(name, data, reading)


def _year_in_name(name, reading):
    base = name.rsplit("/", 1)[-1]
    if match := YEAR_IN_FILE.search(base):
        reading.years[f"the name {base}"] = int(match[1] or f"20{match[2]}")


def _read_workbook(name, data, reading):
    for sheet in _open_workbook(name, data):
        if match := YEAR_IN_SHEET.search(sheet.name):
            reading.years[f"{name}, sheet {sheet.name}"] = int(match[1])
        header = _find_header(row for row in sheet.head if row[0] <= HEADER_WITHIN)
        if header is None:
            _read_notes(name, [cells for _, cells in sheet.head], reading)
        else:
            line, cells = header
            rows = _workbook_rows(name, sheet, line)
            reading.sheets.append(_sheet(name, line, cells, rows, sheet.height))


def _open_workbook(name, data):
    """A workbook's visible and hidden sheets; refuses what is not a plain workbook."""
    if data[:4] == OLE and "EncryptedPackage".encode("utf-16-le") in data:
        refuse(name, LOCKED)
    if data[:2] == b"PK":
        if b"xl/vbaProject.bin" in data:
            refuse(name, "a workbook with macros; BLS ships none. Download it again from BLS.")
        _check_sizes(name, unpacked_size(data), MOST_UNPACKED)
    try:
        return open_workbook(data)
    except WorkbookError as error:
        _refuse_workbook(name, error)


def _workbook_rows(name, sheet, line):
    try:
        yield from sheet.rows(after=line)
    except WorkbookError as error:
        _refuse_workbook(name, error)


def _refuse_workbook(name, error):
    told = f" ({error})" if str(error) else ""
    refuse(
        name,
        {
            "password": LOCKED,
            "damaged": f"not a workbook, or one that is cut off or damaged{told}. Download it again.",
            "cell": f"a cell holds more than a spreadsheet can{told}; {LONGEST_CELL:,} is the most. "
            "Compare the cell with BLS's file.",
            "time": f"takes more than {SECONDS} s to parse; {LARGEST} Download it again from BLS.",
            "memory": f"takes more than {MEMORY >> 20} MB of memory to parse: a cell stands far from the "
            f"table{told}, or its texts are far longer than BLS's. Delete all but the table, or download "
            "it again.",
        }[error.kind],
    )


def _find_header(rows):
    for _, (line, cells) in zip(range(HEADER_WITHIN), rows, strict=False):
        if is_header(cells):
            return line, cells
    return None


def _sheet(name, line, cells, rows, row_count):
    columns, unknown, reasons = place_columns(cells)
    if reasons:
        raise BadInput(Problem(name, line, shown(header), "", reason) for header, reason in reasons)
    return Sheet(name, columns, [*map(shown, unknown)], [shown(str(c)) for c in cells], rows, row_count)


def _read_notes(name, rows, reading):
    """Take the year and the top codes from a page of field descriptions."""
    for row in rows:
        text = " ".join(str(cell) for cell in row if cell != "")
        if match := ESTIMATES.search(text):
            reading.years[f"{name}, notes"] = int(match[1])
        if match := TOP_CODE.search(text):
            hourly, annual = (m.replace(",", "") for m in match.groups())
            reading.top_codes[name] = (int(annual), round(float(hourly) * 100))


def _read_csv(name, data, reading):
    data = _unzipped(name, data) if name.lower().endswith(".gz") else data
    if len(data) > MOST_TEXT:
        refuse(name, f"more than {MOST_TEXT >> 20} MB of text. Is it a table of BLS's? Download it again.")
    _check_text(name, data)
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    rows = _csv_rows(name, csv.reader(lines, strict=True))
    header = _find_header(rows)
    if header is None:
        refuse(
            name,
            "no header row with OEWS's column names in the first ten lines. Is it a table of BLS's, "
            "its columns separated by commas?",
        )
    line, cells = header
    reading.sheets.append(_sheet(name, line, cells, rows, data.count(b"\n")))


def _unzipped(name, data):
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(MOST_TEXT + 1)
    except (OSError, EOFError, zlib.error) as error:
        reason = str(error).split(" 0x")[0]  # two checksums help nobody
        refuse(name, f"not a gzip, or one that is cut off or damaged ({reason}). Download it again.")
    return unpacked


def _check_text(name, data):
    """Refuse bytes that are no UTF-8 text in lines; a piece at a time, for they may be many."""
    for line, text in enumerate(io.BytesIO(data), start=1):
        if len(text) > LONGEST_LINE and max(map(len, text.split(b"\r"))) > LONGEST_LINE:
            reason = f"a line of {len(text):,} bytes; {LONGEST_LINE:,} is the most. Is it a table of BLS's?"
            refuse(name, reason, line=line)
        try:
            text.decode()
        except UnicodeDecodeError as error:
            byte = f"byte {text[error.start]:#04x}"
            refuse(name, "not UTF-8 text. Save the table as CSV UTF-8.", line=line, value=byte)
        if 0 in text:
            refuse(name, "not text. Save the table as CSV UTF-8.", line=line, value="byte 0x00")


def _csv_rows(name, reader):
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            refuse(name, f"not well-formed CSV ({error}). Save it again as CSV UTF-8.", line=reader.line_num)
        if cells is None:
            return
        yield reader.line_num, cells
