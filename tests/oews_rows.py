"""May 2025's figures as rows of BLS's workbooks, for the workbooks that tests and benchmarks generate.

A row is a dict from BLS's column name, as of 2021 and later, to a number, a text or None:

    {"AREA": "99", "AREA_TYPE": "1", ..., "OCC_CODE": "29-2072", "A_MEDIAN": 51140, "ANNUAL": ""}
"""

import csv
import gzip
from functools import partial
from pathlib import Path

from salaries.figures import PERCENTILES
from salaries.oews import flat_file

NATION = "0000000"
FIGURES = {
    "employment": "TOT_EMP",
    "employment_prse": "EMP_PRSE",
    "jobs_per_1000": "JOBS_1000",
    "location_quotient": "LOC_QUOTIENT",
    "mean_prse": "MEAN_PRSE",
    "annual_only": "ANNUAL",
    "hourly_only": "HOURLY",
}
for _point in ("mean", *PERCENTILES):
    _theirs = _point.upper() if _point[0] == "m" else f"PCT{_point[1:]}"
    FIGURES |= {f"hourly_{_point}": f"H_{_theirs}", f"annual_{_point}": f"A_{_theirs}"}

EVERYWHERE = {
    "NAICS": flat_file.ALL_INDUSTRIES,
    "NAICS_TITLE": "Cross-industry",
    "I_GROUP": "cross-industry",
    "OWN_CODE": "1235",
}
# Whose workers an industry's rows count; 5 (private) where neither this nor its title says.
OWN_CODES = {
    "99": "123", "999000": "123", "999001": "123",
    "999100": "1", "999101": "1", "999200": "2", "999201": "2", "999300": "3", "999301": "3",
    "48-49": "59", "491000": "59", "61": "235", "611000": "235", "622000": "235", "62": "58", "71": "57",
}  # fmt: skip
OWNED = {"State Government Owned": "2", "Local Government Owned": "3"}


def flat_file_rows(release, data, *, areas=None, occupations=None, industries=True):
    """The May 2025 release at full size: BLS's flat file, with the nation from `data/`.

    `release` is a connection of `flat_file.open_release`, whose 369,068 rows outside the nation's
    all-industry ones are taken; those it has only in part, so all 1,401 come from the seed. `data`
    is the seed's folder. `areas` (7-digit codes) and `occupations` (SOC codes) narrow the rows
    down; `industries=False` leaves only cross-industry rows.
    """
    places = _places(data)
    names = _names(data)
    trades = {row[0]: _trade(*row) for row in release.execute("select * from industry")}
    if _is_wanted(NATION, areas):
        yield from _national_rows(data, places, occupations)
    for key, figures in _keys_and_figures(release, industries=industries):
        area, code = key[4:11], f"{key[17:19]}-{key[19:]}"
        if _is_wanted(area, areas) and _is_wanted(code, occupations):
            yield places[area] | trades[key[11:17]] | names[code] | _cells(figures)


def _keys_and_figures(release, *, industries):
    """The flat file's keys and figures: the nation's industries, states, metropolitan and other areas."""
    nonmetropolitan = (
        "substr(key, 5, 7) in (select area_code from area where area_name like '%nonmetropolitan%')"
    )
    kinds = ["key glob 'OEUN*' and substr(key, 12, 6) != '000000'"] if industries else []
    kinds += ["key glob 'OEUS*'", f"key glob 'OEUM*' and not {nonmetropolitan}"]
    kinds += [f"key glob 'OEUM*' and {nonmetropolitan}"]
    for kind in kinds:
        for key, *cells in release.execute(f"select * from cell where {kind} order by key"):
            yield key, flat_file.figures(cells[:17], cells[17:])


def _national_rows(data, places, occupations):
    for row in read_table(data, "oews/national_2025"):
        if _is_wanted(code := row["occupation_code"], occupations):
            name = {"OCC_CODE": code, "OCC_TITLE": row["occupation_title"], "O_GROUP": row["level"]}
            yield places[NATION] | EVERYWHERE | name | _cells(row)


def seed_rows(data, *, areas=None, occupations=None, industries=True):
    """The May 2025 release from the tables under `data/`, which every copy of the project has.

    Narrowed as in `flat_file_rows`. The nation has every row of BLS's workbook; an industry's
    rows have employment and medians only, and the rest of their cells are empty.
    """
    places = _places(data)
    names = _names(data)
    if _is_wanted(NATION, areas):
        yield from _national_rows(data, places, occupations)
    if industries and _is_wanted(NATION, areas):
        trades = {
            row["code"]: _named_trade(row["code"], row["title"], row["level"])
            for row in read_table(data, "industries")
        }
        for row in read_table(data, "oews/industries_2025"):
            if _is_wanted(code := row["occupation_code"], occupations):
                yield places[NATION] | trades[row["industry_code"]] | names[code] | _cells(row)
    for row in read_table(data, "oews/areas_2025"):
        if _is_wanted(area := row["area_code"], areas) and _is_wanted(
            code := row["occupation_code"], occupations
        ):
            yield places[area] | EVERYWHERE | names[code] | _cells(row)


def _is_wanted(code, codes):
    return codes is None or code in codes


def _names(data):
    """Occupation code to the columns that name it."""
    return {
        row["code"]: {"OCC_CODE": row["code"], "OCC_TITLE": row["title"], "O_GROUP": row["level"]}
        for row in read_table(data, "occupations")
    }


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


def _trade(flat_code, flat_title, depth):
    """The columns that name an industry of the flat file."""
    if flat_code == flat_file.ALL_INDUSTRIES:
        return EVERYWHERE
    title = flat_file.SECTOR_PREFIX.sub("", flat_title)
    return _named_trade(
        flat_file.industry_code(flat_code), title, flat_file.level_of(flat_code, title, depth)
    )


def _named_trade(code, title, level):
    group = level
    if level == "owner":
        group = "cross-industry, ownership" if code[:3] in ("000", "999") else "4-digit, ownership"
    owner = next((own for words, own in OWNED.items() if title.endswith(words)), OWN_CODES.get(code, "5"))
    return {"NAICS": code, "NAICS_TITLE": title, "I_GROUP": group, "OWN_CODE": owner}


def _cells(figures):
    """Our names and texts as BLS's columns and cells; a figure that is not there is an empty cell."""
    return {column: _cell(figures.get(name)) for name, column in FIGURES.items()}


def _cell(text):
    if not text:
        return None if text is None else text
    return float(text) if "." in text else int(text) if text.isdigit() else text


def read_table(data, name):
    """The rows of data/<name>.csv or data/<name>.csv.gz, as dicts of text."""
    plain = Path(data, f"{name}.csv")
    opened = partial(open, plain) if plain.exists() else partial(gzip.open, f"{plain}.gz")
    with opened(mode="rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
