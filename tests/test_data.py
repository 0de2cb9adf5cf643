"""The tables under data/: what they hold, and that they hold what the publishers' files do."""

import csv
import gzip
import hashlib
import io
import itertools
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from salaries.consumer_prices import newest_month, read_may_indexes
from salaries.oews import flat_file, seed_sources, seed_tables
from salaries.price_parities import read_parities

DATA = settings.BASE_DIR / "data"
PUBLISHED_FILES = settings.BASE_DIR.parent / "shared" / "data"
needs_files = pytest.mark.skipif(
    not PUBLISHED_FILES.is_dir(), reason="no publishers' files at ../shared/data"
)
YEARS = range(2012, 2026)

# The publisher's headings in the order of our columns; O_GROUP is OCC_GROUP until 2018.
HEADINGS = (
    "OCC_CODE OCC_TITLE O_GROUP TOT_EMP EMP_PRSE H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 "
    "H_PCT90 A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 ANNUAL HOURLY"
).split()
PERCENTILES = ("p10", "p25", "median", "p75", "p90")


def read(name):
    """The rows of one of our tables, as dicts of text."""
    content = (DATA / name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def national(year):
    return read(f"oews/national_{year}.csv.gz")


def first(rows, **cells):
    return next(row for row in rows if all(row[name] == value for name, value in cells.items()))


@pytest.fixture(scope="module")
def area_wages():
    return read("oews/areas_2025.csv.gz")


@pytest.fixture(scope="module")
def industry_wages():
    return read("oews/industries_2025.csv.gz")


# The nation


def test_medical_records_specialists_in_may_2025():
    row = first(national(2025), occupation_code="29-2072")
    assert list(row.values())[:8] == (
        "29-2072|Medical Records Specialists|detailed|194720|1.1|27.3|56790|0.4".split("|")
    )
    assert [row[f"hourly_{p}"] for p in PERCENTILES] == ["17.79", "20.91", "24.59", "31.17", "39.01"]
    assert [row[f"annual_{p}"] for p in PERCENTILES] == ["37000", "43490", "51140", "64820", "81150"]
    assert (row["annual_only"], row["hourly_only"]) == ("", "")


@pytest.mark.parametrize(
    ("year", "rows", "detailed"),
    [
        (2012, 1394, 820),
        (2013, 1394, 820),
        (2014, 1394, 820),
        (2015, 1394, 820),
        (2016, 1394, 820),
        (2017, 1382, 809),
        (2018, 1379, 808),
        (2019, 1329, 789),
        (2020, 1329, 789),
        (2021, 1403, 831),
        (2022, 1402, 830),
        (2023, 1403, 831),
        (2024, 1403, 831),
        (2025, 1401, 830),
    ],
)
def test_rows_of_a_may(year, rows, detailed):
    levels = Counter(row["level"] for row in national(year))
    assert (levels.total(), levels["detailed"]) == (rows, detailed)
    assert set(levels) == {"total", "major", "minor", "broad", "detailed"}


def test_twin_rows_are_kept_as_the_workbook_has_them():
    twins = [row for row in national(2025) if row["occupation_code"] == "29-2010"]
    assert [row["level"] for row in twins] == ["broad", "detailed"]
    assert twins[0]["annual_median"] == twins[1]["annual_median"] == "62930"


def test_marks_are_kept():
    actors = first(national(2012), occupation_code="27-2011")
    assert (actors["hourly_p75"], actors["hourly_p90"], actors["annual_p90"]) == ("44.86", "#", "*")
    assert (actors["annual_only"], actors["hourly_only"]) == ("", "TRUE")


@needs_files
@pytest.mark.parametrize("year", YEARS)
def test_every_cell_equals_the_workbooks(year):
    suffix = "xls" if year < 2014 else "xlsx"
    workbook = CalamineWorkbook.from_path(PUBLISHED_FILES / "oews" / f"national_M{year}_dl.{suffix}")
    header, *published = workbook.get_sheet_by_index(0).to_python()
    header = [cell.upper().replace("OCC_GROUP", "O_GROUP") for cell in header]
    ours = national(year)
    assert len(ours) == len(published)
    for row, cells in zip(ours, published, strict=True):
        for heading, text in zip(HEADINGS, row.values(), strict=True):
            cell = cells[header.index(heading)]
            assert text == cell.strip() if isinstance(cell, str) else float(text) == cell, (row, heading)
            assert not text.endswith(".0")


# Areas


def test_areas_are_the_nation_51_states_3_territories_393_metros_and_135_nonmetros():
    types = Counter(row["area_type"] for row in read("areas.csv"))
    assert types == {"1": 1, "2": 51, "3": 3, "4": 393, "6": 135}


@pytest.mark.parametrize(
    ("code", "area_type", "title", "state"),
    [
        ("0000000", "1", "United States", "US"),
        ("0600000", "2", "California", "CA"),
        ("1100000", "2", "District of Columbia", "DC"),
        ("6600000", "3", "Guam", "GU"),
        ("7200000", "3", "Puerto Rico", "PR"),
        ("7800000", "3", "Virgin Islands", "VI"),
        ("0010180", "4", "Abilene, TX", "TX"),
        ("0041180", "4", "St. Louis, MO-IL", "MO"),
        ("0100001", "6", "Northwest Alabama nonmetropolitan area", "AL"),
    ],
)
def test_area(code, area_type, title, state):
    row = first(read("areas.csv"), code=code)
    assert (row["area_type"], row["title"], row["primary_state"]) == (area_type, title, state)


def test_areas_of_may_2025_have_235_695_rows(area_wages):
    types = {row["code"]: row["area_type"] for row in read("areas.csv")}
    rows = Counter(types[row["area_code"]] for row in area_wages)
    assert rows == {"2": 36_396, "3": 1_012, "4": 150_023, "6": 48_264}
    assert rows.total() == 235_695
    assert len({row["area_code"] for row in area_wages}) == 582


def test_top_code_stands_in_98_state_rows_and_252_metro_and_nonmetro_rows(area_wages):
    types = {row["code"]: row["area_type"] for row in read("areas.csv")}
    rows = Counter(types[row["area_code"]] for row in area_wages if row["annual_p90"] == "#")
    assert rows == {"2": 98, "4": 212, "6": 40}


def test_marks_of_areas_are_as_many_as_footnotes(area_wages):
    assert sum(row["employment"] == "**" for row in area_wages) == 1_318 + 3_692
    assert sum(row["mean_prse"] == "*" for row in area_wages) == 517 + 1_942
    assert sum(row["annual_only"] == "TRUE" for row in area_wages) == 2_537 + 10_285
    assert sum(row["hourly_only"] == "TRUE" for row in area_wages) == 108 + 200


def test_area_wage_keys_stand_once_and_in_order(area_wages):
    keys = [row["area_code"] + row["occupation_code"] for row in area_wages]
    assert all(one < next_one for one, next_one in itertools.pairwise(keys))


def test_st_louis_athletes_have_a_percentile_above_the_top_code(area_wages):
    row = first(area_wages, area_code="0041180", occupation_code="27-2021")
    assert (row["annual_p75"], row["annual_p90"]) == ("776140", "#")


@needs_files
def test_every_hundredth_area_row_equals_the_flat_file(area_wages):
    marks = {("employment", "8"): "**", ("employment_prse", "8"): "**", ("jobs_per_1000", "8"): "**"}
    marks |= {("location_quotient", "8"): "**"}
    with flat_file.open_release(PUBLISHED_FILES / "oews" / "oews-2025.sqlite.gz") as connection:
        for row in area_wages[::100]:
            kind = "S" if row["area_code"].endswith("00000") else "M"
            key = f"OEU{kind}{row['area_code']}000000{row['occupation_code'].replace('-', '')}"
            (cells,) = connection.execute("select * from cell where key = ?", [key])
            for name, value, note in zip(flat_file.DATATYPES, cells[1:18], cells[18:], strict=True):
                expected = value if note is None else marks.get((name, note), {"5": "#"}.get(note, "*"))
                assert row[name] == expected, key


# Industries


@pytest.mark.parametrize(
    ("code", "title", "level"),
    [
        ("62", "Health Care and Social Assistance", "sector"),
        ("31-33", "Manufacturing", "sector"),
        ("44-45", "Retail Trade", "sector"),
        (
            "99",
            "Federal, State, and Local Government, excl. State & Local Schools & Hospitals & USPS",
            "sector",
        ),
        ("622000", "Hospitals", "3-digit"),
        ("622100", "General Medical and Surgical Hospitals", "4-digit"),
        ("3250A1", "Chemical Manufacturing (3251, 3252, 3253, and 3259 only)", "4-digit"),
        ("541330", "Engineering Services", "5-digit"),
        ("722511", "Full-Service Restaurants", "6-digit"),
        ("622003", "Hospitals, Local Government Owned", "owner"),
        ("999301", "Local Government, including Schools and Hospitals (OEWS Designation)", "owner"),
    ],
)
def test_industry(code, title, level):
    assert list(first(read("industries.csv"), code=code).values()) == [code, title, level]


@pytest.mark.parametrize(("level", "jobs"), [("sector", 155_495_740), ("3-digit", 155_495_830)])
def test_jobs_of_all_industries_of_a_level_are_the_nations_but_for_rounding(industry_wages, level, jobs):
    levels = {row["code"]: row["level"] for row in read("industries.csv")}
    rows = [row for row in industry_wages if row["occupation_code"] == "00-0000"]
    assert sum(int(row["employment"]) for row in rows if levels[row["industry_code"]] == level) == jobs
    assert first(national(2025), occupation_code="00-0000")["employment"] == "155495730"


def test_hospitals_employ_55_530_medical_records_specialists(industry_wages):
    row = first(industry_wages, industry_code="622000", occupation_code="29-2072")
    assert list(row.values()) == ["622000", "29-2072", "55530", "59120", "28.42", "", ""]


def test_industry_rows_are_132_282_of_442_industries(industry_wages):
    keys = [(row["industry_code"], row["occupation_code"]) for row in industry_wages]
    assert all(one < next_one for one, next_one in itertools.pairwise(keys))
    assert len(keys) == 132_282
    assert {code for code, _ in keys} == {row["code"] for row in read("industries.csv")}


# Occupations and their codes


def test_every_code_of_every_table_is_an_occupation(area_wages, industry_wages):
    known = {row["code"] for row in read("occupations.csv")}
    assert len(known) == 1_592
    used = {row["occupation_code"] for row in itertools.chain(area_wages, industry_wages)}
    used |= {row["occupation_code"] for year in YEARS for row in national(year)}
    used |= {row[name] for row in read("code_changes.csv") for name in ("old_code", "new_code")}
    assert used <= known


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("00-0000", ["total", "All Occupations", "2018", ""]),
        ("29-2072", ["detailed", "Medical Records Specialists", "2018", "29-2070"]),
        ("29-2071", ["detailed", "Medical Records and Health Information Technicians", "2010", "29-2070"]),
        ("31-1120", ["detailed", "Home Health and Personal Care Aides", "2018", "31-1100"]),
        ("31-1121", ["detailed", "Home Health Aides", "2018", "31-1120"]),
        ("29-1229", ["detailed", "Physicians, All Other", "2018", "29-1210"]),
        ("15-1252", ["detailed", "Software Developers", "2018", "15-1250"]),
        ("15-1250", ["broad", "Software and Web Developers, Programmers, and Testers", "2018", "15-1200"]),
        ("15-1131", ["detailed", "Computer Programmers", "2010", "15-1130"]),
        ("15-1130", ["broad", "Software Developers and Programmers", "2010", "15-1100"]),
        ("51-5111", ["detailed", "Prepress Technicians and Workers", "2018", "51-5110"]),
        ("51-5110", ["broad", "Printing Workers", "2018", "51-5100"]),
        ("25-9045", ["detailed", "Teaching Assistants, Except Postsecondary", "2018", "25-9040"]),
        (
            "39-9098",
            [
                "detailed",
                "Crematory Operators and Personal Care and Service Workers, All Other",
                "2019",
                "39-0000",
            ],
        ),
        ("55-1011", ["detailed", "Air Crew Officers", "2018", "55-1010"]),
    ],
)
def test_occupation(code, cells):
    assert list(first(read("occupations.csv"), code=code).values())[1:] == cells


def test_every_occupation_leads_up_to_all_occupations():
    parents = {row["code"]: row["parent_code"] for row in read("occupations.csv")}
    for code in parents:
        line = [code]
        while parents[line[-1]]:
            line.append(parents[line[-1]])
        assert line[-1] == "00-0000"
        assert len(line) <= 5
        assert len(set(line)) == len(line)


def test_parents_of_2016_are_in_the_order_of_the_workbooks_rows():
    """In the workbook each code stands below its groups: the last minor, the last broad before it."""
    occupations = {row["code"]: row for row in read("occupations.csv")}
    above = {}
    for row in national(2016):
        code, level = row["occupation_code"], row["level"]
        above[level] = code
        if level == "detailed" and occupations[code]["soc_version"] == "2010":
            assert occupations[code]["parent_code"] == above["broad"], code
        if level == "broad" and occupations[code]["soc_version"] == "2010":
            assert occupations[code]["parent_code"] == above["minor"], code


def changes_of(code, name):
    return [
        (row["old_code"], row["new_code"], row["year"])
        for row in read("code_changes.csv")
        if row[name] == code
    ]


def test_what_became_of_medical_records_technicians():
    assert changes_of("29-2071", "old_code") == [("29-2071", "29-2098", "2019")]
    assert changes_of("29-2098", "old_code") == [
        ("29-2098", "29-2036", "2021"),
        ("29-2098", "29-2072", "2021"),
        ("29-2098", "29-2099", "2021"),
        ("29-2098", "29-9021", "2021"),
    ]
    assert changes_of("29-2072", "new_code") == [("29-2098", "29-2072", "2021")]


def test_steps_are_1_of_2014_21_of_2017_100_of_2019_and_83_of_2021():
    assert Counter(row["year"] for row in read("code_changes.csv")) == {
        "2014": 1,
        "2017": 21,
        "2019": 100,
        "2021": 83,
    }


@pytest.mark.parametrize(
    ("year", "gone", "came"),
    [
        ("2018", ["45-3011"], []),  # fishers: in 45-3031 from 2019, which OEWS does not publish
        ("2022", ["29-1024"], []),  # prosthodontists: not published this one year
        ("2023", [], ["29-1024"]),
        ("2025", ["11-1031"], []),  # legislators: not published any more
    ],
)
def test_codes_that_go_or_come_without_a_step(year, gone, came):
    assert without_a_step(int(year)) == (gone, came)


@pytest.mark.parametrize("year", [2013, 2014, 2015, 2016, 2017, 2019, 2020, 2021, 2024])
def test_every_code_that_goes_or_comes_has_a_step(year):
    assert without_a_step(year) == ([], [])


def without_a_step(year):
    """The detailed codes that are gone, and those that are new, without a line in code_changes.csv."""
    before, now = (
        {row["occupation_code"] for row in national(y) if row["level"] == "detailed"}
        for y in (year - 1, year)
    )
    steps = [row for row in read("code_changes.csv") if row["year"] == str(year)]
    gone = before - now - {row["old_code"] for row in steps}
    return sorted(gone), sorted(now - before - {row["new_code"] for row in steps})


# Prices


@pytest.mark.parametrize(
    ("area", "all_items"),
    [
        ("0600000", "110.720"),  # California
        ("1100000", "109.901"),  # District of Columbia
        ("3900000", "92.774"),  # Ohio
        ("0010420", "93.370"),  # Akron, OH
        ("0041860", "115.613"),  # San Francisco-Oakland-Fremont, CA: the dearest
    ],
)
def test_price_parity_of_2024(area, all_items):
    assert list(first(read("price_parities.csv"), area_code=area).values()) == [area, "2024", all_items]


def test_every_state_and_metro_outside_puerto_rico_has_one_price_parity():
    parities = [row["area_code"] for row in read("price_parities.csv")]
    assert len(parities) == len(set(parities)) == 51 + 387
    areas = read("areas.csv")
    priced = Counter(row["area_type"] for row in areas if row["code"] in parities)
    assert priced == {"2": 51, "4": 387}
    missing = [row for row in areas if row["area_type"] in "234" and row["code"] not in parities]
    assert Counter(row["primary_state"] for row in missing) == {"PR": 7, "GU": 1, "VI": 1}


@needs_files
def test_every_price_parity_is_the_last_column_of_an_all_items_line():
    for row in read("price_parities.csv"):
        is_state = row["area_code"].endswith("00000")
        name, place = (
            ("SARPP_STATE_2008_2024.csv", row["area_code"][:2] + "000")
            if is_state
            else ("MARPP_MSA_2008_2024.csv", row["area_code"][2:])
        )
        lines = (PUBLISHED_FILES / "prices" / name).read_text().splitlines()
        (line,) = (one for one in lines if one.startswith(f' "{place}",') and '"RPPs: All items "' in one)
        assert line.endswith(f",{row['all_items']}")


HEADER = "GeoFIPS,GeoName,Region,TableName,LineCode,IndustryClassification,Description,Unit,2023,2024\n"
FOOTER = '"Note: See the included footnote file."\n"U.S. Bureau of Economic Analysis"\n'


def price_file(path, *lines, header=HEADER):
    """A file of BEA's layout: (GeoFIPS, line code, description, figures)."""
    text = (
        f' "{place}","x", ,T,{code},"...","{words}","Index",{told}\n' for place, code, words, told in lines
    )
    path.write_text(header + "".join(text) + FOOTER)
    return path


def test_all_items_are_found_by_their_words_whatever_their_line_code(tmp_path):
    ohio = [("39000", 1, " RPPs: Goods ", "97.0,98.0"), ("39000", 5, "RPPs: All items ", "92.903,92.774")]
    metros = [("00999", 1, "RPPs: All items ", "88.3,88.7"), ("10420", 1, "RPPs: All items ", "92.9,93.370")]
    found = read_parities(price_file(tmp_path / "states", *ohio), price_file(tmp_path / "metros", *metros))
    assert found == [("0010420", "2024", "93.370"), ("3900000", "2024", "92.774")]


def test_price_parity_that_is_no_number_stops_the_build(tmp_path):
    states = price_file(tmp_path / "states", ("39000", 1, "RPPs: All items ", "92.903,(NA)"))
    with pytest.raises(ValueError, match=r"^states: x has no figure of 2024: '\(NA\)'$"):
        read_parities(states, states)


def test_price_files_of_two_editions_stop_the_build(tmp_path):
    old = HEADER.replace(",2024", "")
    states = price_file(tmp_path / "states", ("39000", 1, "RPPs: All items ", "92.903"), header=old)
    metros = price_file(tmp_path / "metros", ("10420", 1, "RPPs: All items ", "92.924,93.370"))
    with pytest.raises(ValueError, match="do not end with the same year"):
        read_parities(states, metros)


def test_consumer_prices_are_those_of_each_may():
    rows = {row["year"]: row["cpi_u"] for row in read("consumer_prices.csv")}
    assert list(rows) == [str(year) for year in range(2012, 2027)]
    assert rows["2012"] == "229.815"
    assert rows["2014"] == "237.9"  # as BLS prints it
    assert (rows["2021"], rows["2024"], rows["2025"]) == ("269.195", "314.069", "321.465")
    (source,) = [row for row in read("sources.csv") if row["key"] == "bls-cpi-u"]
    assert (source["edition"], source["period"]) == ("August 2026", "May 2012 to May 2026")


@needs_files
def test_every_consumer_price_is_a_line_of_the_publishers_file():
    lines = (PUBLISHED_FILES / "prices" / "CUUR0000SA0_1913-2026.csv").read_text().splitlines()
    for row in read("consumer_prices.csv"):
        assert f"CUUR0000SA0,{row['year']},M05,{row['cpi_u']}" in lines


def cpi_file(path, *lines):
    path.write_text("\n".join(["series_id,year,period,value", *lines, ""]))
    return path


def test_a_may_without_an_index_stops_the_build(tmp_path):
    path = cpi_file(tmp_path / "cpi", "CUUR0000SA0,2012,M05,229.815", "CUUR0000SA0,2014,M05,237.9")
    with pytest.raises(ValueError, match="cpi has not one index for each May from 2012 on"):
        read_may_indexes(path, 2012)


def test_a_years_mean_is_no_month(tmp_path):
    path = cpi_file(tmp_path / "cpi", "CUUR0000SA0,2025,M12,324.054", "CUUR0000SA0,2025,M13,321.943")
    assert newest_month(path) == (2025, 12)


# Releases and sources


def test_releases_have_the_top_codes_of_their_notes():
    rows = read("releases.csv")
    assert [row["year"] for row in rows] == [str(year) for year in YEARS]
    assert [row["annual_top_code"] for row in rows] == ["187200"] * 4 + ["208000"] * 6 + ["239200"] * 4
    assert [row["hourly_top_code"] for row in rows] == ["90.00"] * 4 + ["100.00"] * 6 + ["115.00"] * 4
    assert [row["soc_version"] for row in rows] == ["2010"] * 7 + ["2019"] * 2 + ["2018"] * 5
    assert rows[-1]["published"] == "2026-05-15"


def test_every_table_names_its_source():
    named = {name for row in read("sources.csv") for name in row["table"].split()}
    tables = {str(path.relative_to(DATA)) for path in DATA.rglob("*.csv*")}
    by_hand = {"organizations.csv", "certifications.csv", "certification_occupations.csv"}
    assert tables - named - by_hand == {"sources.csv"}
    assert named <= tables


def test_o_net_is_cited_as_its_licence_asks():
    (row,) = [row for row in read("sources.csv") if row["key"] == "onet-30.1"]
    assert (row["edition"], row["period"], row["file"]) == ("30.1", "December 2025", "db_30_1_text.zip")
    assert row["publisher"] == "U.S. Department of Labor, Employment and Training Administration"
    assert row["licence"] == "Creative Commons Attribution 4.0 International (CC BY 4.0)"
    for words in (
        "O*NET 30.1 Database",
        "https://creativecommons.org/licenses/by/4.0/",
        "O*NET® is a trademark of USDOL/ETA",
        "modified by this project; USDOL/ETA has not approved, endorsed, or tested these modifications",
    ):
        assert words in row["attribution"]


@pytest.mark.parametrize(
    ("key", "short_name", "edition", "period", "files"),
    [
        ("ep-2024-34", "BLS EP", "2024–34", "2024 to 2034", ["occupation.xlsx", "education.xlsx"]),
        ("ooh-2024-34", "BLS OOH", "2024–34", "2024 to 2034", ["ooh_html_2025-08.zip"]),
        (
            "soc-2018",
            "SOC",
            "2018",
            "reference year 2018",
            ["soc_2018_definitions.2018-01.xlsx", "soc_2018_direct_match_title_file.2018-01.xlsx"],
        ),
    ],
)
def test_source_of_what_an_occupation_is(key, short_name, edition, period, files):
    rows = [row for row in read("sources.csv") if row["key"] == key]
    assert [row["file"] for row in rows] == files
    assert {(row["short_name"], row["edition"], row["period"]) for row in rows} == {
        (short_name, edition, period)
    }


def test_every_release_has_its_source():
    assert {row["source_key"] for row in read("releases.csv")} <= {row["key"] for row in read("sources.csv")}


@needs_files
def test_sources_name_the_files_by_their_sha256():
    paths = {
        path.name: path
        for folder in ("cip", "oews", "onet", "ooh", "prices", "projections", "schools", "soc")
        for path in (PUBLISHED_FILES / folder).iterdir()
    }
    for row in read("sources.csv"):
        assert hashlib.sha256(paths[row["file"]].read_bytes()).hexdigest() == row["sha256"]


# The command that makes them


@needs_files
def test_made_again_a_table_is_the_same_byte_for_byte(tmp_path):
    work = seed_tables.Workspace(PUBLISHED_FILES, tmp_path)
    seed_tables.national_table(work, 2025)
    seed_tables.areas_table(work)
    seed_tables.industries_table(work)
    seed_tables.occupations_table(work)
    seed_tables.code_changes_table(work)
    seed_tables.price_parities_table(work)
    seed_tables.consumer_prices_table(work)
    seed_tables.alternate_titles_table(work)
    seed_tables.interests_table(work)
    seed_tables.job_zones_table(work)
    seed_tables.related_occupations_table(work)
    seed_tables.technologies_table(work)
    seed_tables.projections_table(work)
    seed_tables.education_attained_table(work)
    seed_tables.releases_table(work)
    seed_sources.sources_table(work)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv*")}
    assert len(made) == 16
    assert made == {name: (DATA / name).read_bytes() for name in made}


def test_missing_file_is_named_with_where_to_get_it(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("build_data", tmp_path, into=tmp_path / "data")
    assert (
        "oews/national_M2012_dl.xls: get the national file of May 2012 (in oesm12nat.zip) "
        "from https://www.bls.gov/oes/tables.htm" in str(error.value)
    )
    assert "soc/soc_2018_definitions.2018-01.xlsx" in str(error.value)
    assert not (tmp_path / "data").exists()


def test_gzip_has_no_time_stamp():
    for path in DATA.rglob("*.gz"):
        assert path.read_bytes()[4:8] == bytes(4), path.name


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (51140.0, "51140"),
        (24.59, "24.59"),
        (8.7, "8.7"),
        (0.1, "0.1"),
        (0.0, "0"),
        (155495730, "155495730"),
        ("#", "#"),
    ],
)
def test_number_of_a_workbook_as_the_publisher_shows_it(cell, text):
    assert seed_tables.number_text(cell) == text


@pytest.mark.parametrize("cell", ["~", "n/a", float("nan"), -5.0, 1.0001])
def test_cell_that_no_national_workbook_ever_had_stops_the_build(cell):
    with pytest.raises(AssertionError):
        seed_tables.number_text(cell)
