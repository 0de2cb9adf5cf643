"""Workbooks, parsed in a process of their own with bounded memory and time.

    for sheet in open_workbook("national_M2025_dl.xlsx", data):
        for line, cells in sheet.rows(): ...

A workbook is parsed into a dense grid, so one cell at XFD1048576 asks for 400 GB, and a text of
10 MB may be pointed at from a million cells: no look at the file beforehand tells what it will cost,
and the parser answers a failed allocation by ending its process. So it gets one of its own (parser.py),
and when that ends, the workbook is refused. Rows come back through a pipe while the next ones are
parsed, so that an import cleans on one processor what the other has parsed. Nothing here imports Django.
"""

import contextlib
import io
import re
import signal
import subprocess
import sys
import weakref
import zipfile
from pathlib import Path

from salaries.oews.parser import LENGTH, WorkbookError, unpacked

PARSER = Path(__file__).with_name("parser.py")
SCANNED = 32 * 2**20  # of a sheet's text, when a cell far off is looked for

FAR_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,8})(\d{1,10})["']""")


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
            [sys.executable, "-P", PARSER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            pipesize=2**20,
        )  # fmt: skip
        self.stop = weakref.finalize(self, _stop, self.process)
        self.data = data  # to say what is wrong with it
        self.send(LENGTH.pack(len(data)), data)
        self.described = self.receive()

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
        answer = unpacked(frame)
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
        raise WorkbookError("memory", far_cell(self.data))


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
