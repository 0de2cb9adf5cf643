"""The occupation tree and what became of codes, against the publishers' files."""

import itertools

import pytest
from django.conf import settings

from careers.soc import lineage, tree
from careers.soc import read as soc
from careers.soc.read import HybridRow, SocCode, SocEdge

PUBLISHED_FILES = settings.BASE_DIR.parent / "shared" / "data" / "soc"
needs_files = pytest.mark.skipif(
    not PUBLISHED_FILES.is_dir(), reason="no publishers' files at ../shared/data"
)

# Real lines of oes_2019_hybrid_crosswalk.csv: hybrid, its title, SOC 2018, OEWS of May 2018, SOC 2010.
RECORDS = (
    "Medical Dosimetrists, Medical Records Specialists, and Health Technologists and Technicians, All Other"
)
HYBRID = [
    HybridRow("29-2098", RECORDS, "29-2099", "29-2054", "29-2054"),
    HybridRow("29-2098", RECORDS, "29-2072", "29-2071", "29-2071"),
    HybridRow("29-2098", RECORDS, "29-2036", "29-2099", "29-2099"),
    HybridRow("29-2098", RECORDS, "29-2099", "29-2099", "29-2099"),
    HybridRow("29-9098", "Health Information Technologists ...", "29-9021", "29-9099", "29-9099"),
    HybridRow("29-9098", "Health Information Technologists ...", "29-9099", "29-9099", "29-9099"),
    HybridRow("21-1018", "Substance Abuse ... Counselors", "21-1011", "21-1018", "21-1011"),
    HybridRow("21-1018", "Substance Abuse ... Counselors", "21-1014", "21-1018", "21-1014"),
    HybridRow("25-2052", "Special Education Teachers ...", "25-2055", "25-2052", "25-2052"),
    HybridRow("45-3031", "Fishing and Hunting Workers", "45-3031", "45-3011", "45-3011"),
    HybridRow("11-1011", "Chief Executives", "11-1011", "11-1011", "11-1011"),
]
EDGES = [
    SocEdge(
        "29-2071",
        "Medical Records and Health Information Technicians",
        "29-2072",
        "Medical Records Specialists",
    ),
    SocEdge(
        "29-2071", "Medical Records and Health Information Technicians", "29-9021", "Health Information ..."
    ),
    SocEdge("55-3017", "Radar and Sonar Technicians", "17-3029", "Engineering Technologists ..."),
]
PUBLISHED = {
    2016: {"21-1011": "", "21-1014": "", "29-2071": "", "45-3011": "", "25-2052": ""},
    2017: {"21-1018": "", "29-2071": "", "45-3011": "", "25-2052": ""},
    2018: {"21-1018": "", "29-2071": "", "25-2052": ""},
    2019: {"21-1018": "", "29-2098": "", "29-9098": "", "25-2052": ""},
    2020: {"21-1018": "", "29-2098": "", "29-9098": "", "25-2052": ""},
    2021: {
        "21-1018": "",
        "25-2052": "",
        "29-2036": "",
        "29-2072": "",
        "29-2099": "",
        "29-9021": "",
        "29-9099": "",
    },
}


@pytest.fixture
def steps():
    return lineage.code_changes(HYBRID, EDGES, PUBLISHED)


def successors(steps, code, year):
    return [change.new_code for change in steps if change.old_code == code and change.year == year]


def test_medical_records_technicians_are_in_the_hybrid_code_in_may_2019(steps):
    assert successors(steps, "29-2071", 2019) == ["29-2098"]


def test_hybrid_code_is_split_in_may_2021(steps):
    assert successors(steps, "29-2098", 2021) == ["29-2036", "29-2072", "29-2099", "29-9021"]


def test_pair_that_only_the_socs_own_crosswalk_has_becomes_a_step_of_may_2021(steps):
    assert ("29-2098", "29-9021", 2021) in steps
    assert not successors([s for s in steps if s.new_code == "29-9098"], "29-2071", 2019)


def test_codes_combined_in_may_2017_have_that_year(steps):
    assert successors(steps, "21-1011", 2017) == ["21-1018"]
    assert successors(steps, "21-1014", 2017) == ["21-1018"]


def test_aggregate_that_oews_goes_on_with_has_no_step(steps):
    assert not [s for s in steps if s.old_code in {"21-1018", "25-2052"}]


def test_unchanged_code_has_no_step(steps):
    assert not [s for s in steps if "11-1011" in s]


def test_military_codes_have_no_step(steps):
    assert not [s for s in steps if s.old_code.startswith("55-")]


def test_code_that_oews_never_published_is_still_a_successor(steps):
    assert successors(steps, "45-3011", 2019) == ["45-3031"]


SOC_2018 = [
    SocCode("29-0000", "major", "Healthcare Practitioners and Technical Occupations"),
    SocCode("29-1000", "minor", "Healthcare Diagnosing or Treating Practitioners"),
    SocCode("29-1210", "broad", "Physicians"),
    SocCode("29-1229", "detailed", "Physicians, All Other"),
    SocCode("29-2000", "minor", "Health Technologists and Technicians"),
    SocCode("29-2030", "broad", "Diagnostic Related Technologists and Technicians"),
    SocCode("29-2036", "detailed", "Medical Dosimetrists"),
    SocCode("29-2070", "broad", "Medical Records Specialists"),
    SocCode("29-2072", "detailed", "Medical Records Specialists"),
]


def test_broad_group_of_soc_2018_is_that_of_the_publishers_order():
    assert tree.parents_2018(SOC_2018)["29-1229"] == "29-1210"


def test_hybrid_codes_parent_is_the_nearest_group_of_all_its_parts():
    rows = [row for row in HYBRID if row.soc_2018 in {"29-2036", "29-2072"}]
    assert tree.parents_of_aggregates(rows, tree.parents_2018(SOC_2018)) == {"29-2098": "29-2000"}


def test_minor_group_of_soc_2010_need_not_end_in_000():
    codes = {
        "15-0000": "major",
        "15-1100": "minor",
        "15-1130": "broad",
        "15-1131": "detailed",
        "15-2000": "minor",
    }
    named = {code: SocCode(code, level, "") for code, level in codes.items()}
    assert tree.parents_2010(set(codes), named) == {
        "15-0000": "00-0000",
        "15-1100": "15-0000",
        "15-1130": "15-1100",
        "15-1131": "15-1130",
        "15-2000": "15-0000",
    }


def test_detailed_wins_where_a_workbook_has_a_code_twice():
    twins = [
        SocCode("29-2010", "detailed", "Clinical Laboratory Technologists and Technicians"),
        SocCode("29-2010", "broad", "Clinical Laboratory Technologists and Technicians"),
        SocCode("00-0000", "total", "All Occupations"),
    ]
    rows = tree.occupation_rows([*SOC_2018], [], [], {2025: twins, 2012: twins[1:]})
    assert {row.code: row.level for row in rows}["29-2010"] == "detailed"


@pytest.mark.parametrize(
    ("year", "version"),
    [(2012, "2010"), (2018, "2010"), (2019, "2019"), (2020, "2019"), (2021, "2018"), (2031, "2018")],
)
def test_classification_of_a_may(year, version):
    assert tree.soc_version_of_year(year) == version


@needs_files
def test_soc_2018_has_23_major_98_minor_459_broad_and_867_detailed_codes():
    rows = soc.read_soc_2018(PUBLISHED_FILES / "soc_2018_definitions.2018-01.xlsx")
    levels = [row.level for row in rows]
    assert [levels.count(level) for level in ("major", "minor", "broad", "detailed")] == [23, 98, 459, 867]
    assert SocCode("29-2072", "detailed", "Medical Records Specialists") in rows


@needs_files
def test_soc_2018_gives_no_sentence_of_its_definitions():
    rows = soc.read_soc_2018(PUBLISHED_FILES / "soc_2018_definitions.2018-01.xlsx")
    assert max(len(row.title) for row in rows) == 105


@needs_files
def test_crosswalks_disagree_in_twelve_civilian_pairs_only():
    edges = soc.read_soc_crosswalk(PUBLISHED_FILES / "soc_2010_to_2018_crosswalk.xlsx")
    hybrid = soc.read_hybrid_crosswalk(PUBLISHED_FILES / "oes_2019_hybrid_crosswalk.csv")
    ours = {(row.soc_2010, row.soc_2018) for row in hybrid}
    theirs = {(edge.soc_2010, edge.soc_2018) for edge in edges}
    assert ours <= theirs
    assert sorted(pair for pair in theirs - ours if not pair[0].startswith("55-")) == [
        ("11-9199", "13-1082"),
        ("13-2099", "13-2054"),
        ("15-1199", "13-1082"),
        ("15-1199", "15-1243"),
        ("15-1199", "15-1253"),
        ("15-1199", "15-1255"),
        ("19-4099", "19-4044"),
        ("29-2071", "29-9021"),
        ("39-1021", "53-1044"),
        ("51-9199", "51-9161"),
        ("51-9199", "51-9162"),
        ("53-7032", "53-7199"),
    ]


@needs_files
def test_every_soc_2018_code_is_in_one_hybrid_code():
    hybrid = soc.read_hybrid_crosswalk(PUBLISHED_FILES / "oes_2019_hybrid_crosswalk.csv")
    pairs = sorted({(row.soc_2018, row.hybrid) for row in hybrid})
    assert all(a[0] != b[0] for a, b in itertools.pairwise(pairs))
    assert ("29-9021", "29-9098") in pairs


@needs_files
def test_file_without_the_headings_is_refused():
    with pytest.raises(ValueError, match="no line with the headings 2010 SOC Code"):
        soc.read_soc_crosswalk(PUBLISHED_FILES / "soc_2018_definitions.2018-01.xlsx")
