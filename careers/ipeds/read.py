"""Read: IPEDS's files of institutions (HD) and of completions (C_A), as lines of text.

A file is csv, csv.gz or the publisher's zip with the csv in it; a zip may hold a revision beside the
first edition, hd2024_rv.csv, which is then the one to read. UTF-8 with a byte order mark. The year is
in the name alone: hd2024.csv is of the academic year 2024-25, c2024_a.csv counts the awards of July
2023 to June 2024. Only the columns named here are taken; HD has officers and tax numbers besides.
Nothing here imports Django.
"""

import csv
import gzip
import io
import re
import zipfile
import zlib
from typing import NamedTuple

from careers.files import read_file
from salaries.oews.problem import refuse, shown

MOST_BYTES = 256 * 2**20  # unpacked; the publisher's csv of completions with all columns has about 60 MB


class Kind(NamedTuple):
    """A file that IPEDS ships: its name, its columns that are read, and what it is."""

    name: re.Pattern
    columns: tuple
    what: str


HD = Kind(
    re.compile(r"hd(20\d\d)(_rv)?\b", re.IGNORECASE),
    (
        *("UNITID", "INSTNM", "CITY", "STABBR", "ZIP", "SECTOR", "INSTSIZE", "WEBADDR"),
        *("CYACTIVE", "CLOSEDAT", "NEWID", "LATITUDE", "LONGITUD"),
    ),
    "the directory of institutions, hd2024.csv or HD2024.zip",
)
C = Kind(
    re.compile(r"c(20\d\d)_a(_rv)?\b", re.IGNORECASE),
    ("UNITID", "CIPCODE", "MAJORNUM", "AWLEVEL", "CTOTALT"),
    "the completions, c2024_a.csv or C2024_A.zip",
)
ORDER = "The directory comes first, then the completions"


class Table(NamedTuple):
    """One file: the name that problems give, the file's own and its sha256, its year, and its text.

    `data` is the csv, unpacked; `lines` reads it.
    """

    kind: Kind
    name: str
    file: str
    sha256: str
    year: int
    is_revision: bool
    data: bytes

    def lines(self):
        """Yield (number, cells in the order of the kind's columns); raises BadInput."""
        with io.TextIOWrapper(io.BytesIO(self.data), encoding="utf-8-sig", newline="") as text:
            rows = csv.reader(text)
            try:
                yield from self._cells(rows, next(rows, []))
            except UnicodeDecodeError as error:
                reason = "not UTF-8 text, here or in the lines behind. Use the file as NCES ships it."
                refuse(self.name, reason, line=rows.line_num + 1, value=str(error))
            except csv.Error as error:
                refuse(self.name, f"not csv ({error}). Download it again.", line=rows.line_num)

    def _cells(self, rows, header):
        names = [name.strip().upper() for name in header]
        missing = [name for name in self.kind.columns if name not in names]
        if missing:
            reason = f"no column {', '.join(missing)}. Expected is {self.kind.what}. {ORDER}."
            refuse(self.name, reason, line=1)
        places = [names.index(name) for name in self.kind.columns]
        for cells in rows:
            if len(cells) != len(names):
                if not cells:
                    continue
                reason = f"{len(cells)} cells, where the header has {len(names)}. Is the file cut off?"
                refuse(self.name, reason, line=rows.line_num)
            yield rows.line_num, [cells[place].strip() for place in places]


def read(hd, completions):
    """The Tables of one year's two files; raises BadInput."""
    tables = [_table(hd, HD), _table(completions, C)]
    years = {table.year for table in tables}
    if len(years) > 1:
        told = " and ".join(f"{table.name} of {table.year}" for table in tables)
        refuse(told, "the files are of different years. Import those of one year together.")
    return tables


def _table(path, kind):
    file = read_file(path)
    if zipfile.is_zipfile(io.BytesIO(file.data)):
        return _in_zip(file, kind)
    match = _match(file.name, kind)
    if match is None:
        refuse(file.name, f"expected {kind.what}: the year is told by the name alone. {ORDER}.")
    data = file.data
    if data[:2] == b"\x1f\x8b":
        data = _unpacked(file.name, gzip.GzipFile(fileobj=io.BytesIO(data)))
    return Table(kind, file.name, file.name, file.sha256, int(match[1]), bool(match[2]), data)


def _match(name, kind):
    """The year, and the mark of a revision, in the name of a csv; None for another file's."""
    return kind.name.match(name) if re.search(r"\.csv(\.gz)?$", name, re.IGNORECASE) else None


def _in_zip(file, kind):
    """The csv in the publisher's zip: the revision where there is one."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            names = {m.filename.rsplit("/", 1)[-1]: m for m in archive.infolist() if not m.is_dir()}
            found = {name: match for name in names if (match := _match(name, kind))}
            match = _newest(file.name, found, names, kind)
            data = _unpacked(f"{file.name}/{match.string}", archive.open(names[match.string]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        refuse(file.name, f"not a zip that can be read ({error}). Download it again.")
    name = f"{file.name}/{shown(match.string)}"
    own = re.match(r"(?:hd|c)(20\d\d)", file.name, re.IGNORECASE)
    if own and own[1] != match[1]:
        refuse(name, f"the zip's name says {own[1]}, and the file's in it {match[1]}. Download it again.")
    return Table(kind, name, file.name, file.sha256, int(match[1]), bool(match[2]), data)


def _newest(file, found, names, kind):
    if not found:
        held = ", ".join(map(shown, sorted(names)[:10])) or "nothing"
        refuse(file, f"expected {kind.what}. {ORDER}. This zip holds {held}.")
    if len({match[1] for match in found.values()}) > 1:
        refuse(file, f"files of several years in it: {', '.join(sorted(found))}. Give those of one.")
    return max(found.values(), key=lambda match: bool(match[2]))


def _unpacked(name, packed):
    try:
        with packed as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        refuse(name, f"cannot be unpacked ({error}). Download it again.")
    if len(data) > MOST_BYTES:
        refuse(name, f"unpacks to more than {MOST_BYTES >> 20} MB. Is it the right file?")
    return data
