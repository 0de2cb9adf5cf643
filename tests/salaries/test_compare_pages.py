"""Side by side: differences said or withheld with the reason; a fallback is never silent."""

import re

import pytest

from careers.models import DataVersion
from salaries.comparison import difference_words
from salaries.figures import Unit
from tests.factories import (
    ACTORS,
    BUSINESS_TEACHERS,
    CARDIOLOGISTS_OHIO,
    HEALTH_INFORMATION_OHIO,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_code_change,
    make_occupation,
    make_price_parity,
    make_profile,
    make_projection,
    make_release,
    make_title,
    make_wage,
)

pytestmark = pytest.mark.django_db
TWO_IN_OHIO = "occupation=29-2072&occupation=29-9021&area=ohio"


@pytest.fixture
def may_2025():
    release, ohio = make_release(), make_area("Ohio")
    make_wage(release, make_area(), make_occupation("29-2072"), **MEDICAL_RECORDS)
    make_wage(release, ohio, make_occupation("29-2072"), **MEDICAL_RECORDS_OHIO)
    make_wage(release, ohio, make_occupation("29-9021"), **HEALTH_INFORMATION_OHIO)
    make_wage(release, ohio, make_occupation("29-1212"), **CARDIOLOGISTS_OHIO)
    make_wage(release, make_area("California"), make_occupation("29-2072"), annual_median=61_810)
    make_area("Akron, OH")
    return release


def page(client, query=""):
    response = client.get(f"/compare/?{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def row(html, label):
    """The cells of a row of the table, figure and difference apart by a bar."""
    line = re.search(rf'<tr><th scope="row">{label}</th>(.*?)</tr>', html)[1]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", line)
    return [re.sub(r"<[^>]+>", "", cell.replace(" <small>", " | ")) for cell in cells]


class TestOccupationsInOnePlace:
    def test_columns_are_the_occupations_with_their_place(self, client, may_2025):
        html = page(client, TWO_IN_OHIO)
        assert '<th scope="col"><a href="/occupations/29-2072-medical-records-specialists/">' in html
        assert html.count('<span class="place">Ohio</span></th>') == 2

    def test_each_figure_has_its_difference_in_words_and_dollars(self, client, may_2025):
        html = page(client, TWO_IN_OHIO)
        assert row(html, "Median") == ["$50,990", "$71,330 | $20,340 more a year"]
        assert row(html, "25th percentile") == ["$45,500", "$42,510 | $2,990 less a year"]
        assert row(html, "Jobs") == ["7,440", "2,500 | 4,940 fewer jobs"]
        assert "$34.29 <small>$9.77 more an hour</small>" in html

    def test_the_difference_in_medians_is_said_first(self, client, may_2025):
        assert (
            "Health Information Technologists and Medical Registrars: the median is $20,340 more a year "
            "than that of Medical Records Specialists."
        ) in page(client, TWO_IN_OHIO)

    def test_the_caption_says_place_period_and_source(self, client, may_2025):
        assert "<caption>Pay and jobs: Ohio, May 2025, BLS OEWS</caption>" in page(client, TWO_IN_OHIO)

    def test_without_a_place_the_nation_is_shown(self, client, may_2025):
        html = page(client, "occupation=29-2072")
        assert row(html, "Median") == ["$51,140"]
        assert "United States, May 2025, BLS OEWS" in html

    def test_pay_an_hour_stands_after_what_the_work_takes(self, client, may_2025):
        make_projection(make_occupation("29-2072"))
        html = page(client, TWO_IN_OHIO)
        headings = re.findall(r'<th scope="rowgroup"[^>]*>([^<,]+)', html)
        assert headings == [
            "Pay a year",
            "How many work in it",
            "What it takes",
            "How it is changing",
            "Pay an hour",
        ]

    def test_pay_an_hour_stands_first_where_a_median_is_hourly_only(self, client, may_2025):
        make_wage(may_2025, make_area(), make_occupation("27-2011"), **ACTORS)
        html = page(client, "occupation=29-2072&occupation=27-2011")
        headings = re.findall(r'<th scope="rowgroup"[^>]*>([^<,]+)', html)
        assert headings == ["Pay a year", "Pay an hour", "How many work in it"]

    def test_rows_that_nobody_has_are_left_out(self, client, may_2025):
        html = page(client, "occupation=29-1212&area=ohio")
        assert "Pay a year" in html
        assert "Pay an hour" not in html

    def test_the_charts_share_one_scale(self, client, may_2025):
        html = page(client, TWO_IN_OHIO)
        assert html.count('<svg role="img"') == 2
        # Ohio: p10 $38,060 is the lowest, p90 $104,070 the highest.
        assert '<rect class="tick" x="23.0%"' in html
        assert '<rect class="tick" x="77.0%"' in html


class TestOneOccupationInSeveralPlaces:
    def test_columns_are_the_places(self, client, may_2025):
        html = page(client, "occupation=29-2072&area=ohio&area=california")
        assert row(html, "Median") == ["$50,990", "$61,810 | $10,820 more a year"]
        assert "California: the median is $10,820 more a year than that in Ohio." in html
        assert '<a href="/areas/california/">California</a>' in html

    def test_many_occupations_and_many_places_keep_the_first_place_and_say_so(self, client, may_2025):
        html = page(client, f"{TWO_IN_OHIO}&area=california")
        assert "The occupations are shown for Ohio alone." in html
        assert row(html, "Median") == ["$50,990", "$71,330 | $20,340 more a year"]


class TestFallback:
    def test_a_metro_without_a_figure_shows_its_states_and_says_so(self, client, may_2025):
        html = page(client, "occupation=29-1212&area=akron-oh")
        assert (
            "Akron, OH has no published figure for Cardiologists; Ohio&#x27;s median is $504,260 a year."
            in html
        )
        assert '<span class="place">figures for Ohio</span>' in html
        assert "<caption>Pay and jobs: Ohio, May 2025, BLS OEWS</caption>" in html

    def test_a_suppressed_row_falls_back_too(self, client, may_2025):
        make_wage(may_2025, make_area("Akron, OH"), make_occupation("29-1212"), employment=40)
        assert "Akron, OH has no published figure for Cardiologists" in page(
            client, "occupation=29-1212&area=akron-oh"
        )

    def test_a_bound_is_a_published_figure_and_stays(self, client, may_2025):
        make_wage(may_2025, make_area("Akron, OH"), make_occupation("29-1212"), top_coded=["annual_median"])
        html = page(client, "occupation=29-1212&area=akron-oh")
        assert row(html, "Median") == ["at least $239,200"]
        assert "no published figure" not in html

    def test_the_nation_stands_in_where_the_state_has_none_either(self, client, may_2025):
        make_wage(may_2025, make_area(), make_occupation("27-2011"), **ACTORS)
        html = page(client, "occupation=27-2011&area=akron-oh")
        assert (
            "Akron, OH has no published figure for Actors; the United States&#x27; median is $29.05 an hour."
            in html
        )
        assert '<span class="place">figures for the United States</span>' in html

    def test_no_figure_anywhere_is_said(self, client, may_2025):
        make_occupation("27-2011")
        html = page(client, "occupation=27-2011&area=akron-oh")
        assert "Akron, OH has no published figure for Actors, and neither has any place around it." in html
        assert "BLS publishes no figure for this comparison in May 2025." in html

    def test_two_that_fall_back_to_one_place_are_compared(self, client, may_2025):
        html = page(client, "occupation=29-2072&occupation=29-9021&area=akron-oh")
        assert html.count("Akron, OH has no published figure") == 2
        assert row(html, "Median") == ["$50,990", "$71,330 | $20,340 more a year"]


class TestWithheld:
    def test_where_one_falls_back_and_the_other_does_not(self, client, may_2025):
        make_wage(may_2025, make_area("Akron, OH"), make_occupation("29-2072"), annual_median=49_480)
        html = page(client, "occupation=29-2072&occupation=29-9021&area=akron-oh")
        assert row(html, "Median") == ["$49,480", "$71,330 | not compared: another place"]

    def test_between_places_where_one_has_no_figure_of_its_own(self, client, may_2025):
        html = page(client, "occupation=29-2072&area=california&area=akron-oh")
        assert row(html, "Median")[1] == "$50,990 | not compared: Akron, OH has no figure of its own"

    def test_from_a_bound(self, client, may_2025):
        oregon = make_area("Oregon", code="4100000", area_type=2, primary_state="OR")
        make_wage(may_2025, oregon, make_occupation("29-1212"), top_coded=["annual_median"])
        make_wage(may_2025, oregon, make_occupation("29-2072"), annual_median=50_000)
        html = page(client, "occupation=29-1212&occupation=29-2072&area=oregon")
        assert row(html, "Median") == [
            "at least $239,200",
            "$50,000 | not compared: the first is a bound, not a figure",
        ]
        assert (
            "Medical Records Specialists: the median is not compared with that of Cardiologists "
            "(the first is a bound, not a figure)."
        ) in html
        html = page(client, "occupation=29-2072&occupation=29-1212&area=oregon")
        assert row(html, "Median") == ["$50,000", "at least $239,200 | not compared: a bound, not a figure"]

    def test_between_hourly_only_and_annual_only(self, client, may_2025):
        make_wage(may_2025, make_area(), make_occupation("27-2011"), **ACTORS)
        make_wage(may_2025, make_area(), make_occupation("25-1011"), **BUSINESS_TEACHERS)
        html = page(client, "occupation=27-2011&occupation=25-1011")
        assert "paid hourly only" in html
        assert "paid yearly only" in html
        assert not re.search(r"(more|less) an? (year|hour)", html)
        assert "the first is paid hourly only" in html


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [
        (5_650, Unit.DOLLARS_A_YEAR, "$5,650 more a year"),
        (-5_650, Unit.DOLLARS_A_YEAR, "$5,650 less a year"),
        (-120, Unit.CENTS_AN_HOUR, "$1.20 less an hour"),
        (12_300, Unit.JOBS, "12,300 more jobs"),
        (-4_940, Unit.JOBS, "4,940 fewer jobs"),
        (0, Unit.DOLLARS_A_YEAR, "the same"),
    ],
)
def test_difference_in_words(change, unit, words):
    assert difference_words(change, unit) == words


class TestChoosing:
    def test_the_empty_page_offers_a_form_and_examples(self, client, may_2025):
        html = page(client)
        assert "Choose what to compare" in html
        assert '<input id="f-occupation" name="occupation"' in html
        assert "For example:" in html

    @pytest.mark.parametrize(
        "typed", ["29-2072", "292072", "29-2072.00", "medical records specialists", " 29-2072 "]
    )
    def test_an_occupation_by_code_or_title(self, client, may_2025, typed):
        assert row(page(client, f"occupation={typed}"), "Median") == ["$51,140"]

    @pytest.mark.parametrize("typed", ["ohio", "Ohio", "OH", "3900000"])
    def test_a_place_by_address_title_postal_code_or_code(self, client, may_2025, typed):
        assert row(page(client, f"occupation=29-2072&area={typed}"), "Median") == ["$50,990"]

    def test_a_title_that_names_nothing_lists_near_ones_to_take(self, client, may_2025):
        html = page(client, "occupation=29-2072&occupation=health+technologists&area=ohio")
        assert "No occupation is called “health technologists”. Did you mean one of these?" in html
        assert (
            '<a href="/compare/?occupation=29-2072&amp;occupation=29-9021&amp;area=ohio">'
            "Health Information Technologists and Medical Registrars</a>"
        ) in html
        assert 'value="health technologists"' in html

    def test_a_place_that_names_nothing_lists_near_ones_to_take(self, client, may_2025):
        html = page(client, "occupation=29-2072&area=akro")
        assert "No place is called “akro”. Did you mean one of these?" in html
        assert '<a href="/compare/?occupation=29-2072&amp;area=akron-oh">Akron, OH</a>' in html

    def test_words_that_one_place_alone_has_are_that_place_and_the_page_says_so(self, client, may_2025):
        make_wage(may_2025, make_area("Akron, OH"), make_occupation("29-2072"), annual_median=49_480)
        html = page(client, "occupation=29-2072&area=akron")
        assert "“akron” is read as Akron, OH." in html
        assert row(html, "Median") == ["$49,480"]
        assert "No place is called" not in html

    def test_words_that_two_places_have_are_asked_about(self, client, may_2025):
        for code, title in (("0018140", "Columbus, OH"), ("0018020", "Columbus, IN")):
            make_area(title, code=code, area_type=4, primary_state=title[-2:])
        html = page(client, "occupation=29-2072&area=columbus")
        assert "Several places have “columbus” in their names. Which one is meant?" in html
        assert "is read as" not in html

    def test_a_job_title_of_one_occupation_is_that_occupation_and_the_page_says_so(self, client, may_2025):
        make_title("Medical Coder")
        html = page(client, "occupation=medical+coder&occupation=cardiologist&area=ohio")
        assert (
            "“medical coder” is read as Medical Records Specialists. “cardiologist” is read as Cardiologists."
            in html
        )
        assert row(html, "Median") == ["$50,990", "$504,260 | $453,270 more a year"]

    def test_a_job_title_of_two_occupations_is_asked_about(self, client, may_2025):
        make_title("Coder")
        make_title("Coder", make_occupation("29-9021"))
        html = page(client, "occupation=coder&area=ohio")
        assert "Several occupations are called “coder”. Which one is meant?" in html
        assert '<a href="/compare/?occupation=29-2072&amp;area=ohio">Medical Records Specialists</a>' in html
        assert "is read as" not in html

    def test_the_empty_form_takes_three(self, client, may_2025):
        html = page(client)
        assert [f'id="f-occupation{n}"' in html for n in ("", "-2", "-3", "-4")] == [True, True, True, False]

    def test_beside_one_column_the_form_comes_first(self, client, may_2025):
        html = page(client, "occupation=29-2072&area=ohio")
        assert html.index("Add what to compare it with") < html.index("Figure by figure")

    def test_where_nothing_can_be_added_there_is_no_form(self, client, may_2025):
        for number, title in enumerate(("Iowa", "Texas")):
            make_area(title, code=f"{number}900000", area_type=2, primary_state=title[:2].upper())
        html = page(client, "occupation=29-2072&area=ohio&area=california&area=iowa&area=texas")
        assert "Change the comparison" in html
        assert html.count("<form") == 1  # the search in the header
        assert '<span aria-hidden="true">×</span> Remove <span>Texas</span>' in html

    def test_an_old_code_offers_what_took_it_over(self, client, may_2025):
        old = make_occupation("29-2071", soc_version="2010")
        hybrid = make_occupation("29-2098", "Medical Dosimetrists, Records Specialists", soc_version="2019")
        make_code_change(old, hybrid, 2019)
        make_code_change(hybrid, make_occupation("29-2072"), 2021)
        make_code_change(hybrid, make_occupation("29-9021"), 2021)
        html = page(client, "occupation=29-2071")
        assert "is a code that is no longer used. Its jobs are now counted in one of these:" in html
        assert '<a href="/compare/?occupation=29-2072">' in html
        assert '<a href="/compare/?occupation=29-9021">' in html

    def test_a_title_that_two_codes_share_is_the_single_occupation(self, client, may_2025):
        make_occupation("29-9020", "Health Information Technologists and Medical Registrars", level="broad")
        html = page(client, "occupation=Health Information Technologists and Medical Registrars&area=ohio")
        assert row(html, "Median") == ["$71,330"]

    def test_a_fifth_is_put_aside_and_that_is_said(self, client, may_2025):
        for number in range(5):
            make_occupation(f"11-100{number}")
        query = "&".join(f"occupation=11-100{number}" for number in range(5))
        html = page(client, query)
        assert "Up to four occupations can be compared; the first four are shown." in html
        assert 'id="f-occupation"' not in html

    def test_the_same_twice_is_once(self, client, may_2025):
        assert row(page(client, "occupation=29-2072&occupation=292072"), "Median") == ["$51,140"]

    def test_each_can_be_removed_by_a_link(self, client, may_2025):
        html = page(client, TWO_IN_OHIO)
        assert '<a href="/compare/?occupation=29-9021&amp;area=ohio">' in html
        assert '<a href="/compare/?occupation=29-2072&amp;area=ohio">' in html

    def test_the_form_keeps_what_is_compared(self, client, may_2025):
        html = page(client, TWO_IN_OHIO)
        assert '<input type="hidden" name="occupation" value="29-2072">' in html
        assert '<input type="hidden" name="occupation" value="29-9021">' in html
        assert 'name="area" maxlength="100" value="Ohio"' in html


@pytest.mark.parametrize(
    "query",
    [
        "occupation=%00&area=%00",
        "occupation=&occupation=&area=",
        "occupation[]=29-2072&area[0]=ohio",
        "occupation='%20OR%201=1--",
        "occupation=%3Cscript%3E&area=%3Cscript%3E",
        f"occupation={'a+' * 500}",
        "&".join(f"occupation=nothing{n}&area=nowhere{n}" for n in range(45)),
        "occupation=%25%25&area=_",
        "occupation=29-2072&_export=pdf",
        "occupation=99-9999&area=9999999",
        "occupation=%F0%9F%98%80",
    ],
)
def test_no_query_breaks_the_page(client, may_2025, query):
    html = page(client, query)
    assert "<script>" not in html


class TestExport:
    def test_each_column_is_a_row_with_its_own_place(self, client, may_2025):
        make_wage(may_2025, make_area("Akron, OH"), make_occupation("29-2072"), annual_median=49_480)
        response = client.get("/compare/?occupation=29-2072&occupation=29-1212&area=akron-oh&_export=json")
        assert [(r["occupation"], r["area"], r["annual_median"]) for r in response.json()["rows"]] == [
            ("Medical Records Specialists", "Akron, OH", 49480),
            ("Cardiologists", "Ohio", 504260),
        ]


def keep_the_small_tables(client):
    DataVersion.raise_number()
    page(client, f"{TestQueries.QUERY}&occupation=xyz")  # no title: the search's titles are kept too


class TestQueries:
    QUERY = "occupation=29-2072&occupation=29-9021&occupation=29-1212&area=akron-oh"

    def test_eight_queries(self, client, may_2025, django_assert_num_queries):
        keep_the_small_tables(client)
        with django_assert_num_queries(8):
            page(client, self.QUERY)

    def test_eight_queries_with_many_rows(self, client, may_2025, django_assert_num_queries):
        for number in range(60):
            occupation = make_occupation(f"11-{number:04d}")
            make_wage(may_2025, make_area(), occupation, annual_median=50_000)
            make_wage(may_2025, make_area("Ohio"), occupation, annual_median=50_000)
        keep_the_small_tables(client)
        with django_assert_num_queries(8):
            page(client, self.QUERY)

    def test_twelve_queries_at_most_whatever_is_typed(self, client, may_2025, django_assert_max_num_queries):
        old = make_occupation("29-2071", soc_version="2010")
        make_code_change(old, make_occupation("29-2072"), 2021)
        make_code_change(old, make_occupation("29-9021"), 2021)
        typed = "&".join(f"occupation=health&occupation=x{n}&area=ohi&area=y{n}" for n in range(4))
        keep_the_small_tables(client)
        with django_assert_max_num_queries(12):
            page(client, f"occupation=29-2072&occupation=29-2071&{typed}")


def test_without_any_release_the_page_says_that_none_is_loaded(client):
    assert "No figures are loaded yet" in page(client, TWO_IN_OHIO)


class TestWhatElse:
    def test_outlook_and_entry_stand_under_the_pay(self, client, may_2025):
        make_projection(make_occupation("29-2072"))
        html = page(client, "occupation=29-2072&occupation=29-9021")
        text = re.sub(r"<[^>]+>", " ", html)
        assert "Typical schooling for entry  Postsecondary nondegree award  not published" in text
        assert "Outlook  Much faster than average (+7.1%, 2024 to 2034)  not published" in text

    def test_a_draft_profile_compares_nothing(self, client, may_2025):
        make_profile(make_occupation("29-2072"), status="draft", patient_contact="heavy")
        assert "Contact with patients" not in page(client, "occupation=29-2072&occupation=29-9021")

    def test_prices_stand_beside_and_never_instead(self, client, may_2025):
        make_price_parity(make_area("Ohio"), 91.7)
        text = re.sub(r"<[^>]+>", " ", page(client, "occupation=29-2072&area=ohio"))
        assert "$50,990" in text
        assert "Price level, nation = 100  91.7" in text
        assert "Median a year at the nation&#x27;s prices  about $55,600" in text

    def test_nothing_is_worked_out_from_a_bound(self, client, may_2025):
        bound = make_occupation("29-1241", "Ophthalmologists")
        make_wage(may_2025, make_area("Ohio"), bound, top_coded=["annual_median"])
        make_price_parity(make_area("Ohio"), 91.7)
        assert "not worked out" in page(client, "occupation=29-1241&area=ohio")

    def test_the_handout_has_the_table_the_date_and_no_form(self, client, may_2025):
        html = page(client, f"{TWO_IN_OHIO}&view=handout")
        assert '<body class="handout">' in html
        assert "Pay an hour" not in html
        assert '<th scope="row">Median</th>' in html
        assert '<th scope="row">10th percentile</th>' not in html
        assert 'id="change"' not in html
        assert "Printed from Waymark on" in html
