"""One occupation in every area."""

import csv
import io
import re

import pytest

from careers.models import DataVersion
from salaries.models import Wage
from tests.factories import (
    ACTORS,
    CARDIOLOGISTS_OHIO,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_code_change,
    make_occupation,
    make_release,
    make_wage,
)

pytestmark = pytest.mark.django_db
PAY = "/occupations/29-2072-medical-records-specialists/pay/"


@pytest.fixture
def may_2025():
    """Medical records specialists in the nation, Ohio, Akron (suppressed) and Southern Ohio."""
    release, occupation = make_release(), make_occupation()
    make_wage(release, make_area(), occupation, **MEDICAL_RECORDS)
    make_wage(release, make_area("Ohio"), occupation, **MEDICAL_RECORDS_OHIO)
    make_wage(release, make_area("Akron, OH"), occupation, employment=390)
    make_wage(release, make_area("Southern Ohio nonmetropolitan area"), occupation, annual_median=48_630)
    make_area("California")
    return release


def page(client, address=PAY, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def rows(html):
    """The cells of the table of areas, row by row, without their markup."""
    body = html.split('id="areas"')[1].split("<tbody>")[1].split("</tbody>")[0]
    lines = [re.split(r"<t[hd][^>]*>", row)[1:] for row in body.split("<tr>")[1:]]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in line] for line in lines]


def names(html):
    return [row[0] for row in rows(html)]


class TestPage:
    def test_the_nation_stands_first_with_place_period_and_source(self, client, may_2025):
        html = page(client)
        assert "$51,140" in html
        assert "$24.59" in html
        assert "194,720" in html
        assert "Pay of Medical Records Specialists, United States, May 2025, BLS OEWS" in html
        assert "Half of these jobs pay less than $51,140 a year and half pay more" in html

    def test_every_area_has_its_row_states_first(self, client, may_2025):
        assert rows(page(client)) == [
            [
                "Ohio",
                "$50,990",
                "$24.52",
                "$38,060",
                "$45,500",
                "$63,510",
                "$79,290",
                "7,440",
                "1.341",
                "1.07",
                "State",
            ],
            ["Akron, OH", *6 * ["not published"], "390", *2 * ["not published"], "Metropolitan"],
            [
                "Southern Ohio nonmetropolitan area",
                "$48,630",
                *8 * ["not published"],
                "Nonmetropolitan",
            ],
        ]

    def test_the_table_says_measure_period_and_source(self, client, may_2025):
        assert "<caption>Pay of Medical Records Specialists by area, May 2025, BLS OEWS</caption>" in page(
            client
        )

    def test_hourly_only_pay_has_an_hourly_chart_and_no_yearly_amount(self, client):
        make_wage(make_release(), make_area(), make_occupation("27-2011"), **ACTORS)
        html = page(client, "/occupations/27-2011-actors/pay/")
        assert '<div class="first"><dt>Median an hour</dt><dd class="number">$29.05</dd></div>' in html
        assert '<div><dt>Median a year</dt><dd class="word">paid hourly only</dd></div>' in html
        assert "Pay per hour, 10th to 90th percentile, United States, May 2025" in html
        assert "Half of these jobs pay less than $29.05 an hour" in html

    def test_a_top_coded_area_says_at_least(self, client):
        release, cardiologists = make_release(), make_occupation("29-1212")
        oregon = make_area("Oregon", code="4100000", area_type=2, primary_state="OR")
        make_wage(
            release, oregon, cardiologists, employment=390, top_coded=["annual_median", "hourly_median"]
        )
        html = page(client, "/occupations/29-1212-cardiologists/pay/")
        assert rows(html)[0][:3] == ["Oregon", "at least $239,200", "at least $115.00"]

    def test_an_editors_title_and_hostile_text_are_escaped(self, client, may_2025):
        occupation = make_occupation()
        occupation.display_title = "<script>alert(1)</script>"
        occupation.save()
        html = page(client)
        assert "<script>" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html

    def test_the_rows_of_the_long_table_have_no_end_tags_that_html_lets_go(self, client, may_2025):
        body = page(client).split('id="areas"')[1].split("<tbody>")[1].split("</tbody>")[0]
        assert "</t" not in body
        assert body.count("<tr>") == 3

    def test_there_is_one_h1_and_no_inline_style(self, client, may_2025):
        html = page(client)
        assert html.count("<h1") == 1
        assert " style=" not in html
        assert "<script>" not in html


class TestOrder:
    @pytest.fixture
    def ladder_of_areas(self):
        release, cardiologists = make_release(), make_occupation("29-1212")
        make_wage(release, make_area("Ohio"), cardiologists, **CARDIOLOGISTS_OHIO)
        make_wage(release, make_area("California"), cardiologists, annual_median=185_610)
        make_wage(release, make_area("Guam"), cardiologists, employment=30)
        make_wage(release, make_area("Akron, OH"), cardiologists, top_coded=["annual_median"])
        return "/occupations/29-1212-cardiologists/pay/"

    def test_descending_a_bound_stands_above_every_number_and_not_published_last(
        self, client, ladder_of_areas
    ):
        html = page(client, f"{ladder_of_areas}?sort=-annual_median")
        assert names(html) == ["Akron, OH", "Ohio", "California", "Guam"]
        assert 'aria-sort="descending"' in html

    def test_ascending_not_published_is_still_last(self, client, ladder_of_areas):
        html = page(client, f"{ladder_of_areas}?sort=annual_median")
        assert names(html) == ["California", "Ohio", "Akron, OH", "Guam"]

    def test_headers_are_links_that_keep_the_filter(self, client, ladder_of_areas):
        html = page(client, f"{ladder_of_areas}?type=state")
        assert f'href="{ladder_of_areas}?type=state&amp;sort=-annual_median"' in html

    def test_an_unknown_column_is_told_and_the_usual_order_shown(self, client, ladder_of_areas):
        html = page(client, f"{ladder_of_areas}?sort=password")
        assert "There is no such column to sort by" in html
        assert names(html) == ["California", "Ohio", "Guam", "Akron, OH"]


class TestFilter:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("type=state", ["Ohio"]),
            ("type=metro", ["Akron, OH"]),
            ("type=nonmetro", ["Southern Ohio nonmetropolitan area"]),
            ("state=OH", ["Ohio", "Akron, OH", "Southern Ohio nonmetropolitan area"]),
            ("q=ohio", ["Ohio", "Southern Ohio nonmetropolitan area"]),
            ("q=OHIO+southern", ["Southern Ohio nonmetropolitan area"]),
            ("q=akron%2C+oh", ["Akron, OH"]),
            ("q=oh&type=metro&state=OH", ["Akron, OH"]),
        ],
    )
    def test_areas_by_type_state_and_words(self, client, may_2025, query, found):
        assert names(page(client, f"{PAY}?{query}")) == found

    def test_what_was_typed_stays_in_its_field(self, client, may_2025):
        html = page(client, f"{PAY}?q=akron&type=metro&state=OH")
        assert 'name="q" maxlength="100" value="akron"' in html
        assert '<option value="metro" selected>' in html
        assert '<option value="OH" selected>' in html

    def test_no_area_that_fits_is_said(self, client, may_2025):
        html = page(client, f"{PAY}?q=zzz")
        assert "No area fits this filter." in html
        assert "0 of 3 areas" in html

    def test_an_unknown_type_or_state_shows_all_and_says_so(self, client, may_2025):
        html = page(client, f"{PAY}?type=moon&state=XX")
        assert "There is no such type of area, so all types are shown." in html
        assert "There is no such state, so all states are shown." in html
        assert len(names(html)) == 3


class TestYears:
    def test_another_year_shows_that_years_national_figures(self, client, may_2025):
        make_wage(
            make_release(2021), make_area(), make_occupation(), annual_median=46_660, employment=180_570
        )
        html = page(client, f"{PAY}?year=2021")
        assert "$46,660" in html
        assert "$51,140" not in html
        assert "The figures of May 2021 by area are not loaded on this site." in html

    def test_the_years_that_have_figures_are_links(self, client, may_2025):
        make_wage(make_release(2021), make_area(), make_occupation(), annual_median=46_660)
        make_release(2020)
        html = page(client)
        assert '<a href="?year=2021">2021</a>' in html
        assert "year=2020" not in html

    @pytest.mark.parametrize("year", ["1999", "x", "%00", "-1", "99999999999999999999", "2025.0"])
    def test_a_year_without_figures_is_told_and_the_newest_shown(self, client, may_2025, year):
        html = page(client, f"{PAY}?year={year}")
        assert "This site has no figures for Medical Records Specialists in that year." in html
        assert "$51,140" in html

    def test_an_occupation_gone_from_the_newest_release_shows_its_last_one(self, client):
        """11-1031 Legislators: in May 2024, not in May 2025."""
        legislators = make_occupation("11-1031", "Legislators")
        make_wage(make_release(2024), make_area(), legislators, annual_median=44_810)
        make_release(2025)
        html = page(client, "/occupations/11-1031-legislators/pay/")
        assert "May 2025 has no figures for Legislators; those of May 2024 are shown." in html
        assert "$44,810" in html

    def test_a_staged_release_is_not_shown(self, client, may_2025):
        make_wage(make_release(2026, status="staged"), make_area(), make_occupation(), annual_median=1)
        html = page(client)
        assert "May 2026" not in html.replace("15 May 2026", "")  # when May 2025 was given out
        assert "year=2026" not in html


class TestAddresses:
    def test_a_wrong_slug_leads_on_for_good_and_keeps_its_query(self, client, may_2025):
        for wrong in ("/occupations/29-2072/pay/", "/occupations/29-2072-medical-coders/pay/"):
            response = client.get(f"{wrong}?type=state")
            assert (response.status_code, response["Location"]) == (301, f"{PAY}?type=state")

    def test_an_old_code_leads_to_its_page_which_says_what_became_of_it(self, client, may_2025):
        old = make_occupation("29-2071", soc_version="2010")
        make_code_change(old, make_occupation(), 2021)
        response = client.get("/occupations/29-2071-medical-records-and-health-information-technicians/pay/")
        assert response.status_code == 302
        assert response["Location"].startswith("/occupations/29-2071-")

    def test_an_unknown_code_is_not_found(self, client, may_2025):
        page(client, "/occupations/99-9999-nothing/pay/", status=404)

    def test_an_occupation_without_wages_says_so(self, client, may_2025):
        make_occupation("55-1011", "Air Crew Officers")
        html = page(client, "/occupations/55-1011-air-crew-officers/pay/")
        assert "BLS publishes no pay for Air Crew Officers in May 2025." in html

    def test_without_any_release_the_page_says_that_none_is_loaded(self, client):
        make_occupation()
        assert "No figures are loaded yet" in page(client)


HOSTILE = [
    "_export=pdf",
    "_export=csv&_export=exe",
    "q=%00",
    "q=%00&type=%00&state=%00&sort=%00&page=%00&year=%00&_export=%00",
    f"q={'a' * 1500}",
    "page=99999999999999999999999",
    "sort=--annual_median",
    "sort=annual_median&sort=area",
    "q[]=a&type[]=state&state[0]=OH",
    "q=%FF%FE&type=%E2%80%AE",
    "q='%20OR%201=1--",
    "state=OH&state=CA&type=state&type=metro",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_breaks_the_page(client, may_2025, query):
    page(client, f"{PAY}?{query}")


class TestExport:
    def test_a_csv_read_back_equals_the_database(self, client, may_2025):
        text = client.get(f"{PAY}?_export=csv").content.decode("utf-8-sig")
        read = list(csv.DictReader(io.StringIO(text)))
        assert [row["area"] for row in read] == ["Ohio", "Akron, OH", "Southern Ohio nonmetropolitan area"]
        for row in read:
            wage = Wage.objects.get(area__code=row["area_code"])
            for name in ("annual_p10", "annual_median", "annual_p90"):
                assert row[name] == ("" if getattr(wage, name) is None else str(getattr(wage, name)))
            cents = wage.hourly_median_cents
            assert row["hourly_median"] == ("" if cents is None else f"{cents / 100}")
            assert row["employment"] == ("" if wage.employment is None else str(wage.employment))

    def test_the_file_holds_the_filtered_rows_in_the_tables_order(self, client, may_2025):
        response = client.get(f"{PAY}?state=OH&sort=annual_median&_export=json")
        assert response["Content-Type"] == "application/json"
        assert [row["annual_median"] for row in response.json()["rows"]] == [48630, 50990, None]
        assert response.json()["attribution"] == (
            "U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, "
            "May 2025. Public domain."
        )

    def test_the_file_is_named_for_occupation_and_period(self, client, may_2025):
        response = client.get(f"{PAY}?_export=xlsx")
        assert 'filename="29-2072-pay-by-area-may-2025.xlsx"' in response["Content-Disposition"]

    def test_an_unknown_format_is_told_on_the_page(self, client, may_2025):
        assert "This table can be downloaded as csv, xlsx or json." in page(client, f"{PAY}?_export=pdf")


class TestQueries:
    def test_six_queries_with_four_areas(self, client, may_2025, django_assert_num_queries):
        DataVersion.raise_number()
        page(client)  # keeps the codes' histories
        with django_assert_num_queries(6):
            page(client)

    def test_six_queries_with_two_hundred_areas_and_four_years(
        self, client, may_2025, django_assert_num_queries
    ):
        for number in range(200):
            area = make_area(f"Town {number}, OH", code=f"09{number:05d}")
            make_wage(may_2025, area, make_occupation(), annual_median=40_000 + number)
        for year in (2021, 2022, 2023, 2024):
            make_wage(make_release(year), make_area(), make_occupation(), annual_median=46_660)
        DataVersion.raise_number()
        page(client)
        with django_assert_num_queries(6):
            assert len(names(page(client))) == 203
