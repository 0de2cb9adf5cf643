"""Workbooks, parsed in a process of their own with bounded memory and time.

    for sheet in open_workbook("national_M2025_dl.xlsx", data):
        for line, cells in sheet.rows(): ...

A workbook is parsed into a dense grid, so one cell at XFD1048576 asks for 400 GB, and a text of
10 MB may be pointed at from a million cells: no look at the file beforehand tells what it will cost,
and the parser answers a failed allocation by ending its process. So it gets one of its own (this very
file, run as a script), and when that ends, the workbook is refused. Rows come back through a pipe
while the next ones are packed, which costs an import no time. Nothing here imports Django.
"""

import contextlib
import io
import marshal
import pickle
import re
import resource
import signal
import struct
import subprocess
import sys
import weakref
import zipfile
from itertools import islice

MEMORY = 1300 * 2**20  # of address space; BLS's largest workbook, of 370,000 rows, takes 1,110 MiB
SECONDS = 50  # of processor time; BLS's largest takes ten
LONGEST_CELL = 32_767  # characters, as Excel itself allows
FRAME = 32 * 2**20  # bytes of rows sent at once, at most
USUAL_FRAME = 2**20  # BLS's take a sixth of that
ROWS = 500  # rows sent at once
NOTES = 500  # a sheet of fewer rows may be the notes, which have about fifty
HEAD = 10  # rows within which the header is looked for
SCANNED = 32 * 2**20  # of a sheet's text, when a cell far off is looked for

LENGTH = struct.Struct("<Q")
FAR_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,8})(\d{1,10})["']""")


class WorkbookError(Exception):
    """A workbook that cannot be read; `kind` is password, damaged, cell, memory or time.

    The text says more: what the parser met, or where.
    """

    def __init__(self, kind, text=""):
        self.kind = kind
        super().__init__(text)


class Sheet:
    """One sheet: its `name`, its `height` in rows, and its first rows as `head`.

    `head` holds (line, cells) of the first ten rows, or of all rows of a sheet short enough for notes.
    """

    def __init__(self, workbook, number, name, height, head):
        self.name, self.height, self.head = name, height, head
        self._workbook, self._number = workbook, number

    def rows(self, *, after=0):
        """Yield (line, cells) of each row below line `after` that is not empty, once."""
        for frame in self._workbook.frames(self._number, after):
            yield from frame


class _Workbook:
    """The process that parses one workbook; ends with the last reference to it."""

    def __init__(self, data):
        self.process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            pipesize=2**20,
        )  # fmt: skip
        self.stop = weakref.finalize(self, _stop, self.process)
        self.data = data  # kept until it is parsed, to say what is wrong with it
        self.send(LENGTH.pack(len(data)), data)
        self.described = self.receive()
        self.data = None

    def send(self, *parts):
        try:
            for part in parts:
                self.process.stdin.write(part)
            self.process.stdin.flush()
        except BrokenPipeError:
            self.fail()

    def receive(self):
        """What the process answers next; raises WorkbookError where it cannot."""
        size = self.process.stdout.read(LENGTH.size)
        frame = self.process.stdout.read(LENGTH.unpack(size)[0]) if size else b""
        if not frame:
            self.fail()
        answer = _unpacked(frame)
        if isinstance(answer, dict):
            self.stop()
            raise WorkbookError(answer["kind"], answer["text"])
        return answer

    def frames(self, number, after):
        self.send(LENGTH.pack(number), LENGTH.pack(after))
        while rows := self.receive():
            yield rows

    def fail(self):
        """Say why the process ended: it was too slow, or else wanted more memory than it may have."""
        status = self.process.wait()
        self.stop()
        if status == -signal.SIGXCPU:
            raise WorkbookError("time")
        raise WorkbookError("memory", far_cell(self.data) if self.data else "")


def _stop(process):
    process.kill()
    with contextlib.suppress(BrokenPipeError):  # of what was not sent yet
        process.stdin.close()
    process.stdout.close()
    process.wait()


def open_workbook(data):
    """The sheets of a workbook, visible and hidden; raises WorkbookError."""
    workbook = _Workbook(data)
    return [Sheet(workbook, *described) for described in workbook.described]


def unpacked_size(data):
    """What the parts of an xlsx unpack to by its own directory, in bytes; 0 for what is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return 0


def far_cell(data):
    """The cell furthest off in an xlsx, as `sheet1.xml, cell XFD1048576`; "" where none is found.

    Looks at the first 32 MB of each sheet, for a person to have a place to look at.
    """
    far = (0, "")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for name in parts.namelist():
                if name.startswith("xl/worksheets/"):
                    with parts.open(name) as part:
                        far = max(far, _furthest(part.read(SCANNED), name.rsplit("/", 1)[-1]))
    except Exception:  # of a file already found bad: no reason to stop with another one
        return ""
    return far[1]


def _furthest(xml, name):
    far = (0, "")
    for letters, row in map(re.Match.groups, FAR_CELL.finditer(xml)):
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        if column * int(row) > far[0]:
            far = (column * int(row), f"{name}, cell {letters.decode()}{int(row)}")
    return far


# In the process of its own


def serve(requests, answers):
    """Parse the workbook that comes first, describe its sheets, then send the rows of those asked for."""
    from python_calamine import CalamineWorkbook, PasswordError

    data = requests.read(_number(requests))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        del data
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
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


def _described(number, sheet):
    most = sheet.height if sheet.height < NOTES else HEAD
    head = list(_numbered(sheet, most))
    _check_cells(head, sheet.name)
    return number, sheet.name, sheet.height, head


def _numbered(sheet, most=None, after=0):
    """(line, cells) of the rows that are not empty; a line is counted as a spreadsheet does."""
    for line, cells in islice(enumerate(sheet.iter_rows(), start=1), after, most):
        if cells and (cells[0] != "" or any(cell != "" for cell in cells)):
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


def _unpacked(frame):
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
