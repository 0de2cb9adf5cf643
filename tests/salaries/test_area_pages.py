"""The list of areas, and what one of them pays."""

import csv
import io
import re

import pytest

from tests.factories import (
    ACTORS,
    HEALTH_INFORMATION_OHIO,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_occupation,
    make_release,
    make_wage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def may_2025():
    """All occupations in the nation, Ohio, Akron and Southern Ohio, and a few occupations in Ohio."""
    release, every, ohio = make_release(), make_occupation("00-0000"), make_area("Ohio")
    make_wage(release, make_area(), every, annual_median=50_980, employment=155_495_730)
    make_wage(
        release,
        ohio,
        every,
        annual_p10=29_210,
        annual_p25=36_820,
        annual_median=49_380,
        annual_p75=77_570,
        annual_p90=106_800,
        hourly_median=2_374,
        employment=5_550_180,
    )
    make_wage(release, make_area("Akron, OH"), every, annual_median=48_840, employment=319_560)
    make_wage(release, make_area("Southern Ohio nonmetropolitan area"), every, annual_median=46_530)
    make_wage(release, make_area("California"), every, annual_median=60_000)
    make_wage(release, ohio, make_occupation("29-0000"), annual_median=79_000, employment=500_000)
    make_wage(release, ohio, make_occupation("29-2072"), **MEDICAL_RECORDS_OHIO)
    make_wage(release, ohio, make_occupation("29-9021"), **HEALTH_INFORMATION_OHIO)
    make_wage(release, ohio, make_occupation("29-1212"), employment=760, top_coded=["annual_median"])
    make_wage(
        release, ohio, make_occupation("27-2011"), hourly_only=True, hourly_median=1_351, employment=1_100
    )
    return release


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def first_column(html, heading):
    """The row headers of the table under a heading."""
    body = html.split(f'id="{heading}"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'<th scope="row">(.*?)</th>', body)]


class TestList:
    def test_areas_stand_by_type_with_all_occupations_together(self, client, may_2025):
        html = page(client, "/areas/")
        assert first_column(html, "state") == ["California", "Ohio"]
        assert first_column(html, "metro") == ["Akron, OH"]
        assert first_column(html, "nonmetro") == ["Southern Ohio nonmetropolitan area"]
        assert "<caption>All occupations together, metropolitan areas, May 2025, BLS OEWS</caption>" in html
        assert '<a href="/areas/akron-oh/">Akron, OH</a></th><td>$48,840</td>' in html

    def test_areas_inside_states_are_folded_until_something_is_asked(self, client, may_2025):
        barberton = make_area("Barberton, OH", code="0010421", area_type=4, primary_state="OH")
        make_wage(may_2025, barberton, make_occupation("00-0000"), annual_median=48_000)
        html = page(client, "/areas/")
        assert '<details class="printed"><summary>Show all 2 metropolitan areas</summary>' in html
        assert '<details class="printed"><summary>Show it</summary>' in html  # the nonmetropolitan one
        assert "<details" not in page(client, "/areas/?sort=annual_median")
        assert "<details" not in page(client, "/areas/?q=akron")

    def test_one_sort_orders_every_table(self, client, may_2025):
        assert first_column(page(client, "/areas/?sort=annual_median"), "state") == ["Ohio", "California"]

    def test_a_filter_leaves_out_tables_without_rows(self, client, may_2025):
        html = page(client, "/areas/?q=akron")
        assert first_column(html, "metro") == ["Akron, OH"]
        assert 'id="state"' not in html
        assert "1 of 4 areas" in html

    def test_a_state_filter_holds_the_state_and_its_areas(self, client, may_2025):
        html = page(client, "/areas/?state=OH")
        assert "California</a></th>" not in html
        assert "3 of 4 areas" in html

    def test_nothing_found_is_said(self, client, may_2025):
        assert "No area fits this filter." in page(client, "/areas/?q=zzz")

    def test_the_file_holds_the_filtered_areas(self, client, may_2025):
        text = client.get("/areas/?type=metro&_export=csv").content.decode("utf-8-sig")
        read = list(csv.DictReader(io.StringIO(text)))
        assert [(r["area_code"], r["occupation_code"], r["annual_median"]) for r in read] == [
            ("0010420", "00-0000", "48840")
        ]

    def test_three_queries_with_few_and_with_many_areas(self, client, may_2025, django_assert_num_queries):
        with django_assert_num_queries(3):
            page(client, "/areas/")
        for number in range(150):
            area = make_area(f"Town {number}, OH", code=f"09{number:05d}")
            make_wage(may_2025, area, make_occupation("00-0000"), annual_median=40_000)
        with django_assert_num_queries(3):
            page(client, "/areas/")


class TestState:
    def test_all_occupations_together_come_first(self, client, may_2025):
        html = page(client, "/areas/ohio/")
        assert "<h1>Pay in Ohio</h1>" in html
        assert "$49,380" in html
        assert "All occupations together, Ohio, May 2025, BLS OEWS" in html
        assert "Half of these jobs pay less than $49,380 a year" in html

    def test_its_ladder_stands_beside_the_nations_on_one_scale(self, client, may_2025):
        html = page(client, "/areas/ohio/")
        assert html.count('<svg role="img"') == 2
        assert '<h3><a href="/areas/united-states/">United States</a></h3>' in html

    def test_the_largest_and_the_best_paid_are_single_occupations(self, client, may_2025):
        html = page(client, "/areas/ohio/")
        assert first_column(html, "largest") == [
            "Medical Records Specialists",
            "Health Information Technologists and Medical Registrars",
            "Actors",
            "Cardiologists",
        ]
        assert first_column(html, "best-paid") == [
            "Cardiologists",
            "Health Information Technologists and Medical Registrars",
            "Medical Records Specialists",
        ]

    def test_its_metros_and_nonmetros_are_listed(self, client, may_2025):
        assert first_column(page(client, "/areas/ohio/"), "inside") == [
            "Akron, OH",
            "Southern Ohio nonmetropolitan area",
        ]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (
                "",
                [
                    "Actors",
                    "Cardiologists",
                    "Health Information Technologists and Medical Registrars",
                    "Medical Records Specialists",
                ],
            ),
            ("q=records", ["Medical Records Specialists"]),
            ("q=29-2072", ["Medical Records Specialists"]),
            ("group=27-0000", ["Actors"]),
            ("level=major", ["Healthcare Practitioners and Technical Occupations"]),
            (
                "sort=-annual_median",
                [
                    "Cardiologists",
                    "Health Information Technologists and Medical Registrars",
                    "Medical Records Specialists",
                    "Actors",
                ],
            ),
        ],
    )
    def test_every_occupation_by_words_group_level_and_order(self, client, may_2025, query, found):
        assert first_column(page(client, f"/areas/ohio/?{query}"), "occupations") == found

    def test_an_unknown_level_or_group_is_told(self, client, may_2025):
        html = page(client, "/areas/ohio/?level=deep&group=x")
        assert "There is no such level, so single occupations are shown." in html
        assert "There is no such group, so all groups are shown." in html

    def test_fifty_rows_a_page(self, client, may_2025):
        for number in range(60):
            make_wage(may_2025, make_area("Ohio"), make_occupation(f"11-{number:04d}"), annual_median=50_000)
        assert len(first_column(page(client, "/areas/ohio/"), "occupations")) == 50
        assert len(first_column(page(client, "/areas/ohio/?page=2"), "occupations")) == 14

    def test_the_file_holds_every_page_of_the_table(self, client, may_2025):
        for number in range(60):
            make_wage(may_2025, make_area("Ohio"), make_occupation(f"11-{number:04d}"), annual_median=50_000)
        response = client.get("/areas/ohio/?page=2&_export=json")
        assert len(response.json()["rows"]) == 64
        assert 'filename="ohio-may-2025.json"' in response["Content-Disposition"]


class TestOthers:
    def test_a_metro_leads_to_its_primary_state(self, client, may_2025):
        html = page(client, "/areas/akron-oh/")
        assert 'Metropolitan area in <a href="/areas/ohio/">Ohio</a>' in html
        assert 'id="inside"' not in html

    def test_the_nation_has_its_page(self, client, may_2025):
        html = page(client, "/areas/united-states/")
        assert "<h1>Pay in the United States</h1>" in html
        assert "155,495,730" in html

    @pytest.mark.parametrize("other", ["3900000", "OH", "Ohio", "OHIO"])
    def test_other_names_lead_on_for_good(self, client, may_2025, other):
        response = client.get(f"/areas/{other}/")
        assert (response.status_code, response["Location"]) == (301, "/areas/ohio/")

    def test_an_unknown_area_is_not_found(self, client, may_2025):
        page(client, "/areas/atlantis/", status=404)

    def test_an_area_that_was_redrawn_says_so(self, client, may_2025):
        make_area("Danbury, CT", code="0072850", primary_state="CT")
        html = page(client, "/areas/danbury-ct/")
        assert "BLS OEWS has no figures for Danbury, CT in May 2025." in html

    def test_hourly_only_pay_says_so(self, client, may_2025):
        make_wage(may_2025, make_area("California"), make_occupation("27-2011"), **ACTORS)
        assert '<td class="word">paid hourly only</td>' in page(client, "/areas/california/")

    def test_without_any_release_the_pages_say_that_none_is_loaded(self, client):
        make_area("Ohio")
        assert "No figures are loaded yet" in page(client, "/areas/")
        assert "No figures are loaded yet" in page(client, "/areas/ohio/")


@pytest.mark.parametrize("address", ["/areas/", "/areas/ohio/"])
@pytest.mark.parametrize(
    "query",
    [
        "_export=pdf",
        "q=%00&type=%00&state=%00&group=%00&level=%00&sort=%00&page=%00",
        "page=99999999999999999999999",
        "page=-1&per_page=0",
        "q[]=a&group[]=29-0000",
        "sort=--occupation&page=zwei",
        f"q={'a' * 1500}",
        "group=29-0000&group=27-0000&level=all&level=major",
    ],
)
def test_no_query_breaks_a_page(client, may_2025, address, query):
    page(client, f"{address}?{query}")


class TestQueries:
    @pytest.mark.parametrize("address", ["/areas/ohio/", "/areas/akron-oh/", "/areas/united-states/"])
    def test_four_queries_with_few_and_with_many_rows(
        self, client, may_2025, django_assert_num_queries, address
    ):
        with django_assert_num_queries(4):
            page(client, address)
        for number in range(100):
            occupation = make_occupation(f"11-{number:04d}")
            for title in ("United States", "Ohio", "Akron, OH"):
                make_wage(may_2025, make_area(title), occupation, annual_median=50_000)
        for year in (2023, 2024):
            make_wage(make_release(year), make_area("Ohio"), make_occupation("00-0000"), annual_median=47_000)
        with django_assert_num_queries(4):
            page(client, address)
