"""Workbooks in the layouts that BLS publishes OEWS in, generated from real figures.

BLS's own workbooks are too large, or too hard to come by, to ship with the project: no all-areas
and no metropolitan workbook could be had at all. These have the documented columns, sheet names
and kinds of cell (codes as text, figures as numbers, marks as text, shared strings), and May 2025's
figures under whatever year they are written for. They are generated: say so wherever they are used.

    rows = list(seed_rows(data, occupations={"29-2072"}))  # or flat_file_rows, see tests/oews_rows.py
    write_oews(tmp_path / "national_M2025_dl.xlsx", rows, LAYOUTS["national"])
    write_oews(tmp_path / "all_data_M_2016.xlsx", rows, LAYOUTS["all-2016"])
"""

import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

COLUMNS = """
    AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE O_GROUP
    TOT_EMP EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT
    H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 H_PCT90
    A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 ANNUAL HOURLY
""".split()


class Layout(NamedTuple):
    """How one kind of file of one year is laid out: its sheet, its header, and what it may hold."""

    sheet: str
    header: dict
    year: int = 2025
    wants: object = lambda row: True
    descriptions: bool = True


def _header(*, without=(), lower=False, **renamed):
    """The publisher's 2025 column to the column of another year's file, in order."""
    kept = [name for name in COLUMNS if name not in without]
    return {name: renamed.get(name, name.lower() if lower else name) for name in kept}


def _is_cross_industry(row):
    return row["NAICS"] == "000000"


def _is_at(*area_types):
    return lambda row: _is_cross_industry(row) and row["AREA_TYPE"] in area_types


_BEFORE_2018 = ("PRIM_STATE", "I_GROUP", "PCT_RPT")
LAYOUTS = {
    "all-2011": Layout(
        "All May 2011 Data",
        _header(without=_BEFORE_2018, O_GROUP="GROUP", LOC_QUOTIENT="LOC_Q", PCT_TOTAL="PCT_TOT"),
        2011,
        descriptions=False,
    ),
    "all-2012": Layout(
        "All May 2012 Data",
        _header(without=_BEFORE_2018, lower=True, O_GROUP="group"),
        2012,
        descriptions=False,
    ),
    "all-2016": Layout(
        "All May 2016 Data",
        _header(
            without=_BEFORE_2018, lower=True, O_GROUP="group", OCC_CODE="occ code", OCC_TITLE="occ title"
        ),
        2016,
        descriptions=False,
    ),
    "all-2018": Layout(
        "All May 2018 Data",
        _header(without=("PRIM_STATE", "PCT_RPT"), lower=True),
        2018,
        descriptions=False,
    ),
    "all-2019": Layout(
        "All May 2019 Data",
        _header(without=("PRIM_STATE", "PCT_RPT"), lower=True, JOBS_1000="jobs_1000_orig"),
        2019,
    ),
    "all-2020": Layout("All May 2020 data", _header(without=("PCT_RPT",)), 2020),
    "all": Layout("All May 2025 data", _header()),
    "national": Layout("national_M2025_dl", _header(), wants=_is_at("1")),
    "state": Layout("state_M2025_dl", _header(), wants=_is_at("2", "3")),
    "metro": Layout("MSA_M2025_dl", _header(), wants=_is_at("4")),
    "nonmetro": Layout("BOS_M2025_dl", _header(), wants=_is_at("6")),
    "sector": Layout("natsector_M2025_dl", _header(), wants=lambda row: row["I_GROUP"] == "sector"),
    "owner": Layout(
        "national_owner_M2025_dl", _header(), wants=lambda row: row["I_GROUP"] == "cross-industry, ownership"
    ),
}
TOP_CODES = {2011: ("90.00", "187,200"), 2016: ("100.00", "208,000"), 2022: ("115.00", "239,200")}


def write_oews(path, rows, layout, *, year=None):
    """Writes the rows that `layout` holds as one workbook; returns how many there were.

    `year` changes the year that the sheet and its notes name, not the figures.
    """
    year = year or layout.year
    written = 0

    def lines():
        nonlocal written
        yield list(layout.header.values())
        for row in rows:
            if layout.wants(row):
                written += 1
                yield [row.get(name) for name in layout.header]

    sheets = [Sheet(layout.sheet.replace(str(layout.year), str(year)), lines())]
    if layout.descriptions:
        sheets.append(Sheet("Field Descriptions", field_descriptions(year)))
    write_workbook(path, sheets)
    return written


def write_oews_zip(path, rows, layouts, *, year=2025, folder=""):
    """Writes a zip as BLS ships them: one workbook a layout, named after its sheet, in `folder`.

    `write_oews_zip(tmp / "oesm25ma.zip", rows, ["metro", "nonmetro"], folder="oesm25ma")`
    """
    path = Path(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in layouts:
            layout = LAYOUTS[name]
            inside = f"{layout.sheet.replace(str(layout.year), str(year))}.xlsx"
            loose = path.with_name(f"_{inside}")
            write_oews(loose, rows, layout, year=year)
            bundle.write(loose, f"{folder}/{inside}" if folder else inside)
            loose.unlink()


def field_descriptions(year):
    """The sheet of notes beside the figures, as far as a reader of the file depends on it."""
    hourly, annual = next(TOP_CODES[first] for first in sorted(TOP_CODES, reverse=True) if first <= year)
    return [
        [f"May {year} OEWS Estimates", "", ""],
        ["Generated for testing in the publisher's layout from May 2025 estimates", "", ""],
        ["Field", "Field Description", ""],
        *([name.lower(), "", ""] for name in COLUMNS),
        ["Notes:", "", ""],
        ["*  = indicates that a wage estimate is not available", "", ""],
        ["**  = indicates that an employment estimate is not available", "", ""],
        [f"#  = indicates a wage equal to or greater than ${hourly} per hour or ${annual} per year ", "", ""],
        ["~ =indicates that the percent of establishments reporting is less than 0.5%", "", ""],
    ]


class Sheet(NamedTuple):
    name: str
    rows: object
    hidden: bool = False


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_workbook(path, sheets):
    """Writes an xlsx of `sheets`, whose rows are lists of numbers, texts and None (an empty cell).

    Written by hand because BLS's workbooks keep their texts in one shared table, which costs a
    reader time and memory; the libraries that write row by row leave it out, and those that do
    not need gigabytes for 370,000 rows.
    """
    shared = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        for number, sheet in enumerate(sheets, start=1):
            with book.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                _write_sheet(part, sheet.rows, shared)
        texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
        book.writestr(
            "xl/sharedStrings.xml", f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(shared)}">{texts}</sst>'
        )
        for name, body in _frame(sheets).items():
            book.writestr(name, _XML + body)


def _write_sheet(part, rows, shared, *, at_once=2000):
    letters = [_letters(i) for i in range(64)]
    part.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
    pending = []
    for number, row in enumerate(rows, start=1):
        cells = [
            _cell(f"{letter}{number}", value, shared) for letter, value in zip(letters, row, strict=False)
        ]
        pending.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(pending) == at_once:
            part.write("".join(pending).encode())
            pending.clear()
    part.write("".join([*pending, "</sheetData></worksheet>"]).encode())


def _cell(place, value, shared):
    if value is None:
        return f'<c r="{place}"/>'
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def _letters(index):
    """The name of a column from its index: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _frame(sheets):
    """The parts of a workbook that say what its other parts are."""
    numbers, hidden = range(1, len(sheets) + 1), ' state="hidden"'
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"{hidden * sheet.hidden}/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    parts.append(("sharedStrings", "sharedStrings.xml"))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, start=1)
    )
    types = "".join(
        f'<Override PartName="/xl/{target}" ContentType="{_TYPE}.{kind}+xml"/>' for kind, target in parts
    )
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    return {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{links}</Relationships>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{types}</Types>',
    }
