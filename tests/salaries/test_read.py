"""Read: whatever BLS ships, as sheets of cells with their columns matched by name."""

import hashlib
import zipfile

import pytest
from django.conf import settings

from salaries.oews.columns import COLUMNS, REQUIRED, normal, place_columns
from salaries.oews.problem import BadInput
from salaries.oews.read import read
from tests.salaries.oews_files import (
    AKRON,
    NATIONAL_2012,
    OHIO,
    OURS,
    SOUTHERN_OHIO,
    row,
    sheet,
    table,
    written,
    xlsx,
)
from tests.workbooks import LAYOUTS, Sheet, field_descriptions, write_oews_zip, write_workbook

FILES = settings.BASE_DIR.parent / "shared" / "data" / "oews"
DATA = settings.BASE_DIR / "data" / "oews"
needs_files = pytest.mark.skipif(not FILES.is_dir(), reason="no publishers' files at ../shared/data")


def first_row(one):
    """The first row of a sheet as a dict from our names to its cells, with its line."""
    line, cells = next(iter(one.rows))
    return {"line": line} | {name: cells[at] for name, at in one.columns.items()}


# Headers


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("OCC_CODE", "OCC_CODE"),
        ("occ_code", "OCC_CODE"),
        (" occ  code ", "OCC_CODE"),
        ("occ code", "OCC_CODE"),
        ("Occ\ncode", "OCC_CODE"),
        ("jobs_1000_orig", "JOBS_1000_ORIG"),
    ],
)
def test_header_is_matched_whatever_its_case_and_white_space(header, name):
    assert normal(header) == name


def test_columns_are_placed_by_name_never_by_position():
    header = ["occ code", "GROUP", "OCC_TITLE", *NATIONAL_2012[3:]]
    places, unknown, reasons = place_columns(header)
    assert (places["occupation_code"], places["level"], places["occupation_title"]) == (0, 1, 2)
    assert places["annual_median"] == NATIONAL_2012.index("A_MEDIAN") == 15
    assert (unknown, reasons) == ([], [])


def test_column_that_is_not_used_is_known_and_a_new_one_is_reported():
    _, unknown, reasons = place_columns([*NATIONAL_2012, "PCT_TOTAL", "PCT_TOT", "PCT_RPT", "A_PCT99", ""])
    assert (unknown, reasons) == (["A_PCT99"], [])


@pytest.mark.parametrize("name", [n for n in REQUIRED if n not in ("annual_only", "hourly_only")])
def test_every_required_column_is_missed_by_its_publisher_s_name(name):
    header = COLUMNS[name][0]
    _, _, reasons = place_columns([c for c in NATIONAL_2012 if c != header])
    assert [(column, sentence.split(".")[0]) for column, sentence in reasons] == [
        (header, f"the column {header} ({name}) is missing")
    ]


def test_renamed_column_is_suggested():
    header = [c.replace("A_MEDIAN", "A_MEDIAN_WAGE") for c in NATIONAL_2012]
    _, _, [(column, sentence)] = place_columns(header)
    assert column == "A_MEDIAN"
    assert "The file has A_MEDIAN_WAGE, which may be it renamed." in sentence
    assert "COLUMNS in salaries/oews/columns.py" in sentence


@pytest.mark.parametrize("name", ["OCC_TITLE", "OCC_GROUP"])
def test_national_table_without_titles_or_levels_is_not_usable(name):
    _, _, [(_, sentence)] = place_columns([c for c in NATIONAL_2012 if c != name])
    assert sentence.startswith("the column O")
    assert "is missing" in sentence


def test_only_our_own_tables_of_areas_and_industries_may_leave_out_titles_and_levels():
    ours = [c for c in OURS if c not in ("occupation_title", "level")]
    assert place_columns(["area_code", *ours])[2] == []
    medians = "occupation_code employment annual_median hourly_median annual_only hourly_only".split()
    assert place_columns(["industry_code", *medians])[2] == []
    assert [column for column, _ in place_columns(ours)[2]] == ["OCC_TITLE", "O_GROUP"]
    assert [column for column, _ in place_columns(["AREA", "AREA_TITLE", *ours])[2]] == [
        "OCC_TITLE",
        "O_GROUP",
    ]


def test_table_of_areas_whose_code_column_is_renamed_is_not_taken_for_the_nation():
    _, _, [(column, sentence)] = place_columns(["AREA_CD", "AREA_TITLE", "AREA_TYPE", *NATIONAL_2012])
    assert column == "AREA"
    assert "is missing" in sentence


def test_header_that_stands_twice_is_refused():
    _, _, [(column, sentence)] = place_columns([*NATIONAL_2012, "a_median"])
    assert (column, sentence) == (
        "a_median",
        "A_MEDIAN stands twice or beside another name for the same; keep one.",
    )


# Layouts


@pytest.mark.parametrize(
    ("layout", "name", "year", "level", "jobs"),
    [
        ("all-2011", "all_data_M_2011.xlsx", 2011, "GROUP", "JOBS_1000"),
        ("all-2012", "all_data_M_2012.xlsx", 2012, "group", "jobs_1000"),
        ("all-2016", "all_data_M_2016.xlsx", 2016, "group", "jobs_1000"),
        ("all-2018", "all_data_M_2018.xlsx", 2018, "o_group", "jobs_1000"),
        ("all-2019", "all_data_M_2019.xlsx", 2019, "o_group", "jobs_1000_orig"),
        ("all-2020", "all_data_M_2020.xlsx", 2020, "O_GROUP", "JOBS_1000"),
        ("all", "all_data_M_2025.xlsx", 2025, "O_GROUP", "JOBS_1000"),
    ],
)
def test_all_areas_workbook_of_each_layout(tmp_path, layout, name, year, level, jobs):
    reading = read([xlsx(tmp_path / name, [row(at=OHIO, JOBS_1000=1.341)], layout)])
    assert reading.year() == year
    [one] = reading.sheets
    assert one.unknown == []
    assert (one.headers[one.columns["level"]], one.headers[one.columns["jobs_per_1000"]]) == (level, jobs)
    cells = first_row(one)
    assert (cells["line"], cells["area_code"], cells["area_title"]) == (2, "39", "Ohio")
    assert (cells["occupation_code"], cells["annual_median"], cells["jobs_per_1000"]) == (
        "29-2072",
        50_990,
        1.341,
    )


def test_2016_headers_with_a_space_are_the_codes_and_titles(tmp_path):
    [one] = read([xlsx(tmp_path / "all_data_M_2016.xlsx", [row()], "all-2016")]).sheets
    assert "occ code" in one.headers
    assert "occ title" in one.headers
    assert first_row(one)["occupation_title"] == "Medical Records Specialists"


@needs_files
@pytest.mark.parametrize(
    ("year", "extension", "rows", "columns"),
    [
        *((y, "xls", 1394, 20) for y in (2012, 2013)),
        *((y, "xlsx", 1394, 20) for y in (2014, 2015, 2016)),
        (2017, "xlsx", 1382, 20),
        (2018, "xlsx", 1379, 20),
        (2019, "xlsx", 1329, 30),
        (2020, "xlsx", 1329, 31),
        (2021, "xlsx", 1403, 32),
        (2025, "xlsx", 1401, 32),
    ],
)
def test_publisher_s_national_workbooks(year, extension, rows, columns):
    reading = read([FILES / f"national_M{year}_dl.{extension}"])
    [one] = reading.sheets
    assert (reading.year(), len(one.headers), one.unknown) == (year, columns, [])
    cells = list(one.rows)
    assert (len(cells), cells[0][0], cells[-1][0]) == (rows, 2, rows + 1)
    assert cells[0][1][one.columns["occupation_code"]] == "00-0000"


@needs_files
@pytest.mark.parametrize(
    ("year", "extension", "top_code"),
    [
        (2012, "xls", (187_200, 9_000)),
        (2015, "xlsx", (187_200, 9_000)),
        (2016, "xlsx", (208_000, 10_000)),
        (2018, "xlsx", (208_000, 10_000)),
    ],
)
def test_field_descriptions_beside_a_workbook_tell_its_top_codes(year, extension, top_code):
    workbook = FILES / f"national_M{year}_dl.{extension}"
    assert read([workbook]).top_code() is None
    notes = FILES / f"field_descriptions_M{year}.{extension}"
    assert read([workbook, notes]).top_code() == top_code


@needs_files
@pytest.mark.parametrize(("year", "top_code"), [(2019, (208_000, 10_000)), (2025, (239_200, 11_500))])
def test_workbook_s_own_notes_tell_its_top_codes(year, top_code):
    assert read([FILES / f"national_M{year}_dl.xlsx"]).top_code() == top_code


@needs_files
def test_state_zip_of_2013_holds_its_field_descriptions():
    reading = read([FILES / "oesm13st.zip"])
    [one] = reading.sheets
    assert one.file == "oesm13st.zip/state_M2013_dl.xls"
    assert (reading.year(), reading.top_code(), one.row_count) == (2013, (187_200, 9_000), 37_726)
    cells = first_row(one)
    assert (cells["area_code"], cells["area_title"], cells["primary_state"]) == ("01", "Alabama", "AL")


@needs_files
def test_zip_with_a_folder_inside():
    reading = read([FILES / "oesm21nat.zip"])
    assert [one.file for one in reading.sheets] == ["oesm21nat.zip/oesm21nat/national_M2021_dl.xlsx"]
    assert reading.year() == 2021


@pytest.mark.parametrize("folder", ["", "oesm25ma"])
def test_metros_and_nonmetros_of_one_zip(tmp_path, folder):
    rows = [row(at=AKRON), row(at=SOUTHERN_OHIO)]
    write_oews_zip(tmp_path / "oesm25ma.zip", rows, ["metro", "nonmetro"], folder=folder)
    reading = read([tmp_path / "oesm25ma.zip"])
    assert reading.year() == 2025
    assert [first_row(one)["area_code"] for one in reading.sheets] == ["10420", "3900004"]


def test_what_a_mac_or_an_open_workbook_leaves_in_a_zip_is_passed_over(tmp_path):
    workbook = xlsx(tmp_path / "national_M2025_dl.xlsx", [row()])
    with zipfile.ZipFile(tmp_path / "oesm25nat.zip", "w") as bundle:
        bundle.write(workbook, "national_M2025_dl.xlsx")
        for other in ("__MACOSX/._national_M2025_dl.xlsx", "~$national_M2025_dl.xlsx", "readme.txt"):
            bundle.writestr(other, "not a workbook")
    assert len(read([tmp_path / "oesm25nat.zip"]).sheets) == 1


@pytest.mark.parametrize("name", ["national_2025.csv", "national_2025.csv.gz"])
def test_table_in_our_own_layout(tmp_path, name):
    ours = dict(zip(OURS, NATIONAL_2012, strict=True))
    text = table(tmp_path / "theirs.csv", [row()]).read_text()
    header = ",".join(OURS)
    path = written(tmp_path / name, header + text[text.index("\n") :])
    [one] = read([path]).sheets
    cells = first_row(one)
    assert (cells["line"], cells["occupation_code"], cells["annual_median"]) == (2, "29-2072", "51140")
    assert ours["annual_median"] == "A_MEDIAN"


def test_seed_s_tables_are_read_as_text():
    reading = read([DATA / "national_2025.csv.gz"])
    [one] = reading.sheets
    assert (reading.year(), reading.top_code(), one.unknown) == (2025, None, [])
    assert first_row(one)["employment"] == "155495730"


def test_csv_keeps_the_zeros_that_codes_begin_with(tmp_path):
    path = table(tmp_path / "state_2025.csv", [row(at={**OHIO, "AREA": "01"})], list(LAYOUTS["all"].header))
    [one] = read([path]).sheets
    cells = first_row(one)
    assert (cells["area_code"], cells["industry_code"]) == ("01", "000000")


def test_csv_with_a_byte_order_mark_and_capital_letters_in_its_name(tmp_path):
    text = table(tmp_path / "plain.csv", [row()]).read_text()
    path = written(tmp_path / "NATIONAL_2025.CSV", "\ufeff" + text)
    assert first_row(read([path]).sheets[0])["occupation_code"] == "29-2072"
    path = tmp_path / "NATIONAL_2025.CSV.GZ"
    path.write_bytes(table(tmp_path / "plain.csv.gz", [row()]).read_bytes())
    assert first_row(read([path]).sheets[0])["occupation_code"] == "29-2072"


def test_old_workbook_under_the_new_ending_is_read_for_what_it_is(tmp_path):
    path = tmp_path / "national_M2025_dl.xls"
    path.write_bytes(xlsx(tmp_path / "national_M2025_dl.xlsx", [row()]).read_bytes())
    assert first_row(read([path]).sheets[0])["annual_median"] == 51_140


# Lines, years, digests


def test_lines_are_counted_as_a_spreadsheet_does_below_a_title(tmp_path):
    header = list(LAYOUTS["national"].header)
    rows = [[], ["May 2025 wages"], [], header, [row().get(c) for c in header]]
    write_workbook(tmp_path / "national_M2025_dl.xlsx", [Sheet("national_M2025_dl", rows)])
    [one] = read([tmp_path / "national_M2025_dl.xlsx"]).sheets
    assert first_row(one)["line"] == 5


def test_lines_of_a_csv_are_counted_over_a_cell_that_holds_two(tmp_path):
    rows = [row(OCC_TITLE="Medical Records\nSpecialists"), row("00-0000")]
    [one] = read([table(tmp_path / "national_2025.csv", rows)]).sheets
    assert [line for line, _ in one.rows] == [3, 4]


def test_hidden_and_empty_sheets_of_2020_hold_no_table(tmp_path):
    header = list(LAYOUTS["national"].header)
    sheets = [
        Sheet("national_M2020_dl", [header, [row().get(c) for c in header]]),
        Sheet("Field Descriptions", field_descriptions(2020)),
        Sheet("UpdateTime", [["alldataupdate"], ["09MAR2021:10:42:00"]], hidden=True),
        Sheet("Filler", [], hidden=True),
    ]
    write_workbook(tmp_path / "national_M2020_dl.xlsx", sheets)
    reading = read([tmp_path / "national_M2020_dl.xlsx"])
    assert len(reading.sheets) == 1
    assert (reading.year(), reading.top_code()) == (2020, (208_000, 10_000))


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("national_M2012_dl.xls", 2012),
        ("state_M2025_dl.xlsx", 2025),
        ("MSA_M2024_dl.xlsx", 2024),
        ("BOS_M2024_dl.xlsx", 2024),
        ("all_data_M_2016.xlsx", 2016),
        ("oesm13st.zip", 2013),
        ("oesm25all.zip", 2025),
        ("national_2025.csv.gz", 2025),
        ("oews_figures.xlsx", None),
        ("national.csv", None),
    ],
)
def test_year_in_a_file_s_name(tmp_path, name, year):
    plain = sheet(tmp_path / "plain.xlsx", [row()])
    if name.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as bundle:
            bundle.write(plain, "plain.xlsx")
    elif ".csv" in name:
        table(tmp_path / name, [row()])
    else:
        plain.rename(tmp_path / name)
    assert read([tmp_path / name]).years == ({f"the name {name}": year} if year else {})


def test_year_told_is_taken_where_the_file_says_none_or_the_same(tmp_path):
    plain = sheet(tmp_path / "national.xlsx", [row()])
    assert read([plain]).year(2025) == 2025
    assert read([xlsx(tmp_path / "national_M2025_dl.xlsx", [row()])]).year(2025) == 2025


def test_year_in_a_sheet_s_name_or_its_notes_counts(tmp_path):
    named = sheet(tmp_path / "figures.xlsx", [row()], name="All May 2020 data")
    assert read([named]).year() == 2020
    notes = tmp_path / "notes.xlsx"
    write_workbook(notes, [Sheet("Field_descriptions", field_descriptions(2017))])
    assert read([sheet(tmp_path / "national.xlsx", [row()]), notes]).year() == 2017


def test_notes_of_two_files_that_name_different_top_codes_are_refused(tmp_path):
    for year in (2015, 2016):
        write_workbook(
            tmp_path / f"notes_{year}.xlsx", [Sheet("Field_descriptions", field_descriptions(year))]
        )
    reading = read(
        [sheet(tmp_path / "n.xlsx", [row()]), tmp_path / "notes_2015.xlsx", tmp_path / "notes_2016.xlsx"]
    )
    with pytest.raises(BadInput) as bad:
        reading.top_code()
    assert str(bad.value) == (
        "n.xlsx, notes_2015.xlsx, notes_2016.xlsx: the files' notes name different top codes: "
        "$187,200 a year in notes_2015.xlsx; $208,000 a year in notes_2016.xlsx. "
        "Import the files of one year at a time."
    )


def test_digest_of_each_file_is_of_the_file_as_it_lay_there(tmp_path):
    path = xlsx(tmp_path / "national_M2025_dl.xlsx", [row()])
    assert read([path]).files == {"national_M2025_dl.xlsx": hashlib.sha256(path.read_bytes()).hexdigest()}
