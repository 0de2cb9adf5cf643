"""The publisher's column names, each told once, and the layouts they stand in.

OEWS's header changes from year to year (case, `occ code` with a space in 2016, `GROUP`,
`OCC_GROUP` and `O_GROUP`, `LOC_Q` and `LOC_QUOTIENT`, `jobs_1000_orig` in 2019), so headers are
matched by name after strip, upper and runs of white space to `_`. Our own tables under data/
come in by the same road; their names are the last of each row.
"""

import re
from difflib import get_close_matches

from salaries.figures import PERCENTILES

_PERCENTILE_HEADERS = list(zip(PERCENTILES, ("PCT10", "PCT25", "MEDIAN", "PCT75", "PCT90"), strict=True))

# In the order of BLS's files since May 2021, so that a moved column can be told.
COLUMNS = {
    "area_code": ("AREA", "AREA_CODE"),
    "area_title": ("AREA_TITLE", "AREA_NAME", "STATE"),
    "area_type": ("AREA_TYPE",),
    "primary_state": ("PRIM_STATE", "PRIMARY_STATE", "ST"),
    "industry_code": ("NAICS", "INDUSTRY_CODE"),
    "industry_title": ("NAICS_TITLE", "INDUSTRY_TITLE"),
    "industry_group": ("I_GROUP", "INDUSTRY_GROUP"),
    "ownership": ("OWN_CODE", "OWNERSHIP"),
    "occupation_code": ("OCC_CODE", "OCCUPATION_CODE"),
    "occupation_title": ("OCC_TITLE", "OCCUPATION_TITLE"),
    "level": ("O_GROUP", "OCC_GROUP", "GROUP", "LEVEL"),
    "employment": ("TOT_EMP", "EMPLOYMENT"),
    "employment_prse": ("EMP_PRSE", "EMPLOYMENT_PRSE"),
    "jobs_per_1000": ("JOBS_1000", "JOBS_1000_ORIG", "JOBS_PER_1000"),
    "location_quotient": ("LOC_QUOTIENT", "LOC_Q", "LOCATION_QUOTIENT"),
    "hourly_mean": ("H_MEAN", "HOURLY_MEAN"),
    "annual_mean": ("A_MEAN", "ANNUAL_MEAN"),
    "mean_prse": ("MEAN_PRSE",),
    **{f"hourly_{ours}": (f"H_{theirs}", f"HOURLY_{ours.upper()}") for ours, theirs in _PERCENTILE_HEADERS},
    **{f"annual_{ours}": (f"A_{theirs}", f"ANNUAL_{ours.upper()}") for ours, theirs in _PERCENTILE_HEADERS},
    "annual_only": ("ANNUAL", "ANNUAL_ONLY"),
    "hourly_only": ("HOURLY", "HOURLY_ONLY"),
}  # fmt: skip

# Published, and not used: shares of an industry's jobs and of its establishments.
IGNORED = {"PCT_TOTAL", "PCT_TOT", "PCT_RPT"}

OPTIONAL = {
    "area_code", "area_title", "area_type", "primary_state", "industry_code", "industry_title",
    "industry_group", "ownership", "occupation_title", "level", "jobs_per_1000", "location_quotient",
}  # fmt: skip
REQUIRED = [name for name in COLUMNS if name not in OPTIONAL]
# The seed's own table of industries holds the median alone.
REQUIRED_OF_INDUSTRIES = [
    "occupation_code", "employment", "annual_median", "hourly_median", "annual_only", "hourly_only",
]  # fmt: skip

_BY_HEADER = {header: name for name, headers in COLUMNS.items() for header in headers}


def normal(header):
    """A header as it is matched: 'occ code ' is OCC_CODE.

    >>> normal(" occ  code")
    'OCC_CODE'
    """
    return re.sub(r"\s+", "_", str(header).strip()).upper()


def is_header(cells):
    """Whether a row names the columns; a page of field descriptions names them down its first one."""
    return sum(normal(cell) in _BY_HEADER for cell in cells) >= 5


def place_columns(cells):
    """Match one header row: (our name to position, headers unknown, reasons why it cannot be used).

    The reasons are a list of (header, sentence), empty where the header can be used.
    """
    places, unknown, reasons = {}, [], []
    for position, cell in enumerate(cells):
        header = normal(cell)
        name = _BY_HEADER.get(header)
        if name in places:
            reasons.append(
                (str(cell), f"{header} stands twice or beside another name for the same; keep one.")
            )
        elif name:
            places[name] = position
        elif header and header not in IGNORED:
            unknown.append(str(cell).strip())
    reasons += [_missing(name, unknown) for name in required_of(places) if name not in places]
    return places, unknown, reasons


def is_publishers(sheet):
    """Whether a sheet has BLS's own header, not that of our tables under data/."""
    return any(normal(header) == "OCC_CODE" for header in sheet.headers)


def column_notes(sheet):
    """What is new, missing or moved in a sheet's header against BLS's layout since May 2021.

    Headers are matched by name, so none of it stops an import; it says that BLS changed its file.
    """
    publishers = [COLUMNS[name][0] for name in sorted(sheet.columns, key=sheet.columns.get)]
    in_order = [COLUMNS[name][0] for name in COLUMNS if name in sheet.columns]
    return {
        "unknown": sheet.unknown,
        "missing": [COLUMNS[name][0] for name in COLUMNS if name not in sheet.columns],
        "reordered": publishers != in_order,
    }


def required_of(places):
    """The columns a table must have, given those it has.

    Only our own tables of areas and industries lack the titles and the levels of their codes. Rows by
    industry need the industry's code.
    """
    by_area = {"area_code", "area_title", "area_type"} & places.keys()
    if "industry_code" in places and not by_area:
        return REQUIRED_OF_INDUSTRIES
    if by_area == {"area_code"}:
        return REQUIRED
    codes = [*(["area_code"] if by_area else []), *(["industry_code"] if "industry_group" in places else [])]
    return [*codes, "occupation_title", "level", *REQUIRED]


def _missing(name, unknown):
    header = COLUMNS[name][0]
    near = get_close_matches(header, [normal(u) for u in unknown], n=1, cutoff=0.6)
    found = f" The file has {near[0]}, which may be it renamed." if near else ""
    return header, (
        f"the column {header} ({name}) is missing.{found} Take BLS's file as it ships, "
        "or teach the new name to COLUMNS in salaries/oews/columns.py."
    )
