"""Hostile files: each is refused with a message to act on, or, where it is harmless, imported right.

Each within 30 s and 1.5 GB, as the system tells for a process of its own; and through import_oews nothing
is written and the public site stays as it was.
"""

import csv
import io
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
from salaries.oews import compare
from salaries.oews import workbook as workbooks
from salaries.oews.cells import BadCell, Cells, plain_text
from salaries.oews.clean import clean
from salaries.oews.problem import BadInput
from salaries.oews.read import read
from tests.factories import make_area, make_occupation, make_release, make_wage
from tests.salaries.oews_files import AKRON, NATION, NATIONAL_2012, OHIO, row, table, written, xlsx
from tests.salaries.test_bad_input import _public_site, everything, pages, refusal  # noqa: F401

SECONDS, MIB = 30, 1.5e9 / 2**20
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LARGEST = "BLS's largest workbook has 64 MB, 380 MB unpacked."
TOO_MUCH = (
    "takes more than 1300 MB of memory to parse: a cell stands far from the table{where}, or its texts are "
    "far longer than BLS's. Delete all but the table, or download it again."
)

MEASURED = """
import json, pathlib, re, resource, sys
from salaries.oews.clean import clean
from salaries.oews.problem import BadInput
from salaries.oews.read import read
try:
    told = f"{clean(read(sys.argv[1:])).rows_read} rows"
except BadInput as bad:
    told = str(bad)
# ru_maxrss of the process itself would count the test's own process, which it was forked from.
own = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([told, (own + children) / 1024]))
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


@pytest.fixture
def _small_files_will_do(monkeypatch):
    monkeypatch.setattr(compare, "FEWEST_ROWS", {})


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
        (
            "oesm25nat.zip: unpacks to 3,146 MB, more than the 256 MB that are allowed; "
            f"{LARGEST} Download it again from BLS."
        ),
    ),
    "a zip bomb whose directory claims 1 kB": (
        lambda t: zip_bomb(t / "oesm25nat.zip", claims=1000),
        (
            "oesm25nat.zip: the zip is cut off or damaged (Bad CRC-32 for file 'national_M2025_dl.csv'). "
            "Download it again."
        ),
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
        (
            f"{NAME}.xlsx: unpacks to 3,146 MB, more than the 1024 MB that are allowed; "
            f"{LARGEST} Download it again from BLS."
        ),
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
        (
            f"{NAME}.xlsx: a cell holds more than a spreadsheet can (sheet {NAME}, line 2: 10,000,000 "
            "characters); 32,767 is the most. Compare the cell with BLS's file."
        ),
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
        (
            "national_2025.csv, line 65537: not well-formed CSV (field larger than field limit (131072)). "
            "Save it again as CSV UTF-8."
        ),
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


# Cells


def inline(text):
    return in_cell("AB2", f"<is><t>{text}</t></is>", t="inlineStr")


def median(path):
    """The national annual median that a workbook's one row gives, or what is wrong with its cell."""
    try:
        [[record]] = clean(read([path])).wages.values()
    except BadInput as bad:
        [problem] = bad.problems
        assert (problem.line, problem.column) == (2, "A_MEDIAN")
        return f"{problem.value}: {problem.reason.split(';')[0].split('.')[0]}"
    return record.annual_median


NOT_FINITE = "whole dollars a year expected"
NO_MARK = "whole dollars a year or one of the marks *, **, # expected"
EMPTY = "an empty cell, or a formula without a value (#N/A)"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (in_cell("AB2", "<f>25.57*2000</f><v>51140</v>"), 51_140),
        (in_cell("AB2", "<f>TEXT(A1,0)</f><v>51140</v>", t="str"), 51_140),
        (inline("51,140"), 51_140),
        (inline(" $51,140 "), 51_140),
        (inline("51,14"), "51,14: whole dollars a year expected"),
        (inline("nan"), f"nan: {NOT_FINITE}"),
        (inline("inf"), f"inf: {NOT_FINITE}"),
        (inline("1e999"), f"1e999: {NOT_FINITE}"),
        (in_cell("AB2", "<v>nan</v>"), f"nan: {NOT_FINITE}"),
        (in_cell("AB2", "<v>-inf</v>"), f"-inf: {NOT_FINITE}"),
        (in_cell("AB2", "<v>1e999</v>"), f"inf: {NOT_FINITE}"),
        (in_cell("AB2", "<v>1e300</v>"), f"1e+300: {NOT_FINITE}"),
        (in_cell("AB2", "<v>51140x</v>"), f"51140x: {NO_MARK}"),
        (in_cell("AB2", "<f>1/0</f><v>#DIV/0!</v>", t="e"), f": {EMPTY}"),
        (in_cell("AB2", "<v>#N/A</v>", t="e"), f": {EMPTY}"),
        (in_cell("AB2", "<f>25.57*2000</f>"), f": {EMPTY}"),
        (in_cell("AB2", "<v>1</v>", t="b"), "True: whole dollars a year expected"),
        (
            in_cell("AB2", "<v>2026-01-01T00:00:00</v>", t="d"),
            "2026-01-01 00:00:00: whole dollars a year expected",
        ),
    ],
)
def test_figure_in_an_odd_form_is_read_for_what_it_is_or_refused(tmp_path, change, told):
    assert median(workbook(tmp_path / f"{NAME}.xlsx", sheet=change)) == told


@pytest.mark.parametrize(
    "change",
    [
        in_place_of("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
        in_place_of("<sheetData>", '<dimension ref="A1:BDWGN1048576"/><sheetData>'),
        in_place_of("<worksheet", '<!DOCTYPE worksheet [<!ENTITY e SYSTEM "/etc/passwd">]><worksheet'),
        with_cell("XFD2", ""),
    ],
)
def test_claim_that_does_no_harm_is_passed_over(tmp_path, change):
    assert median(workbook(tmp_path / f"{NAME}.xlsx", sheet=change)) == 51_140


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = workbook(tmp_path / f"{NAME}.xlsx", texts=in_place_of("A_PCT10", "A_MEDIAN"))
    with pytest.raises(BadInput, match=r"line 1, column A_MEDIAN: A_MEDIAN stands twice"):
        read([path])


def test_table_whose_cells_are_all_different_is_read_in_bounds(tmp_path):
    assert "stands already in line 2" in measured(unlike(tmp_path / "national_2025.csv"))
    figures = Cells(float)
    figures.MOST = 3
    assert [figures[text] for text in ("1", "2", "3", "4", "1")] == [1, 2, 3, 4, 1]
    assert len(figures) == 2


# Containers


def test_byte_spoilt_in_a_workbook_s_middle(tmp_path):
    path = xlsx(tmp_path / f"{NAME}.xlsx", [row(f"29-{n}") for n in range(1000, 1200)])
    data = bytearray(path.read_bytes())
    data[len(data) // 4] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(BadInput, match="not a workbook, or one that is cut off or damaged"):
        read([path])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("national_M2025_dl.xlsx", "not a workbook, or one that is cut off or damaged"),
        ("national_M2025_dl.xls", "not a workbook, or one that is cut off or damaged"),
        ("oesm25nat.zip", "the zip is cut off or damaged"),
        ("national_2025.csv", "no header row with OEWS's column names in the first ten lines"),
        ("national_2025.csv.gz", "not a gzip, or one that is cut off or damaged"),
    ],
)
def test_page_saved_under_a_table_s_name(tmp_path, name, told):
    page = b"<!DOCTYPE html>\n<html><head><title>Access Denied</title></head>\n<body>403</body></html>\n"
    (tmp_path / name).write_bytes(page)
    with pytest.raises(BadInput) as bad:
        read([tmp_path / name])
    assert str(bad.value).startswith(f"{name}: {told}")


def test_workbook_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    slow = tmp_path / "slow.py"
    text = workbooks.PARSER.read_text().replace("SECONDS = 50", "SECONDS = 1")
    slow.write_text(text.replace("def serve(requests, answers):", "def serve(*pipes):\n    while True: pass"))
    monkeypatch.setattr(workbooks, "PARSER", slow)
    with pytest.raises(BadInput, match=r"xlsx: takes more than 50 s to parse; BLS's largest"):
        read([xlsx(tmp_path / f"{NAME}.xlsx", [row()])])


def test_process_of_a_workbook_ends_with_the_last_use_of_it(tmp_path):
    reading = read([xlsx(tmp_path / f"{NAME}.xlsx", [row()])])
    rows = reading.sheets[0].rows
    next(rows)
    process = rows.gi_frame.f_locals["sheet"]._workbook.process
    assert process.poll() is None
    del reading, rows
    assert process.returncode is not None


# Names and paths


def test_nul_in_a_csv(tmp_path):
    path = table(tmp_path / "national_2025.csv", [row(OCC_TITLE="Medical\0Records")])
    with pytest.raises(BadInput) as bad:
        read([path])
    assert str(bad.value) == (
        "national_2025.csv, line 2 ('byte 0x00'): not text. Save the table as CSV UTF-8."
    )


@pytest.mark.usefixtures("_public_site")
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("a pipe", "a pipe or a device, not a file. Save what it gives as a file, and give that."),
        ("a folder", "a folder, not a file. Give the files in it, or the zip as BLS ships it."),
        ("a link to itself", "cannot be opened (Too many levels of symbolic links). Check who may read it."),
        ("a link to nowhere", "no such file. Check the path; several files are given one after another."),
    ],
)
def test_path_that_is_no_file(tmp_path, kind, told):
    path = tmp_path / "national_2025.csv"
    {
        "a pipe": lambda: os.mkfifo(path),
        "a folder": path.mkdir,
        "a link to itself": lambda: path.symlink_to(path),
        "a link to nowhere": lambda: path.symlink_to(tmp_path / "nowhere"),
    }[kind]()
    assert refusal(path) == f"1 problem; nothing was written.\n{path}: {told}"


def test_device_that_never_ends_is_refused():
    with pytest.raises(BadInput, match=r"^/dev/zero: a pipe or a device"):
        read(["/dev/zero"])


def test_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = table(tmp_path / "national_2025.csv", [row()])
    path.chmod(0)
    if os.access(path, os.R_OK):  # as root, whom nothing stops

        def denied(*arguments, **options):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("pathlib.Path.open", denied)
    with pytest.raises(BadInput, match=r"cannot be opened \(Permission denied\)\. Check who may read it\."):
        read([path])


def test_file_larger_than_any_of_the_publisher_s_is_refused_unread(tmp_path):
    path = tmp_path / "oesm25all.zip"
    with path.open("wb") as file:
        file.truncate(10 * 2**30)  # a hole: it takes no room
    told = measured(path)
    assert told == f"{path}: more than 256 MB; {LARGEST} Is it the right file?"


@pytest.mark.usefixtures("_small_files_will_do")
@pytest.mark.django_db
def test_file_of_an_odd_name_is_imported_under_one_that_can_be_shown(tmp_path):
    for code in ("00-0000", "29-2072"):
        make_occupation(code)
    plain = xlsx(tmp_path / "plain.xlsx", [row()])
    odd = os.fsencode(tmp_path) + b"/\xff<b>\x1b[31m\n national_M2025_dl.xlsx"
    plain.rename(os.fsdecode(odd))
    link = tmp_path / "link.xlsx"
    link.symlink_to(os.fsdecode(odd))
    call_command("import_oews", os.fsdecode(odd), verbosity=0)
    assert list(Release.objects.get().source.files) == ["?<b>\ufffd[31m national_M2025_dl.xlsx"]
    call_command("import_oews", str(link), year=2025, verbosity=0)


# Titles


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("x" * 200, None),
        ("x" * 5000, "5,000 characters; 200 is the most. Compare the cell with BLS's file."),
        ("Actors\u202e", "an invisible character is in it. Compare the cell with BLS's file."),
        ("Act\u200bors", "an invisible character is in it. Compare the cell with BLS's file."),
        ("Act\x07ors", "an invisible character is in it. Compare the cell with BLS's file."),
        ("Cataño and Bayamón, PR", None),
        ("<script>alert(1)</script>", None),
        ("=cmd()", None),
    ],
)
def test_title_that_cannot_be_shown_as_it_stands_is_refused(title, told):
    if told is None:
        assert plain_text(title, 200) == title
        return
    with pytest.raises(BadCell) as bad:
        plain_text(title, 200)
    assert str(bad.value) == told


@pytest.mark.usefixtures("_public_site")
@pytest.mark.parametrize(
    ("column", "cells", "told"),
    [
        ("OCC_TITLE", {"OCC_TITLE": "x" * 5000}, "5,000 characters; 200 is the most"),
        ("OCC_TITLE", {"OCC_TITLE": "Clerks\u202e"}, "an invisible character is in it"),
        ("AREA_TITLE", {"AREA_TITLE": "x" * 5000}, "5,000 characters; 120 is the most"),
        ("PRIM_STATE", {"PRIM_STATE": "Ohio"}, "4 characters; 2 is the most"),
        ("NAICS_TITLE", {"NAICS_TITLE": "x" * 151}, "151 characters; 150 is the most"),
        ("I_GROUP", {"I_GROUP": "x" * 9}, "9 characters; 8 is the most"),
    ],
)
def test_text_too_long_for_its_column_is_a_problem_not_a_database_s_error(tmp_path, column, cells, told):
    by_industry = column in ("NAICS_TITLE", "I_GROUP")
    where = (
        {**NATION, "NAICS": "62", "I_GROUP": "sector", "OWN_CODE": "5"}
        if by_industry
        else {"NAICS": "000000"}
    )
    bad = row("27-2011", at=NATION if by_industry else OHIO, **{**where, **cells})
    before = everything()
    said = refusal(xlsx(tmp_path / "all_data_M_2025.xlsx", [row(), bad], "all"))
    assert f"all_data_M_2025.xlsx, line 3, column {column} (" in said
    assert told in said
    assert len(said) < 500
    assert everything() == before


HOSTILE = "<script>alert(1)</script>"
FORMULA = "=cmd|'/C calc'!A0"


@pytest.mark.usefixtures("_small_files_will_do")
@pytest.mark.django_db
def test_hostile_titles_stay_text_on_every_page_and_export(tmp_path, client):
    codes = {"00-0000": "All Occupations", "29-2072": HOSTILE, "27-2011": FORMULA}
    for code, title in codes.items():
        make_occupation(code, title)
    last = make_release(2024, levels={"1": {"rows": 1, "files": []}})
    make_wage(last, make_area(), make_occupation(), annual_median=25_000)
    make_wage(last, make_area(HOSTILE, code="0010180"), make_occupation(), annual_median=25_000)
    titles = [{"OCC_TITLE": HOSTILE}, {"OCC_TITLE": FORMULA}]
    places = [{}, {**AKRON, "AREA_TITLE": FORMULA}, {**OHIO, "AREA_TITLE": f'"{HOSTILE}'}]
    rows = [
        row(code, **{**place, **title})
        for place in places
        for code, title in zip(("29-2072", "27-2011"), titles, strict=True)
    ]
    call_command(
        "import_oews", str(xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all")), publish=True, verbosity=0
    )
    addresses = [
        "/", "/occupations/", "/areas/", "/releases/", "/releases/oews-2025/", "/releases/oews-2025/changes/",
        *(occupation.get_absolute_url() for occupation in Occupation.objects.all()),
        *(f"{occupation.get_absolute_url()}pay/" for occupation in Occupation.objects.all()),
        *(area.get_absolute_url() for area in Area.objects.all()),
        "/compare/?codes=29-2072&codes=27-2011", f"/?q={HOSTILE}", f"/occupations/?q={HOSTILE}",
    ]  # fmt: skip
    shown = 0
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert HOSTILE not in text, address
        shown += "&lt;script&gt;alert(1)" in text
        export = client.get(address, {"_export": "csv"})
        if export["Content-Type"].startswith("text/csv"):
            for line in csv.reader(io.StringIO(export.content.decode("utf-8-sig"))):
                assert not [cell for cell in line if cell.startswith("=")], address
    assert shown >= 10
    assert Wage.objects.filter(release__year=2025).count() == 6
