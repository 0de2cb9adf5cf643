"""The list of occupations."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.models import Occupation
from tests.careers.pages import page, rows
from tests.factories import (
    ACTORS,
    BUSINESS_TEACHERS,
    MEDICAL_RECORDS,
    make_area,
    make_occupation,
    make_release,
    make_wage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def may_2025():
    """Four occupations of May 2025: paid both ways, yearly only, hourly only, and at the ceiling."""
    release, nation = make_release(), make_area()
    for group in ("25-0000", "27-0000", "29-0000"):
        make_occupation(group, level="major")
    make_wage(release, nation, make_occupation(), **MEDICAL_RECORDS)
    make_wage(release, nation, make_occupation("27-2011"), **ACTORS)
    make_wage(release, nation, make_occupation("25-1011"), **BUSINESS_TEACHERS)
    make_wage(release, nation, make_occupation("29-1212"), employment=17_290, top_coded=["annual_median"])
    return release


def names(html):
    return [row[0] for row in rows(html)]


class TestRows:
    def test_occupations_stand_by_title_with_pay_and_jobs(self, client, may_2025):
        table = rows(page(client, "/occupations/"))
        assert [row[0] for row in table] == [
            "Actors",
            "Business Teachers, Postsecondary",
            "Cardiologists",
            "Medical Records Specialists",
        ]
        assert table[3][1:] == ["$51,140", "$37,000", "$81,150", "194,720"]

    def test_each_cell_names_its_column_for_a_narrow_screen(self, client, may_2025):
        html = page(client, "/occupations/")
        assert '<td data-label="Median a year">$51,140</td>' in html
        assert '<td data-label="Jobs">194,720</td>' in html

    def test_caption_has_measure_place_period_and_source(self, client, may_2025):
        html = page(client, "/occupations/")
        assert "<caption>Occupations: pay and jobs, United States, May 2025, BLS OEWS</caption>" in html

    def test_hourly_only_pay_says_an_hour(self, client, may_2025):
        assert rows(page(client, "/occupations/"))[0][1:4] == [
            "$29.05 an hour",
            "$16.50 an hour",
            "$143.68 an hour",
        ]

    def test_a_bound_says_at_least_and_a_missing_cell_not_published(self, client, may_2025):
        assert rows(page(client, "/occupations/"))[2][1:4] == [
            "at least $239,200",
            "not published",
            "not published",
        ]

    def test_the_editors_title_is_shown_and_sorted_by(self, client, may_2025):
        Occupation.objects.filter(code="27-2011").update(display_title="Stage and Screen Actors")
        assert names(page(client, "/occupations/"))[-1] == "Stage and Screen Actors"

    def test_figures_of_an_earlier_release_are_not_mixed_in(self, client, may_2025):
        make_wage(make_release(2024), make_area(), make_occupation("11-1031"), annual_median=44_810)
        assert "$44,810" not in page(client, "/occupations/")

    def test_groups_have_their_own_view(self, client, may_2025):
        make_wage(may_2025, make_area(), make_occupation("29-0000"), annual_median=86_530)
        assert "$86,530" not in page(client, "/occupations/")
        assert rows(page(client, "/occupations/?level=major"))[0][1] == "$86,530"


class TestSort:
    def test_top_coded_wage_sorts_above_published_wage_and_hourly_only_last(self, client, may_2025):
        assert names(page(client, "/occupations/?sort=-annual_median")) == [
            "Cardiologists",
            "Business Teachers, Postsecondary",
            "Medical Records Specialists",
            "Actors",
        ]

    def test_lowest_first_keeps_rows_without_a_number_last(self, client, may_2025):
        assert names(page(client, "/occupations/?sort=annual_median")) == [
            "Medical Records Specialists",
            "Business Teachers, Postsecondary",
            "Cardiologists",
            "Actors",
        ]

    def test_the_sorted_column_tells_its_order(self, client, may_2025):
        html = page(client, "/occupations/?sort=-employment")
        assert 'aria-sort="descending"><a href="/occupations/?sort=employment">Jobs</a>' in html


class TestFilter:
    def test_every_word_must_be_in_the_title_or_the_code(self, client, may_2025):
        assert names(page(client, "/occupations/?q=SPECIALISTS+medical")) == ["Medical Records Specialists"]
        assert names(page(client, "/occupations/?q=29-2072")) == ["Medical Records Specialists"]
        assert "Nothing fits" in page(client, "/occupations/?q=medical+actors")

    def test_the_editors_title_is_searched_too(self, client, may_2025):
        Occupation.objects.filter(code="29-2072").update(display_title="Chart Keepers")
        assert names(page(client, "/occupations/?q=keeper")) == ["Chart Keepers"]
        assert names(page(client, "/occupations/?q=medical")) == ["Chart Keepers"]

    def test_a_group_holds_its_own_occupations(self, client, may_2025):
        html = page(client, "/occupations/?group=29-0000")
        assert names(html) == ["Cardiologists", "Medical Records Specialists"]
        assert '<option value="29-0000" selected>' in html

    def test_an_earlier_code_is_found_and_named_as_one(self, client, may_2025):
        make_occupation("29-2071", soc_version="2010")
        html = page(client, "/occupations/?q=health+information")
        address = "/occupations/29-2071-medical-records-and-health-information-technicians/"
        assert f'<a href="{address}">29-2071 Medical Records and Health Information Technicians</a>' in html
        assert "an earlier code" in html

    def test_a_code_without_figures_is_found_apart_from_the_table(self, client, may_2025):
        make_occupation("55-1016", "Infantry Officers")
        html = page(client, "/occupations/?q=infantry")
        assert "55-1016 Infantry Officers" in html
        assert "Nothing fits" in html

    def test_what_was_typed_stays_in_the_field(self, client, may_2025):
        html = page(client, "/occupations/", status=200)
        assert 'value=""' in html
        html = client.get("/occupations/", {"q": '"><script>x'}).content.decode()
        assert 'value="&quot;&gt;&lt;script&gt;x"' in html
        assert "<script>x" not in html

    def test_nothing_found_says_how_to_go_on(self, client, may_2025):
        html = page(client, "/occupations/?q=zzz")
        assert "Nothing fits “zzz”" in html
        assert "Every word must be in the title or in the code." in html
        assert "<table" not in html


class TestNothingFits:
    def test_words_that_no_title_has_can_be_searched_in_all_names(self, client, may_2025):
        html = page(client, "/occupations/?q=medical+coder%26x")
        assert '<a href="/search/?q=medical%20coder%26x">Search all names of occupations for' in html

    def test_filters_without_words_offer_no_search(self, client, may_2025):
        assert "Search all names" not in page(client, "/occupations/?pay_from=9000000")


class TestBadParameters:
    def test_an_unknown_group_is_said_beside_the_field(self, client, may_2025):
        html = page(client, "/occupations/?group=zz")
        assert "There is no such group, so all groups are shown." in html
        assert len(names(html)) == 4

    def test_an_unknown_level_is_said_beside_the_field(self, client, may_2025):
        assert "There is no such level, so occupations are shown." in page(client, "/occupations/?level=evil")

    def test_a_text_too_long_is_said_and_left_out(self, client, may_2025):
        html = page(client, f"/occupations/?q={'a' * 101}")
        assert "at most 100 characters" in html
        assert len(names(html)) == 4

    def test_an_unknown_sort_and_page_are_said(self, client, may_2025):
        html = page(client, "/occupations/?sort=evil&page=abc")
        assert "There is no such column to sort by" in html
        assert "There is no such page. This is page 1 of 1." in html

    def test_an_unknown_export_is_said(self, client, may_2025):
        assert "This table can be downloaded as csv, xlsx or json." in page(
            client, "/occupations/?_export=pdf"
        )

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.dictionaries(
            st.sampled_from(["q", "group", "level", "sort", "page", "per_page", "_export"]),
            # All seven together stay under the 2,000 characters that an address may have.
            st.one_of(st.text(max_size=20), st.sampled_from(["\x00", "%", "'", "9" * 200, "-1", "q" * 200])),
        )
    )
    def test_no_parameter_breaks_the_page(self, client, may_2025, parameters):
        assert client.get("/occupations/", parameters).status_code == 200


class TestExport:
    def test_csv_holds_every_filtered_row_in_the_tables_order(self, client, may_2025):
        response = client.get("/occupations/?_export=csv&sort=-annual_median&per_page=25&page=7")
        lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert [line["occupation_code"] for line in lines] == ["29-1212", "25-1011", "29-2072", "27-2011"]
        assert (lines[0]["annual_median"], lines[0]["annual_median_status"]) == ("239200", "at_least")
        assert (lines[3]["annual_median"], lines[3]["annual_median_status"]) == ("", "hourly_only")
        assert (lines[3]["hourly_median"], lines[3]["hourly_median_status"]) == ("29.05", "exact")
        assert lines[0]["area_code"] == "0000000"

    def test_json_keeps_the_filter(self, client, may_2025):
        document = json.loads(client.get("/occupations/?_export=json&q=actors").content)
        assert [row["occupation"] for row in document["rows"]] == ["Actors"]

    def test_the_links_keep_the_query(self, client, may_2025):
        assert 'href="/occupations/?q=actors&amp;_export=csv"' in page(client, "/occupations/?q=actors")


def test_fifty_rows_a_page_and_links_to_the_others(client):
    release, nation = make_release(), make_area()
    for number in range(51):
        occupation = make_occupation(f"29-3{number:03}", f"Occupation {number:02}")
        make_wage(release, nation, occupation, annual_median=50_000)
    html = page(client, "/occupations/")
    assert len(rows(html)) == 50
    assert 'href="/occupations/?page=2"' in html
    assert names(page(client, "/occupations/?page=2")) == ["Occupation 50"]
    assert len(rows(page(client, "/occupations/?per_page=100"))) == 51


def test_a_site_without_figures_says_so(client):
    assert "No release of figures is published on this site yet." in page(
        client, "/occupations/?q=a&_export=csv"
    )


def test_nine_queries_whatever_is_loaded(client, may_2025, django_assert_num_queries):
    with django_assert_num_queries(9):
        page(client, "/occupations/")
    for year in range(2012, 2025):
        release = make_release(year)
        for code in ("27-2011", "29-1141", "29-2072"):
            make_wage(release, make_area(), make_occupation(code), annual_median=50_000)
    with django_assert_num_queries(9):
        page(client, "/occupations/")
