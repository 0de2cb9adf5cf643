"""Small files in BLS's layouts, for tests that name only the cells they are about.

The rows are real: May 2025, by national_M2025_dl.xlsx and the flat file's areas. A row is a dict
from BLS's 2025 column names to cells, as in tests/workbooks.py.
"""

import csv
import gzip
import io

from tests.workbooks import COLUMNS, LAYOUTS, Sheet, write_oews, write_workbook

FIGURES = (
    "TOT_EMP EMP_PRSE H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 H_PCT90 "
    "A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 ANNUAL HOURLY"
).split()
NATIONAL_2012 = ["OCC_CODE", "OCC_TITLE", "OCC_GROUP", *FIGURES]
OURS = (
    "occupation_code occupation_title level employment employment_prse hourly_mean annual_mean mean_prse "
    "hourly_p10 hourly_p25 hourly_median hourly_p75 hourly_p90 annual_p10 annual_p25 annual_median "
    "annual_p75 annual_p90 annual_only hourly_only"
).split()

NATION = {"AREA": "99", "AREA_TITLE": "U.S.", "AREA_TYPE": "1", "PRIM_STATE": "US"}
OHIO = {"AREA": "39", "AREA_TITLE": "Ohio", "AREA_TYPE": "2", "PRIM_STATE": "OH"}
GUAM = {"AREA": "66", "AREA_TITLE": "Guam", "AREA_TYPE": "3", "PRIM_STATE": "GU"}
AKRON = {"AREA": "10420", "AREA_TITLE": "Akron, OH", "AREA_TYPE": "4", "PRIM_STATE": "OH"}
ST_LOUIS = {"AREA": "41180", "AREA_TITLE": "St. Louis, MO-IL", "AREA_TYPE": "4", "PRIM_STATE": "MO"}
SOUTHERN_OHIO = {
    "AREA": "3900004",
    "AREA_TITLE": "Southern Ohio nonmetropolitan area",
    "AREA_TYPE": "6",
    "PRIM_STATE": "OH",
}
EVERYWHERE = {
    "NAICS": "000000",
    "NAICS_TITLE": "Cross-industry",
    "I_GROUP": "cross-industry",
    "OWN_CODE": "1235",
}
TITLES = {
    "00-0000": ("All Occupations", "total"),
    "11-1010": ("Chief Executives", "broad"),
    "11-1011": ("Chief Executives", "detailed"),
    "25-1011": ("Business Teachers, Postsecondary", "detailed"),
    "27-2011": ("Actors", "detailed"),
    "27-2021": ("Athletes and Sports Competitors", "detailed"),
    "29-1212": ("Cardiologists", "detailed"),
    "29-2072": ("Medical Records Specialists", "detailed"),
}
# Area, occupation, then the FIGURES in order; _ is an empty cell.
CELLS = {
    (area, code): cells
    for area, code, *cells in map(
        str.split,
        """\
99 00-0000 155495730 0 33.54 69770 0.1 15 18.07 24.51 38.71 61.81 31200 37590 50980 80520 128560 _ _
99 25-1011 82150 0.7 * 114720 0.4 * * * * * 47180 64150 99080 141710 209470 TRUE _
99 27-2011 55000 17.7 58.29 * 8.4 16.5 20.34 29.05 97.95 143.68 * * * * * _ TRUE
99 29-1212 17290 5.4 218.72 454940 2.2 51.53 131.87 238.47 293.3 342.37 107190 274280 496010 610060 712130 _ _
99 29-2072 194720 1.1 27.3 56790 0.4 17.79 20.91 24.59 31.17 39.01 37000 43490 51140 64820 81150 _ _
99 11-1010 204350 3.1 129.63 269630 1.9 36.39 62.28 102.88 171.25 244.1 75700 129540 213990 356200 507730 _ _
99 11-1011 204350 3.1 129.63 269630 1.9 36.39 62.28 102.88 171.25 244.1 75700 129540 213990 356200 507730 _ _
39 29-2072 7440 3.8 27.22 56620 0.8 18.30 21.88 24.52 30.54 38.12 38060 45500 50990 63510 79290 _ _
66 29-2072 70 11.3 19.71 41010 1.7 14.00 16.99 18.49 21.54 26.65 29120 35330 38470 44810 55430 _ _
10420 29-2072 390 5.5 25.97 54020 1.1 18.39 21.18 23.79 29.00 35.51 38250 44060 49480 60330 73850 _ _
3900004 29-2072 240 5.1 26.30 54700 2.8 17.69 18.79 23.38 30.07 37.39 36790 39080 48630 62540 77760 _ _
41180 27-2021 320 46.2 * 435350 18.4 * * * * * 49070 79860 203390 776140 # TRUE _""".splitlines(),
    )
}


def row(code="29-2072", *, at=NATION, **cells):
    """One row of a workbook: the real figures of the code in the place, but for the cells given."""
    title, level = TITLES.get(code, (f"Occupation {code}", "detailed"))
    told = CELLS.get((at["AREA"], code), CELLS["99", "29-2072"])
    figures = dict(zip(FIGURES, map(_cell, told), strict=True))
    names = {"OCC_CODE": code, "OCC_TITLE": title, "O_GROUP": level}
    return {**dict.fromkeys(COLUMNS), **at, **EVERYWHERE, **names, **figures, **cells}


def _cell(text):
    if text == "_":
        return None
    return float(text) if "." in text else int(text) if text.isdigit() else text


def xlsx(path, rows, layout="national", **options):
    """A workbook with its field descriptions, as BLS ships it; returns its path."""
    write_oews(path, rows, LAYOUTS[layout], **options)
    return path


def sheet(path, rows, columns=COLUMNS, *, name="national_dl", renamed=()):
    """A workbook of one sheet and no field descriptions; returns its path.

    `renamed` maps columns to the headers that stand over them instead.
    """
    header = [dict(renamed).get(c, c) for c in columns]
    write_workbook(path, [Sheet(name, [header, *[[r.get(_name_2025(c)) for c in columns] for r in rows]])])
    return path


def table(path, rows, columns=NATIONAL_2012):
    """A csv or csv.gz with these of BLS's columns; returns its path."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([r.get(_name_2025(c)) for c in columns] for r in rows)
    return written(path, out.getvalue())


def written(path, text):
    """A file of this text, or of these bytes; gzipped where it is called .gz; returns its path."""
    data = text.encode() if isinstance(text, str) else text
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def _name_2025(column):
    return {"OCC_GROUP": "O_GROUP"}.get(column, column)
