"""Round trip: from the database back to the cells of BLS's own files, and no difference.

The files are read here a second, slow way: python-calamine alone, nothing of salaries.oews. What the
database does not tell apart is `*`, `**` and an empty cell: all three are null, "not published".
Every other cell comes back: numbers to the cent, `#`, TRUE, titles and levels.
"""

import io
import zipfile

import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook

from careers.seed import load_occupations
from salaries.models import Release
from salaries.oews.road import import_files

FILES = settings.BASE_DIR.parent / "shared" / "data" / "oews"
needs_files = pytest.mark.skipif(not FILES.is_dir(), reason="no publishers' files at ../shared/data")
NATIONAL = {
    year: FILES / f"national_M{year}_dl.{'xls' if year < 2014 else 'xlsx'}" for year in range(2012, 2026)
}

# BLS's column, our field, and what a number of it is multiplied by to be ours.
CELLS = [
    ("TOT_EMP", "employment", 1),
    ("EMP_PRSE", "employment_prse", 1),
    ("MEAN_PRSE", "mean_prse", 1),
    ("JOBS_1000", "jobs_per_1000", 1),
    ("LOC_QUOTIENT", "location_quotient", 1),
    ("A_MEAN", "annual_mean", 1),
    ("A_PCT10", "annual_p10", 1),
    ("A_PCT25", "annual_p25", 1),
    ("A_MEDIAN", "annual_median", 1),
    ("A_PCT75", "annual_p75", 1),
    ("A_PCT90", "annual_p90", 1),
    ("H_MEAN", "hourly_mean_cents", 100),
    ("H_PCT10", "hourly_p10_cents", 100),
    ("H_PCT25", "hourly_p25_cents", 100),
    ("H_MEDIAN", "hourly_median_cents", 100),
    ("H_PCT75", "hourly_p75_cents", 100),
    ("H_PCT90", "hourly_p90_cents", 100),
]
PAY = [column for column, _, _ in CELLS[5:]]  # in the order of the bits of top_coded
OTHER_NAMES = {"OCC_GROUP": "O_GROUP", "LOC_Q": "LOC_QUOTIENT"}


def rows_of_workbook(source):
    """The first sheet's rows as dicts from BLS's newest column names to cells."""
    header, *rows = CalamineWorkbook.from_filelike(source).get_sheet_by_index(0).to_python()
    names = [OTHER_NAMES.get(name.strip().upper(), name.strip().upper()) for name in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def cells_of_file(row):
    """What a reader of the file sees: numbers, # and TRUE; nothing where BLS publishes nothing."""
    told = {}
    for column, _, _ in CELLS:
        cell = row.get(column, "")
        told[column] = None if cell in ("", "*", "**") else "#" if cell == "#" else float(cell)
    told["ANNUAL"], told["HOURLY"] = (
        str(row[flag]).strip().upper() == "TRUE" for flag in ("ANNUAL", "HOURLY")
    )
    return told


def cells_of_wage(wage):
    """The same cells, told from the database alone."""
    told = {}
    for column, field, scale in CELLS:
        value = getattr(wage, field)
        told[column] = None if value is None else value / scale
    for bit, column in enumerate(PAY):
        if wage.top_coded >> bit & 1:
            assert told[column] is None
            told[column] = "#"
    return told | {"ANNUAL": wage.annual_only, "HOURLY": wage.hourly_only}


def held(release):
    """(7-digit area code, occupation code) to the release's cells."""
    wages = release.wages.select_related("area", "occupation")
    return {(wage.area.code, wage.occupation.code): cells_of_wage(wage) for wage in wages}


def differences(rows, wages, area_of):
    """Rows of the file that the database tells otherwise, or not at all."""
    return [
        (row["OCC_CODE"], cells_of_file(row), wages.get((area_of(row), row["OCC_CODE"])))
        for row in rows
        if cells_of_file(row) != wages.get((area_of(row), row["OCC_CODE"]))
    ]


def nation(row):
    return "0000000"


def state(row):
    return f"{row['AREA']:0>2}00000"


@pytest.fixture
def _occupations(db):
    load_occupations(settings.BASE_DIR / "data" / "occupations.csv")


@needs_files
@pytest.mark.usefixtures("_occupations")
@pytest.mark.parametrize("year", NATIONAL)
def test_national_workbook_comes_back_cell_by_cell(year):
    rows = rows_of_workbook(io.BytesIO(NATIONAL[year].read_bytes()))
    release = import_files([NATIONAL[year]]).release
    wages = held(release)
    assert differences(rows, wages, nation) == []
    assert wages.keys() == {("0000000", row["OCC_CODE"]) for row in rows}
    assert release.year == year

    titles = {t.occupation.code: (t.title, t.level) for t in release.titles.select_related("occupation")}
    wins = {row["OCC_CODE"]: row for row in sorted(rows, key=lambda r: r["O_GROUP"] == "detailed")}
    assert titles == {code: (row["OCC_TITLE"].strip(), row["O_GROUP"]) for code, row in wins.items()}


@needs_files
@pytest.mark.usefixtures("_occupations")
def test_state_zip_of_2013_comes_back_cell_by_cell():
    with zipfile.ZipFile(FILES / "oesm13st.zip") as bundle:
        rows = rows_of_workbook(io.BytesIO(bundle.read("state_M2013_dl.xls")))
    release = import_files([FILES / "oesm13st.zip"]).release
    wages = held(release)
    assert differences(rows, wages, state) == []
    assert len(wages) == len(rows) == 37_725
    named = {f"{row['AREA']:0>2}00000": (row["STATE"], row["ST"]) for row in rows}
    areas = release.wages.values_list("area__code", "area__title", "area__primary_state").distinct()
    assert {code: names for code, *names in areas} == {code: list(names) for code, names in named.items()}
    assert len(named) == 54


@needs_files
@pytest.mark.usefixtures("_occupations")
def test_zip_of_2021_holds_the_workbook_of_2021():
    zipped = import_files([FILES / "oesm21nat.zip"]).release
    assert import_files([NATIONAL[2021]]).unchanged
    assert Release.objects.get() == zipped


@needs_files
@pytest.mark.usefixtures("_occupations")
def test_file_by_file_the_fourteen_years_stand_side_by_side():
    for path in [*NATIONAL.values(), FILES / "oesm13st.zip"]:
        import_files([path])
    assert list(Release.objects.order_by("year").values_list("year", "revision")) == [
        (year, 1) for year in range(2012, 2026)
    ]
    assert sorted(Release.objects.get(year=2013).levels) == ["1", "2", "3"]
    for year in (2012, 2013, 2025):
        rows = rows_of_workbook(io.BytesIO(NATIONAL[year].read_bytes()))
        assert differences(rows, held(Release.objects.get(year=year)), nation) == []
