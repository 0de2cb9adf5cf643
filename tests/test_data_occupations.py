"""The tables under data/ that say what an occupation is: what they hold, and that the publishers do."""

from collections import Counter

import pytest
from python_calamine import CalamineWorkbook

from careers.onet.titles import KINDS
from tests.test_data import PUBLISHED_FILES, needs_files, read

TABLES = {
    "alternate_titles.csv.gz": 62_674,
    "interests.csv": 798,
    "job_zones.csv": 807,
    "related_occupations.csv.gz": 15_324,
    "technologies.csv.gz": 28_632,
    "projections.csv": 1_113,
    "education_attained.csv": 833,
    "outlook_words.csv": 6,
}


@pytest.fixture(scope="module")
def tables():
    return {name: read(name) for name in TABLES}


@pytest.fixture(scope="module")
def occupations():
    return {row["code"]: row for row in read("occupations.csv") if row["soc_version"] == "2018"}


def of(tables, name, code="29-2072"):
    return [row for row in tables[name] if row["occupation_code"] == code]


def test_rows_of_each_table(tables):
    assert {name: len(rows) for name, rows in tables.items()} == TABLES


def test_every_row_is_of_an_occupation_of_soc_2018_and_names_a_source(tables, occupations):
    sources = {row["key"] for row in read("sources.csv")}
    for name, rows in tables.items():
        assert {row["source_key"] for row in rows} <= sources, name
        codes = {row["occupation_code"] for row in rows if "occupation_code" in row}
        assert codes <= occupations.keys(), name
    assert {row["other_code"] for row in tables["related_occupations.csv.gz"]} <= occupations.keys()


# Titles


def test_titles_by_publisher_and_kind(tables):
    rows = tables["alternate_titles.csv.gz"]
    assert Counter((row["source_key"], row["kind"]) for row in rows) == {
        ("onet-30.1", "alternate"): 48_268,
        ("onet-30.1", "reported"): 7_872,
        ("soc-2018", "direct_match"): 6_534,
    }
    assert {row["kind"] for row in rows} | {"editor"} == set(KINDS)


def test_medical_records_specialists_have_53_titles_in_o_net(tables):
    titles = [row["title"] for row in of(tables, "alternate_titles.csv.gz") if row["kind"] != "direct_match"]
    assert len(titles) == 53
    assert {"Coder", "Medical Biller", "Registered Health Information Technician (RHIT)"} <= set(titles)


def test_title_may_belong_to_several_occupations(tables):
    rows = [row for row in tables["alternate_titles.csv.gz"] if row["title"] == "Machine Operator"]
    assert len({row["occupation_code"] for row in rows}) == 43


@needs_files
def test_every_direct_match_title_is_in_the_publisher_s_file(tables):
    path = PUBLISHED_FILES / "soc" / "soc_2018_direct_match_title_file.2018-01.xlsx"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[8:]
    published = {(row[0], " ".join(row[2].split())) for row in rows}
    ours = [
        (row["occupation_code"], row["title"])
        for row in tables["alternate_titles.csv.gz"]
        if row["kind"] == "direct_match"
    ]
    assert (len(rows), len(ours)) == (6_539, 6_534)
    assert set(ours) <= published
    twice = {(code, title.casefold()) for code, title in published} - {(c, t.casefold()) for c, t in ours}
    assert twice == set()


# What the work is like


def test_interests_of_medical_records_specialists(tables):
    (row,) = of(tables, "interests.csv")
    assert list(row.values())[2:] == [
        *("2.86", "4.33", "1.00", "3.38", "1.88", "6.97"),
        *("conventional", "Machine Learning", "November 2023"),
    ]


def test_zones_are_one_to_five_and_several_where_specialties_differ(tables):
    zones = Counter(row["zone"] for row in tables["job_zones.csv"])
    assert sorted(zones) == ["1", "2", "3", "4", "5"]
    assert [row["zone"] for row in of(tables, "job_zones.csv")] == ["3"]
    assert [row["zone"] for row in of(tables, "job_zones.csv", "11-9199")] == ["3", "4"]


def test_related_occupations_are_numbered_from_one_without_the_occupation_itself(tables):
    ranks = {}
    for row in tables["related_occupations.csv.gz"]:
        assert row["occupation_code"] != row["other_code"]
        ranks.setdefault(row["occupation_code"], []).append(int(row["rank"]))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in ranks.values())
    first = of(tables, "related_occupations.csv.gz")[0]
    assert (first["other_code"], first["tier"]) == ("31-9094", "Primary-Short")


def test_technologies_of_medical_records_specialists(tables):
    rows = of(tables, "technologies.csv.gz")
    in_demand = [row["name"] for row in rows if row["is_in_demand"]]
    assert in_demand == [
        *("Epic Systems", "Microsoft Excel", "Microsoft Office software", "Microsoft Outlook"),
        "Microsoft Word",
    ]
    assert all(row["is_hot"] for row in rows if row["is_in_demand"])


# The projections


def test_projection_of_medical_records_specialists(tables):
    (row,) = of(tables, "projections.csv")
    assert list(row.values())[2:] == [
        *("2024", "2034", "194800", "208600", "13800", "7.1", "14200", "7100", "5800", "0.8"),
        *("certificate", "none", "none"),
    ]


def test_forty_seven_detailed_codes_have_no_projection_of_their_own(tables, occupations):
    projected = {row["occupation_code"] for row in tables["projections.csv"]}
    without = {code for code, row in occupations.items() if row["level"] == "detailed"} - projected
    assert len(without) == 47
    assert {"31-1121", "31-1122", "29-2011", "29-2012"} <= without


def test_groups_have_a_projection_without_entry_education(tables):
    groups = [row for row in tables["projections.csv"] if not row["entry_education"]]
    assert len(groups) == 281
    assert {(row["experience"], row["training"]) for row in groups} == {("", "")}


def test_self_employed_are_the_only_figure_that_is_not_published(tables):
    empty = Counter(
        name
        for row in tables["projections.csv"]
        for name, value in row.items()
        if not value and name not in ("entry_education", "experience", "training")
    )
    assert empty == {"self_employed_percent": 219}


def test_shares_of_education_add_up_but_for_rounding(tables):
    for row in tables["education_attained.csv"]:
        assert 99.7 < sum(float(value) for value in list(row.values())[3:]) < 100.3, row["occupation_code"]
