"""An occupation's page. Figures are BLS's, read from its workbooks."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.models import DataVersion, Occupation
from tests.careers.pages import page, rows, section, words
from tests.factories import (
    ACTORS,
    BUSINESS_TEACHERS,
    CARDIOLOGISTS_OHIO,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_code_change,
    make_industry_wage,
    make_occupation,
    make_profile,
    make_release,
    make_wage,
)

pytestmark = pytest.mark.django_db
PAGE = "/occupations/29-2072-medical-records-specialists/"
OLD_PAGE = "/occupations/29-2071-medical-records-and-health-information-technicians/"


@pytest.fixture
def tree():
    """Healthcare practitioners down to medical records specialists."""
    total = make_occupation("00-0000")
    major = make_occupation("29-0000", parent=total)
    minor = make_occupation("29-2000", "Health Technologists and Technicians", level="minor", parent=major)
    broad = make_occupation("29-2070", "Medical Records Specialists", level="broad", parent=minor)
    return make_occupation("29-2072", parent=broad)


@pytest.fixture
def may_2025(tree):
    release = make_release()
    make_wage(release, make_area(), tree, **MEDICAL_RECORDS)
    return release


@pytest.fixture
def split(may_2025):
    """29-2071 went into an interim code in May 2019, and that into 29-2072 and another in May 2021."""
    old = make_occupation("29-2071", soc_version="2010")
    interim = make_occupation("29-2098", "Medical Records Specialists and Others", soc_version="2019")
    make_code_change(old, interim, 2019)
    make_code_change(interim, make_occupation("29-2072"), 2021)
    make_code_change(interim, make_occupation("29-2036", "Medical Dosimetrists"), 2021)
    make_wage(make_release(2018), make_area(), old, annual_median=40_350, employment=208_650)
    make_wage(make_release(2020), make_area(), interim, annual_median=44_090, employment=318_010)
    make_wage(make_release(2021), make_area(), make_occupation("29-2072"), annual_median=46_660)
    return old


class TestFirstScreen:
    def test_key_figures_stand_with_measure_place_period_and_source(self, client, may_2025):
        text = words(page(client, PAGE).split('class="actions"')[0])
        cited = "United States · May 2025 · BLS OEWS"
        assert f"Median pay $51,140 a year Half earn less, half more. {cited}" in text
        assert f"Jobs 194,720 {cited}" in text

    def test_the_mean_is_never_called_an_average(self, client, may_2025):
        assert "average" not in page(client, PAGE).lower()

    def test_one_heading_of_the_first_rank_and_the_way_down_to_it(self, client, may_2025):
        html = page(client, PAGE)
        assert html.count("<h1") == 1
        assert "<h1>Medical Records Specialists</h1>" in html
        crumbs = words(html.split('class="breadcrumb"')[1].split("</nav>")[0].split(">", 1)[1])
        assert crumbs == (
            "Home Occupations Healthcare Practitioners and Technical Occupations "
            "Health Technologists and Technicians Medical Records Specialists"
        )

    def test_the_editors_title_and_summary_are_shown(self, client, may_2025):
        Occupation.objects.filter(code="29-2072").update(display_title="Chart Keepers")
        make_profile(make_occupation("29-2072"), summary="They keep patients' records in order.")
        html = page(client, PAGE)
        assert "<h1>Chart Keepers</h1>" in html
        assert "They keep patients' records in order." in html

    def test_no_summary_leaves_no_empty_section(self, client, may_2025):
        html = page(client, PAGE)
        assert 'class="lede"' not in html
        for card in ("children", "employers", "neighbours"):
            assert f'id="{card}"' not in html

    def test_the_ladder_is_a_chart_and_the_same_numbers_in_a_table(self, client, may_2025):
        pay = section(page(client, PAGE), "pay")
        assert pay.count("<svg role=") == 1
        assert "Percentiles and mean of pay, United States, May 2025, BLS OEWS" in pay
        assert "Half of these jobs pay less than $51,140 a year and half pay more" in pay
        year = ["A year", "$37,000", "$43,490", "$51,140", "$64,820", "$81,150", "$56,790"]
        hour = ["An hour", "$17.79", "$20.91", "$24.59", "$31.17", "$39.01", "$27.30"]
        assert rows(pay) == [year, hour]

    def test_the_source_is_named_with_its_date_and_licence(self, client, may_2025):
        source = words(section(page(client, PAGE), "sources"))
        assert "published 15 May 2026" in source
        assert "Public domain." in source


class TestNoNumber:
    def test_hourly_only_pay_leads_with_the_hour_and_says_so_for_the_year(self, client):
        make_wage(make_release(), make_area(), make_occupation("27-2011"), **ACTORS)
        html = page(client, "/occupations/27-2011-actors/")
        assert "Median pay $29.05 an hour" in words(html.split('class="actions"')[0])
        assert "Pay per hour, 10th to 90th percentile" in section(html, "pay")
        assert rows(section(html, "pay"))[0] == ["A year", *["paid hourly only"] * 6]
        assert rows(section(html, "pay"))[1][-1] == "$58.29"
        assert rows(section(html, "years"))[0][1] == "$29.05"
        assert '<th scope="col">Median an hour</th>' in section(html, "years")

    def test_yearly_only_pay_says_so_for_the_hour(self, client):
        make_wage(make_release(), make_area(), make_occupation("25-1011"), **BUSINESS_TEACHERS)
        html = page(client, "/occupations/25-1011-business-teachers-postsecondary/")
        assert "Median pay $99,080 a year" in words(html.split('class="actions"')[0])
        assert rows(section(html, "pay"))[1] == ["An hour", *["paid yearly only"] * 6]

    def test_a_suppressed_cell_is_not_published(self, client):
        make_wage(make_release(), make_area(), make_occupation(), employment=50)
        html = page(client, PAGE)
        assert "Median pay not published" in words(html.split('class="actions"')[0])
        assert rows(section(html, "pay"))[0] == ["A year", *["not published"] * 6]
        assert "<svg" not in section(html, "pay")
        for filler in ("N/A", "None", "$0", ">—<", ">-<"):
            assert filler not in html

    def test_a_bound_says_at_least(self, client):
        wage = {"annual_p10": 128_720, "annual_p25": 216_770, "employment": 15_190}
        top_coded = ["annual_median", "annual_p75", "annual_p90"]
        make_wage(make_release(2023), make_area(), make_occupation("29-1212"), top_coded=top_coded, **wage)
        html = page(client, "/occupations/29-1212-cardiologists/")
        assert "Median pay at least $239,200 a year" in words(html.split('class="actions"')[0])
        bounds = ["at least $239,200"] * 3
        assert rows(section(html, "pay"))[0] == ["A year", "$128,720", "$216,770", *bounds, "not published"]


class TestYears:
    def test_the_table_begins_where_the_code_begins_and_says_what_was_before(self, client, split):
        years = section(page(client, PAGE), "years")
        assert [row[0] for row in rows(years)] == ["May 2025", "May 2024", "May 2023", "May 2022", "May 2021"]
        assert words(years).count("not loaded") == 18
        assert (
            "Figures for this occupation begin in May 2021. Before that these jobs were counted in "
            "29-2098 Medical Records Specialists and Others (May 2019 and 2020) and in "
            "29-2071 Medical Records and Health Information Technicians (through May 2018)."
        ) in words(years)

    def test_the_codes_before_are_links(self, client, split):
        assert f'<a href="{OLD_PAGE}"><span class="code">29-2071</span>' in page(client, PAGE)

    def test_no_figure_of_another_code_is_in_the_table(self, client, split):
        html = page(client, PAGE)
        assert "$40,350" not in html
        assert "$44,090" not in html

    def test_a_new_number_for_the_same_jobs_shows_both_with_a_break(self, client):
        old = make_occupation("15-1111", "Computer and Information Research Scientists", soc_version="2010")
        new = make_occupation("15-1221", "Computer and Information Research Scientists")
        make_code_change(old, new, 2019)
        make_wage(make_release(2018), make_area(), old, annual_median=118_370)
        make_wage(make_release(2019), make_area(), new, annual_median=122_840)
        years = section(page(client, f"/occupations/{new.code_slug}/"), "years")
        assert [row[:2] for row in rows(years)] == [
            ["May 2019", "$122,840"],
            ["Through May 2018 the code was 15-1111 Computer and Information Research Scientists."],
            ["May 2018", "$118,370"],
        ]

    def test_the_new_method_of_may_2021_is_a_break(self, client, tree):
        for year, median in ((2020, 75_330), (2021, 77_600)):
            make_wage(make_release(year), make_area(), make_occupation("29-1141"), annual_median=median)
        years = section(page(client, "/occupations/29-1141-occupation-29-1141/"), "years")
        assert [row[0] for row in rows(years)] == [
            "May 2021",
            "BLS changed how it makes its estimates in May 2021: compare with earlier years with care.",
            "May 2020",
        ]

    def test_years_that_another_code_held_are_a_break_and_not_a_gap(self, client):
        analysts = make_occupation("13-2051", "Financial Analysts")
        interim = make_occupation("13-2098", "Financial Analysts and Others", soc_version="2019")
        make_code_change(analysts, interim, 2019)
        make_code_change(interim, make_occupation("13-2054", "Financial Risk Specialists"), 2021)
        make_code_change(interim, analysts, 2021)
        for year, median in ((2018, 85_660), (2021, 91_580)):
            make_wage(make_release(year), make_area(), analysts, annual_median=median)
        for year in (2019, 2020):
            make_wage(make_release(year), make_area(), interim, annual_median=80_000)
        years = section(page(client, "/occupations/13-2051-financial-analysts/"), "years")
        table = rows(years)
        assert [row[0] for row in (table[0], table[2])] == ["May 2021", "May 2018"]
        assert table[1][0].startswith(
            "Between these years the jobs were counted in 13-2098 Financial Analysts and Others "
            "(May 2019 and 2020)."
        )
        assert "$80,000" not in years

    def test_a_year_without_a_row_is_not_published(self, client):
        prosthodontists = make_occupation("29-1024", "Prosthodontists")
        make_release(2022)
        make_wage(make_release(2021), make_area(), prosthodontists, annual_median=100_950)
        make_wage(make_release(2023), make_area(), prosthodontists, annual_median=234_000)
        years = section(page(client, "/occupations/29-1024-prosthodontists/"), "years")
        assert rows(years)[1] == ["May 2022", *["not published"] * 6]

    def test_a_year_that_the_site_does_not_hold_is_not_loaded(self, client):
        for year in (2021, 2023):
            make_wage(make_release(year), make_area(), make_occupation(), annual_median=46_660)
        assert rows(section(page(client, PAGE), "years"))[1] == ["May 2022", *["not loaded"] * 6]

    def test_jobs_that_came_in_are_named_at_the_break(self, client):
        merged, taken = (
            make_occupation("25-4022", "Librarians"),
            make_occupation("25-9011", "Audio Collectors"),
        )
        make_code_change(taken, merged, 2019)
        for year in (2018, 2019):
            make_wage(make_release(year), make_area(), merged, annual_median=59_050)
        years = section(page(client, "/occupations/25-4022-librarians/"), "years")
        assert rows(years)[1] == ["From May 2019 on this code takes in jobs of 25-9011 Audio Collectors."]


class TestTrend:
    def test_the_median_in_each_years_and_in_constant_dollars(self, client, may_2025, tree):
        """BLS's medians of May 2021 and 2024; CPI-U of May: 269.195, 314.069 and 321.465."""
        for year, median in ((2021, 46_660), (2024, 50_250)):
            make_wage(make_release(year), make_area(), tree, annual_median=median)
        html = page(client, f"{PAGE}pay/")
        trend = section(html, "trend")
        assert rows(trend) == [
            ["May 2025", "$51,140", "$51,140"],
            ["May 2024", "$50,250", "$51,430"],
            ["May 2021", "$46,660", "$55,720"],
        ]
        assert "<caption>Median pay a year, United States, May 2021 to May 2025, BLS OEWS" in trend
        assert (
            "In May 2025 dollars the median fell from $51,430 in May 2024 to $51,140 in May 2025; "
            "in the dollars of each year it rose from $50,250 to $51,140."
        ) in words(trend)

    def test_a_bound_is_in_the_table_and_on_no_line(self, client):
        doctors = make_occupation("29-1215", "Family Medicine Physicians")
        make_wage(make_release(2021), make_area(), doctors, top_coded=["annual_median"], annual_p25=150_000)
        for year, median in ((2022, 211_300), (2023, 224_640)):
            make_wage(make_release(year), make_area(), doctors, annual_median=median)
        trend = section(page(client, "/occupations/29-1215-family-medicine-physicians/pay/"), "trend")
        assert rows(trend)[-1] == ["May 2021", "at least $208,000", "not computed"]
        assert "gives only a bound: May 2021 (at least $208,000)." in words(trend)
        assert trend.count("h0") == 3 * 2  # two dots; those of each year's dollars are drawn twice

    def test_hourly_only_pay_is_drawn_by_the_hour(self, client):
        for year, cents in ((2024, 2_333), (2025, 2_905)):
            figures = {"hourly_only": True, "hourly_median": cents}
            make_wage(make_release(year), make_area(), make_occupation("27-2011"), **figures)
        trend = section(page(client, "/occupations/27-2011-actors/pay/"), "trend")
        assert rows(trend)[1] == ["May 2024", "$23.33", "$23.88"]  # x 321.465 / 314.069
        assert '<th scope="col">Median an hour</th>' in trend

    def test_the_line_breaks_where_the_table_of_years_does(self, client, tree):
        nurses = make_occupation("29-1141", "Registered Nurses")
        for year, median in ((2019, 73_300), (2020, 75_330), (2021, 77_600), (2022, 81_220)):
            make_wage(make_release(year), make_area(), nurses, annual_median=median)
        html = page(client, "/occupations/29-1141-registered-nurses/")
        assert "BLS changed how it makes its estimates in May 2021" in section(html, "years")
        trend = section(page(client, "/occupations/29-1141-registered-nurses/pay/"), "trend")
        assert (
            "The line is broken between May 2020 and May 2021, when BLS changed how it makes its estimates."
        ) in words(trend)
        assert re.search(r'class="nominal" d="([^"]*)"', trend)[1].count("M") == 2

    def test_a_new_code_for_the_same_jobs_breaks_the_line(self, client):
        old = make_occupation("15-1111", "Computer and Information Research Scientists", soc_version="2010")
        new = make_occupation("15-1221", "Computer and Information Research Scientists")
        make_code_change(old, new, 2019)
        make_wage(make_release(2018), make_area(), old, annual_median=118_370)
        make_wage(make_release(2019), make_area(), new, annual_median=122_840)
        trend = section(page(client, f"/occupations/{new.code_slug}/pay/"), "trend")
        assert re.search(r'class="nominal" d="([^"]*)"', trend)[1] == ""
        assert "The median of May 2019 is not on one line with any earlier year’s." in words(trend)

    def test_one_year_makes_no_chart(self, client, may_2025):
        assert 'id="trend"' not in page(client, PAGE)

    def test_the_page_says_in_a_sentence_what_the_pay_page_draws(self, client, may_2025, tree):
        make_wage(make_release(2024), make_area(), tree, annual_median=50_250)
        html = page(client, PAGE)
        assert 'id="trend"' not in html
        years = section(html, "years")
        assert '<a href="pay/#trend">See it drawn</a>' in years
        assert "in the dollars of each year it rose from $50,250 to $51,140." in words(years)
        assert [row[:3] for row in rows(years)] == [
            ["May 2025", "$51,140", "$51,140"],
            ["May 2024", "$50,250", "$51,430"],
        ]
        assert "May 2025 dollars are computed here, from published medians and BLS CPI-U" in years
        assert 'id="trend"' in page(client, f"{PAGE}pay/")
        assert 'id="trend"' not in page(client, f"{PAGE}pay/?year=2024")

    def test_a_code_that_the_pay_page_no_longer_draws_is_drawn_here(self, client, may_2025):
        legislators = make_occupation("11-1031", "Legislators")
        for year, median in ((2023, 43_000), (2024, 44_810)):
            make_wage(make_release(year), make_area(), legislators, annual_median=median)
        trend = section(page(client, "/occupations/11-1031-legislators/"), "trend")
        assert [row[:2] for row in rows(trend)] == [["May 2024", "$44,810"], ["May 2023", "$43,000"]]


class TestStates:
    @pytest.fixture
    def cardiologists(self):
        """May 2025: Arizona carries the mark #, California and Ohio are published, Guam has no row."""
        release, occupation = make_release(), make_occupation("29-1212")
        make_wage(release, make_area(), occupation, employment=17_290, annual_median=496_010)
        make_wage(release, make_area("California"), occupation, employment=630, annual_median=185_610)
        make_wage(release, make_area("Ohio"), occupation, **CARDIOLOGISTS_OHIO)
        ceiling = ["annual_median", "annual_p10", "annual_p90"]
        arizona = make_area("Arizona", code="0400000", area_type=2, primary_state="AZ")
        make_wage(release, arizona, occupation, employment=440, top_coded=ceiling)
        make_area("Guam")
        make_wage(release, make_area("Akron, OH"), occupation, employment=40)
        return "/occupations/29-1212-cardiologists/"

    def test_places_stand_from_a_bound_down_to_not_published(self, client, cardiologists):
        assert rows(section(page(client, cardiologists), "states")) == [
            ["Arizona", "at least $239,200", "440"],
            ["Ohio", "$504,260", "760"],
            ["California", "$185,610", "630"],
            ["Guam", "not published", "not published"],
        ]

    def test_states_that_are_not_loaded_are_told_from_states_without_figures(self, client, may_2025):
        states = section(page(client, PAGE), "states")
        assert "The figures of May 2025 by state are not loaded on this site." in states
        may_2025.levels = {"1": {"rows": 1_394}, "2": {"rows": 37_000}}
        may_2025.save()
        states = section(page(client, PAGE), "states")
        assert "BLS publishes no figures by state under this code in May 2025." in states

    def test_the_full_table_of_areas_is_a_click_away(self, client, cardiologists):
        assert '<a href="pay/">All states' in section(page(client, cardiologists), "states")

    def test_hourly_only_pay_is_an_hour_in_the_states_too(self, client):
        release, actors = make_release(), make_occupation("27-2011")
        make_wage(release, make_area(), actors, **ACTORS)
        make_wage(release, make_area("Ohio"), actors, hourly_only=True, hourly_median=1_870, employment=300)
        states = section(page(client, "/occupations/27-2011-actors/"), "states")
        assert rows(states) == [["Ohio", "$18.70", "300"]]
        assert "Median an hour" in states


class TestEmployers:
    def test_industries_stand_by_jobs_with_their_share(self, client, may_2025, tree):
        hospitals = {"code": "622100", "title": "General Medical and Surgical Hospitals", "level": "4-digit"}
        doctors = {"code": "621100", "title": "Offices of Physicians", "level": "4-digit"}
        make_industry_wage(may_2025, tree, employment=34_860, annual_median=47_120, **doctors)
        make_industry_wage(may_2025, tree, employment=51_740, annual_median=59_460, **hospitals)
        make_industry_wage(may_2025, tree, employment=123_820)  # the sector: the same jobs again
        employers = section(page(client, PAGE), "employers")
        assert rows(employers) == [
            ["General Medical and Surgical Hospitals", "51,740", "26.6%", "$59,460"],
            ["Offices of Physicians", "34,860", "17.9%", "$47,120"],
        ]
        assert "51,740 of the 194,720 jobs (26.6%), the most of any industry" in employers

    def test_eight_industries_at_most(self, client, may_2025, tree):
        for number in range(11):
            industry = {"code": f"62{number:02}00", "title": f"Industry {number}", "level": "4-digit"}
            make_industry_wage(may_2025, tree, employment=1_000 - number, **industry)
        names = [row[0] for row in rows(section(page(client, PAGE), "employers"))]
        assert names == [f"Industry {number}" for number in range(8)]


class TestTree:
    def test_a_group_lists_what_it_holds_and_a_broad_group_of_one_its_cousins(self, client, may_2025):
        minor = Occupation.objects.get(code="29-2000")
        dosimetrists = make_occupation("29-2036", "Medical Dosimetrists", parent=minor)
        make_wage(may_2025, make_area(), dosimetrists, annual_median=147_470, employment=3_410)
        neighbours = section(page(client, PAGE), "neighbours")
        assert rows(neighbours) == [["Medical Dosimetrists", "$147,470", "3,410"]]
        make_wage(may_2025, make_area(), minor, annual_median=58_180)
        children = section(page(client, f"/occupations/{minor.code_slug}/"), "children")
        assert [row[0] for row in rows(children)] == ["Medical Dosimetrists", "Medical Records Specialists"]

    def test_a_code_counted_in_a_wider_one_says_which(self, client, may_2025):
        wider = make_occupation("31-1120", "Home Health and Personal Care Aides")
        make_occupation("31-1121", "Home Health Aides", parent=wider)
        make_wage(may_2025, make_area(), wider, annual_median=36_160)
        text = words(page(client, "/occupations/31-1121-home-health-aides/"))
        wanted = "It counts these jobs in 31-1120 Home Health and Personal Care Aides."
        assert f"BLS publishes no figures for this code alone. {wanted}" in text
        covered = section(page(client, f"/occupations/{wider.code_slug}/"), "children")
        assert "What BLS counts under this code" in covered
        assert rows(covered) == [["Home Health Aides", "not published", "not published"]]

    def test_military_occupations_have_no_pay_and_the_page_says_why(self, client, may_2025):
        make_occupation("55-0000", "Military Specific Occupations", level="major")
        html = page(client, "/occupations/55-0000-military-specific-occupations/")
        assert "The survey does not cover the armed forces" in html
        assert 'id="pay"' not in html

    def test_a_code_gone_from_the_newest_release_shows_its_last_figures(self, client, may_2025):
        legislators = make_occupation("11-1031", "Legislators")
        make_wage(make_release(2024), make_area(), legislators, annual_median=44_810, annual_only=True)
        text = words(page(client, "/occupations/11-1031-legislators/"))
        assert "BLS publishes no figures for this occupation in May 2025." in text
        assert "The newest are for May 2024, and this page shows those." in text
        assert "United States · May 2024 · BLS OEWS" in text


class TestAddresses:
    def test_the_bare_code_and_a_wrong_slug_lead_to_the_address(self, client, may_2025):
        for address in ("/occupations/29-2072/", "/occupations/29-2072-records-clerks/"):
            response = client.get(f"{address}?table=years&_export=csv")
            assert response.status_code == 301
            assert response["Location"] == f"{PAGE}?table=years&_export=csv"

    def test_a_renamed_code_leads_to_its_successor(self, client, may_2025):
        old = make_occupation("15-1111", "Research Scientists", soc_version="2010")
        make_code_change(old, make_occupation("15-1221", "Research Scientists"), 2019)
        response = client.get(f"/occupations/{old.code_slug}/")
        assert response.status_code == 301
        assert response["Location"] == "/occupations/15-1221-research-scientists/"

    def test_a_split_code_says_what_became_of_it_and_keeps_its_figures(self, client, split):
        html = page(client, OLD_PAGE)
        assert (
            "29-2071 is an earlier code and was split. Its jobs have since been counted in "
            "29-2098 Medical Records Specialists and Others (May 2019 and 2020) and in "
            "29-2036 Medical Dosimetrists and 29-2072 Medical Records Specialists (from May 2021 on)."
        ) in words(html)
        assert rows(section(html, "years"))[0][:2] == ["May 2018", "$40,350"]
        assert f'<a href="{PAGE}"><span class="code">29-2072</span>' in html

    def test_a_merged_code_keeps_its_page(self, client, may_2025):
        aides, carers = (make_occupation(c, soc_version="2010") for c in ("31-1011", "39-9021"))
        both = make_occupation("31-1120", "Home Health and Personal Care Aides")
        make_code_change(aides, both, 2019)
        make_code_change(carers, both, 2019)
        text = words(page(client, f"/occupations/{aides.code_slug}/"))
        assert "31-1011 is an earlier code and became part of another code." in text
        assert "31-1120 Home Health and Personal Care Aides (from May 2019 on)" in text

    @pytest.mark.parametrize("code", ["99-9999", "29-2073-nobody", "00-0001"])
    def test_an_unknown_code_is_not_found_and_offers_a_search(self, client, may_2025, code):
        html = page(client, f"/occupations/{code}/", status=404)
        assert f"No occupation has the code {code[:7]}" in html
        assert 'action="/search/"' in html

    def test_an_address_that_is_no_code_is_not_found(self, client, may_2025):
        for address in ("/occupations/nurse/", "/occupations/29-20720x/", "/occupations/٢٩-2072/"):
            assert client.get(address, follow=True).status_code == 404

    def test_the_page_names_its_own_address(self, client, may_2025):
        assert f'<link rel="canonical" href="http://testserver{PAGE}">' in page(client, PAGE)


class TestExports:
    def read(self, client, table):
        response = client.get(f"{PAGE}?_export=csv&table={table}")
        assert response.status_code == 200
        assert f'filename="29-2072-{table}.csv"' in response["Content-Disposition"]
        return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    def test_years_stand_each_with_its_own_period(self, client, split):
        lines = self.read(client, "years")
        assert [(line["period"], line["annual_median"]) for line in lines] == [
            ("May 2025", "51140"),
            ("May 2021", "46660"),
        ]

    def test_states_are_of_the_release_on_the_page(self, client, may_2025, tree):
        make_wage(may_2025, make_area("Ohio"), tree, **MEDICAL_RECORDS_OHIO)
        (ohio,) = self.read(client, "states")
        assert (ohio["area_code"], ohio["area"], ohio["annual_median"]) == ("3900000", "Ohio", "50990")

    def test_industries_have_codes_and_statuses(self, client, may_2025, tree):
        hospitals = {"code": "622100", "title": "Hospitals", "level": "4-digit"}
        make_industry_wage(may_2025, tree, employment=51_740, annual_median=59_460, **hospitals)
        (line,) = self.read(client, "industries")
        assert (line["industry_code"], line["employment"], line["annual_median"]) == (
            "622100",
            "51740",
            "59460",
        )
        assert line["hourly_median_status"] == "not_published"

    def test_every_table_offers_its_own_files(self, client, may_2025):
        assert 'href="?_export=xlsx&amp;table=years"' in section(page(client, PAGE), "years")

    def test_an_unknown_table_gives_the_years(self, client, may_2025):
        response = client.get(f"{PAGE}?_export=json&table=../evil")
        assert response["Content-Disposition"] == 'attachment; filename="29-2072-years.json"'
        assert json.loads(response.content)["rows"][0]["annual_median"] == 51_140


def test_a_number_that_came_back_with_another_meaning_lends_its_old_years_alone(client, tree):
    """29-9099 became 29-9098 in May 2019; since May 2021 the number 29-9099 counts other jobs."""
    returned = make_occupation("29-9099", "Healthcare Workers, All Other")
    interim = make_occupation("29-9098", "Health Workers of Two Years", soc_version="2019")
    make_code_change(returned, interim, 2019)
    make_code_change(interim, returned, 2021)
    make_code_change(interim, make_occupation("29-9093", "Surgical Assistants"), 2021)
    for year, occupation, median in (
        (2018, returned, 41_000),
        (2020, interim, 44_090),
        (2025, returned, 65_790),
    ):
        make_wage(make_release(year), make_area(), occupation, annual_median=median)
    html = page(client, f"/occupations/{interim.code_slug}/")
    assert "$44,090" in section(html, "pay")
    assert "$41,000" in section(html, "years")
    assert "$65,790" not in html


class TestCost:
    def test_twelve_queries_with_one_release_and_with_fourteen(self, client, may_2025, tree):
        """Everything on the page: states, employers, neighbours and a history."""
        minor = Occupation.objects.get(code="29-2000")
        beside = make_occupation("29-2036", "Medical Dosimetrists", parent=minor)
        make_wage(may_2025, make_area(), beside, annual_median=147_470)
        make_wage(may_2025, make_area("Ohio"), tree, **MEDICAL_RECORDS_OHIO)
        hospitals = {"code": "622100", "title": "Hospitals", "level": "4-digit"}
        make_industry_wage(may_2025, tree, employment=51_740, **hospitals)
        DataVersion.raise_number()
        page(client, PAGE)  # keeps the small tables
        assert queries(client) == 12
        interim = make_occupation("29-2098", soc_version="2019")
        make_code_change(interim, tree, 2021)
        for year in range(2012, 2025):
            make_wage(make_release(year), make_area(), tree, **MEDICAL_RECORDS)
        DataVersion.raise_number()
        page(client, PAGE)
        assert queries(client) == 12

    def test_a_full_page_stays_under_60_kb(self, client, may_2025, tree):
        for number in range(1, 55):
            state = make_area(f"State of a Long Name {number}", code=f"{number:02}00000", area_type=2)
            make_wage(may_2025, state, tree, **MEDICAL_RECORDS)
        for year in range(2012, 2025):
            make_wage(make_release(year), make_area(), tree, **MEDICAL_RECORDS)
        assert len(client.get(PAGE).content) < 60_000


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        page(client, PAGE)
    return len(captured)


class TestBadParameters:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.dictionaries(
            st.sampled_from(["_export", "table", "sort", "page", "year"]),
            st.one_of(st.text(max_size=40), st.sampled_from(["\x00", "csv", "states", "9" * 500])),
            max_size=3,  # a longer query is refused before any page is asked
        )
    )
    def test_no_parameter_breaks_the_page(self, client, may_2025, parameters):
        assert client.get(PAGE, parameters).status_code == 200

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(st.characters(exclude_characters="/?#", exclude_categories=["Cs"]), max_size=60))
    def test_no_slug_breaks_the_page(self, client, may_2025, slug):
        assert client.get(f"/occupations/29-2072{slug}/").status_code in (200, 301, 404)


def test_a_site_without_figures_says_so(client, tree):
    assert "No release of figures is published on this site yet." in page(client, PAGE)
