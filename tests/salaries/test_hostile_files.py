"""Hostile files: each is refused with a message to act on, or, where it is harmless, imported right.

At most 60 s and 1.5 GB for each (`LIMITS` are lower), told by the system for a process of its own; and
through import_oews nothing is written and the public site stays as it was.
"""

import json
import os
import re
import struct
import subprocess
import sys
import time
import zipfile
import zlib

import pytest
from django.core.management import call_command

from careers.models import Occupation
from salaries.models import Area, Release, Wage
from salaries.oews import workbook as workbooks
from salaries.oews.cells import BadCell, Cells, plain_text
from salaries.oews.problem import BadInput
from salaries.oews.read import read
from tests.factories import make_area, make_occupation, make_release, make_wage
from tests.salaries.oews_files import AKRON, NATION, NATIONAL_2012, OHIO, row, table, written, xlsx
from tests.salaries.test_bad_input import _public_site, everything, pages, refusal  # noqa: F401
from tests.workbooks import LAYOUTS

SECONDS, MIB = 30, 1.5e9 / 2**20
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LARGEST = "BLS's largest workbook has 64 MB, 380 MB unpacked."
TOO_MUCH = (
    "takes more than 1300 MB of memory to parse: a cell stands far from the table{where}, or its texts are "
    "far longer than BLS's. Delete all but the table, or download it again."
)

MEASURED = """
import json, resource, sys
from salaries.oews.clean import clean
from salaries.oews.problem import BadInput
from salaries.oews.read import read
try:
    told = f"{clean(read(sys.argv[1:])).rows_read} rows"
except BadInput as bad:
    told = str(bad)
used = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([told, sum(used)]))
"""


def measured(path):
    """What reading the file says, in a process of its own that may take no more than the bar allows."""
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    told, mib = json.loads(run.stdout)
    assert time.monotonic() - started < SECONDS
    assert mib < MIB
    return told


# Files


def workbook(path, **parts):
    """A national workbook of May 2025 with parts changed: `sheet` and `texts` are functions of their XML."""
    changes = {SHEET: parts.get("sheet"), TEXTS: parts.get("texts")}
    plain = xlsx(path.with_name("plain.xlsx"), [row()])
    with zipfile.ZipFile(plain) as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in book.namelist():
            change = changes.get(part) or (lambda xml: xml)
            changed.writestr(part, change(book.read(part).decode()))
    plain.unlink()
    return path


def with_cell(place, inside="<v>1</v>", **attributes):
    """A change of a sheet's XML: one more cell, in a row of its own."""
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return lambda xml: xml.replace(
        "</sheetData>", f'<row><c r="{place}"{told}>{inside}</c></row></sheetData>'
    )


def in_place_of(old, new):
    def change(xml):
        assert old in xml
        return xml.replace(old, new, 1)

    return change


def in_cell(place, inside, **attributes):
    """A change of a sheet's XML: what stands in a cell."""
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())

    def change(xml):
        xml, count = re.subn(rf'<c r="{place}"[^>]*?(/>|>.*?</c>)', f'<c r="{place}"{told}>{inside}</c>', xml)
        assert count == 1
        return xml

    return change


def deflated(megabytes, *, before=b"", after=b"", filler=b" "):
    """The raw deflate stream of a text with this many megabytes of filler in its middle, made at once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(filler * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + block * megabytes + packer.compress(after) + packer.flush()


def zip_of(path, name, stream, *, size):
    """A zip of one member with a deflate stream as it is, and the unpacked size that the zip is to claim."""
    sizes = struct.pack("<LLLHH", 0, len(stream), size, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + name.encode()
    listed = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
    listed += struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name.encode()
    at = len(local) + len(stream)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(listed), at, 0)
    path.write_bytes(local + stream + listed + end)
    return path


def zip_bomb(path, *, claims):
    return zip_of(path, "national_M2025_dl.csv", deflated(3000), size=claims)


def workbook_bomb(path, *, megabytes, claims=None):
    """A workbook whose sheet's XML is mostly white space; its directory may claim less."""
    book = workbook(path.with_name("small.xlsx"))
    with zipfile.ZipFile(book) as small:
        xml = small.read(SHEET)
        others = {name: small.read(name) for name in small.namelist() if name != SHEET}
    book.unlink()
    start, end = xml.split(b"</sheetData>")
    stream = deflated(megabytes, before=start, after=b"</sheetData>" + end)
    zip_of(path, SHEET, stream, size=claims or len(xml) + megabytes * 2**20)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as bomb:
        for name, body in others.items():
            bomb.writestr(name, body)
    return path


def nested(path):
    """A zip in a zip, as zip bombs are: only tables are looked for, so the inner one is not unpacked."""
    inner = zip_bomb(path.with_name("inner.zip"), claims=3000 * 2**20)
    with zipfile.ZipFile(path, "w") as outer:
        for number in range(3):
            outer.write(inner, f"{number}.zip")
    return path


def zip_of_many(path):
    entry = b"PK\x01\x02" + bytes(42)
    path.write_bytes(entry * 20_000)
    return path


def billion_laughs(xml):
    entities = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = xml.replace("<sst", f"<!DOCTYPE sst [{entities}]><sst", 1)
    return xml.replace("Medical Records Specialists", "&e11;")


def outside_entity(xml):
    xml = xml.replace("<sst", '<!DOCTYPE sst [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst', 1)
    return xml.replace("Medical Records Specialists", "&e;")


def repeated(path):
    """One text of 30,000 characters, as long as a cell may be, that 100,000 cells point at: 3 GB."""

    def cells(xml):
        text = re.search(r'<c r="J2" t="s"><v>(\d+)', xml)[1]
        rows = "".join(f'<row><c r="A{n}" t="s"><v>{text}</v></c></row>' for n in range(3, 100_003))
        return xml.replace("</sheetData>", f"{rows}</sheetData>")

    return workbook(path, sheet=cells, texts=in_place_of("Medical Records Specialists", "x" * 30_000))


def unlike(path):
    """A csv of 200,000 rows no two cells of which are alike."""
    numbers = iter(range(10_000_000, 20_000_000))
    head = "29-2072,Medical Records Specialists,detailed,"
    lines = (head + ",".join(str(next(numbers)) for _ in range(15)) + ",," for _ in range(200_000))
    return written(path, "\n".join([",".join(NATIONAL_2012), *lines]))


NAME = "national_M2025_dl"
DAMAGED = "not a workbook, or one that is cut off or damaged ({0}). Download it again."
LARGE = {
    "a zip bomb": (
        lambda t: zip_bomb(t / "oesm25nat.zip", claims=3000 * 2**20),
        "oesm25nat.zip: unpacks to 3,146 MB, more than the 256 MB that are allowed; "
        f"{LARGEST} Download it again from BLS.",
    ),
    "a zip bomb whose directory claims 1 kB": (
        lambda t: zip_bomb(t / "oesm25nat.zip", claims=1000),
        "oesm25nat.zip: the zip is cut off or damaged (Bad CRC-32 for file 'national_M2025_dl.csv'). "
        "Download it again.",
    ),
    "zips in a zip": (
        lambda t: nested(t / "oesm25nat.zip"),
        "oesm25nat.zip: the zip holds no xlsx, xls or csv. Download it again from BLS.",
    ),
    "a zip of 20,000 files": (
        lambda t: zip_of_many(t / "oesm25nat.zip"),
        "oesm25nat.zip: the zip lists more than 10,000 files; BLS's hold a few. Download it again.",
    ),
    "a workbook that unpacks to 3 GB": (
        lambda t: workbook_bomb(t / f"{NAME}.xlsx", megabytes=3000),
        f"{NAME}.xlsx: unpacks to 3,146 MB, more than the 1024 MB that are allowed; "
        f"{LARGEST} Download it again from BLS.",
    ),
    "a workbook that unpacks to 1 GB and claims 1 kB": (
        lambda t: workbook_bomb(t / f"{NAME}.xlsx", megabytes=1000, claims=1000),
        f"{NAME}.xlsx: " + DAMAGED.format("I/O error: File is larger than its declared uncompressed size"),
    ),
    "a gzip bomb": (
        lambda t: written_gzip(t / "national_2025.csv.gz", deflated(2000, filler=b"x")),
        "national_2025.csv.gz: more than 128 MB of text. Is it a table of BLS's? Download it again.",
    ),
    "a cell at the last row and column": (
        lambda t: workbook(t / f"{NAME}.xlsx", sheet=with_cell("XFD1048576")),
        f"{NAME}.xlsx: " + TOO_MUCH.format(where=" (sheet1.xml, cell XFD1048576)"),
    ),
    "a cell at the last row, fifty columns off": (
        lambda t: workbook(t / f"{NAME}.xlsx", sheet=with_cell("CX1048576")),
        f"{NAME}.xlsx: " + TOO_MUCH.format(where=" (sheet1.xml, cell CX1048576)"),
    ),
    "a cell beyond any spreadsheet": (
        lambda t: workbook(t / f"{NAME}.xlsx", sheet=with_cell("ZZZZZZ9999999")),
        f"{NAME}.xlsx: " + TOO_MUCH.format(where=" (sheet1.xml, cell ZZZZZZ9999999)"),
    ),
    "a long text that many cells repeat": (
        lambda t: repeated(t / f"{NAME}.xlsx"),
        f"{NAME}.xlsx: " + TOO_MUCH.format(where=" (sheet1.xml, cell A100002)"),
    ),
    "a cell of 10 MB": (
        lambda t: workbook(
            t / f"{NAME}.xlsx", texts=in_place_of("Medical Records Specialists", "x" * 10_000_000)
        ),
        f"{NAME}.xlsx: a cell holds more than a spreadsheet can (sheet {NAME}, line 2: 10,000,000 "
        "characters); 32,767 is the most. Compare the cell with BLS's file.",
    ),
    "entities that grow": (
        lambda t: workbook(t / f"{NAME}.xlsx", texts=billion_laughs),
        f"{NAME}.xlsx: " + DAMAGED.format("Cannot detect file format"),
    ),
    "an entity from outside": (
        lambda t: workbook(t / f"{NAME}.xlsx", texts=outside_entity),
        f"{NAME}.xlsx: " + DAMAGED.format("Cannot detect file format"),
    ),
    "a csv of one line": (
        lambda t: written(t / "national_2025.csv", b"x" * 100_000_000),
        "national_2025.csv, line 1: a line of 100,000,000 bytes; 65,536 is the most. Is it a table of BLS's?",
    ),
    "a csv with a field over many lines": (
        lambda t: written(t / "national_2025.csv", b'"' + b"x\n" * 20_000_000),
        "national_2025.csv, line 65537: not well-formed CSV (field larger than field limit (131072)). "
        "Save it again as CSV UTF-8.",
    ),
}


def written_gzip(path, stream):
    path.write_bytes(b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + stream + bytes(8))
    return path


@pytest.mark.parametrize("kind", LARGE)
def test_file_that_would_take_the_machine_is_refused_in_bounds(kind, tmp_path):
    build, message = LARGE[kind]
    assert measured(build(tmp_path)) == message


@pytest.mark.usefixtures("_public_site")
@pytest.mark.parametrize(
    "kind",
    ["a zip bomb", "a cell at the last row and column", "a cell of 10 MB", "entities that grow"],
)
def test_refused_import_leaves_everything_as_it_was(kind, tmp_path, client):
    build, message = LARGE[kind]
    path, before, seen = build(tmp_path), everything(), pages(client)
    assert refusal(path) == f"1 problem; nothing was written.\n{message}"
    assert everything() == before
    assert pages(client) == seen


# Harmless ones are imported right


def first_cells(path):
    [one] = read([path]).sheets
    rows = list(one.rows)
    cells = rows[0][1]
    return len(rows), {name: cells[at] for name, at in one.columns.items()}


@pytest.mark.parametrize(
    "change",
    [
        in_place_of("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
        in_place_of("<sheetData>", '<dimension ref="A1:BDWGN1048576"/><sheetData>'),
        in_place_of("<worksheet", '<!DOCTYPE worksheet [<!ENTITY e "x">]><worksheet'),
        in_cell("X2", "<f>H_MEAN*2080</f><v>51140</v>"),
        in_cell("AB2", "<v>51140</v>"),
        in_cell("AB2", "<f>25.57*2000</f><v>51140</v>"),
        in_cell("AB2", "<is><t>51,140</t></is>", t="inlineStr"),
        in_cell("AB2", "<is><t> $51,140 </t></is>", t="inlineStr"),
    ],
)
def test_claims_and_forms_that_do_no_harm_are_read(tmp_path, change):
    rows, cells = first_cells(workbook(tmp_path / f"{NAME}.xlsx", sheet=change))
    assert rows == 1
    assert cells["occupation_code"] == "29-2072"
