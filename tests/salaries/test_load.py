"""Load: records into a staged release, all or nothing, and only what the files cover."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Occupation, Source
from salaries.models import Area, Industry, IndustryWage, Release, ReleaseTitle, Wage
from salaries.oews import compare, load, road
from salaries.oews.base import base_of
from salaries.oews.clean import clean
from salaries.oews.load import Edition, insert
from salaries.oews.problem import BadInput
from salaries.oews.publish import publish, rollback
from salaries.oews.read import read
from salaries.oews.road import import_files
from tests.factories import make_area, make_occupation, make_profile, make_release, make_source
from tests.salaries.oews_files import (
    AKRON,
    EVERYWHERE,
    GUAM,
    NATION,
    OHIO,
    SOUTHERN_OHIO,
    ST_LOUIS,
    TITLES,
    row,
    sheet,
    table,
    written,
    xlsx,
)
from tests.workbooks import LAYOUTS, Sheet, field_descriptions, write_workbook

pytestmark = pytest.mark.django_db
HOSPITALS = {"I_GROUP": "3-digit", "NAICS": "622000", "NAICS_TITLE": "Hospitals", "OWN_CODE": "235"}


@pytest.fixture(autouse=True)
def _occupations():
    for code, (title, level) in TITLES.items():
        make_occupation(code, title, level=level)


@pytest.fixture(autouse=True)
def _small_files_will_do(monkeypatch):
    monkeypatch.setattr(compare, "FEWEST_ROWS", {})


def rows_of(release):
    """Everything the release holds, with its keys: a second import that changes nothing leaves it equal."""
    wages = list(release.wages.order_by("id").values_list())
    return wages, list(release.industry_wages.order_by("id").values_list())


def medians(release):
    return dict(release.wages.values_list("area__code", "annual_median"))


def national(tmp_path, *rows, year=2025):
    return xlsx(tmp_path / f"national_M{year}_dl.xlsx", rows or [row()], year=year)


def states(tmp_path, *rows):
    return xlsx(tmp_path / "state_M2025_dl.xlsx", rows or [row(at=OHIO), row(at=GUAM)], "state")


# What is written


def test_record_s_figures_are_in_their_columns(tmp_path):
    release = import_files([national(tmp_path)]).release
    wage = release.wages.get()
    assert (wage.area.code, wage.area.title, wage.occupation.code) == (
        "0000000", "United States", "29-2072",
    )  # fmt: skip
    assert (wage.employment, wage.employment_prse, wage.mean_prse) == (194_720, 1.1, 0.4)
    assert (wage.annual_mean, wage.annual_p10, wage.annual_median, wage.annual_p90) == (
        56_790, 37_000, 51_140, 81_150,
    )  # fmt: skip
    assert (wage.hourly_mean_cents, wage.hourly_p25_cents, wage.hourly_p75_cents) == (2_730, 2_091, 3_117)
    assert (wage.jobs_per_1000, wage.top_coded, wage.annual_only, wage.hourly_only) == (None, 0, False, False)


def test_marks_and_flags_are_in_their_columns(tmp_path):
    rows = [row("27-2011"), row("25-1011"), row("29-1212", A_PCT90="#", H_PCT90="#", TOT_EMP="**")]
    release = import_files([national(tmp_path, *rows)]).release
    wages = {w.occupation.code: w for w in release.wages.select_related("occupation")}
    assert (wages["27-2011"].hourly_only, wages["27-2011"].annual_median) == (True, None)
    assert (wages["25-1011"].annual_only, wages["25-1011"].hourly_median_cents) == (True, None)
    assert (wages["29-1212"].top_coded, wages["29-1212"].annual_p90, wages["29-1212"].employment) == (
        32 + 2048, None, None,
    )  # fmt: skip


def test_release_is_staged_and_says_where_it_comes_from(tmp_path):
    release = import_files([national(tmp_path), states(tmp_path)]).release
    assert (release.year, release.revision, release.status) == (2025, 1, "staged")
    assert (release.annual_top_code, release.hourly_top_code_cents, release.soc_version) == (
        239_200, 11_500, "2018",
    )  # fmt: skip
    assert release.levels == {
        "1": {"rows": 1, "files": ["national_M2025_dl.xlsx", "state_M2025_dl.xlsx"]},
        "2": {"rows": 1, "files": ["national_M2025_dl.xlsx", "state_M2025_dl.xlsx"]},
        "3": {"rows": 1, "files": ["national_M2025_dl.xlsx", "state_M2025_dl.xlsx"]},
    }
    source = release.source
    assert (source.key, source.short_name, source.period) == ("oews-2025-r1", "BLS OEWS", "May 2025")
    assert sorted(source.files) == ["national_M2025_dl.xlsx", "state_M2025_dl.xlsx"]
    assert len(source.files["state_M2025_dl.xlsx"]) == 64


def test_titles_and_levels_of_the_release_are_kept(tmp_path):
    release = import_files(
        [national(tmp_path, row("11-1010", OCC_CODE="11-1011"), row("11-1011"), row())]
    ).release
    assert list(
        release.titles.order_by("occupation__code").values_list("occupation__code", "title", "level")
    ) == [
        ("11-1011", "Chief Executives", "detailed"),
        ("29-2072", "Medical Records Specialists", "detailed"),
    ]


def test_areas_are_created_from_the_files_titles(tmp_path):
    import_files(
        [xlsx(tmp_path / "MSA_M2025_dl.xlsx", [row(at=AKRON), row("27-2021", at=ST_LOUIS)], "metro")]
    )
    assert list(
        Area.objects.order_by("code").values_list("code", "area_type", "title", "slug", "primary_state")
    ) == [
        ("0010420", 4, "Akron, OH", "akron-oh", "OH"),
        ("0041180", 4, "St. Louis, MO-IL", "st-louis-mo-il", "MO"),
    ]


def test_two_areas_of_one_title_have_two_addresses(tmp_path):
    make_area("Akron, OH", code="0010421")
    import_files([xlsx(tmp_path / "MSA_M2025_dl.xlsx", [row(at=AKRON)], "metro")])
    assert Area.objects.get(code="0010420").slug == "akron-oh-0010420"


def test_area_that_nobody_names_is_refused(tmp_path):
    columns = [c for c in LAYOUTS["all"].header if c != "AREA_TITLE"]
    with pytest.raises(BadInput) as bad:
        import_files([sheet(tmp_path / "MSA_M2025_dl.xlsx", [row(at=AKRON)], columns)])
    assert str(bad.value) == (
        "MSA_M2025_dl.xlsx, column area_code ('0010420'): a code that Waymark does not know, and the file "
        "has no title for it. Use the file as BLS ships it."
    )
    make_area("Akron, OH")
    assert import_files([tmp_path / "MSA_M2025_dl.xlsx"]).release.wages.count() == 1


def test_industry_rows_of_the_full_workbook_are_industry_wages(tmp_path):
    rows = [row(), row() | HOSPITALS | {"TOT_EMP": 53_370, "A_MEDIAN": 53_490}]
    release = import_files([xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all")]).release
    wage = release.industry_wages.get()
    assert (wage.industry.code, wage.industry.title, wage.industry.level) == (
        "622000", "Hospitals", "3-digit",
    )  # fmt: skip
    assert (wage.employment, wage.annual_median, wage.hourly_median_cents) == (53_370, 53_490, 2_459)
    assert release.levels["industries"]["rows"] == 1
    assert medians(release) == {"0000000": 51_140}


def test_every_row_comes_back_as_it_was_cleaned(tmp_path):
    """PostgreSQL's COPY and SQLite's executemany both: nulls, floats, flags and bits."""
    rows = [row(at=place) for place in (NATION, OHIO, GUAM, AKRON, SOUTHERN_OHIO)]
    rows += [
        row("27-2011"),
        row("25-1011"),
        row("27-2021", at=ST_LOUIS),
        row("29-1212", TOT_EMP="**", EMP_PRSE=0.1),
    ]
    path = xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all")
    records = [r for part in clean(read([path])).wages.values() for r in part]
    release = import_files([path]).release
    held = release.wages.values_list("area__code", "occupation__code", *load.WAGE_FIELDS)
    assert set(held) == {tuple(record) for record in records}
    assert len(held) == 9


def test_insert_takes_more_rows_than_one_piece_of_copy_holds(monkeypatch):
    monkeypatch.setattr(load, "COPY_ROWS", 2)
    release, area = make_release(), make_area()
    codes = [make_occupation(code).id for code in ("29-2072", "29-1212", "27-2011", "25-1011", "00-0000")]
    columns = (
        "release_id",
        "area_id",
        "occupation_id",
        "mean_prse",
        "top_coded",
        "annual_only",
        "hourly_only",
    )
    insert(Wage, columns, ((release.id, area.id, code, 0.1, 0, False, False) for code in codes))
    assert list(Wage.objects.values_list("mean_prse", "annual_only", "employment").distinct()) == [
        (0.1, False, None)
    ]
    assert Wage.objects.count() == 5


# What is replaced, and what is left alone


def test_state_file_leaves_the_nation_alone(tmp_path):
    import_files([national(tmp_path)])
    nation = Wage.objects.get().id
    release = import_files([states(tmp_path)]).release
    assert release.wages.get(area__code="0000000").id == nation
    assert medians(release) == {"0000000": 51_140, "3900000": 50_990, "6600000": 38_470}
    assert sorted(release.levels) == ["1", "2", "3"]
    assert sorted(release.source.files) == ["national_M2025_dl.xlsx", "state_M2025_dl.xlsx"]


def test_level_is_replaced_whole(tmp_path):
    import_files([national(tmp_path, row(), row("27-2011")), states(tmp_path)])
    release = import_files([national(tmp_path, row(A_MEDIAN=52_000))]).release
    assert medians(release) == {"0000000": 52_000, "3900000": 50_990, "6600000": 38_470}
    assert [t.occupation.code for t in release.titles.all()] == ["29-2072"]


def test_metros_and_nonmetros_are_two_levels(tmp_path):
    both = [row(at=AKRON), row(at=SOUTHERN_OHIO)]
    import_files([xlsx(tmp_path / "all_data_M_2025.xlsx", [row(), *both], "all")])
    metros = [row(at=AKRON, A_MEDIAN=50_000)]
    release = import_files([xlsx(tmp_path / "MSA_M2025_dl.xlsx", metros, "metro")]).release
    assert medians(release) == {"0000000": 51_140, "0010420": 50_000, "3900004": 48_630}


def test_area_that_another_file_called_a_metro_is_replaced_as_a_division(tmp_path):
    """Layouts without AREA_TYPE know no metropolitan divisions; those of 2012 to 2018 with it do."""
    make_area("Gary, IN", code="0023844", area_type=4)
    gary = {"AREA": "23844", "AREA_TITLE": "Gary, IN", "AREA_TYPE": "5", "PRIM_STATE": "IN"}
    import_files([xlsx(tmp_path / "all_data_M_2025.xlsx", [row(at=gary)], "all")])
    release = import_files(
        [xlsx(tmp_path / "all_data_M_2025.xlsx", [row(at=gary, A_MEDIAN=50_000)], "all")]
    ).release
    assert medians(release) == {"0023844": 50_000}


def test_industries_alone_leave_the_wages_alone(tmp_path):
    import_files([national(tmp_path)])
    path = xlsx(tmp_path / "natsector_M2025_dl.xlsx", [row() | HOSPITALS | {"I_GROUP": "sector"}], "sector")
    release = import_files([path], industries_alone=True).release
    assert medians(release) == {"0000000": 51_140}
    assert release.industry_wages.get().industry.level == "sector"


def test_national_file_leaves_the_industries_alone(tmp_path):
    import_files([xlsx(tmp_path / "all_data_M_2025.xlsx", [row(), row() | HOSPITALS], "all")])
    before = IndustryWage.objects.get().id
    release = import_files([national(tmp_path, row(A_MEDIAN=52_000))]).release
    assert release.industry_wages.get().id == before


# Importing again


def test_importing_twice_changes_nothing(tmp_path):
    rows = [row(), row("27-2011"), row(at=OHIO), row("27-2021", at=ST_LOUIS), row() | HOSPITALS]
    path = xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all")
    first = import_files([path])
    held, imported_at = rows_of(first.release), first.release.imported_at
    again = import_files([path])
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.release == first.release
    assert rows_of(again.release) == held
    assert Release.objects.get().imported_at == imported_at


def test_importing_a_published_year_twice_changes_nothing(tmp_path):
    release = publish(import_files([national(tmp_path)]).release)
    again = import_files([national(tmp_path)])
    assert (again.unchanged, again.release, again.release.status) == (True, release, "published")
    assert Release.objects.count() == 1


def test_one_figure_changed_is_a_change(tmp_path):
    import_files([national(tmp_path)])
    outcome = import_files([national(tmp_path, row(A_PCT90=81_160))])
    assert not outcome.unchanged
    assert outcome.release.wages.get().annual_p90 == 81_160


def test_mark_that_becomes_unpublished_is_a_change(tmp_path):
    import_files([national(tmp_path, row(A_PCT90="#"))])
    outcome = import_files([national(tmp_path, row(A_PCT90="*"))])
    assert not outcome.unchanged
    assert outcome.release.wages.get().top_coded == 0


def test_published_year_imported_again_makes_a_staged_revision(tmp_path):
    public = publish(import_files([national(tmp_path), states(tmp_path)]).release)
    held = rows_of(public)
    staged = import_files([national(tmp_path, row(A_MEDIAN=52_000))]).release
    assert (staged.revision, staged.status) == (2, "staged")
    assert medians(staged) == {"0000000": 52_000, "3900000": 50_990, "6600000": 38_470}
    assert rows_of(Release.objects.get(pk=public.pk)) == held
    assert Release.objects.newest_published() == public


def test_revision_begins_with_what_the_files_do_not_replace(tmp_path):
    rows = [row(), row("27-2011"), row(at=OHIO), row() | HOSPITALS]
    public = publish(import_files([xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all")]).release)
    staged = import_files([states(tmp_path, row(at=OHIO, A_MEDIAN=51_000))]).release
    assert list(
        staged.wages.order_by("area__code", "occupation__code").values_list("area__code", "annual_median")
    ) == [
        ("0000000", None),
        ("0000000", 51_140),
        ("3900000", 51_000),
    ]
    assert staged.industry_wages.get().annual_median == 51_140
    assert set(staged.titles.values_list("title", "level")) == set(
        public.titles.values_list("title", "level")
    )
    assert (staged.levels["1"], staged.levels["industries"]) == (
        public.levels["1"],
        public.levels["industries"],
    )
    assert staged.source.key == "oews-2025-r2"
    assert sorted(staged.source.files) == ["all_data_M_2025.xlsx", "state_M2025_dl.xlsx"]
    assert sorted(Source.objects.get(key="oews-2025-r1").files) == ["all_data_M_2025.xlsx"]


def test_third_file_goes_into_the_revision_already_staged(tmp_path):
    publish(import_files([national(tmp_path)]).release)
    import_files([states(tmp_path)])
    staged = import_files([xlsx(tmp_path / "MSA_M2025_dl.xlsx", [row(at=AKRON)], "metro")]).release
    assert Release.objects.count() == 2
    assert sorted(medians(staged)) == ["0000000", "0010420", "3900000", "6600000"]


def test_exception_in_the_middle_of_the_load_leaves_nothing_behind(tmp_path, monkeypatch):
    def fails(*args):
        raise RuntimeError("the disk is full")

    rows = [row(), row(at=AKRON), row() | HOSPITALS]
    monkeypatch.setattr(load, "_load_industries", fails)
    with pytest.raises(RuntimeError):
        import_files([xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all")])
    for model in (Release, ReleaseTitle, Wage, IndustryWage, Industry, Area, Source):
        assert not model.objects.exists(), model


def test_rehearsal_writes_nothing_and_says_what_would_change(tmp_path):
    publish(import_files([national(tmp_path, year=2024)]).release)
    outcome = import_files([national(tmp_path, row(A_MEDIAN=60_000))], dry_run=True)
    assert outcome.release is None
    assert [m["code"] for m in outcome.report["changes"]["movers"]] == ["29-2072"]
    assert Release.objects.filter(year=2025).count() == 0


# Top codes and the classification


def test_top_codes_come_from_the_notes_before_anything_else(tmp_path, monkeypatch):
    monkeypatch.setattr(road, "RELEASES", written(tmp_path / "releases.csv", RELEASES))
    path = sheet(tmp_path / "national.xlsx", [row()], [*TABLE])
    write_workbook(
        tmp_path / "field_descriptions.xlsx", [Sheet("Field_descriptions", field_descriptions(2017))]
    )
    release = import_files([path, tmp_path / "field_descriptions.xlsx"]).release
    assert (release.year, release.annual_top_code, release.hourly_top_code_cents) == (2017, 208_000, 10_000)


RELEASES = (
    "year,soc_version,hourly_top_code,annual_top_code,published,source_key\n"
    "2017,2010,12.50,26000,,oews-2017\n2031,2018,130.25,270920,2032-05-14,oews-2031\n"
)
TABLE = [c for c in LAYOUTS["national"].header if c not in EVERYWHERE]


def test_top_codes_come_from_the_table_of_releases_where_no_file_tells(tmp_path, monkeypatch):
    monkeypatch.setattr(road, "RELEASES", written(tmp_path / "releases.csv", RELEASES))
    release = import_files([table(tmp_path / "national_2031.csv", [row()])]).release
    assert (release.annual_top_code, release.hourly_top_code_cents) == (270_920, 13_025)
    assert str(release.source.published) == "2032-05-14"


def test_year_whose_top_codes_nobody_tells_is_refused(tmp_path):
    with pytest.raises(BadInput) as bad:
        import_files([table(tmp_path / "national_2031.csv", [row()])])
    assert str(bad.value) == (
        "national_2031.csv: nothing says above which pay BLS prints # in May 2031. Import the zip as BLS "
        "ships it (its field descriptions say), or add the year to data/releases.csv."
    )


def test_year_that_nobody_knows_has_the_classification_of_the_year_before(tmp_path):
    make_release(2030, soc_version="2019")
    assert import_files([national(tmp_path, year=2031)]).release.soc_version == "2019"


def test_edition_of_the_years_in_the_table_of_releases(tmp_path):
    reading = read([table(tmp_path / "national_2019.csv", [row()])])
    assert road.edition_of(2019, reading) == Edition(
        2019, "2019", (208_000, 10_000), reading.files, None, None
    )
    versions = {2012: "2010", 2018: "2010", 2020: "2019", 2021: "2018", 2025: "2018"}
    assert {year: road.edition_of(year, reading).soc_version for year in versions} == versions


def test_database_without_occupations_asks_for_the_seed(tmp_path):
    Occupation.objects.all().delete()
    with pytest.raises(
        BadInput, match=r"^the database: it has no list of occupations yet. Run manage.py seed first.$"
    ):
        import_files([national(tmp_path)])


# The report


def test_report_is_kept_with_the_release(tmp_path):
    same = [row("27-2011"), row("25-1011"), row("11-1011")]
    publish(
        import_files([national(tmp_path, row("29-1212"), row(A_MEDIAN=44_000), *same, year=2024)]).release
    )
    import_files([national(tmp_path, row(), *same)])
    release = Release.objects.get(year=2025)
    assert release.report["summary"]["rows_kept"] == 4
    assert release.report["changes"]["base_year"] == 2024
    changes = release.listed_changes()
    assert changes["codes_gone"] == [{"code": "29-1212", "title": "Cardiologists"}]
    assert [m["percent"] for m in changes["movers"]] == [16.2]


def test_corrected_title_is_a_change_though_every_figure_is_the_same(tmp_path):
    import_files([national(tmp_path, row(OCC_TITLE="Medical Record Specialists"))])
    outcome = import_files([national(tmp_path, row())])
    assert not outcome.unchanged
    assert outcome.release.titles.get().title == "Medical Records Specialists"


def test_release_taken_back_is_not_written_to(tmp_path):
    first = publish(import_files([national(tmp_path)]).release)
    second = publish(import_files([national(tmp_path, row(A_MEDIAN=60_000))]).release)
    rollback()
    third = import_files([national(tmp_path, row(A_MEDIAN=55_000))]).release
    medians = {r.revision: r.wages.get().annual_median for r in Release.objects.all()}
    assert medians == {1: 51_140, 2: 60_000, 3: 55_000}
    assert [Release.objects.get(pk=r.pk).status for r in (first, second, third)] == [
        "published",
        "staged",
        "staged",
    ]


def test_number_of_rows_is_told_when_it_is_guessed_and_when_it_is_known(tmp_path):
    told = []
    import_files([national(tmp_path, row(), row("27-2011"))], started=told.append)
    assert told == [3, 2]  # the sheet's height has the header in it


def test_first_release_has_nothing_to_compare_with(tmp_path):
    assert import_files([national(tmp_path)]).release.report["changes"] == {}


def test_compared_is_the_newest_public_release_of_an_earlier_year(tmp_path):
    for year in (2019, 2021, 2026):
        publish(import_files([national(tmp_path, row(A_MEDIAN=10 * year), year=year)]).release)
    import_files([national(tmp_path, year=2023)])
    assert base_of(2025).year == 2021
    assert base_of(2019) is None


def test_change_from_a_bound_is_never_computed_from_the_database(tmp_path):
    publish(import_files([national(tmp_path, row(A_MEDIAN="#"), year=2024)]).release)
    changes = import_files([national(tmp_path)]).report["changes"]
    assert changes["movers"] == []
    assert [(e["measure"], e["value"], e["bound"]) for e in changes["marks_to_numbers"]] == [
        ("annual_median", 51_140, 239_200)
    ]


@pytest.fixture
def _public_2024(tmp_path):
    rows = [row(), row(at=OHIO), row(at=AKRON)]
    publish(import_files([xlsx(tmp_path / "all_data_M_2024.xlsx", rows, "all", year=2024)]).release)


@pytest.mark.usefixtures("_public_2024")
def test_report_of_a_release_in_several_files_is_of_them_all(tmp_path):
    import_files([national(tmp_path, row(A_MEDIAN=60_000, A_PCT25=61_000))])
    canton = {"AREA": "15940", "AREA_TITLE": "Canton-Massillon, OH", "AREA_TYPE": "4", "PRIM_STATE": "OH"}
    release = import_files([xlsx(tmp_path / "MSA_M2025_dl.xlsx", [row(at=canton)], "metro")]).release
    changes = release.listed_changes()
    assert release.report["changes"]["rows"] == {
        "nation": {"before": 1, "now": 1},
        "metropolitan area": {"before": 1, "now": 1},
    }
    assert [m["new"] for m in changes["movers"]] == [60_000]
    assert [e["code"] for e in changes["areas_new"]] == ["0015940"]
    assert [e["code"] for e in changes["areas_gone"]] == ["0010420"]
    assert [e["area"] for e in release.report["summary"]["ladders_out_of_order"]] == ["0000000"]


@pytest.mark.usefixtures("_public_2024")
def test_report_forgets_what_a_corrected_file_no_longer_says(tmp_path):
    wrong = [row(at={**AKRON, "AREA_TITLE": "Acorn, OH"}, A_PCT25=61_000)]
    import_files([xlsx(tmp_path / "MSA_M2025_dl.xlsx", wrong, "metro")])
    release = import_files([xlsx(tmp_path / "MSA_M2025_dl.xlsx", [row(at=AKRON)], "metro")]).release
    assert release.listed_changes()["areas_renamed"] == []
    assert release.report["summary"]["ladders_out_of_order"] == []


def test_queries_do_not_grow_with_the_rows(tmp_path):
    def count(year, rows):
        path = xlsx(tmp_path / f"all_data_M_{year}.xlsx", rows, "all", year=year)
        with CaptureQueriesContext(connection) as queries:
            import_files([path])
        return len(queries)

    few = [row(), row(at=AKRON)]
    many = [*few, row("27-2011"), row("25-1011"), row("29-1212"), row("27-2021", at=ST_LOUIS)]
    assert count(2024, few) == count(2025, many)


# Each field has one owner


def test_editor_s_fields_survive_an_import_and_its_publication(tmp_path):
    Occupation.objects.filter(code="29-2072").update(display_title="Medical coders")
    make_profile(Occupation.objects.get(code="29-2072"), summary="They keep records.")
    publish(import_files([national(tmp_path, row(OCC_TITLE="Medical Records Keepers"))]).release)
    occupation = Occupation.objects.get(code="29-2072")
    assert occupation.display_title == "Medical coders"
    assert occupation.profile.summary == "They keep records."
    assert occupation.name == "Medical coders"
    assert (occupation.title, occupation.slug) == ("Medical Records Keepers", "medical-records-keepers")


def test_operator_s_source_and_the_seed_s_are_two(tmp_path):
    seed = make_source("oews-2025", url="https://www.bls.gov/oes/tables.htm")
    release = import_files([national(tmp_path)]).release
    assert release.source != seed
    assert Source.objects.get(key="oews-2025").files == {}
