"""Bad input, each kind tried through import_oews: a clear message, nothing written, the site as it was.

The messages stand here as the operator reads them: which file, line, column and value, and how to mend it.
"""

import gzip
import os
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from careers.models import Occupation, Source
from salaries.models import Area, Industry, IndustryWage, Release, ReleaseTitle, Wage
from salaries.oews import clean
from tests.factories import make_area, make_industry_wage, make_occupation, make_release, make_wage
from tests.salaries.oews_files import (
    AKRON,
    OHIO,
    TITLES,
    row,
    sheet,
    table,
    written,
    xlsx,
)
from tests.workbooks import COLUMNS, Sheet, field_descriptions, write_oews_zip, write_workbook

MODELS = (Release, ReleaseTitle, Source, Area, Industry, Wage, IndustryWage, Occupation)
PAGES = ["/", "/occupations/29-2072-medical-records-specialists/", "/releases/", "/areas/"]


@pytest.fixture
def _public_site(db):
    """A site that shows May 2024, with May 2025 staged beside it."""
    for code, (title, level) in TITLES.items():
        make_occupation(code, title, level=level)
    for year, status in ((2024, "published"), (2025, "staged")):
        release = make_release(year, status=status, levels={"1": {"rows": 1, "files": []}})
        make_wage(release, make_area(), make_occupation(), annual_median=50_250)
        make_industry_wage(release, make_occupation(), employment=100)


def everything():
    return {model: list(model.objects.order_by("pk").values_list()) for model in MODELS}


def pages(client):
    answers = [client.get(page) for page in PAGES]
    assert [answer.status_code for answer in answers] == [200] * len(PAGES)
    return [answer.content for answer in answers]


def refusal(*arguments):
    """What import_oews says when it refuses."""
    with pytest.raises(CommandError) as refused:
        call_command("import_oews", *map(str, arguments), verbosity=0)
    assert refused.value.returncode == 1
    return str(refused.value)


# Files that are not what they should be. Each returns the command's arguments.


def national(folder, *rows, **cells):
    return xlsx(folder / "national_M2025_dl.xlsx", rows or [row(**cells)])


def zipped(folder):
    write_oews_zip(folder / "oesm25nat.zip", [row()], ["national"])
    return folder / "oesm25nat.zip"


def cut(path):
    """The path's file without its second half."""
    data = path.read_bytes()
    return written_as_is(path, data[: len(data) // 2])


def spoilt(path, at=None):
    """The path's file with some bytes changed, at its middle unless told where."""
    data = bytearray(path.read_bytes())
    at = len(data) // 2 if at is None else at % len(data)
    data[at : at + 4] = bytes(byte ^ 0xFF for byte in data[at : at + 4])
    return written_as_is(path, bytes(data))


def checksum_in(path):
    """Where a zip's directory keeps the checksum of its last member."""
    return path.read_bytes().rindex(b"PK\x01\x02") + 16


def written_as_is(path, data):
    path.write_bytes(data)
    return path


def protected(folder):
    """The container that Excel puts a workbook with a password into: OLE, with an EncryptedPackage."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)
    return written(
        folder / "national_M2025_dl.xlsx", ole + "EncryptedPackage".encode("utf-16-le") + bytes(480)
    )


def with_macros(folder):
    path = national(folder)
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/vbaProject.bin", b"macros")
    return path


def locked_zip(folder):
    """A zip whose member is marked as encrypted: bit 0 of its flags, in both of its headers."""
    path = zipped(folder)
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags] |= 1
    return written_as_is(path, bytes(data))


def zip_of_an_unknown_kind(folder):
    """A zip packed by a method that few programs read: Deflate64, 9, as Windows uses for large files."""
    path = zipped(folder)
    data = bytearray(path.read_bytes())
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.find(signature) + method] = 9
    return written_as_is(path, bytes(data))


def zip_of(path, *members):
    with zipfile.ZipFile(path, "w") as bundle:
        for name, content in members:
            bundle.writestr(name, content)
    return path


def gz_table(folder):
    return table(folder / "national_2025.csv.gz", [row(), row("00-0000")])


def descriptions(folder):
    path = folder / "field_descriptions_M2025.xlsx"
    write_workbook(path, [Sheet("Field_descriptions", field_descriptions(2025))])
    return path


def folder_called_xlsx(folder):
    path = folder / "national_M2025_dl.xlsx"
    path.mkdir()
    return path


def case(build, *message):
    """A kind of bad input: what makes the command's arguments in a folder, and the message's parts."""
    return build, "".join(message)


AGAIN = "Download it again."
CONTAINERS = {
    "a missing file": case(
        lambda t: [t / "national_M2025_dl.xlsx"],
        "{t}/national_M2025_dl.xlsx: no such file. ",
        "Check the path; several files are given one after another.",
    ),
    "a folder": case(
        lambda t: [t],
        "{t}: a folder, not a file. Give the files in it, or the zip as BLS ships it.",
    ),
    "a folder called .xlsx": case(
        lambda t: [folder_called_xlsx(t)],
        "{t}/national_M2025_dl.xlsx: a folder, not a file. Give the files in it, or the zip as BLS ships it.",
    ),
    "a kind of file that BLS does not ship": case(
        lambda t: [written(t / "national_M2025_dl.pdf", "%PDF")],
        "national_M2025_dl.pdf: not a kind of file that BLS ships: give a zip, xlsx, xls, csv or csv.gz.",
    ),
    "a text file named .xlsx": case(
        lambda t: [written(t / "national_M2025_dl.xlsx", "OCC_CODE,A_MEDIAN\n")],
        "national_M2025_dl.xlsx: not a workbook, or one that is cut off or damaged ",
        "(Cannot detect file format). " + AGAIN,
    ),
    "an empty file named .xlsx": case(
        lambda t: [written(t / "national_M2025_dl.xlsx", "")],
        "national_M2025_dl.xlsx: not a workbook, or one that is cut off or damaged ",
        "(Cannot detect file format). " + AGAIN,
    ),
    "a truncated xlsx": case(
        lambda t: [cut(national(t))],
        "national_M2025_dl.xlsx: not a workbook, or one that is cut off or damaged ",
        "(Cannot detect file format). " + AGAIN,
    ),
    "a damaged xlsx": case(
        lambda t: [spoilt(national(t), 100)],
        "national_M2025_dl.xlsx: not a workbook, or one that is cut off or damaged ",
        "(I/O error: corrupt deflate stream). " + AGAIN,
    ),
    "a truncated xls": case(
        lambda t: [written(t / "national_M2012_dl.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(300))],
        "national_M2012_dl.xls: not a workbook, or one that is cut off or damaged ",
        "(Cannot detect file format). " + AGAIN,
    ),
    "a workbook with a password": case(
        lambda t: [protected(t)],
        "national_M2025_dl.xlsx: the workbook is protected by a password. ",
        "Open it, save it without one, and import that.",
    ),
    "a workbook with macros": case(
        lambda t: [with_macros(t)],
        "national_M2025_dl.xlsx: a workbook with macros; BLS ships none. Download it again from BLS.",
    ),
    "a workbook of the macro kind": case(
        lambda t: [national(t).rename(t / "national_M2025_dl.xlsm")],
        "national_M2025_dl.xlsm: a workbook with macros; BLS ships none. ",
        "Save it as .xlsx if you trust it, or download it again.",
    ),
    "a macro workbook in a zip": case(
        lambda t: [zip_of(t / "oesm25nat.zip", ("national_M2025_dl.xlsm", b"PK"))],
        "oesm25nat.zip/national_M2025_dl.xlsm: a workbook with macros; BLS ships none. ",
        "Save it as .xlsx if you trust it, or download it again.",
    ),
    "a truncated zip": case(
        lambda t: [cut(zipped(t))],
        "oesm25nat.zip: the zip is cut off or damaged (File is not a zip file). " + AGAIN,
    ),
    "a damaged zip": case(
        lambda t: [spoilt(zip_ := zipped(t), checksum_in(zip_))],
        "oesm25nat.zip: the zip is cut off or damaged ",
        "(Bad CRC-32 for file 'national_M2025_dl.xlsx'). " + AGAIN,
    ),
    "a zip with a password": case(
        lambda t: [locked_zip(t)],
        "oesm25nat.zip: the zip is protected by a password (File 'national_M2025_dl.xlsx' is encrypted, ",
        "password required for extraction). BLS ships none: download it again.",
    ),
    "a zip packed in an uncommon way": case(
        lambda t: [zip_of_an_unknown_kind(t)],
        "oesm25nat.zip: the zip is packed in a way that cannot be read here ",
        "(That compression method is not supported). Unpack it, and give its files.",
    ),
    "a zip without a table": case(
        lambda t: [zip_of(t / "oesm25nat.zip", ("readme.txt", "figures"))],
        "oesm25nat.zip: the zip holds no xlsx, xls or csv. Download it again from BLS.",
    ),
    "a truncated gzip": case(
        lambda t: [cut(gz_table(t))],
        "national_2025.csv.gz: not a gzip, or one that is cut off or damaged ",
        "(Compressed file ended before the end-of-stream marker was reached). " + AGAIN,
    ),
    "a damaged gzip": case(
        lambda t: [spoilt(gz_table(t), -8)],
        "national_2025.csv.gz: not a gzip, or one that is cut off or damaged (CRC check failed). " + AGAIN,
    ),
    "a gzip damaged where its stream begins": case(
        lambda t: [written_as_is(t / "national_2025.csv.gz", gzip.compress(b"")[:10] + b"\x07" + bytes(20))],
        "national_2025.csv.gz: not a gzip, or one that is cut off or damaged ",
        "(Error -3 while decompressing data: invalid block type). " + AGAIN,
    ),
    "a text called .gz": case(
        lambda t: [written_as_is(t / "national_2025.csv.gz", b"OCC_CODE")],
        "national_2025.csv.gz: not a gzip, or one that is cut off or damaged ",
        "(Not a gzipped file (b'OC')). " + AGAIN,
    ),
    "nothing but field descriptions": case(
        lambda t: [descriptions(t)],
        "{t}/field_descriptions_M2025.xlsx: no table in it: ",
        "no sheet has a header row with OEWS's column names. ",
        "A field-description file alone holds no figures; give the file that BLS calls national_M..., ",
        "state_M..., MSA_M... or all_data_M...",
    ),
}


@pytest.mark.usefixtures("_public_site")
@pytest.mark.parametrize("kind", CONTAINERS)
def test_file_that_cannot_be_opened(kind, tmp_path, client):
    build, message = CONTAINERS[kind]
    arguments, before, seen = build(tmp_path), everything(), pages(client)
    assert refusal(*arguments) == (
        "1 problem; nothing was written.\n" + message.replace("{t}", str(tmp_path))
    )
    assert everything() == before
    assert pages(client) == seen


# Tables that are not what they should be


def text_of(folder, *rows):
    return table(folder / "plain.csv", rows or [row(), row("00-0000")]).read_text()


def csv_of(folder, data, name="national_2025.csv"):
    return written_as_is(folder / name, data if isinstance(data, bytes) else data.encode())


def latin_1(folder):
    return text_of(folder).replace("All Occupations", "All Occupaci\xf3ns").encode("latin-1")


def header_without(*names, **renamed):
    columns = [c for c in COLUMNS if c not in names]
    return lambda t: [sheet(t / "national_M2025_dl.xlsx", [row()], columns, renamed=renamed)]


HOSPITALS = {"I_GROUP": "sector", "NAICS": "62", "NAICS_TITLE": "Health Care", "OWN_CODE": "58"}
PRIVATE = {"I_GROUP": "cross-industry, ownership", "NAICS": "000001", "OWN_CODE": "5"}
TEACH = "Take BLS's file as it ships, or teach the new name to COLUMNS in salaries/oews/columns.py."
MARK = (
    "one of the marks *, **, # expected. If BLS has a new mark, teach it to salaries/oews/cells.py "
    "before importing."
)
COMPARE = "ompare the cell with BLS's file."
ADA = {"AREA": "010420", "AREA_TITLE": "Ada, OK", "AREA_TYPE": "4", "PRIM_STATE": "OK"}
SPREADSHEET = (
    "expected; a spreadsheet may have turned the cell into a date or a yes/no. Take BLS's file as it ships."
)
CELL = "national_M2025_dl.xlsx, line 2, column "


def cell(value, column="A_MEDIAN"):
    return lambda t: [national(t, **{column: value})]


def dated(folder):
    """A workbook in which a spreadsheet made 15 May 2025 of a median."""
    path = national(folder, A_MEDIAN="2025-05-15")
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    shared = parts["xl/sharedStrings.xml"].decode()
    index = shared.count("<si>", 0, shared.index("2025-05-15")) - 1
    body = parts["xl/worksheets/sheet1.xml"].decode()
    body = body.replace(f't="s"><v>{index}</v>', 't="d"><v>2025-05-15T00:00:00</v>')
    parts["xl/worksheets/sheet1.xml"] = body.encode()
    return zip_of(path, *parts.items())


TABLES = {
    "an empty csv": case(
        lambda t: [csv_of(t, "")],
        "national_2025.csv: no header row with OEWS's column names in the first ten lines. ",
        "Is it a table of BLS's, its columns separated by commas?",
    ),
    "a csv with semicolons": case(
        lambda t: [csv_of(t, text_of(t).replace(",", ";"))],
        "national_2025.csv: no header row with OEWS's column names in the first ten lines. ",
        "Is it a table of BLS's, its columns separated by commas?",
    ),
    "a csv that is not UTF-8": case(
        lambda t: [csv_of(t, latin_1(t))],
        "national_2025.csv, line 3 ('byte 0xf3'): not UTF-8 text. Save the table as CSV UTF-8.",
    ),
    "a gzipped csv that is not UTF-8": case(
        lambda t: [csv_of(t, gzip.compress(latin_1(t)), "national_2025.csv.gz")],
        "national_2025.csv.gz, line 3 ('byte 0xf3'): not UTF-8 text. Save the table as CSV UTF-8.",
    ),
    "a csv in Excel's Unicode": case(
        lambda t: [csv_of(t, text_of(t).encode("utf-16"))],
        "national_2025.csv, line 1 ('byte 0xff'): not UTF-8 text. Save the table as CSV UTF-8.",
    ),
    "a csv with a quote left open": case(
        lambda t: [csv_of(t, text_of(t) + '27-2011,"Actors')],
        "national_2025.csv, line 4: not well-formed CSV (unexpected end of data). ",
        "Save it again as CSV UTF-8.",
    ),
    "a row shorter than the header": case(
        lambda t: [csv_of(t, text_of(t) + "27-2011,Actors,detailed,55000,17.7\n")],
        "national_2025.csv, line 4 ('5 cells'): the header has 20. Is the file cut off, or a line broken?",
    ),
    "a short row with a bad code": case(
        lambda t: [csv_of(t, text_of(t) + "27 2011,Actors\n")],
        "national_2025.csv, line 4 ('2 cells'): the header has 20. Is the file cut off, or a line broken?",
    ),
    "a table without rows": case(
        lambda t: [xlsx(t / "national_M2025_dl.xlsx", [])],
        "national_M2025_dl.xlsx: the table has a header and no rows. Download it again.",
    ),
    "a missing column": case(
        header_without("A_MEDIAN"),
        "national_M2025_dl.xlsx, line 1, column A_MEDIAN: the column A_MEDIAN (annual_median) is missing. "
        + TEACH,
    ),
    "a renamed column": case(
        header_without(A_MEDIAN="A_MED"),
        "national_M2025_dl.xlsx, line 1, column A_MEDIAN: the column A_MEDIAN (annual_median) is missing. ",
        "The file has A_MED, which may be it renamed. " + TEACH,
    ),
    "a renamed column of levels": case(
        header_without(O_GROUP="OCC_GRP"),
        "national_M2025_dl.xlsx, line 1, column O_GROUP: the column O_GROUP (level) is missing. ",
        "The file has OCC_GRP, which may be it renamed. " + TEACH,
    ),
    "a renamed column of areas": case(
        header_without(AREA="AREA_CD"),
        "national_M2025_dl.xlsx, line 1, column AREA: the column AREA (area_code) is missing. ",
        "The file has AREA_CD, which may be it renamed. " + TEACH,
    ),
    "rows by industry without a column of industries": case(
        header_without("NAICS"),
        "national_M2025_dl.xlsx, line 1, column NAICS: the column NAICS (industry_code) is missing. " + TEACH,
    ),
    "a column that stands twice": case(
        header_without(H_MEDIAN="A_MEDIAN"),
        "national_M2025_dl.xlsx, line 1, column A_MEDIAN: A_MEDIAN stands twice or beside another name for ",
        "the same; keep one.\nnational_M2025_dl.xlsx, line 1, column H_MEDIAN: the column H_MEDIAN ",
        "(hourly_median) is missing. " + TEACH,
    ),
    "a sector file": case(
        lambda t: [xlsx(t / "natsector_M2025_dl.xlsx", [row() | HOSPITALS], "sector")],
        "natsector_M2025_dl.xlsx, column I_GROUP: a file by sector or industry: none of its rows is ",
        "cross-industry (I_GROUP cross-industry, OWN_CODE 1235, NAICS 000000), so it cannot replace the pay ",
        "pages' figures. Give the national, state or metropolitan file; to load only who employs whom from ",
        "an industry file, add --industries.",
    ),
    "an ownership file": case(
        lambda t: [xlsx(t / "national_owner_M2025_dl.xlsx", [row() | PRIVATE], "owner")],
        "national_owner_M2025_dl.xlsx, column I_GROUP: a file by ownership: none of its rows is ",
        "cross-industry (I_GROUP cross-industry, OWN_CODE 1235, NAICS 000000), so it cannot replace the pay ",
        "pages' figures. Give the national, state or metropolitan file; to load only who employs whom from ",
        "an industry file, add --industries.",
    ),
    "no year": case(
        lambda t: [sheet(t / "national.xlsx", [row()])],
        "national.xlsx: no year in the file's name, sheets or notes; say it with --year.",
    ),
    "a year that contradicts the operator": case(
        lambda t: [table(t / "national_2025.csv", [row()]), "--year", 2024],
        "national_2025.csv: the years contradict each other: 2024 in --year; 2025 in the name ",
        "national_2025.csv. Import the files of one year at a time.",
    ),
    "a year that contradicts the file": case(
        lambda t: [national(t).rename(t / "national_M2024_dl.xlsx")],
        "national_M2024_dl.xlsx: the years contradict each other: 2024 in the name national_M2024_dl.xlsx; ",
        "2025 in national_M2024_dl.xlsx, sheet national_M2025_dl and national_M2024_dl.xlsx, notes. ",
        "Import the files of one year at a time.",
    ),
    "files of two years": case(
        lambda t: [table(t / "national_2024.csv", [row()]), table(t / "national_2025.csv", [row()])],
        "national_2024.csv, national_2025.csv: the years contradict each other: 2024 in the name ",
        "national_2024.csv; 2025 in the name national_2025.csv. Import the files of one year at a time.",
    ),
    "a row that stands twice": case(
        lambda t: [national(t, row(), row("00-0000"), row())],
        "national_M2025_dl.xlsx, line 4, column OCC_CODE ('0000000 29-2072'): stands already in line 2. ",
        "Is it a file by ownership, or two files put together? Take BLS's cross-industry file as it ships.",
    ),
    "an area in two files": case(
        lambda t: [national(t), xlsx(t / "all_data_M_2025.xlsx", [row()], "all")],
        "all_data_M_2025.xlsx, line 2, column AREA ('0000000'): national_M2025_dl.xlsx has United States ",
        "already. Give each area once: leave one of the two files out.",
    ),
    "one file twice": case(
        lambda t: [national(t), national(t)],
        "national_M2025_dl.xlsx, line 2, column AREA ('0000000'): national_M2025_dl.xlsx has United States ",
        "already. Give each area once: leave one of the two files out.",
    ),
    "an unknown mark": case(cell("***"), CELL + f"A_MEDIAN ('***'): whole dollars a year or {MARK}"),
    "a word": case(cell("N/A", "H_PCT10"), CELL + f"H_PCT10 ('N/A'): dollars and cents an hour or {MARK}"),
    "a top code on jobs": case(cell("#", "TOT_EMP"), CELL + f"TOT_EMP ('#'): a number of jobs or {MARK}"),
    "a negative number": case(
        cell(-51_140),
        CELL + "A_MEDIAN ('-51140.0'): whole dollars a year cannot be negative; c" + COMPARE,
    ),
    "a negative number of jobs": case(
        cell(-10, "TOT_EMP"),
        CELL + "TOT_EMP ('-10.0'): a number of jobs cannot be negative; c" + COMPARE,
    ),
    "a wage of zero": case(
        cell(0),
        CELL + "A_MEDIAN ('0.0'): whole dollars a year cannot be zero; c" + COMPARE,
    ),
    "not a number": case(
        cell("NaN"),
        CELL + "A_MEDIAN ('NaN'): whole dollars a year expected; this is not a finite number. C" + COMPARE,
    ),
    "an infinite number": case(
        cell("inf", "H_MEAN"),
        CELL + "H_MEAN ('inf'): dollars and cents an hour expected; this is not a finite number. C" + COMPARE,
    ),
    "a huge number": case(
        cell(3_000_000_000),
        CELL
        + "A_MEDIAN ('3000000000.0'): whole dollars a year expected; this is too large to be true. C"
        + COMPARE,
    ),
    "a fraction of a dollar": case(
        cell(51_140.5),
        CELL + "A_MEDIAN ('51140.5'): whole dollars a year expected; this has more decimals. C" + COMPARE,
    ),
    "a fraction of a cent": case(
        cell(24.591, "H_MEDIAN"),
        CELL + "H_MEDIAN ('24.591'): dollars and cents an hour expected; this has more decimals. C" + COMPARE,
    ),
    "a decimal comma": case(
        cell("24,59", "H_MEDIAN"),
        CELL + "H_MEDIAN ('24,59'): dollars and cents an hour expected; the comma does not separate ",
        "thousands. Save the file with decimal points.",
    ),
    "a date": case(
        lambda t: [dated(t)],
        CELL + f"A_MEDIAN ('2025-05-15 00:00:00'): whole dollars a year {SPREADSHEET}",
    ),
    "a flag that is neither TRUE nor empty": case(
        cell("yes", "ANNUAL"),
        CELL + "ANNUAL ('yes'): TRUE or nothing expected; c" + COMPARE,
    ),
    "both yearly only and hourly only": case(
        lambda t: [national(t, ANNUAL="TRUE", HOURLY="TRUE")],
        CELL + "HOURLY ('TRUE'): said to be paid hourly only and yearly only; ",
        "compare the row with BLS's file.",
    ),
    "an unknown occupation code": case(
        lambda t: [national(t, row("99-9999"))],
        CELL + "OCC_CODE ('99-9999'): an occupation code that Waymark does not know. If BLS has a new code, ",
        "add it to data/occupations.csv (and what it came from to data/code_changes.csv), run seed, and ",
        "import again.",
    ),
    "a malformed occupation code": case(
        cell("29-207", "OCC_CODE"),
        CELL + "OCC_CODE ('29-207'): an occupation code such as 29-2072 expected; c" + COMPARE,
    ),
    "no occupation code": case(
        cell(None, "OCC_CODE"),
        CELL + "OCC_CODE: an occupation code such as 29-2072 expected; c" + COMPARE,
    ),
    "an unknown level": case(
        cell("line", "O_GROUP"),
        CELL + "O_GROUP ('line'): total, major, minor, broad or detailed expected; c" + COMPARE,
    ),
    "an unknown area type": case(
        lambda t: [xlsx(t / "all_data_M_2025.xlsx", [row(at={**OHIO, "AREA_TYPE": "7"})], "all")],
        "all_data_M_2025.xlsx, line 2, column AREA_TYPE ('7'): an area type that Waymark does not know: ",
        "1 nation, 2 state, 3 territory, 4 metropolitan, 5 metropolitan division, 6 nonmetropolitan. ",
        "If BLS has a new one, add it to AreaType.",
    ),
    "a malformed area code": case(
        lambda t: [xlsx(t / "all_data_M_2025.xlsx", [row(at={**OHIO, "AREA": "OH"})], "all")],
        "all_data_M_2025.xlsx, line 2, column AREA ('OH'): an area code of two to seven digits expected, ",
        "such as 06, 10180 or 0100001.",
    ),
    "a metro's code with a state's type": case(
        lambda t: [xlsx(t / "all_data_M_2025.xlsx", [row(at={**AKRON, "AREA_TYPE": "2"})], "all")],
        "all_data_M_2025.xlsx, line 2, column AREA ('10420'): a state's code of two digits expected, such ",
        "as 06; is its area type right?",
    ),
    "one code for two areas": case(
        lambda t: [xlsx(t / "all_data_M_2025.xlsx", [row(at=AKRON), row("00-0000", at=ADA)], "all")],
        "all_data_M_2025.xlsx, line 3, column AREA ('010420'): the same code names Akron, OH and Ada, OK. ",
        "Were zeros lost from the codes?",
    ),
    "an industry that is no NAICS code": case(
        lambda t: [
            xlsx(t / "all_data_M_2025.xlsx", [row(), row() | HOSPITALS | {"NAICS": "Health care"}], "all")
        ],
        "all_data_M_2025.xlsx, line 3, column NAICS ('Health care'): a NAICS code such as 62, 31-33 or ",
        "622000 expected; c" + COMPARE,
    ),
    "far too few rows": case(
        lambda t: [xlsx(t / "state_M2025_dl.xlsx", [row(at=OHIO)], "state")],
        "state_M2025_dl.xlsx ('1 rows'): far too few rows for the state level: BLS publishes more than ",
        "10,000. The file looks cut off or is only a piece; import BLS's whole file.",
    ),
}


@pytest.mark.usefixtures("_public_site")
@pytest.mark.parametrize("kind", TABLES)
def test_table_that_cannot_be_imported(kind, tmp_path, client):
    build, message = TABLES[kind]
    arguments, before, seen = build(tmp_path), everything(), pages(client)
    said = refusal(*arguments, "--publish")
    assert said.split("\n", 1)[1] == message
    count = message.count("\n") + 1
    assert said.startswith(f"{count} problem{'s' * (count > 1)}; nothing was written.\n")
    assert everything() == before
    assert pages(client) == seen


@pytest.mark.usefixtures("_public_site")
def test_every_problem_of_a_file_is_listed_in_its_order(tmp_path):
    rows = [row(H_MEAN="x", A_MEDIAN=-1), row("99-9999"), row("00-0000", A_PCT90="##")]
    said = refusal(national(tmp_path, *rows)).split("\n")
    assert said[0] == "4 problems; nothing was written."
    assert [line.split(":")[0] for line in said[1:]] == [
        "national_M2025_dl.xlsx, line 2, column H_MEAN ('x')",
        "national_M2025_dl.xlsx, line 2, column A_MEDIAN ('-1.0')",
        "national_M2025_dl.xlsx, line 3, column OCC_CODE ('99-9999')",
        "national_M2025_dl.xlsx, line 4, column A_PCT90 ('##')",
    ]


@pytest.mark.usefixtures("_public_site")
def test_every_file_that_cannot_be_opened_is_listed(tmp_path):
    said = refusal(tmp_path / "one.xlsx", national(tmp_path), tmp_path / "two.xlsx").split("\n")
    assert said[0] == "2 problems; nothing was written."
    assert [line.split(":")[0] for line in said[1:]] == [f"{tmp_path}/one.xlsx", f"{tmp_path}/two.xlsx"]


@pytest.mark.usefixtures("_public_site")
def test_long_list_of_problems_is_cut_after_twenty(tmp_path):
    said = refusal(national(tmp_path, *[row(A_MEDIAN="x")] * 25)).split("\n")
    assert said[0] == "25 problems; nothing was written."
    assert len(said) == 22
    assert said[-1] == "... and 5 more problems."


@pytest.mark.usefixtures("_public_site")
def test_file_that_is_wrong_throughout_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(clean, "PROBLEMS_KEPT", 22)
    said = refusal(national(tmp_path, *[row(A_MEDIAN="x")] * 30)).split("\n")
    assert said[0] == "22 problems; nothing was written."
    assert said[-2:] == [
        "... and 2 more problems.",
        "Reading stopped here: there may be more. Is it the right file?",
    ]


@pytest.mark.usefixtures("_public_site")
def test_bad_area_is_told_once_however_many_rows_it_has(tmp_path):
    place = {**OHIO, "AREA_TYPE": "9"}
    rows = [row(at=place), row("00-0000", at=place), row("27-2011", at=place)]
    said = refusal(xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all"))
    assert said.startswith(
        "1 problem; nothing was written.\nall_data_M_2025.xlsx, line 2, column AREA_TYPE ('9')"
    )


@pytest.mark.usefixtures("_public_site")
def test_level_that_shrank_by_more_than_a_fifth_is_refused(tmp_path):
    """May 2024 is public with 8 rows of the nation; 6 in May 2025 look cut off."""
    Release.objects.filter(year=2024).update(levels={"1": {"rows": 8, "files": []}})
    rows = [row(code) for code in ("00-0000", "11-1011", "25-1011", "27-2011", "29-1212", "29-2072")]
    assert refusal(national(tmp_path, *rows)) == (
        "1 problem; nothing was written.\nnational_M2025_dl.xlsx ('6 rows'): far too few rows for the nation "
        "level: May 2024 has 8. The file looks cut off or is only a piece; import BLS's whole file."
    )


@pytest.mark.usefixtures("_public_site")
def test_ladder_out_of_order_is_a_warning_with_its_row_and_is_kept(tmp_path, capsys):
    call_command("import_oews", str(national(tmp_path, row(A_PCT25=60_000))), verbosity=0)
    assert (
        "Warning: pay ladders out of order, kept as BLS published them: 1\n"
        "    national_M2025_dl.xlsx, line 2: 29-2072 in 0000000, annual 37000, 60000, 51140, 64820, 81150\n"
    ) in capsys.readouterr().out
    assert Wage.objects.get(release__year=2025).annual_p25 == 60_000


def test_process_of_a_refused_import_ends_with_status_1(tmp_path):
    """As an operator runs it, on a database of its own with one occupation in it."""
    database = tmp_path / "site.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "WAYMARK_ENV": "local"}

    def manage(*arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert manage("migrate", "--verbosity", "0").returncode == 0
    made = "from tests.factories import make_occupation; make_occupation()"
    assert manage("shell", "--no-imports", "-c", made).returncode == 0
    ended = manage("import_oews", str(national(tmp_path, A_MEDIAN="***")))
    assert ended.returncode == 1
    assert ended.stderr.endswith(
        "CommandError: 1 problem; nothing was written.\n"
        f"national_M2025_dl.xlsx, line 2, column A_MEDIAN ('***'): whole dollars a year or {MARK}\n"
    )
    assert "Traceback" not in ended.stderr
