"""The filters of the list of occupations, and what is counted beside each choice."""

import csv
import io
import json
import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.facets import Narrowed, has_choice, has_words, is_paid, narrow
from careers.models import (
    DataVersion,
    Interest,
    InterestProfile,
    JobZone,
    Occupation,
    OutlookWord,
    Profile,
    Projection,
)
from salaries.figures import TOP_CODE_BITS
from tests.careers.pages import page, rows, status_of
from tests.factories import (
    ACTORS,
    BUSINESS_TEACHERS,
    CARDIOLOGISTS_OHIO,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_code_change,
    make_occupation,
    make_release,
    make_source,
    make_wage,
)

pytestmark = pytest.mark.django_db

# The scale of the edition 2024-34.
WORDS = {
    "decline": ("Decline", None),
    "little-or-no-change": ("Little or no change", 0),
    "slower-than-average": ("Slower than average", 1),
    "as-fast-as-average": ("As fast as average", 3),
    "faster-than-average": ("Faster than average", 5),
    "much-faster-than-average": ("Much faster than average", 7),
}
ACTOR, AIDE, CARDIOLOGIST = "Actors", "Home Health Aides", "Cardiologists"
CLERK, DRIVER = "Information and Record Clerks, All Other", "Motor Vehicle Operators, All Other"
RECORDS, TEACHER = "Medical Records Specialists", "Business Teachers, Postsecondary"
EVERY = [ACTOR, TEACHER, CARDIOLOGIST, AIDE, CLERK, RECORDS, DRIVER]


def make_edition():
    source = make_source("ep-2024-34", period="2024 to 2034", short_name="BLS EP", title="Projections")
    for slug, (word, least) in WORDS.items():
        OutlookWord.objects.get_or_create(
            source=source, slug=slug, defaults={"word": word, "at_least_percent": least}
        )
    return source


def make_projection(occupation, percent, education=""):
    return Projection.objects.create(
        occupation=occupation,
        source=make_edition(),
        base_year=2024,
        target_year=2034,
        change_percent=None if percent is None else Decimal(percent),
        openings=1_900,
        entry_education=education,
    )


def make_ratings(occupation, interest, *zones):
    told = {"source": make_source("onet-30.1", period="December 2025", short_name="O*NET 30.1")}
    told |= {"made_by": "Analyst", "period": "August 2023"}
    for zone in zones:
        JobZone.objects.create(occupation=occupation, zone=zone, **told)
    ratings = {value: Decimal("6.50" if value == interest else "2.00") for value in Interest.values}
    InterestProfile.objects.create(occupation=occupation, strongest=interest, **ratings, **told)


def make_contact(occupation, contact, *, status=Profile.Status.PUBLISHED):
    return Profile.objects.create(occupation=occupation, patient_contact=contact, status=status)


@pytest.fixture
def seven():
    """Seven occupations of May 2025 that differ in every fact; two of them also in Ohio."""
    release, nation = make_release(), make_area()
    for group in ("25", "27", "29", "31", "43", "53"):
        make_occupation(f"{group}-0000", level="major")
    whole = make_occupation("31-1120", "Home Health and Personal Care Aides")
    aide, clerk = make_occupation("31-1121", AIDE, parent=whole), make_occupation("43-4199", CLERK)
    records, heart = make_occupation(), make_occupation("29-1212")
    actor, teacher = make_occupation("27-2011"), make_occupation("25-1011")
    make_wage(release, nation, records, **MEDICAL_RECORDS)
    make_wage(release, nation, heart, employment=17_290, top_coded=["annual_median"])
    make_wage(release, nation, actor, **ACTORS)
    make_wage(release, nation, teacher, **BUSINESS_TEACHERS)
    make_wage(release, nation, aide, annual_median=34_900)
    make_wage(release, nation, clerk, annual_median=45_000)
    make_wage(release, nation, make_occupation("53-3099", DRIVER))
    make_wage(release, make_area("Ohio"), records, **MEDICAL_RECORDS_OHIO)
    make_wage(release, make_area("Ohio"), heart, **CARDIOLOGISTS_OHIO)
    make_projection(records, "7.1", "certificate")
    make_projection(heart, "4.4", "doctorate")
    make_projection(actor, "-0.4", "some_college")
    make_projection(teacher, "4.5", "doctorate")
    make_projection(whole, "17.0", "high_school")
    make_projection(clerk, "-0.5", "high_school")
    make_ratings(records, "conventional", 3)
    make_ratings(heart, "investigative", 5)
    make_ratings(actor, "artistic", 2)
    make_ratings(teacher, "social", 5)
    make_ratings(aide, "social", 2, 3)
    make_contact(records, "none")
    make_contact(heart, "heavy")
    make_contact(aide, "heavy", status=Profile.Status.DRAFT)
    make_contact(teacher, "")
    return release


def fits(client, query):
    """The titles in the table."""
    html = page(client, f"/occupations/?{query}")
    return [row[0] for row in rows(html)] if "<tbody>" in html else []


def counts(html, name):
    """{value: count} beside the boxes of a facet."""
    found = re.findall(rf'name="{name}" value="([^"]*)".*?<span class="count">(\d+)</span>', html)
    return {value: int(count) for value, count in found}


def ticked(html):
    return re.findall(r'name="(\w+)" value="([^"]*)" checked', html)


def chips(html):
    """(words, address) of the links that undo a choice."""
    found = re.findall(r'<li><a href="([^"]*)"><span class="sr">Remove </span>(.*?) <span', html)
    return [(words, address.replace("&amp;", "&")) for address, words in found]


class TestEachFilter:
    def test_entry_education_may_be_one_of_several(self, client, seven):
        assert fits(client, "entry_education=doctorate") == [TEACHER, CARDIOLOGIST]
        both = "entry_education=doctorate&entry_education=certificate"
        assert fits(client, both) == [TEACHER, CARDIOLOGIST, RECORDS]

    @pytest.mark.parametrize(
        ("word", "titles"),
        [
            ("decline", [CLERK]),
            ("little-or-no-change", [ACTOR]),
            ("slower-than-average", []),
            ("as-fast-as-average", [CARDIOLOGIST]),
            ("faster-than-average", [TEACHER]),
            ("much-faster-than-average", [AIDE, RECORDS]),
        ],
    )
    def test_outlook_word_is_of_the_whole_percentage_halves_away_from_zero(self, client, seven, word, titles):
        """-0.5 is -1, a decline; -0.4 is 0; 4.4 is 4; 4.5 is 5, from which on it is faster."""
        assert fits(client, f"outlook={word}") == titles

    def test_an_occupation_projected_within_another_has_that_ones_outlook_and_schooling(self, client, seven):
        assert AIDE in fits(client, "outlook=much-faster-than-average")
        assert fits(client, "entry_education=high_school") == [AIDE, CLERK]
        row = next(r for r in rows(page(client, "/occupations/")) if r[0] == AIDE)
        assert row[5:] == ["Much faster than average", "High school"]

    def test_an_occupation_counted_in_a_later_code_has_that_ones_outlook(self, client, seven):
        driver, later = Occupation.objects.get(code="53-3099"), make_occupation("53-3090")
        make_code_change(driver, later, 2024)
        make_projection(later, "-3.0", "none")
        assert fits(client, "outlook=decline") == [CLERK, DRIVER]

    def test_job_zone_fits_where_one_of_several_zones_does(self, client, seven):
        assert fits(client, "job_zone=2") == [ACTOR, AIDE]
        assert fits(client, "job_zone=3") == [AIDE, RECORDS]
        assert fits(client, "job_zone=3&job_zone=5") == [TEACHER, CARDIOLOGIST, AIDE, RECORDS]

    def test_interest_is_the_strongest(self, client, seven):
        assert fits(client, "interest=social&interest=artistic") == [ACTOR, TEACHER, AIDE]

    def test_patient_contact_is_taken_from_published_profiles_only(self, client, seven):
        assert fits(client, "patient_contact=heavy") == [CARDIOLOGIST]
        assert fits(client, "patient_contact=none") == [RECORDS]

    def test_a_pay_range_holds_both_its_ends(self, client, seven):
        assert fits(client, "pay_from=45000&pay_to=51140") == [CLERK, RECORDS]
        assert fits(client, "pay_to=45,000") == [AIDE, CLERK]

    def test_a_top_coded_median_counts_as_above_any_amount(self, client, seven):
        assert fits(client, "pay_from=$900,000") == [CARDIOLOGIST]
        assert CARDIOLOGIST not in fits(client, "pay_to=900000")

    def test_hourly_pay_is_never_turned_into_a_years(self, client, seven):
        """$29.05 an hour would be $60,424 in a year of 2,080 hours."""
        assert fits(client, "pay_from=60000&pay_to=61000") == []
        html = page(client, "/occupations/?pay_from=60000")
        assert "2 more may fit, but the fact is missing: 2 without a yearly median." in html


class TestArea:
    def test_the_table_shows_the_areas_pay_and_says_so(self, client, seven):
        html = page(client, "/occupations/?area=ohio")
        assert [row[:2] for row in rows(html)] == [[CARDIOLOGIST, "$504,260"], [RECORDS, "$50,990"]]
        assert "<caption>Occupations: pay and jobs, Ohio, May 2025, BLS OEWS; " in html
        assert "outlook and schooling, United States, 2024 to 2034, BLS EP</caption>" in html
        assert "What each occupation pays in Ohio, May 2025." in html
        assert "BLS has figures for 2 of 7 in Ohio." in html

    def test_the_pay_range_is_of_the_areas_median(self, client, seven):
        assert fits(client, "area=ohio&pay_from=50000&pay_to=51000") == [RECORDS]
        assert fits(client, "pay_from=50000&pay_to=51000") == []

    @pytest.mark.parametrize("text", ["ohio", "Ohio", "OH", "3900000"])
    def test_a_place_may_be_named_as_people_name_it(self, client, seven, text):
        html = page(client, f"/occupations/?area={text}")
        assert 'name="area" maxlength="100" value="Ohio"' in html

    def test_the_nation_is_no_filter(self, client, seven):
        html = page(client, "/occupations/?area=united-states")
        assert chips(html) == []
        assert len(rows(html)) == 7

    def test_an_unknown_place_is_said_with_those_that_are_near(self, client, seven):
        html = page(client, "/occupations/?area=Ohi&job_zone=5")
        assert 'id="area-error">No place is called “Ohi”, so pay in the United States is shown.</p>' in html
        assert '<a href="#area">No place is called “Ohi”, so pay in the United States is shown.</a>' in html
        assert '<a href="/occupations/?job_zone=5&amp;area=ohio">Ohio</a>' in html
        assert len(rows(html)) == 2


class TestCombined:
    def test_kinds_narrow_each_other(self, client, seven):
        assert fits(client, "job_zone=5&interest=social") == [TEACHER]
        assert fits(client, "job_zone=3&job_zone=5&pay_from=50000&patient_contact=none") == [RECORDS]
        assert fits(client, "group=29-0000&q=spec&outlook=much-faster-than-average") == [RECORDS]

    def test_what_lacks_a_fact_is_left_out_and_counted(self, client, seven):
        html = page(client, "/occupations/?job_zone=5&interest=social")
        assert (
            "2 more may fit, but the fact is missing: 2 without a job zone, 2 without a rated interest."
            in html
        )

    def test_what_breaks_another_filter_is_not_counted_as_missing(self, client, seven):
        html = page(client, "/occupations/?job_zone=5&q=motor")
        assert "1 may fit but lack the fact: 1 without a job zone." in html

    def test_nothing_fits_names_the_filter_to_leave_out(self, client, seven):
        html = page(client, "/occupations/?interest=artistic&outlook=decline&job_zone=2")
        assert "Nothing fits with all of these filters." in html
        ways = re.findall(r'<li><a href="([^"]*)">(Leave out [^<]*)</a>: ([^<]*)</li>', html)
        without = "/occupations/?job_zone=2&amp;interest=artistic"
        assert ways == [(without, "Leave out outlook, 2024 to 2034", "1 fits")]


class TestCounts:
    def test_without_filters_every_occupation_is_counted(self, client, seven):
        html = page(client, "/occupations/")
        assert counts(html, "entry_education") == {
            "none": 0,
            "high_school": 2,
            "some_college": 1,
            "certificate": 1,
            "associate": 0,
            "bachelor": 0,
            "master": 0,
            "doctorate": 2,
        }
        assert counts(html, "outlook") == {
            "much-faster-than-average": 2,
            "faster-than-average": 1,
            "as-fast-as-average": 1,
            "slower-than-average": 0,
            "little-or-no-change": 1,
            "decline": 1,
        }
        assert counts(html, "job_zone") == {"1": 0, "2": 2, "3": 2, "4": 0, "5": 2}
        assert counts(html, "patient_contact") == {"none": 1, "light": 0, "moderate": 0, "heavy": 1}
        assert '<option value="29-0000">Healthcare Practitioners and Technical (2)</option>' in html

    def test_a_choice_counts_what_fits_all_other_filters(self, client, seven):
        html = page(client, "/occupations/?interest=social&job_zone=5")
        assert counts(html, "job_zone") == {"1": 0, "2": 1, "3": 1, "4": 0, "5": 1}
        assert counts(html, "interest") == {
            "realistic": 0,
            "investigative": 1,
            "artistic": 0,
            "social": 1,
            "enterprising": 0,
            "conventional": 0,
        }
        assert counts(html, "entry_education")["doctorate"] == 1

    def test_an_empty_choice_stays_in_sight_but_plain(self, client, seven):
        html = page(client, "/occupations/")
        assert '<label class="none"><input type="checkbox" name="job_zone" value="4">' in html
        assert '<label><input type="checkbox" name="job_zone" value="5">' in html

    def test_each_count_is_what_the_choice_alone_lists(self, client, seven):
        for name in ("entry_education", "outlook", "job_zone", "interest", "patient_contact"):
            for value, count in counts(page(client, "/occupations/"), name).items():
                assert len(fits(client, f"{name}={value}")) == count, (name, value)

    def test_a_kind_that_nothing_is_known_of_is_not_offered(self, client, seven):
        make_wage(seven, make_area(), Occupation.objects.get(code="29-0000"), annual_median=86_530)
        html = page(client, "/occupations/?level=major")
        assert "<fieldset id=" not in html
        assert '<fieldset id="job_zone"' in page(client, "/occupations/?level=major&job_zone=2")


class TestAddress:
    EVERYTHING = (
        "q=s&group=29-0000&area=ohio&pay_from=40000&pay_to=60000&entry_education=certificate"
        "&outlook=much-faster-than-average&job_zone=3&interest=conventional&patient_contact=none"
    )

    def test_a_reload_keeps_every_choice(self, client, seven):
        html = page(client, f"/occupations/?{self.EVERYTHING}&sort=-annual_median&per_page=25")
        assert ticked(html) == [
            ("entry_education", "certificate"),
            ("outlook", "much-faster-than-average"),
            ("job_zone", "3"),
            ("interest", "conventional"),
            ("patient_contact", "none"),
        ]
        assert '<option value="29-0000" selected>' in html
        for field, value in [("q", "s"), ("area", "Ohio"), ("pay_from", "40000"), ("pay_to", "60000")]:
            assert re.search(rf'name="{field}" [^>]*value="{value}"', html), field
        assert '<input type="hidden" name="sort" value="-annual_median">' in html
        assert '<input type="hidden" name="per_page" value="25">' in html
        assert [row[0] for row in rows(html)] == [RECORDS]

    def test_sort_and_export_links_keep_the_choices(self, client, seven):
        html = page(client, "/occupations/?job_zone=3&job_zone=5&area=ohio")
        kept = "/occupations/?job_zone=3&amp;job_zone=5&amp;area=ohio"
        assert f'href="{kept}&amp;sort=outlook"' in html
        assert f'href="{kept}&amp;_export=csv"' in html

    def test_each_choice_has_a_link_that_undoes_it(self, client, seven):
        html = page(
            client, "/occupations/?entry_education=doctorate&job_zone=5&pay_from=50k&sort=title&group="
        )
        assert chips(html) == [
            ("$50,000 or more", "/occupations/?entry_education=doctorate&job_zone=5&sort=title"),
            ("Doctoral or professional degree", "/occupations/?pay_from=50000&job_zone=5&sort=title"),
            ("Job zone 5", "/occupations/?pay_from=50000&entry_education=doctorate&sort=title"),
        ]
        assert '<a class="clear" href="/occupations/">Clear all</a>' in html

    def test_every_undoing_link_leads_to_a_page_without_that_choice(self, client, seven):
        addresses = chips(page(client, f"/occupations/?{self.EVERYTHING}"))
        assert len(addresses) == 10
        for words, address in addresses:
            left = [other for other, _ in chips(page(client, address))]
            assert left == [other for other, _ in addresses if other != words]

    def test_the_fold_counts_what_is_in_use_and_opens_for_a_mistake_alone(self, client, seven):
        assert "<details> <summary>Filters</summary>" in page(client, "/occupations/?sort=title&group=")
        html = page(client, "/occupations/?job_zone=5&interest=social")
        assert "<details> <summary>Filters (2 in use)</summary>" in html
        assert "<details open> <summary>Filters" in page(client, "/occupations/?group=zz")


class TestBadValues:
    @pytest.mark.parametrize(
        ("query", "field", "message"),
        [
            ("entry_education=phd", "entry_education", "There is no such choice here, so it is left out."),
            ("outlook=doomed", "outlook", "There is no such choice here, so it is left out."),
            ("job_zone=6", "job_zone", "There is no such choice here, so it is left out."),
            ("interest=%00", "interest", "There is no such choice here, so it is left out."),
            ("pay_from=lots", "pay_from", "Write whole dollars a year, for example 50,000."),
            ("pay_to=-5", "pay_to", "Write whole dollars a year, for example 50,000."),
            ("pay_to=%D9%A3%D9%A4", "pay_to", "Write whole dollars a year, for example 50,000."),
            ("area=%00", "area", "Null characters are not allowed."),
        ],
    )
    def test_it_is_said_beside_the_field_and_above_and_left_out(self, client, seven, query, field, message):
        html = page(client, f"/occupations/?{query}")
        assert f'id="{field}-error">{message}</p>' in html
        assert f'<li><a href="#{field}">{message}</a></li>' in html
        assert f'id="{field}"' in html
        assert [row[0] for row in rows(html)] == EVERY

    def test_the_good_among_bad_choices_hold(self, client, seven):
        html = page(client, "/occupations/?job_zone=9&job_zone=5")
        assert [row[0] for row in rows(html)] == [TEACHER, CARDIOLOGIST]
        assert ticked(html) == [("job_zone", "5")]

    def test_a_range_that_ends_before_it_starts_is_not_used(self, client, seven):
        html = page(client, "/occupations/?pay_from=60000&pay_to=50000")
        assert "This is less than the lower end, so no range of pay is used." in html
        assert len(rows(html)) == 7
        assert chips(html) == []
        assert 'value="60000"' in html

    names = st.sampled_from(
        (
            "q group level area pay_from pay_to entry_education outlook job_zone interest patient_contact "
            "sort page per_page _export"
        ).split()
    )
    values = st.one_of(
        st.text(max_size=30),
        st.sampled_from(["\x00", "%", "'", "9" * 400, "-1", "٣", "5", "social", "ohio", "csv", "29-0000"]),
    )

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.dictionaries(names, st.lists(values, max_size=3)))
    def test_no_parameter_breaks_the_page(self, client, seven, parameters):
        assert client.get("/occupations/", parameters).status_code == status_of(parameters)


class TestColumns:
    def test_outlook_sorts_by_the_percentage_and_unknown_comes_last(self, client, seven):
        growing = [CLERK, ACTOR, CARDIOLOGIST, TEACHER, RECORDS, AIDE, DRIVER]
        assert fits(client, "sort=outlook") == growing
        assert fits(client, "sort=-outlook") == [*growing[5::-1], DRIVER]

    def test_schooling_sorts_by_how_much_of_it(self, client, seven):
        listed = fits(client, "sort=-entry_education")
        assert set(listed[:2]) == {TEACHER, CARDIOLOGIST}
        assert listed[2:4] == [RECORDS, ACTOR]
        assert listed[6] == DRIVER

    def test_no_projection_says_not_published(self, client, seven):
        assert rows(page(client, "/occupations/?q=motor"))[0][5:] == ["not published", "not published"]

    def test_a_site_without_projections_has_no_such_columns(self, client):
        make_wage(make_release(), make_area(), make_occupation(), **MEDICAL_RECORDS)
        html = page(client, "/occupations/")
        assert len(rows(html)[0]) == 5
        assert "Outlook" not in html
        assert fits(client, "sort=outlook") == [RECORDS]


class TestExport:
    def test_csv_has_what_fits_with_the_outlook_after_the_figures(self, client, seven):
        text = client.get("/occupations/?job_zone=3&_export=csv").content.decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text)))
        assert [line["occupation_code"] for line in lines] == ["31-1121", "29-2072"]
        assert list(lines[0])[-9:] == [
            "entry_education",
            "outlook",
            "change_percent",
            "change_percent_status",
            "openings",
            "openings_status",
            "projected_code",
            "projection_period",
            "projection_source",
        ]
        assert list(lines[1].values())[-9:] == [
            *("certificate", "Much faster than average", "7.1", "exact", "1900", "exact"),
            *("29-2072", "2024 to 2034", "BLS EP 2024 to 2034"),
        ]
        assert lines[0]["projected_code"] == "31-1120"
        assert lines[1]["annual_median"] == "51140"

    def test_without_a_projection_the_cells_are_empty(self, client, seven):
        document = json.loads(client.get("/occupations/?q=motor&_export=json").content)
        row = document["rows"][0]
        assert (row["outlook"], row["change_percent"], row["change_percent_status"]) == (
            *(None, None),
            "not_published",
        )
        assert document["attribution"].startswith("U.S. Bureau of Labor Statistics, Occupational Employment")

    def test_an_areas_file_has_the_areas_figures_and_name(self, client, seven):
        response = client.get("/occupations/?area=ohio&q=records&_export=csv")
        assert 'filename="occupations-may-2025-ohio.csv"' in response["Content-Disposition"]
        (line,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
        assert (line["area"], line["annual_median"]) == ("Ohio", "50990")


class TestQueries:
    ADDRESSES = [
        "/occupations/",
        "/occupations/?q=motor&area=ohio&pay_from=1&job_zone=5&interest=social",
        "/occupations/?q=motor&area=nowhere",
    ]

    @pytest.mark.parametrize(("address", "queries"), zip(ADDRESSES, (9, 12, 12), strict=True))
    def test_at_most_twelve_with_nothing_kept_whatever_is_loaded(
        self, client, seven, django_assert_num_queries, address, queries
    ):
        with django_assert_num_queries(queries):
            page(client, address)
        for year in range(2012, 2025):
            release = make_release(year)
            for code in ("27-2011", "29-1212", "29-2072"):
                make_wage(release, make_area(), make_occupation(code), annual_median=50_000)
        with django_assert_num_queries(queries):
            page(client, address)

    def test_two_once_everything_is_kept_until_the_data_change(
        self, client, seven, django_assert_num_queries
    ):
        DataVersion.raise_number()
        page(client, "/occupations/")
        with django_assert_num_queries(2):
            page(client, "/occupations/?job_zone=5&sort=-outlook")
        JobZone.objects.filter(occupation__code="29-1212").delete()
        DataVersion.raise_number()
        assert fits(client, "job_zone=5") == [TEACHER]


class TestNarrow:
    """narrow() against counting each choice the slow way."""

    class Row:
        def __init__(self, text, median, zones):
            self.text, self.choices = text, {"job_zone": zones}
            self.wage = type("Wage", (), {"annual_median": median, "top_coded": 0})

    rows = st.lists(
        st.tuples(
            st.sampled_from(["nurse", "actor"]),
            st.one_of(st.none(), st.integers(1, 5)),
            st.sets(st.sampled_from("12345")),
        ),
        max_size=12,
    )

    @given(rows, st.sets(st.sampled_from("12345"), min_size=1), st.integers(1, 5))
    def test_counts_are_those_of_each_choice_alone(self, told, chosen, least):
        listed = [self.Row(text, median, tuple(zones)) for text, median, zones in told]
        tests = {
            "q": has_words(["nurs"]),
            "pay": is_paid(least, None, TOP_CODE_BITS["annual_median"]),
            "job_zone": has_choice("job_zone", chosen),
        }
        narrowed = narrow(listed, tests)
        assert isinstance(narrowed, Narrowed)
        plain = [t for t in told if t[0] == "nurse" and t[1] and t[1] >= least]
        assert len(narrowed.fits) == sum(bool(t[2] & chosen) for t in plain)
        assert narrowed.counts("job_zone") == {z: n for z in "12345" if (n := sum(z in t[2] for t in plain))}
        assert narrowed.left_out == sum(
            t[0] == "nurse"
            and (t[1] is None or t[1] >= least)
            and (not t[2] or bool(t[2] & chosen))
            and (t[1] is None or not t[2])
            for t in told
        )
