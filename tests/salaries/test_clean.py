"""Clean: each kind of cell, then rows to records, across all layouts."""

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salaries.figures import AreaType
from salaries.oews.cells import (
    BY_INDUSTRY,
    CROSS_INDUSTRY,
    OWNERSHIP,
    TOP,
    BadCell,
    area_of,
    cents,
    dollars,
    flag,
    industry_code,
    jobs,
    kind_of,
    level_of,
    occupation_code,
    percent,
    ratio,
)
from salaries.oews.clean import TWINS, check_coverage, clean
from salaries.oews.problem import BadInput
from salaries.oews.read import read
from salaries.oews.records import AreaRecord, IndustryRecord, LadderNote, WageRecord
from tests.salaries.oews_files import (
    AKRON,
    GUAM,
    NATION,
    OHIO,
    OURS,
    SOUTHERN_OHIO,
    ST_LOUIS,
    row,
    sheet,
    table,
    written,
    xlsx,
)
from tests.workbooks import COLUMNS, write_oews_zip

# Bits of top_coded, spelled out here so that a bit that moves is noticed.
ANNUAL_P90, HOURLY_P75, HOURLY_P90 = 32, 1024, 2048


def cleaned(path, **options):
    return clean(read([path]), **options)


def national(tmp_path, *rows):
    """The nation's records of a workbook with these rows, by occupation."""
    made = cleaned(xlsx(tmp_path / "national_M2025_dl.xlsx", rows))
    return {record.occupation: record for record in made.wages[AreaType.NATION]}


# Cells


@pytest.mark.parametrize(
    ("parse", "raw", "value"),
    [
        (dollars, 51140.0, 51_140),
        (dollars, 51140, 51_140),
        (dollars, "51140", 51_140),
        (dollars, " 51,140 ", 51_140),
        (dollars, "$51,140", 51_140),
        (dollars, "1,234,567", 1_234_567),
        (dollars, "#", TOP),
        (dollars, " # ", TOP),
        (dollars, "*", None),
        (ratio, "", None),
        (ratio, "  ", None),
        (cents, 24.59, 2_459),
        (cents, "24.59", 2_459),
        (cents, "14.90", 1_490),
        (cents, 15.0, 1_500),
        (cents, 349.35, 34_935),
        (cents, 0.29, 29),
        (cents, "#", TOP),
        (cents, "*", None),
        (jobs, "**", None),
        (jobs, 194720.0, 194_720),
        (jobs, "0", 0),
        (percent, 1.1, 1.1),
        (percent, "0.0", 0.0),
        (percent, "*", None),
        (percent, "~", None),
        (ratio, "1000.000", 1000.0),
        (flag, "TRUE", True),
        (flag, "true", True),
        (flag, True, True),
        (flag, "", False),
        (flag, "FALSE", False),
    ],
)
def test_cell_is_read(parse, raw, value):
    parsed = parse(raw)
    assert parsed == value
    assert type(parsed) is type(value)


COMPARE = "ompare the cell with BLS's file."
NEW_MARK = (
    "whole dollars a year or one of the marks *, **, # expected. If BLS has a new mark, "
    "teach it to salaries/oews/cells.py before importing."
)
NOT_A_NUMBER = (
    "whole dollars a year expected; a spreadsheet may have turned the cell into a date or a yes/no. "
    "Take BLS's file as it ships."
)


@pytest.mark.parametrize(
    ("parse", "raw", "words"),
    [
        (dollars, "***", NEW_MARK),
        (dollars, "-", NEW_MARK),
        (dollars, "N/A", NEW_MARK),
        (jobs, "#", "a number of jobs or one of the marks"),
        (dollars, -5.0, "whole dollars a year cannot be negative; c" + COMPARE),
        (dollars, 0, "whole dollars a year cannot be zero; c" + COMPARE),
        (dollars, 0.4, "whole dollars a year cannot be less than 1; c" + COMPARE),
        (cents, "0.00", "dollars and cents an hour cannot be zero; c" + COMPARE),
        (jobs, -10, "a number of jobs cannot be negative; c" + COMPARE),
        (percent, -0.1, "a percentage cannot be negative; c" + COMPARE),
        (dollars, math.nan, "whole dollars a year expected; this is not a finite number. C" + COMPARE),
        (dollars, "nan", "whole dollars a year expected; this is not a finite number. C" + COMPARE),
        (cents, "inf", "dollars and cents an hour expected; this is not a finite number. C" + COMPARE),
        (dollars, "1e999", "whole dollars a year expected; this is not a finite number. C" + COMPARE),
        (dollars, 2_147_483_648, "whole dollars a year expected; this is too large to be true. C" + COMPARE),
        (jobs, "1e30", "a number of jobs expected; this is too large to be true. C" + COMPARE),
        (dollars, 51140.5, "whole dollars a year expected; this has more decimals. C" + COMPARE),
        (cents, 24.591, "dollars and cents an hour expected; this has more decimals. C" + COMPARE),
        (cents, "24,59", "dollars and cents an hour expected; the comma does not separate thousands. "),
        (dollars, "51.140,00", "whole dollars a year expected; the comma does not separate thousands. "),
        (dollars, datetime.date(2025, 5, 1), NOT_A_NUMBER),
        (dollars, datetime.datetime(2025, 5, 1, 12), NOT_A_NUMBER),  # noqa: DTZ001
        (dollars, True, NOT_A_NUMBER),
        (dollars, None, NOT_A_NUMBER),
        (flag, "yes", "TRUE or nothing expected; c" + COMPARE),
        (flag, 1, "TRUE or nothing expected; c" + COMPARE),
        (level_of, "line", "total, major, minor, broad or detailed expected; c" + COMPARE),
        (occupation_code, "29-20720", "an occupation code such as 29-2072 expected; c" + COMPARE),
        (occupation_code, "", "an occupation code such as 29-2072 expected; c" + COMPARE),
        (occupation_code, datetime.date(2072, 2, 9), "an occupation code such as 29-2072 expected"),
        (industry_code, "", "a NAICS code such as 62, 31-33 or 622000 expected; c" + COMPARE),
        (industry_code, "6220000", "a NAICS code such as 62, 31-33 or 622000 expected; c" + COMPARE),
    ],
)
def test_cell_that_is_refused_says_what_it_should_be_and_how_to_mend_it(parse, raw, words):
    with pytest.raises(BadCell) as bad:
        parse(raw)
    assert str(bad.value).startswith(words)


ANY_CELL = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates()
    | st.datetimes() | st.times() | st.timedeltas()
)  # fmt: skip


@settings(max_examples=60)
@given(ANY_CELL)
def test_every_cell_is_a_number_or_a_mark_or_refused(raw):
    """Total: no cell that a file can hold ends in anything else, and no wage is zero or less."""
    for parse in (dollars, cents, jobs, percent, ratio, flag, level_of, occupation_code, industry_code):
        try:
            value = parse(raw)
        except BadCell:
            continue
        if parse in (dollars, cents):
            assert value in (None, TOP) or 0 < value < 2**31
        elif parse in (jobs, percent, ratio):
            assert value is None or (value >= 0 and math.isfinite(value))


@given(st.integers(1, 100_000))
def test_cents_are_exact_however_a_float_writes_them(amount):
    assert cents(amount / 100) == amount


@pytest.mark.parametrize(
    ("raw", "code"), [("29-2072", "29-2072"), (" 29-2072 ", "29-2072"), ("292072", "29-2072")]
)
def test_occupation_code_is_written_one_way(raw, code):
    assert occupation_code(raw) == code


@pytest.mark.parametrize(
    ("raw", "level"),
    [
        ("detailed", "detailed"),
        ("detail", "detailed"),
        ("", "detailed"),
        ("tot", "total"),
        ("Major", "major"),
        ("broad", "broad"),
        ("minor", "minor"),
    ],
)
def test_level_of_a_code_in_the_words_of_any_year(raw, level):
    assert level_of(raw) == level


@pytest.mark.parametrize(
    ("code", "area_type", "title", "area"),
    [
        ("99", "1", "U.S.", ("0000000", AreaType.NATION)),
        ("0000000", "1", "United States", ("0000000", AreaType.NATION)),
        ("01", "2", "Alabama", ("0100000", AreaType.STATE)),
        ("1", "2", "Alabama", ("0100000", AreaType.STATE)),
        (1.0, 2.0, "Alabama", ("0100000", AreaType.STATE)),
        ("0100000", "2", "Alabama", ("0100000", AreaType.STATE)),
        ("66", "3", "Guam", ("6600000", AreaType.TERRITORY)),
        ("10180", "4", "Abilene, TX", ("0010180", AreaType.METRO)),
        ("0010180", "4", "Abilene, TX", ("0010180", AreaType.METRO)),
        ("31084", "5", "Los Angeles division", ("0031084", AreaType.DIVISION)),
        ("100001", "6", "Northwest Alabama nonmetropolitan area", ("0100001", AreaType.NONMETRO)),
        ("0100001", "6", "Northwest Alabama nonmetropolitan area", ("0100001", AreaType.NONMETRO)),
        # Layouts without AREA_TYPE: state files to 2018, metropolitan files of 2012, our own tables.
        ("99", None, "", ("0000000", AreaType.NATION)),
        ("39", None, "Ohio", ("3900000", AreaType.STATE)),
        ("3900000", None, "", ("3900000", AreaType.STATE)),
        ("72", None, "Puerto Rico", ("7200000", AreaType.TERRITORY)),
        ("7800000", None, "", ("7800000", AreaType.TERRITORY)),
        ("10180", None, "Abilene, TX", ("0010180", AreaType.METRO)),
        ("0010180", None, "", ("0010180", AreaType.METRO)),
        ("71650", None, "Boston-Cambridge-Quincy, MA", ("0071650", AreaType.METRO)),
        ("100001", None, "Northwest Alabama nonmetropolitan area", ("0100001", AreaType.NONMETRO)),
        ("3900004", None, "", ("3900004", AreaType.NONMETRO)),
    ],
)
def test_area_is_its_seven_digits_and_its_type(code, area_type, title, area):
    assert area_of(code, area_type, title) == area


@pytest.mark.parametrize(
    ("code", "area_type", "words"),
    [
        ("OH", "2", "an area code of two to seven digits expected, such as 06, 10180 or 0100001."),
        ("12345678", "4", "an area code of two to seven digits expected"),
        ("", "2", "an area code of two to seven digits expected"),
        ("39", "7", "an area type that Waymark does not know: 1 nation, 2 state, 3 territory,"),
        ("39", "state", "an area type that Waymark does not know"),
        ("39", "", "an area type that Waymark does not know"),
        ("10420", "2", "a state's code of two digits expected, such as 06; is its area type right?"),
        ("3900004", "2", "a state's code of two digits expected"),
    ],
)
def test_area_that_is_refused(code, area_type, words):
    with pytest.raises(BadCell) as bad:
        area_of(code, area_type, "")
    assert str(bad.value).startswith(words)


@pytest.mark.parametrize(
    ("group", "ownership", "naics", "kind"),
    [
        ("cross-industry", "1235", "000000", CROSS_INDUSTRY),
        (None, "1235", "000000", CROSS_INDUSTRY),
        (None, 1235.0, 0.0, CROSS_INDUSTRY),
        (None, None, None, CROSS_INDUSTRY),
        ("cross-industry, ownership", "5", "000001", OWNERSHIP),
        (None, "5", "000001", OWNERSHIP),
        ("sector", "5", "62", BY_INDUSTRY),
        ("sector", "5", "31-33", BY_INDUSTRY),
        ("4-digit", "5", "622100", BY_INDUSTRY),
        ("4-digit, ownership", "3", "611100", OWNERSHIP),
        (None, "5", "622100", BY_INDUSTRY),
    ],
)
def test_row_is_counted_over_all_industries_one_or_one_kind_of_owner(group, ownership, naics, kind):
    assert kind_of(group, ownership, naics) == kind


# Rows


def test_row_of_the_national_workbook_becomes_a_record(tmp_path):
    assert national(tmp_path, row())["29-2072"] == WageRecord(
        area="0000000",
        occupation="29-2072",
        employment=194_720,
        employment_prse=1.1,
        jobs_per_1000=None,
        location_quotient=None,
        mean_prse=0.4,
        annual_mean=56_790,
        annual_p10=37_000,
        annual_p25=43_490,
        annual_median=51_140,
        annual_p75=64_820,
        annual_p90=81_150,
        hourly_mean_cents=2_730,
        hourly_p10_cents=1_779,
        hourly_p25_cents=2_091,
        hourly_median_cents=2_459,
        hourly_p75_cents=3_117,
        hourly_p90_cents=3_901,
        top_coded=0,
        annual_only=False,
        hourly_only=False,
    )


def test_figures_of_an_area_have_jobs_per_1000_and_location_quotient(tmp_path):
    path = xlsx(tmp_path / "state_M2025_dl.xlsx", [row(at=OHIO, JOBS_1000=1.341, LOC_QUOTIENT=1.07)], "state")
    [record] = cleaned(path).wages[AreaType.STATE]
    assert (record.area, record.jobs_per_1000, record.location_quotient) == ("3900000", 1.341, 1.07)


def test_top_code_sets_the_bit_of_its_cell_and_no_number(tmp_path):
    lawyers = row("23-1011", H_PCT75="#", H_PCT90="#", A_PCT90="#")
    record = national(tmp_path, lawyers)["23-1011"]
    assert record.top_coded == ANNUAL_P90 | HOURLY_P75 | HOURLY_P90
    assert (record.annual_p75, record.annual_p90, record.hourly_p90_cents) == (64_820, None, None)


def test_number_at_the_ceiling_is_a_number_and_no_mark(tmp_path):
    record = national(tmp_path, row(A_PCT90=239_200))["29-2072"]
    assert (record.annual_p90, record.top_coded) == (239_200, 0)


def test_hourly_only_and_yearly_only(tmp_path):
    records = national(tmp_path, row("27-2011"), row("25-1011"))
    actors, teachers = records["27-2011"], records["25-1011"]
    assert (actors.hourly_only, actors.annual_only, actors.hourly_median_cents) == (True, False, 2_905)
    assert actors.annual_median is None
    assert (teachers.annual_only, teachers.hourly_only, teachers.annual_median) == (True, False, 99_080)
    assert teachers.hourly_median_cents is None


def test_metro_with_a_top_code_above_the_limit(tmp_path):
    [record] = cleaned(xlsx(tmp_path / "MSA_M2025_dl.xlsx", [row("27-2021", at=ST_LOUIS)], "metro")).wages[
        AreaType.METRO
    ]
    assert (record.area, record.annual_p75, record.annual_p90) == ("0041180", 776_140, None)
    assert (record.top_coded, record.annual_only) == (ANNUAL_P90, True)


def test_marks_of_suppression_are_no_number(tmp_path):
    record = national(tmp_path, row(TOT_EMP="**", EMP_PRSE="**", A_MEAN="*", A_MEDIAN="*"))["29-2072"]
    assert (record.employment, record.employment_prse, record.annual_mean, record.annual_median) == (
        None, None, None, None,
    )  # fmt: skip


def test_areas_of_the_full_workbook_by_level(tmp_path):
    rows = [row(at=place) for place in (NATION, OHIO, GUAM, AKRON, SOUTHERN_OHIO)]
    made = cleaned(xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all"))
    assert {area_type: [r.area for r in records] for area_type, records in made.wages.items()} == {
        AreaType.NATION: ["0000000"],
        AreaType.STATE: ["3900000"],
        AreaType.TERRITORY: ["6600000"],
        AreaType.METRO: ["0010420"],
        AreaType.NONMETRO: ["3900004"],
    }
    assert list(made.areas.values()) == [
        AreaRecord("0000000", 1, "United States", "US"),
        AreaRecord("3900000", 2, "Ohio", "OH"),
        AreaRecord("6600000", 3, "Guam", "GU"),
        AreaRecord("0010420", 4, "Akron, OH", "OH"),
        AreaRecord("3900004", 6, "Southern Ohio nonmetropolitan area", "OH"),
    ]


@pytest.mark.parametrize("layout", ["all-2011", "all-2012", "all-2016", "all-2018", "all-2019", "all-2020"])
def test_every_all_areas_layout_gives_the_same_records(tmp_path, layout):
    rows = [row(at=OHIO, JOBS_1000=1.341, LOC_QUOTIENT=1.07), row("27-2021", at=ST_LOUIS)]
    newest = cleaned(xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all"))
    older = cleaned(xlsx(tmp_path / "all_data_M_older.xlsx", rows, layout))
    assert older.wages == newest.wages
    assert older.titles == newest.titles == {
        "29-2072": ("Medical Records Specialists", "detailed"),
        "27-2021": ("Athletes and Sports Competitors", "detailed"),
    }  # fmt: skip


def test_state_file_of_2013_has_neither_area_type_nor_area_title(tmp_path):
    columns = ["AREA", "ST", "STATE", *[c for c in COLUMNS if c not in ("AREA", "AREA_TITLE", "AREA_TYPE")]]
    columns = [c for c in columns if c not in ("PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE")]
    rows = [
        row(at=place) | {"ST": place["PRIM_STATE"], "STATE": place["AREA_TITLE"]} for place in (OHIO, GUAM)
    ]
    made = cleaned(sheet(tmp_path / "state_M2013_dl.xlsx", rows, columns, renamed={"LOC_QUOTIENT": "LOC_Q"}))
    assert made.areas == {
        "3900000": AreaRecord("3900000", AreaType.STATE, "Ohio", "OH"),
        "6600000": AreaRecord("6600000", AreaType.TERRITORY, "Guam", "GU"),
    }


def test_codes_that_a_spreadsheet_turned_into_numbers_get_their_zeros_back(tmp_path):
    alabama = {"AREA": 1, "AREA_TITLE": "Alabama", "AREA_TYPE": 2, "PRIM_STATE": "AL"}
    made = cleaned(sheet(tmp_path / "state_M2025_dl.xlsx", [row(at=alabama, NAICS=0, OWN_CODE=1235)]))
    assert [r.area for r in made.wages[AreaType.STATE]] == ["0100000"]


def test_metros_and_nonmetros_of_one_zip_are_two_levels(tmp_path):
    write_oews_zip(tmp_path / "oesm25ma.zip", [row(at=AKRON), row(at=SOUTHERN_OHIO)], ["metro", "nonmetro"])
    made = cleaned(tmp_path / "oesm25ma.zip")
    assert {t: len(records) for t, records in made.wages.items()} == {AreaType.METRO: 1, AreaType.NONMETRO: 1}
    assert (made.rows_read, made.kept) == (2, 2)


def test_blank_rows_are_passed_over_wherever_they_stand(tmp_path):
    rows = [{}, row(), {}, row("00-0000"), {}]
    made = cleaned(sheet(tmp_path / "national_M2025_dl.xlsx", rows))
    assert [r.occupation for r in made.wages[AreaType.NATION]] == ["29-2072", "00-0000"]
    path = table(tmp_path / "national_2025.csv", [row()])
    made = cleaned(written(path, path.read_text() + "\n,,,\n\n"))
    assert made.kept == 1


def test_row_without_an_area_is_not_taken_for_a_blank_one(tmp_path):
    rows = [{}, row(), row("00-0000", at={**NATION, "AREA": None, "AREA_TYPE": None})]
    with pytest.raises(BadInput) as bad:
        cleaned(sheet(tmp_path / "national_M2025_dl.xlsx", rows))
    assert [(p.line, p.column) for p in bad.value.problems] == [(4, "AREA")]


# Twins


TWIN = row("11-1010", OCC_CODE="11-1011", OCC_TITLE="Chief executives (broad)")


@pytest.mark.parametrize("rows", [[TWIN, row("11-1011")], [row("11-1011"), TWIN]])
def test_of_a_broad_and_a_detailed_row_of_one_code_the_detailed_wins(tmp_path, rows):
    made = cleaned(xlsx(tmp_path / "national_M2025_dl.xlsx", rows))
    [record] = made.wages[AreaType.NATION]
    assert (record.occupation, record.annual_median) == ("11-1011", 213_990)
    assert made.titles == {"11-1011": ("Chief Executives", "detailed")}
    assert (made.twins, made.rows_read, made.kept) == (["11-1011"], 2, 1)


def test_twins_with_different_figures_are_a_problem(tmp_path):
    with pytest.raises(BadInput) as bad:
        cleaned(xlsx(tmp_path / "national_M2025_dl.xlsx", [TWIN, row("11-1011", A_MEDIAN=213_980)]))
    [problem] = bad.value.problems
    assert (problem.line, problem.column, problem.value) == (3, "OCC_CODE", "11-1011")
    assert "as broad and as detailed with different figures (line 2)" in problem.reason


# Rows by industry and by owner


HOSPITALS = {"I_GROUP": "3-digit", "NAICS": "622000", "NAICS_TITLE": "Hospitals", "OWN_CODE": "235"}


def test_industry_rows_of_the_full_workbook_become_industry_wages(tmp_path):
    rows = [row(), row() | HOSPITALS | {"TOT_EMP": 53_370, "A_MEDIAN": "#", "H_MEDIAN": 27.5}]
    made = cleaned(xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all"))
    assert made.industry_wages == [
        IndustryRecord("622000", "29-2072", 53_370, None, 2_750, 8, annual_only=False, hourly_only=False)
    ]
    assert made.industries == {"622000": ("Hospitals", "3-digit")}
    assert [r.employment for r in made.wages[AreaType.NATION]] == [194_720]


def test_ownership_rows_and_industries_of_areas_are_left_out_and_counted(tmp_path):
    private = {"I_GROUP": "cross-industry, ownership", "OWN_CODE": "5", "NAICS": "000001"}
    rows = [row(), row() | private, row("00-0000") | private, row(at=OHIO) | HOSPITALS]
    made = cleaned(xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all"))
    assert dict(made.left_out) == {"by ownership": 2, "area by industry": 1}
    assert (made.rows_read, made.kept, made.industry_wages) == (4, 1, [])


def test_industry_that_oews_no_longer_splits_stands_once(tmp_path):
    finer = HOSPITALS | {"I_GROUP": "4-digit"}
    made = cleaned(xlsx(tmp_path / "all_data_M_2025.xlsx", [row(), row() | HOSPITALS, row() | finer], "all"))
    assert [(w.industry, w.occupation) for w in made.industry_wages] == [("622000", "29-2072")]
    assert made.industries == {"622000": ("Hospitals", "3-digit")}
    assert dict(made.left_out) == {TWINS: 1}


def test_seed_s_own_table_of_industries(tmp_path):
    text = (
        "industry_code,occupation_code,employment,annual_median,hourly_median,annual_only,hourly_only\n"
        "622000,29-2072,53370,*,*,,\n31-33,29-2072,840,61020,29.34,,\n62,27-2011,10,*,14.50,,TRUE\n"
    )
    made = cleaned(written(tmp_path / "industries_2025.csv.gz", text))
    assert made.industry_wages == [
        IndustryRecord("622000", "29-2072", 53_370, None, None, 0, annual_only=False, hourly_only=False),
        IndustryRecord("31-33", "29-2072", 840, 61_020, 2_934, 0, annual_only=False, hourly_only=False),
        IndustryRecord("62", "27-2011", 10, None, 1_450, 0, annual_only=False, hourly_only=True),
    ]


def test_sector_file_may_come_alone_only_where_that_is_asked_for(tmp_path):
    reading = read(
        [xlsx(tmp_path / "natsector_M2025_dl.xlsx", [row() | HOSPITALS | {"I_GROUP": "sector"}], "sector")]
    )
    made = clean(reading)
    check_coverage(made, reading, industries_alone=True)
    with pytest.raises(BadInput, match="a file by sector or industry"):
        check_coverage(made, reading, industries_alone=False)


# Ladders out of order


def test_ladder_out_of_order_is_noted_and_kept(tmp_path):
    made = cleaned(
        xlsx(tmp_path / "national_M2025_dl.xlsx", [row("00-0000"), row(A_PCT25=60_000, H_PCT90=10.5)])
    )
    assert made.ladders_out_of_order == [
        LadderNote(
            "national_M2025_dl.xlsx", 3, "0000000", "29-2072", "annual",
            (37_000, 60_000, 51_140, 64_820, 81_150),
        ),
        LadderNote(
            "national_M2025_dl.xlsx", 3, "0000000", "29-2072", "hourly", (1_779, 2_091, 2_459, 3_117, 1_050)
        ),
    ]  # fmt: skip
    assert made.kept == 2


def test_equal_steps_and_gaps_in_a_ladder_are_in_order(tmp_path):
    rows = [row(A_PCT25=51_140), row("00-0000", A_MEDIAN="*"), row("29-1212", A_PCT75="#", A_PCT90="#")]
    assert cleaned(xlsx(tmp_path / "national_M2025_dl.xlsx", rows)).ladders_out_of_order == []


def test_ladder_that_falls_across_a_gap_is_noted(tmp_path):
    made = cleaned(xlsx(tmp_path / "national_M2025_dl.xlsx", [row(A_PCT25="*", A_MEDIAN=30_000)]))
    assert [n.values for n in made.ladders_out_of_order] == [(37_000, None, 30_000, 64_820, 81_150)]


# Progress


def test_progress_adds_up_to_the_rows_read(tmp_path):
    told = []
    cleaned(xlsx(tmp_path / "national_M2025_dl.xlsx", [row(), row("00-0000")]), progress=told.append)
    assert sum(told) == 2


def test_table_without_titles_leaves_names_and_levels_to_the_others(tmp_path):
    """The seed's table of areas comes before its national one, and has neither."""
    ours = [c for c in OURS if c not in ("occupation_title", "level")]
    header = ",".join(["area_code", *ours])
    text = f"{header}\n3900000,29-0000,{'1,' * 15},\n"
    areas = written(tmp_path / "areas_2025.csv.gz", text)
    major = row("29-0000", OCC_TITLE="Healthcare Practitioners", O_GROUP="major")
    made = clean(read([areas, xlsx(tmp_path / "national_M2025_dl.xlsx", [major])]))
    assert made.titles == {"29-0000": ("Healthcare Practitioners", "major")}
    assert made.kept == 2
