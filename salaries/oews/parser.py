"""Parse one workbook: the process that workbook.py starts, with bounded memory and time.

Run as a script, it takes the workbook from its input, describes its sheets, and sends the rows of
those asked for. It imports nothing of the project.

BLS's largest sheet has 380 MB of XML, a grid of 800 MB, and takes ten seconds. So a large sheet is cut
at its rows, and each piece is parsed as a small workbook of its own: memory is that of a piece, and the
first rows are on their way while the rest is still packed.
"""

import io
import marshal
import math
import pickle
import resource
import struct
import sys
import zipfile
import zlib
from itertools import islice

from python_calamine import CalamineWorkbook, PasswordError

MEMORY = 1300 * 2**20  # of address space; what cannot be cut may take that much, as an xls
SECONDS = 50  # of processor time; BLS's largest takes twelve
LONGEST_CELL = 32_767  # characters, as Excel itself allows
FRAME = 32 * 2**20  # bytes of rows sent at once, at most
USUAL_FRAME = 2**20  # BLS's take a sixth of that
ROWS = 500  # rows sent at once
NOTES = 500  # a sheet of fewer rows may be the notes, which have about fifty
HEAD = 10  # rows within which the header is looked for

PIECE = 4 * 2**20  # bytes of a sheet's XML: 4,000 rows
SHARE = 8  # a piece is so many times what comes with every piece, or larger
SHEETS = "xl/worksheets/"
BEGIN, ROW, END = b"<sheetData>", b'<row r="', b"</sheetData></worksheet>"
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError)

LENGTH = struct.Struct("<Q")


class WorkbookError(Exception):
    """A workbook that cannot be read; `kind` is password, damaged, cell, memory or time.

    The text says more: what the parser met, or where.
    """

    def __init__(self, kind, text=""):
        self.kind = kind
        super().__init__(text)


def serve(requests, answers):
    """Parse the workbook that comes first, describe its sheets, then send the rows of those asked for."""
    try:
        sheets = _sheets(requests.read(_number(requests)))
        _send(answers, _packed([_described(number, sheet) for number, sheet in enumerate(sheets)]))
        while (number := _number(requests)) is not None:
            _send_rows(answers, sheets[number], _number(requests))
    except PasswordError:
        _send(answers, _packed({"kind": "password", "text": ""}))
    except WorkbookError as error:
        _send(answers, _packed({"kind": error.kind, "text": str(error)}))
    except (MemoryError, BrokenPipeError):
        sys.exit(1)
    except BaseException as error:  # a panic of the parser is no Exception
        kind = "memory" if "capacity overflow" in str(error) else "damaged"
        _send(answers, _packed({"kind": kind, "text": str(error)[:200]}))


# Sheets


class _Whole:
    """A sheet parsed at once."""

    def __init__(self, sheet):
        self.name, self.height, self.sheet = sheet.name, sheet.height, sheet

    def rows(self):
        """(line, cells) of every row; a line is counted as a spreadsheet does."""
        return enumerate(self.sheet.iter_rows(), start=1)


class _InPieces:
    """A sheet parsed a piece at a time; its height is a guess from the first one."""

    def __init__(self, cut, sheet):
        self.name, self.cut = sheet.name, cut
        self.height = round(sheet.height * cut.pieces_about)

    def rows(self):
        """As those of a whole sheet: as wide as the table, though a piece may end in empty columns."""
        width = last = 0
        for piece in self.cut.pieces():
            sheet = self.cut.workbook(piece).get_sheet_by_name(self.name)
            if not sheet.height:
                continue
            (first, left), width = sheet.start, max(width, sheet.end[1] + 1)
            if first < last:
                raise WorkbookError("damaged", f"sheet {self.name}: its rows are not in order")
            last = sheet.end[0] + 1
            before, after = [""] * left, [""] * (width - sheet.end[1] - 1)
            for line, cells in enumerate(sheet.to_python(), start=first + 1):
                yield line, before + cells + after if before or after else cells


class _Cut:
    """A workbook whose largest sheet comes in pieces: what goes with every one, and the pieces."""

    def __init__(self, book, part, size):
        self.book, self.part, self.size = book, part, size
        self.others = {other.filename: book.read(other) for other in book.infolist() if other is not part}
        with book.open(part) as xml:
            beginning = xml.read(size)
        self.start, begin, rows = beginning.partition(BEGIN)
        self.start += begin
        self.can_be = ROW in rows
        self.pieces_about = part.file_size / size

    def pieces(self):
        """The rows' XML, cut before a row that says its number; the last piece has all that follows."""
        with self.book.open(self.part) as xml:
            xml.read(len(self.start))
            rest = b""
            while more := xml.read(max(self.size, len(rest))):
                rest += more
                cut = rest.rfind(ROW, 1)
                if cut > 0:
                    yield rest[:cut] + END
                    rest = rest[cut:]
            yield rest

    def workbook(self, piece):
        """The workbook with a piece for its largest sheet."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as book:
            for name, content in self.others.items():
                book.writestr(name, content)
            book.writestr(self.part.filename, self.start + piece)
        file.seek(0)
        return CalamineWorkbook.from_filelike(file)


def _sheets(data):
    """The workbook's sheets, visible and hidden, the largest of them in pieces."""
    cut = _cut(data)
    if cut is None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [_Whole(book.get_sheet_by_name(name)) for name in book.sheet_names]
    first, emptied = cut.workbook(next(cut.pieces())), cut.workbook(END)
    sheets = []
    for name in first.sheet_names:
        sheet = first.get_sheet_by_name(name)
        is_cut = sheet.height and not emptied.get_sheet_by_name(name).height
        sheets.append(_InPieces(cut, sheet) if is_cut else _Whole(sheet))
    return sheets


def _cut(data):
    """The workbook, to be parsed in pieces; None where it is small, or not of a kind that can be cut."""
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
        parts = {part.filename: part.file_size for part in book.infolist()}
        largest = max(book.infolist(), key=lambda part: part.file_size, default=None)
        if largest is None or not largest.filename.startswith(SHEETS) or len(parts) < len(book.infolist()):
            return None
        size = max(PIECE, SHARE * (sum(parts.values()) - largest.file_size))
        cut = _Cut(book, largest, size) if size < largest.file_size else None
    except DAMAGED:  # for the parser to say what is wrong with it
        return None
    return cut if cut and cut.can_be else None


# Rows and answers


def _described(number, sheet):
    most = sheet.height if sheet.height < NOTES else HEAD
    head = list(_numbered(sheet, most=most))
    _check_cells(head, sheet.name)
    return number, sheet.name, sheet.height, head


def _numbered(sheet, *, after=0, most=math.inf):
    """(line, cells) of the rows that are not empty, those below line `after` to line `most`."""
    for line, cells in sheet.rows():
        if line > most:
            return
        if line > after and cells and (cells[0] != "" or any(cell != "" for cell in cells)):
            yield line, cells


def _send_rows(answers, sheet, after):
    rows = _numbered(sheet, after=after)
    while some := list(islice(rows, ROWS)):
        frame = _packed(some)
        if len(frame) > USUAL_FRAME:
            _check_cells(some, sheet.name)
        _send(answers, frame)
    _send(answers, _packed([]))


def _check_cells(rows, name):
    """Refuse a text longer than a spreadsheet can hold; told by its sheet and line."""
    for line, cells in rows:
        for cell in cells:
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                raise WorkbookError("cell", f"sheet {name}, line {line}: {len(cell):,} characters")


def _packed(what):
    """What is sent, and how it is packed: dates need the slower way."""
    try:
        return b"m" + marshal.dumps(what)
    except ValueError:
        return b"p" + pickle.dumps(what)


def unpacked(frame):
    """What was sent. It comes from this file's other half, so that pickle is no danger here."""
    return (marshal if frame[:1] == b"m" else pickle).loads(memoryview(frame)[1:])


def _send(answers, frame):
    if len(frame) > FRAME:
        frame = _packed({"kind": "memory", "text": ""})
    answers.write(LENGTH.pack(len(frame)))
    answers.write(frame)
    answers.flush()


def _number(requests):
    """The next number asked with, or None where there is no more to come."""
    size = requests.read(LENGTH.size)
    return LENGTH.unpack(size)[0] if len(size) == LENGTH.size else None


def _limit(what, most):
    """Take no more than this, nor more than this process was given already."""
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, hard))


if __name__ == "__main__":
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    serve(sys.stdin.buffer, sys.stdout.buffer)
