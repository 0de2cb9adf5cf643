"""The flat-file layout, turned into the marks and codes of BLS's workbooks."""

import csv
import gzip

import pytest
from django.conf import settings

from salaries.oews import flat_file

RELEASE = settings.BASE_DIR.parent / "shared" / "data" / "oews" / "oews-2025.sqlite.gz"
needs_files = pytest.mark.skipif(not RELEASE.is_file(), reason="no publishers' files at ../shared/data")


@needs_files
def test_nation_in_the_flat_file_equals_the_workbook():
    """The conversion of the areas' cells, tried on the rows that BLS publishes in both layouts."""
    with gzip.open(settings.BASE_DIR / "data/oews/national_2025.csv.gz", "rt") as file:
        workbook = list(csv.DictReader(file))
    with flat_file.open_release(RELEASE) as connection:
        cells = list(flat_file.national_cells(connection))
    assert len(cells) == 1_104
    by_code = {cell.occupation: cell.figures for cell in cells}
    shared = [row for row in workbook if row["occupation_code"] in by_code]
    assert {row["occupation_code"] for row in shared} == set(by_code)
    for row in shared:
        for name in list(row)[3:]:
            assert alike(row[name], by_code[row["occupation_code"]][name]), (row, name)


def alike(workbook, flat):
    """Equal as numbers, or the same mark: the flat file writes 14.90 where a workbook holds 14.9."""
    return workbook == flat or (flat[:1].isdigit() and float(workbook) == float(flat))


@pytest.mark.parametrize(
    ("name", "value", "note"),
    [
        ("employment", "-", "5"),
        ("employment", "-", "4"),
        ("mean_prse", "-", "5"),
        ("annual_p10", "-", None),
        ("annual_p10", "-", "9"),
        ("annual_p10", "51140", "5"),
        ("annual_p10", None, None),
        ("annual_p10", "-51140", None),
        ("annual_p10", "nan", None),
    ],
)
def test_cell_that_the_flat_file_never_had_is_not_guessed_at(name, value, note):
    with pytest.raises(AssertionError, match=name):
        flat_file.text_of(name, value, note)


@pytest.mark.parametrize(
    ("name", "value", "note", "text"),
    [
        ("annual_median", "51140", None, "51140"),
        ("hourly_p25", "14.90", None, "14.90"),
        ("annual_p90", "-", "5", "#"),
        ("hourly_mean", "-", "4", "*"),
        ("hourly_mean", "-", "8", "*"),
        ("mean_prse", "-", "8", "*"),
        ("employment", "-", "8", "**"),
        ("employment_prse", "-", "8", "**"),
        ("jobs_per_1000", "-", "8", "**"),
        ("location_quotient", None, None, ""),
    ],
)
def test_cell_of_the_flat_file_in_the_marks_of_the_workbooks(name, value, note, text):
    assert flat_file.text_of(name, value, note) == text


NUMBERS = ["70", "17.7", "58.29", "121250", "8.4", "16.50", "20.34", "29.05", "97.95", "143.68"]
ANNUAL = ["34320", "42310", "60420", "203740", "298850"]


def test_row_paid_by_the_hour_only():
    notes = [None, None, None, "4", None, *[None] * 5, *["4"] * 5]
    values = [value if note is None else "-" for value, note in zip([*NUMBERS, *ANNUAL], notes, strict=True)]
    row = flat_file.figures(values, notes)
    assert (row["hourly_median"], row["annual_median"]) == ("29.05", "*")
    assert (row["annual_only"], row["hourly_only"]) == ("", "TRUE")


def test_row_paid_by_the_year_only():
    notes = [None, None, "4", None, None, *["4"] * 5, *[None] * 5]
    values = [value if note is None else "-" for value, note in zip([*NUMBERS, *ANNUAL], notes, strict=True)]
    row = flat_file.figures(values, notes)
    assert (row["hourly_median"], row["annual_median"]) == ("*", "60420")
    assert (row["annual_only"], row["hourly_only"]) == ("TRUE", "")


def test_row_partly_paid_by_the_hour_only_is_not_guessed_at():
    notes = [None, None, None, "4", *[None] * 11]
    values = [value if note is None else "-" for value, note in zip([*NUMBERS, *ANNUAL], notes, strict=True)]
    with pytest.raises(AssertionError, match="footnote 4 beside"):
        flat_file.figures(values, notes)


@pytest.mark.parametrize(
    ("flat", "workbook"),
    [("62--63", "62"), ("31--34", "31-33"), ("44--46", "44-45"), ("99-100", "99"), ("622100", "622100")],
)
def test_industry_code_as_the_workbooks_write_it(flat, workbook):
    assert flat_file.industry_code(flat) == workbook


@pytest.mark.parametrize(
    ("code", "kind", "title", "area_type"),
    [
        ("0000000", "N", "National", 1),
        ("0600000", "S", "California", 2),
        ("7200000", "S", "Puerto Rico", 3),
        ("0010180", "M", "Abilene, TX", 4),
        ("0100001", "M", "Northwest Alabama nonmetropolitan area", 6),
    ],
)
def test_area_type_as_the_workbooks_have_it(code, kind, title, area_type):
    assert flat_file.area_type_of(code, kind, title) == area_type
