"""Workbooks in the layouts that BLS publishes OEWS in, generated from real figures.

BLS's own workbooks are too large, or too hard to come by, to ship with the project: no all-areas
and no metropolitan workbook could be had at all. These have the documented columns, sheet names
and kinds of cell (codes as text, figures as numbers, marks as text, shared strings), and May 2025's
figures under whatever year they are written for. They are generated: say so wherever they are used.

    rows = list(flat_file_rows(flat_file, data, areas={"0000000"}))   # or seed_rows(data, ...)
    write_oews(tmp_path / "national_M2025_dl.xlsx", rows, LAYOUTS["national"])
    write_oews(tmp_path / "all_data_M_2016.xlsx", rows, LAYOUTS["all-2016"])

A row is a dict from BLS's column name (as of 2021 and later) to a number, a text or None.
"""

import csv
import gzip
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

WAGE_COLUMNS = (
    "H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 H_PCT90 "
    "A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90"
).split()
COLUMNS = [
    *"AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE O_GROUP".split(),
    *"TOT_EMP EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT".split(),
    *WAGE_COLUMNS,
    *"ANNUAL HOURLY".split(),
]
NATION = "0000000"
ALL_INDUSTRIES = "000000"

# The flat file's datatypes 01 to 17 in their order, and what its footnotes become in a workbook.
FLAT_FILE_FIGURES = [
    *"TOT_EMP EMP_PRSE H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 H_PCT90".split(),
    *"A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 JOBS_1000 LOC_QUOTIENT".split(),
]
EMPLOYMENT_COLUMNS = {"TOT_EMP", "EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT"}
PAID_ONE_WAY, AT_TOP_CODE, NOT_RELEASED = "4", "5", "8"

# Whose workers an industry's rows count; 5 (private) where it is not listed here.
OWN_CODES = {
    **{ALL_INDUSTRIES: "1235", "99": "123", "999000": "123", "999001": "123"},
    **{"999100": "1", "999101": "1", "999200": "2", "999201": "2", "999300": "3", "999301": "3"},
    **{"48-49": "59", "491000": "59", "61": "235", "611000": "235", "62": "58", "622000": "235", "71": "57"},
}
OWNERS = {"000001", "999001", "999101", "999201", "999301"}


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
    return row["NAICS"] == ALL_INDUSTRIES


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


# --- rows ---------------------------------------------------------------------------------------


def flat_file_rows(path, data, *, areas=None, occupations=None, industries=True):
    """Every row of the May 2025 release, from BLS's flat file in SQLite (`.sqlite`, unzipped).

    `data` is the folder with areas.csv and occupations.csv, which have what the flat file lacks:
    postal states, and an occupation's level. `areas` (7-digit codes) and `occupations` (SOC
    codes) narrow the rows down; `industries=False` leaves only cross-industry rows. The nation's
    rows lack 273 broad and 17 minor groups, as the flat file does.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as flat:
        places = _places(data)
        titles = {
            _soc(code): title
            for code, title in flat.execute("SELECT occupation_code, occupation_name FROM occupation")
        }
        levels = {row["code"]: row["level"] for row in read_table(data, "occupations")}
        trades = {row[0]: _trade(*row) for row in flat.execute("SELECT * FROM industry")}
        for kind, area_types in (("N", "1"), ("S", "23"), ("M", "4"), ("M", "6")):
            for key, *cells in flat.execute("SELECT * FROM cell WHERE key GLOB ?", [f"OEU{kind}*"]):
                area, industry, code = key[4:11], key[11:17], _soc(key[17:])
                if places[area]["AREA_TYPE"] not in area_types or not (
                    industries or industry == ALL_INDUSTRIES
                ):
                    continue
                if (areas is None or area in areas) and (occupations is None or code in occupations):
                    yield (
                        places[area]
                        | trades[industry]
                        | {"OCC_CODE": code, "OCC_TITLE": titles[code], "O_GROUP": levels[code]}
                        | _flat_figures(cells)
                    )


def _soc(code):
    return f"{code[:2]}-{code[2:]}"


def _places(data):
    """Area code to the columns that name it, as the workbooks do: 99, 06, 10180, 100001."""
    return {
        row["code"]: {
            "AREA": _workbook_area(row["code"], row["area_type"]),
            "AREA_TITLE": "U.S." if row["code"] == NATION else row["title"],
            "AREA_TYPE": row["area_type"],
            "PRIM_STATE": row["primary_state"],
        }
        for row in read_table(data, "areas")
    }


def _workbook_area(code, area_type):
    if area_type == "1":
        return "99"
    return code[:2] if area_type in "23" else code.lstrip("0")


def _trade(code, name, display_level):
    """The columns that name an industry; the flat file writes sector 31-33 as 31--34 (up to 34)."""
    if code == ALL_INDUSTRIES:
        group, title = "cross-industry", "Cross-industry"
    elif code in OWNERS:
        group, title = "cross-industry, ownership", name
    else:
        group, title = _industry_level(code, display_level), name.partition(" - ")[2] if "-" in code else name
    naics = _sector(code) if "-" in code else code
    return {"NAICS": naics, "NAICS_TITLE": title, "I_GROUP": group, "OWN_CODE": OWN_CODES.get(naics, "5")}


def _sector(code):
    first, _, beyond = code.replace("--", "-").partition("-")
    last = str(int(beyond) - 1)
    return first if last == first else f"{first}-{last}"


def _industry_level(code, display_level):
    if display_level == 5:
        return "5-digit" if code.endswith("0") else "6-digit"
    return {2: "sector", 3: "3-digit", 4: "4-digit"}[display_level]


def _flat_figures(cells):
    """The figures of one flat-file row (17 values, then 17 footnotes) as the workbooks print them."""
    values, notes = cells[:17], cells[17:]
    figures = {
        name: _flat_cell(name, value, note) for name, value, note in zip(FLAT_FILE_FIGURES, values, notes)
    }
    paid = dict(zip(FLAT_FILE_FIGURES, notes))
    figures["ANNUAL"] = "TRUE" if paid["H_MEDIAN"] == PAID_ONE_WAY else ""
    figures["HOURLY"] = "TRUE" if paid["A_MEDIAN"] == PAID_ONE_WAY else ""
    return figures


def _flat_cell(name, value, note):
    if note == AT_TOP_CODE:
        return "#"
    if note in (PAID_ONE_WAY, NOT_RELEASED):
        return "**" if name in EMPLOYMENT_COLUMNS else "*"
    return _number(value)


def _number(text):
    """A number as a workbook's cell holds it, or the mark as it stands, or None for nothing."""
    if not text:
        return None
    return text if text[0] in "*#~" else float(text) if "." in text else int(text)


_SEED_FIGURES = {
    "employment": "TOT_EMP",
    "employment_prse": "EMP_PRSE",
    "jobs_per_1000": "JOBS_1000",
    "location_quotient": "LOC_QUOTIENT",
    "mean_prse": "MEAN_PRSE",
    **{f"{per}_mean": f"{per[0].upper()}_MEAN" for per in ("hourly", "annual")},
    **{f"{per}_median": f"{per[0].upper()}_MEDIAN" for per in ("hourly", "annual")},
    **{f"{per}_p{p}": f"{per[0].upper()}_PCT{p}" for per in ("hourly", "annual") for p in (10, 25, 75, 90)},
}


def seed_rows(data, *, areas=None, occupations=None, industries=True):
    """The May 2025 release from the tables under `data/`, which every copy of the project has.

    Narrowed as in `flat_file_rows`. The nation has every row of BLS's workbook; an industry's
    rows have employment and medians only, and the rest of their cells are empty.
    """
    places = _places(data)
    titles = {row["code"]: row for row in read_table(data, "occupations")}
    everywhere = {
        "NAICS": ALL_INDUSTRIES,
        "NAICS_TITLE": "Cross-industry",
        "I_GROUP": "cross-industry",
        "OWN_CODE": "1235",
    }

    def is_wanted(area, code):
        return (areas is None or area in areas) and (occupations is None or code in occupations)

    def occupation(code, title=None, level=None):
        known = titles[code]
        return {"OCC_CODE": code, "OCC_TITLE": title or known["title"], "O_GROUP": level or known["level"]}

    for row in read_table(data, "oews/national_2025"):
        if is_wanted(NATION, row["occupation_code"]):
            named = occupation(row["occupation_code"], row["occupation_title"], row["level"])
            yield places[NATION] | everywhere | named | _seed_figures(row)
    if industries:
        trades = {row["code"]: _seed_trade(row) for row in read_table(data, "industries")}
        for row in read_table(data, "oews/industries_2025"):
            if is_wanted(NATION, row["occupation_code"]):
                named = occupation(row["occupation_code"])
                yield places[NATION] | trades[row["industry_code"]] | named | _seed_figures(row)
    for row in read_table(data, "oews/areas_2025"):
        if is_wanted(row["area_code"], row["occupation_code"]):
            yield (
                places[row["area_code"]]
                | everywhere
                | occupation(row["occupation_code"])
                | _seed_figures(row)
            )


def _seed_trade(row):
    group = "cross-industry, ownership" if row["level"] == "owner" else row["level"]
    return {
        "NAICS": row["code"],
        "NAICS_TITLE": row["title"],
        "I_GROUP": group,
        "OWN_CODE": OWN_CODES.get(row["code"], "5"),
    }


def _seed_figures(row):
    figures = {column: _number(row.get(ours)) for ours, column in _SEED_FIGURES.items()}
    return figures | {"ANNUAL": row["annual_only"], "HOURLY": row["hourly_only"]}


def read_table(data, name):
    """The rows of data/<name>.csv or .csv.gz, as dicts of text."""
    path = Path(data) / f"{name}.csv"
    opened = path.open if path.exists() else lambda *args, **kw: gzip.open(f"{path}.gz", *args, **kw)
    with opened("rt", newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


# --- workbooks ----------------------------------------------------------------------------------


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
        [
            "~ =indicates that the percent of establishments reporting the occupation is less than 0.5%",
            "",
            "",
        ],
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
        cells = [_cell(f"{letter}{number}", value, shared) for letter, value in zip(letters, row)]
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
        for n, sheet in zip(numbers, sheets)
    )
    parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers] + [
        ("sharedStrings", "sharedStrings.xml")
    ]
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, start=1)
    )
    types = "".join(
        f'<Override PartName="/xl/{target}" ContentType="{_TYPE}.{kind}+xml"/>' for kind, target in parts
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{types}</Types>',
    }
