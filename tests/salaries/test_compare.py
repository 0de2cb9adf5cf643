"""Compare: what changed between two releases, and only from figures that are numbers in both."""

import csv
import gzip
import json
import statistics
from types import SimpleNamespace

import pytest
from django.conf import settings

from salaries.figures import AREA_TYPE_LABELS, AreaType
from salaries.oews.clean import clean
from salaries.oews.compare import Base, check_size, compare, inspect, summarise
from salaries.oews.read import read
from tests.salaries.oews_files import AKRON, NATION, OHIO, SOUTHERN_OHIO, row, xlsx

DATA = settings.BASE_DIR / "data" / "oews"
TOP_CODES = SimpleNamespace(annual_top_code=239_200, hourly_top_code_cents=11_500)


def nation(year):
    return clean(read([DATA / f"national_{year}.csv.gz"]))


def base_from(cleaned, year=2024, *, areas=()):
    """What load.base_of would find in a database that holds these records."""
    return Base(
        year=year,
        annual_top_code=239_200,
        hourly_top_code_cents=11_500,
        nation={r.occupation: r for r in cleaned.wages.get(AreaType.NATION, [])},
        titles=cleaned.titles,
        areas={a.code: (a.title, int(a.area_type)) for a in cleaned.areas.values()} | dict(areas),
        rows={int(t): len(records) for t, records in cleaned.wages.items()},
    )


@pytest.fixture(scope="module")
def since_2024():
    return compare(nation(2025), base_from(nation(2024)), TOP_CODES)


# May 2024 to May 2025, the nation


def test_one_code_is_gone_and_none_is_new(since_2024):
    assert since_2024["base_year"] == 2024
    assert since_2024["codes_gone"] == [{"code": "11-1031", "title": "Legislators"}]
    assert since_2024["codes_new"] == []
    assert since_2024["codes_renamed"] == []


def test_17_detailed_medians_turn_from_a_bound_into_a_number(since_2024):
    medians = [e for e in since_2024["marks_to_numbers"] if e["measure"] == "annual_median"]
    assert len(medians) == 17
    assert medians[0] == {
        "code": "29-1022",
        "title": "Oral and Maxillofacial Surgeons",
        "measure": "annual_median",
        "value": 352_220,
        "bound": 239_200,
    }
    assert since_2024["numbers_to_marks"] == []


def test_47_of_808_medians_moved_more_than_10_percent(since_2024):
    assert (since_2024["moved"], since_2024["compared"]) == (47, 808)
    assert len(since_2024["movers"]) == 47
    assert since_2024["median_change_percent"] == 2.9


def test_movers_are_listed_with_the_largest_first(since_2024):
    assert since_2024["movers"][0] == {
        "code": "39-5091",
        "title": "Makeup Artists, Theatrical and Performance",
        "old": 50_280,
        "new": 97_150,
        "percent": 93.2,
    }
    [models] = [m for m in since_2024["movers"] if m["code"] == "41-9012"]
    assert (models["title"], models["old"], models["new"], models["percent"]) == (
        "Models", 89_990, 48_470, -46.1,
    )  # fmt: skip
    assert [abs(m["percent"]) for m in since_2024["movers"]] == sorted(
        (abs(m["percent"]) for m in since_2024["movers"]), reverse=True
    )


def test_movers_agree_with_a_second_slow_count():
    """The tables read by themselves: detailed rows with a number for a median in both years."""

    def medians(year):
        with gzip.open(DATA / f"national_{year}.csv.gz", "rt", encoding="utf-8") as file:
            rows = [r for r in csv.DictReader(file) if r["level"] == "detailed"]
        return {r["occupation_code"]: int(r["annual_median"]) for r in rows if r["annual_median"].isdigit()}

    then, now = medians(2024), medians(2025)
    changes = [100 * (now[c] - then[c]) / then[c] for c in then.keys() & now.keys()]
    assert len(changes) == 808
    assert sum(abs(change) > 10 for change in changes) == 47
    assert round(statistics.median(changes), 1) == 2.9


def test_no_change_is_computed_from_a_bound(since_2024):
    """Cardiologists' median was a bound in 2024 and is a number in 2025: no mover, whatever it is now."""
    movers = {m["code"] for m in since_2024["movers"]}
    bounds = {e["code"] for e in since_2024["marks_to_numbers"] if e["measure"] == "annual_median"}
    assert "29-1212" in bounds
    assert movers.isdisjoint(bounds)


def test_rows_are_counted_then_and_now(since_2024):
    assert since_2024["rows"] == {"nation": {"before": 1396, "now": 1394}}
    assert since_2024["areas_new"] == since_2024["areas_gone"] == since_2024["areas_renamed"] == []


def test_report_of_a_real_year_is_plain_json(since_2024):
    assert json.loads(json.dumps(since_2024)) == since_2024
    summary = summarise(nation(2025))
    assert json.loads(json.dumps(summary))["rows"] == {"nation": 1394}


def test_30_codes_vanish_and_72_appear_in_may_2021():
    changes = compare(nation(2021), base_from(nation(2020), 2020), TOP_CODES)
    assert (len(changes["codes_new"]), len(changes["codes_gone"])) == (72, 30)


# Small inputs


def made(tmp_path, *rows, layout="all"):
    return clean(read([xlsx(tmp_path / "all_data_M_2025.xlsx", rows, layout)]))


def test_occupation_renamed_is_told_from_one_whose_letters_changed(tmp_path):
    before = base_from(
        made(tmp_path, row("29-2072", OCC_TITLE="Medical Records Technicians"), row("29-1212"))
    )
    now = made(tmp_path, row(), row("29-1212", OCC_TITLE="CARDIOLOGISTS "))
    assert compare(now, before, TOP_CODES)["codes_renamed"] == [
        {"code": "29-2072", "old": "Medical Records Technicians", "new": "Medical Records Specialists"}
    ]


def test_code_that_moves_between_levels_is_new_or_gone_as_a_detailed_one(tmp_path):
    before = base_from(made(tmp_path, row(), row("29-1212", O_GROUP="broad")))
    changes = compare(made(tmp_path, row(O_GROUP="broad"), row("29-1212")), before, TOP_CODES)
    assert [e["code"] for e in changes["codes_new"]] == ["29-1212"]
    assert [e["code"] for e in changes["codes_gone"]] == ["29-2072"]


def test_areas_new_gone_and_renamed(tmp_path):
    before = base_from(made(tmp_path, row(at=AKRON), row(at=OHIO), row(at=SOUTHERN_OHIO)))
    canton = {"AREA": "15940", "AREA_TITLE": "Canton-Massillon, OH", "AREA_TYPE": "4", "PRIM_STATE": "OH"}
    now = made(tmp_path, row(at=canton), row(at={**OHIO, "AREA_TITLE": "The State of Ohio"}))
    changes = compare(now, before, TOP_CODES)
    assert changes["areas_new"] == [{"code": "0015940", "title": "Canton-Massillon, OH"}]
    assert changes["areas_gone"] == [{"code": "0010420", "title": "Akron, OH"}]
    assert changes["areas_renamed"] == [{"code": "3900000", "old": "Ohio", "new": "The State of Ohio"}]


def test_level_that_the_base_does_not_hold_makes_no_area_new(tmp_path):
    changes = compare(made(tmp_path, row(), row(at=AKRON)), base_from(made(tmp_path, row())), TOP_CODES)
    assert changes["areas_new"] == []
    assert changes["rows"] == {
        "nation": {"before": 1, "now": 1},
        "metropolitan area": {"before": 0, "now": 1},
    }


def test_state_file_alone_says_nothing_of_the_nation_s_medians(tmp_path):
    changes = compare(made(tmp_path, row(at=OHIO)), base_from(made(tmp_path, row(), row(at=OHIO))), TOP_CODES)
    assert "movers" not in changes
    assert "codes_gone" not in changes


def test_number_that_becomes_a_mark_is_listed_with_its_bound(tmp_path):
    before = base_from(made(tmp_path, row(A_PCT75=300_000, A_PCT90=400_000)))
    now = made(tmp_path, row(A_PCT75=350_000, A_PCT90="#", A_MEDIAN="#"))
    assert compare(now, before, TOP_CODES)["numbers_to_marks"] == [
        {
            "code": "29-2072", "title": "Medical Records Specialists", "measure": "annual_median",
            "value": 51_140, "bound": 239_200,
        },
        {
            "code": "29-2072", "title": "Medical Records Specialists", "measure": "annual_p90",
            "value": 400_000, "bound": 350_000,
        },
    ]  # fmt: skip


def test_mark_that_becomes_unpublished_is_in_neither_list(tmp_path):
    changes = compare(
        made(tmp_path, row(A_PCT90="*")), base_from(made(tmp_path, row(A_PCT90="#"))), TOP_CODES
    )
    assert changes["marks_to_numbers"] == changes["numbers_to_marks"] == []


def test_move_of_exactly_10_percent_is_not_listed(tmp_path):
    before = base_from(made(tmp_path, row(A_MEDIAN=50_000), row("29-1212", A_MEDIAN=50_000)))
    changes = compare(
        made(tmp_path, row(A_MEDIAN=55_000), row("29-1212", A_MEDIAN=55_010)), before, TOP_CODES
    )
    assert [m["code"] for m in changes["movers"]] == ["29-1212"]


def test_nothing_to_compare_with_is_an_empty_report(tmp_path):
    assert compare(made(tmp_path, row()), None, TOP_CODES) == {}


def test_no_median_in_both_years_has_no_middle_change(tmp_path):
    changes = compare(made(tmp_path, row(A_MEDIAN="#")), base_from(made(tmp_path, row())), TOP_CODES)
    assert (changes["compared"], changes["median_change_percent"]) == (0, None)


# Too few rows


def few(count, area_type=AreaType.NATION):
    return SimpleNamespace(wages={area_type: [None] * count}, industry_wages=[])


def test_nation_of_699_rows_is_a_piece_where_nothing_was_loaded_before():
    [problem] = check_size(few(699), None, "national_M2025_dl.xlsx")
    assert str(problem) == (
        "national_M2025_dl.xlsx ('699 rows'): far too few rows for the nation level: "
        "BLS publishes more than 700. The file looks cut off or is only a piece; import BLS's whole file."
    )
    assert check_size(few(700), None, "national_M2025_dl.xlsx") == []


def test_four_fifths_of_last_year_s_rows_are_the_fewest():
    base = Base(2024, 239_200, 11_500, rows={1: 1400})
    [problem] = check_size(few(1119), base, "national_M2025_dl.xlsx")
    assert "far too few rows for the nation level: May 2024 has 1,400." in problem.reason
    assert check_size(few(1120), base, "national_M2025_dl.xlsx") == []


@pytest.mark.parametrize(
    ("area_type", "fewest"),
    [("state", 10_000), ("territory", 200), ("metropolitan area", 50_000), ("nonmetropolitan area", 10_000)],
)
def test_each_level_has_its_own_fewest_rows(area_type, fewest):
    level = next(t for t, label in AREA_TYPE_LABELS.items() if label == area_type)
    [problem] = check_size(few(fewest - 1, level), None, "oesm25ma.zip")
    assert problem.reason.startswith(f"far too few rows for the {area_type} level")
    assert check_size(few(fewest, level), None, "oesm25ma.zip") == []


def test_may_2025_has_more_rows_than_the_fewest_at_every_level():
    """Rows by national_M2025_dl.xlsx and data/oews/areas_2025.csv.gz: the fewest never refuse BLS's files."""
    rows = {
        AreaType.NATION: 1_394,
        AreaType.STATE: 36_396,
        AreaType.TERRITORY: 1_012,
        AreaType.METRO: 150_023,
        AreaType.NONMETRO: 48_264,
    }
    for area_type, count in rows.items():
        assert check_size(few(count, area_type), None, "oesm25all.zip") == []


def test_industries_are_counted_against_last_year_s_too():
    cleaned = SimpleNamespace(wages={}, industry_wages=[None] * 700)
    assert check_size(cleaned, None, "natsector_M2025_dl.xlsx") == []
    base = Base(2024, 239_200, 11_500, rows={"industries": 66_000})
    [problem] = check_size(cleaned, base, "natsector_M2025_dl.xlsx")
    assert "far too few rows for the industries level: May 2024 has 66,000." in problem.reason


# The summary


def test_summary_counts_rows_and_figures(tmp_path):
    owned = {"I_GROUP": "cross-industry, ownership", "OWN_CODE": "5", "NAICS": "000001"}
    rows = [row(), row("27-2011"), row("29-1212", A_PCT90="#"), row(at=OHIO), row() | owned]
    assert summarise(made(tmp_path, *rows)) == {
        "rows_read": 5,
        "rows_kept": 4,
        "rows_left_out": {"by ownership": 1},
        "rows": {"nation": 3, "state": 1},
        "pay_figures": {"published": 12 + 6 + 11 + 12, "at_top_code": 1, "not_published": 6},
        "twins": [],
        "ladders_out_of_order": [],
    }


def test_summary_names_twins_and_ladders(tmp_path):
    rows = [row("11-1010", OCC_CODE="11-1011"), row("11-1011"), row(A_PCT25=60_000)]
    summary = summarise(made(tmp_path, *rows))
    assert summary["rows_left_out"] == {"broad rows that stand again as detailed": 1}
    assert summary["twins"] == ["11-1011"]
    assert summary["ladders_out_of_order"] == [
        {
            "file": "all_data_M_2025.xlsx", "line": 4, "area": "0000000", "code": "29-2072",
            "ladder": "annual", "values": (37_000, 60_000, 51_140, 64_820, 81_150),
        }
    ]  # fmt: skip


def test_place_of_the_nation_is_never_new_or_renamed(tmp_path):
    before = base_from(made(tmp_path, row()))
    changes = compare(made(tmp_path, row(at={**NATION, "AREA_TITLE": "United States"})), before, TOP_CODES)
    assert changes["areas_renamed"] == []


# Codes with a history: a number that means other jobs is not set beside itself


def test_code_that_took_over_others_is_not_compared_with_itself(tmp_path):
    before = made(tmp_path, row("29-2072", A_MEDIAN=40_000))
    changed = base_from(before)
    changed.successors = {"29-2071": ["29-2072"]}
    assert compare(made(tmp_path, row("29-2072")), base_from(before), TOP_CODES)["moved"] == 1
    assert compare(made(tmp_path, row("29-2072")), changed, TOP_CODES)["moved"] == 0


def test_split_and_merged_codes_say_where_their_jobs_are_counted(tmp_path):
    before = made(tmp_path, row("29-2071", OCC_TITLE="Records Technicians"), row("29-2099"))
    base = base_from(before)
    base.successors = {"29-2071": ["29-2072", "29-9021"], "29-2099": ["29-2072"]}
    now = made(
        tmp_path, row("29-2072", OCC_TITLE="Records Specialists"), row("29-9021", OCC_TITLE="Technologists")
    )
    changes = compare(now, base, TOP_CODES)
    assert changes["codes_split"] == [
        {
            "code": "29-2071",
            "title": "Records Technicians",
            "into": [
                {"code": "29-2072", "title": "Records Specialists"},
                {"code": "29-9021", "title": "Technologists"},
            ],
        }
    ]
    assert [entry["code"] for entry in changes["codes_merged"]] == ["29-2099"]


def test_median_published_for_the_first_time_is_neither_a_rise_nor_a_new_code(tmp_path):
    changes = compare(made(tmp_path, row()), base_from(made(tmp_path, row(A_MEDIAN="*"))), TOP_CODES)
    assert [(e["code"], e["value"]) for e in changes["published_now"]] == [("29-2072", 51_140)]
    assert (changes["published_no_longer"], changes["movers"], changes["codes_new"]) == ([], [], [])


# The areas, counted


def test_areas_are_counted_by_kind_of_change(tmp_path):
    akron, canton = AKRON, {**AKRON, "AREA": "15940", "AREA_TITLE": "Canton-Massillon, OH"}
    before = made(
        tmp_path,
        row("29-2072", at=akron, A_MEDIAN=40_000),
        row("29-1212", at=akron, A_MEDIAN="#"),
        row("27-2011", at=akron, A_MEDIAN="*"),
        row("29-2072", at=canton, A_MEDIAN=50_000),
    )
    now = made(
        tmp_path,
        row("29-2072", at=akron, A_MEDIAN=44_001),
        row("29-1212", at=akron, A_MEDIAN=300_000),
        row("27-2011", at=akron, A_MEDIAN=30_000),
        row("29-2072", at=canton, A_MEDIAN=55_000),
    )
    base = base_from(before)
    base.medians = lambda: [(r.area, r.occupation, r.annual_median, r.top_coded) for r in before.wages[4]]
    assert compare(now, base, TOP_CODES)["areas_compared"] == {
        "metropolitan area": {
            "in_both": 4,
            "compared": 2,
            "moved": 1,
            "bounds_to_numbers": 1,
            "numbers_to_bounds": 0,
            "published_now": 1,
            "published_no_longer": 0,
        }
    }


# The files' shape


def test_inspection_counts_what_an_operator_looks_at(tmp_path):
    cleaned = made(tmp_path, row(A_PCT25=37_000), row("29-1212", A_PCT90="#", A_PCT75=900_000))
    told = inspect(cleaned, SimpleNamespace(sheets=[]), None, TOP_CODES)
    assert told["top_codes"] == [239_200, 11_500]
    assert told["parts"]["nation"] == {
        "levels": {"detailed": 2},
        "equal_neighbours": 1,
        "top_coded_cells": cleaned.wages[1][1].top_coded.bit_count(),
        "ladders_above_top_code": 1,
        "highest_annual_percentile": 900_000,
    }
