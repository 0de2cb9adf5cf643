"""Checking an offer: what the page says in Akron, Ohio and the nation, and what it says when it cannot."""

import logging
import re

import pytest

from careers.models import DataVersion
from tests.factories import (
    ACTORS,
    BUSINESS_TEACHERS,
    CARDIOLOGISTS_OHIO,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_code_change,
    make_occupation,
    make_price_parity,
    make_release,
    make_title,
    make_wage,
)

pytestmark = pytest.mark.django_db
OHIO = "occupation=29-2072&area=ohio"


@pytest.fixture
def may_2025():
    release, ohio, akron = make_release(), make_area("Ohio"), make_area("Akron, OH")
    make_wage(release, make_area(), make_occupation("29-2072"), **MEDICAL_RECORDS)
    make_wage(release, ohio, make_occupation("29-2072"), **MEDICAL_RECORDS_OHIO)
    make_wage(release, ohio, make_occupation("29-1212"), **CARDIOLOGISTS_OHIO)
    make_wage(release, make_area(), make_occupation("27-2011"), **ACTORS)
    make_wage(release, make_area(), make_occupation("25-1011"), **BUSINESS_TEACHERS)
    make_price_parity(ohio, 92.774)
    make_price_parity(akron, 93.37)
    return release


def page(client, query=""):
    response = client.get(f"/offer/?{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#x27;", "'").split())


def rows(html):
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    lines = re.findall(r"<tr>(.*?)</tr>", body)
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)] for line in lines]


class TestAnswer:
    def test_the_bracket_comes_first_and_then_the_estimate(self, client, may_2025):
        html = page(client, f"{OHIO}&amount=47000")
        assert '<h2 id="answer">Between the 25th percentile and the median in Ohio</h2>' in html
        assert '<p class="verdict">About the 32nd percentile</p>' in html
        meaning = "At least a quarter of these jobs pay less, and at least half pay more."
        assert f"Your offer: $47,000 a year. {meaning}" in words(html)

    def test_place_period_and_source_stand_beside_it(self, client, may_2025):
        html = page(client, f"{OHIO}&amount=47000")
        assert "Medical Records Specialists · Ohio · May 2025 · BLS OEWS" in words(html)

    def test_the_same_offer_against_state_and_nation_with_every_percentile(self, client, may_2025):
        ohio, nation = rows(page(client, f"{OHIO}&amount=51000"))
        assert ohio[:2] == ["Ohio", "Between the median and the 75th percentile about the 51st percentile"]
        assert ohio[2:] == ["$38,060", "$45,500", "$50,990", "$63,510", "$79,290"]
        assert nation[0] == "United States"
        assert nation[1] == "Between the 25th percentile and the median about the 49th percentile"
        assert nation[2:] == ["$37,000", "$43,490", "$51,140", "$64,820", "$81,150"]

    def test_each_percentile_names_itself_for_a_narrow_screen(self, client, may_2025):
        html = page(client, f"{OHIO}&amount=47000")
        assert 'data-label="10th percentile">$38,060</td>' in html
        assert 'data-label="Median">$50,990</td>' in html

    def test_a_metro_without_figures_falls_back_and_says_so(self, client, may_2025):
        html = page(client, "occupation=29-2072&area=akron-oh&amount=47000")
        assert (
            "Akron, OH has no published figure for Medical Records Specialists; "
            "the figures here are for Ohio." in (words(html))
        )
        assert "the median in Ohio</h2>" in html
        assert rows(html)[0] == ["Akron, OH", *["not published"] * 6]

    def test_an_hourly_offer_is_laid_against_hourly_pay(self, client, may_2025):
        html = page(client, f"{OHIO}&amount=24.50&per=hour&hours=20")
        assert rows(html)[0][2:] == ["$18.30", "$21.88", "$24.52", "$30.54", "$38.12"]
        assert "Your offer: $24.50 an hour. At least a quarter" in words(html)

    def test_a_monthly_offer_is_converted_by_twelve(self, client, may_2025):
        html = words(page(client, f"{OHIO}&amount=4k&per=month"))
        assert (
            "Your offer: $4,000 a month, which is $48,000 a year at 40 hours a week, 52 weeks a year." in html
        )

    def test_part_time_is_looked_at_by_the_hour_too(self, client, may_2025):
        html = words(page(client, f"{OHIO}&amount=26000&hours=20"))
        assert "Below the 10th percentile in Ohio" in html
        assert "By the hour your offer is $25.00 an hour: between the median and the 75th percentile" in html

    def test_hourly_only_pay_is_compared_by_the_readers_own_hours(self, client, may_2025):
        html = words(page(client, "occupation=27-2011&amount=60000&hours=30"))
        # 60,000 / (30 x 52) = 38.46
        assert "$60,000 a year, which is $38.46 an hour at 30 hours a week" in html
        assert "BLS publishes pay for Actors by the hour only." in html
        assert "Between the median and the 75th percentile in the United States" in html

    def test_yearly_only_pay_is_compared_by_the_readers_own_hours(self, client, may_2025):
        html = words(page(client, "occupation=25-1011&amount=50&per=hour"))
        assert "$50 an hour, which is $104,000 a year at 40 hours a week, 52 weeks a year." in html
        assert "BLS publishes pay for Business Teachers, Postsecondary by the year only." in html

    def test_the_offer_is_marked_on_the_ladder_in_words(self, client, may_2025):
        html = page(client, f"{OHIO}&amount=47000")
        assert '<line class="offer" x1="34.71%"' in html  # 23 + 54 x 8,940 / 41,230
        assert ">Your offer $47,000</text>" in html

    def test_an_offer_far_outside_is_off_the_scale(self, client, may_2025):
        html = page(client, f"{OHIO}&amount=400000")
        assert ">Your offer $400,000 →</text>" in html
        assert '<line class="offer"' not in html

    def test_prices_stand_beside_never_instead(self, client, may_2025):
        html = words(page(client, "occupation=29-2072&area=akron-oh&amount=47000"))
        # 47,000 / 0.9337 = 50,337; to ten dollars
        assert "Akron, OH: prices are 93.4% of the nation’s (2024)." in html
        assert "the offer buys what $50,340 a year buys across the United States" in html
        assert "Ohio: prices are 92.8% of the nation’s (2024)." in html
        assert "Source of the price levels: U.S. Bureau of Economic Analysis" in html

    def test_a_place_without_a_price_level_is_told(self, client, may_2025):
        make_area("Southern Ohio nonmetropolitan area")
        html = words(page(client, "occupation=29-2072&area=3900004&amount=47000"))
        assert "BEA publishes no price level for the Southern Ohio nonmetropolitan area." in html
        assert "Ohio: prices are 92.8%" in html

    def test_the_nation_alone_has_no_price_section(self, client, may_2025):
        assert 'id="prices"' not in page(client, "occupation=29-2072&amount=47000")

    def test_a_bound_is_not_a_figure(self, client, may_2025):
        make_wage(
            may_2025, make_area(), make_occupation("29-1212"), annual_p10=100_000, annual_p25=200_000,
            top_coded=["annual_median", "annual_p75", "annual_p90"],
        )  # fmt: skip
        html = words(page(client, "occupation=29-1212&amount=300k"))
        assert "Above the 25th percentile in the United States" in html
        assert "The median is at least $239,200: BLS does not publish where it stands." in html
        assert "About the" not in html

    def test_an_occupation_without_pay_is_told_so(self, client, may_2025):
        make_occupation("55-1011", "Air Crew Officers")
        html = words(page(client, "occupation=55-1011&area=ohio&amount=47000"))
        assert "BLS publishes no pay for Air Crew Officers in Ohio or the United States in May 2025." in html


class TestTyping:
    @pytest.mark.parametrize(
        "text", ["29-2072", "292072", "medical records specialists", "29-2072-medical-records-specialists"]
    )
    def test_code_title_or_address(self, client, may_2025, text):
        assert 'value="Medical Records Specialists"' in page(client, f"occupation={text}&area=OH&amount=47k")

    def test_several_meanings_are_links_that_keep_the_rest(self, client, may_2025):
        html = page(client, "occupation=records&area=ohio&amount=47k&per=year&hours=38")
        assert "No occupation is called “records”. Did you mean one of these?" in html
        assert (
            'href="/offer/?occupation=29-2072&amp;area=ohio&amp;amount=47k&amp;per=year&amp;hours=38"' in html
        )
        assert 'id="answer"' not in html

    def test_an_everyday_title_of_one_occupation_is_that_occupation(self, client, may_2025):
        make_title("Chart Clerk")
        html = words(page(client, "occupation=chart clerk&area=akron&amount=47k"))
        assert "“chart clerk” is read as Medical Records Specialists. “akron” is read as Akron, OH." in html
        assert "The offer is not checked yet." not in html

    def test_an_unknown_place_is_told_with_near_ones(self, client, may_2025):
        html = page(client, "occupation=29-2072&area=akro&amount=47k")
        assert "No place is called “akro”. Did you mean one of these?" in html
        assert "area=akron-oh" in html

    def test_without_an_amount_the_form_waits(self, client, may_2025):
        html = page(client, "occupation=29-2072")
        assert 'id="problems"' not in html
        assert 'value="Medical Records Specialists"' in html

    def test_an_old_code_leads_to_those_that_count_its_jobs(self, client, may_2025):
        old = make_occupation("29-2071", soc_version="2010")
        make_code_change(old, make_occupation("29-2072"), 2021)
        html = page(client, "occupation=29-2071&amount=47k")
        assert "is a code that is no longer used" in html
        assert 'href="/offer/?occupation=29-2072&amp;amount=47k"' in html


class TestProblems:
    @pytest.mark.parametrize(
        ("query", "field", "message"),
        [
            ("amount=", "amount", "Write the amount of the offer."),
            ("amount=0", "amount", "The amount must be more than 0."),
            ("amount=-5", "amount", "The amount must be more than 0."),
            ("amount=1e999", "amount", "Write the amount as one number: $52,000, 52k or 24.50."),
            ("amount=nan", "amount", "Write the amount as one number: $52,000, 52k or 24.50."),
            (f"amount=1{'0' * 30}", "amount", "The amount must be at most $100,000,000."),
            ("amount=5&hours=0", "hours", "Hours a week are a number from 1 to 168."),
            ("amount=5&hours=200", "hours", "Hours a week are a number from 1 to 168."),
            ("amount=5&per=fortnight", "per", "An offer is paid by the hour, week, month or year."),
        ],
    )
    def test_told_beside_the_field_and_in_the_summary(self, client, may_2025, query, field, message):
        html = page(client, f"occupation=29-2072&{query}")
        assert f'<a href="#f-{field}">{message}</a>' in html
        assert f'<p class="error" id="e-{field}">{message}</p>' in html
        assert f'id="f-{field}"' in html
        assert 'aria-invalid="true"' in html
        assert 'id="answer"' not in html

    def test_what_was_typed_stays(self, client, may_2025):
        html = page(client, "occupation=29-2072&area=ohio&amount=fifty&per=week&hours=37.5")
        assert 'value="fifty"' in html
        assert 'value="37.5"' in html
        assert "<option selected>week</option>" in html

    def test_pay_per_the_wrong_thing_is_asked_about(self, client, may_2025):
        assert "Is it really paid by the hour?" in page(client, f"{OHIO}&amount=47000&per=hour")

    @pytest.mark.parametrize(
        "query",
        [
            "amount=%00&occupation=%00&area=%00&per=%00&hours=%00",
            "amount=5%00&occupation=29-2072",
            "amount=47000&amount=5&occupation=29-2072&occupation=x",
            "amount[]=1&occupation[]=29-2072",
            "amount=%3Cscript%3E&occupation=%3Cscript%3E&area=%3Cscript%3E&hours=%3Cscript%3E",
            "amount=47000&occupation='%20OR%201=1--&area=%25",
            f"amount={'9' * 300}&occupation={'a+' * 300}&hours={'1' * 300}",
            "amount=%F0%9F%98%80&occupation=%F0%9F%98%80&hours=%F0%9F%98%80",
            "amount=47000",
            "occupation=99-9999&area=9999999&amount=1",
            "amount=.5&occupation=29-2072",
            "occupation=00-0000&amount=1",
        ],
    )
    def test_no_query_breaks_the_page(self, client, may_2025, query):
        assert "<script>" not in page(client, query)


class TestPrivacy:
    def test_the_answer_is_kept_by_no_cache_and_no_index(self, client, may_2025):
        response = client.get(f"/offer/?{OHIO}&amount=47123")
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert not response.has_header("ETag")
        assert not response.cookies
        assert '<meta name="robots" content="noindex">' in response.content.decode()

    @pytest.mark.parametrize("amount", ["47123", "47123x"])
    def test_the_amount_is_written_to_no_log(self, client, may_2025, caplog, amount):
        with caplog.at_level(logging.DEBUG):
            page(client, f"{OHIO}&amount={amount}")
        own = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
        assert not [message for message in own if "47123" in message]

    def test_the_page_says_so(self, client, may_2025):
        assert "Nothing that you type is stored or logged by this site." in page(client)


class TestQueries:
    def test_six_queries(self, client, may_2025, django_assert_num_queries):
        with django_assert_num_queries(6):
            page(client, "occupation=29-2072&area=akron-oh&amount=47000")

    def test_ten_at_most_whatever_is_typed(self, client, may_2025, django_assert_max_num_queries):
        DataVersion.raise_number()
        page(client, "occupation=xyz&area=akro&amount=5")  # keeps the search's titles
        with django_assert_max_num_queries(10):
            page(client, "occupation=xyz&area=akro&amount=5")


def test_without_any_release_the_page_says_that_none_is_loaded(client):
    response = client.get("/offer/?occupation=29-2072&amount=47123")
    assert "No figures are loaded yet" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_a_release_without_any_area_is_told(client):
    make_release()
    make_occupation()
    assert "BLS publishes no pay for Medical Records Specialists in any place" in page(
        client, "occupation=29-2072&amount=47000"
    )
