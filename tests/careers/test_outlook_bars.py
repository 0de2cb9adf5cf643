"""The bars beside the outlook's numbers. Figures are BLS's Employment Projections 2024-34."""

import re

import pytest

from careers.models import CodeChange
from salaries.charts.bars import Bar, bars
from tests.careers.pages import page, rows, section, words
from tests.factories import (
    MEDICAL_RECORDS,
    make_area,
    make_occupation,
    make_projection,
    make_release,
    make_wage,
)

PAGE = "/occupations/29-2072-medical-records-specialists/"
TYPISTS = "/occupations/43-9022-word-processors-and-typists/"


class TestBars:
    def test_the_longest_spans_the_drawing(self):
        assert bars([194_800, 208_600]) == [Bar(0, 93.4), Bar(0, 100)]

    def test_values_below_zero_go_left_from_a_line_that_all_share(self):
        assert bars(["-36.1", "3.1"]) == [Bar(0, 92.1, 92.1), Bar(92.1, 7.9, 92.1)]

    def test_two_declines_end_at_the_right_edge(self):
        assert bars([-20, -5]) == [Bar(0, 100, 100), Bar(75, 25, 100)]

    def test_ratings_are_measured_by_the_highest_there_is(self):
        assert bars([7, 1], full=7) == [Bar(0, 100), Bar(0, 14.3)]

    def test_no_change_has_no_width(self):
        assert bars([0, "3.1"]) == [Bar(0, 0), Bar(0, 100)]
        assert bars([0]) == [Bar(0, 0)]

    def test_what_is_not_published_has_no_bar(self):
        assert bars([None, 4]) == [None, Bar(0, 100)]
        assert bars([None]) == [None]

    def test_each_has_its_kind(self):
        assert [bar.kind for bar in bars([1, 2, 3], kinds=["", "then"])] == ["", "then", ""]


@pytest.fixture
def everybody(db):
    """All occupations together: 3.1 percent more jobs from 2024 to 2034."""
    return make_projection(
        make_occupation("00-0000"), employment=169_956_100, projected_employment=175_167_900,
        change=5_211_800, change_percent="3.1",
    )  # fmt: skip


@pytest.fixture
def records(everybody):
    occupation = make_occupation()
    make_wage(make_release(), make_area(), occupation, **MEDICAL_RECORDS)
    return occupation


def outlook(client, address):
    return section(page(client, address), "outlook")


def table(html):
    """(label, figure, [attributes of the row's bars]) of every row of the outlook's table."""
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", html):
        cells = [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        found.append((*cells[:2], re.findall(r"<rect (.*?)/>", row)))
    return found


class TestPage:
    def test_jobs_now_and_then_and_the_change_beside_all_occupations(self, client, records):
        make_projection(records)
        assert table(outlook(client, PAGE))[:4] == [
            ("Jobs in 2024", "194,800", ['width="93.4%"']),
            ("Jobs in 2034, projected", "208,600", ['class="then" width="100%"']),
            ("Change in jobs", "+7.1%", ['width="100%"']),
            ("Change in all occupations", "+3.1%", ['class="all" width="43.7%"']),
        ]

    def test_the_caption_has_measure_place_period_and_source(self, client, records):
        make_projection(records)
        wanted = "<caption>Jobs now and as projected, United States, 2024 to 2034, BLS EP</caption>"
        assert wanted in outlook(client, PAGE)

    def test_a_decline_goes_left(self, client, records):
        typists = make_occupation("43-9022", "Word Processors and Typists")
        make_projection(
            typists, employment=40_000, projected_employment=25_600, change=-14_400, change_percent="-36.1"
        )
        html = outlook(client, TYPISTS)
        assert "Decline: 14,400 jobs fewer (36.1%), 2024 to 2034." in html
        zero = 'class="zero" x="92.1%" width="1"'
        assert table(html)[2:4] == [
            ("Change in jobs", "−36.1%", ['width="92.1%"', zero]),
            ("Change in all occupations", "+3.1%", ['class="all" x="92.1%" width="7.9%"', zero]),
        ]

    def test_very_fast_growth_leaves_all_occupations_a_short_bar(self, client, records):
        make_projection(
            records, employment=13_600, projected_employment=20_500, change=6_800, change_percent="49.9"
        )
        assert [bars for _, _, bars in table(outlook(client, PAGE))[2:4]] == [
            ['width="100%"'],
            ['class="all" width="6.2%"'],
        ]

    def test_no_change_has_its_number_and_no_length(self, client, records):
        make_projection(
            records, employment=38_300, projected_employment=38_300, change=0, change_percent="0.0"
        )
        assert table(outlook(client, PAGE))[2] == ("Change in jobs", "0.0%", ['width="0%"'])

    def test_jobs_that_are_not_published_have_no_bars(self, client, records):
        make_projection(records, projected_employment=None)
        assert table(outlook(client, PAGE))[:3] == [
            ("Jobs in 2024", "194,800", []),
            ("Jobs in 2034, projected", "not published", []),
            ("Change in jobs", "+7.1%", ['width="100%"']),
        ]

    def test_without_all_occupations_the_own_change_stands_alone(self, client, records, everybody):
        everybody.delete()
        make_projection(records)
        labels = [label for label, _, _ in table(outlook(client, PAGE))]
        assert "Change in jobs" in labels
        assert "Change in all occupations" not in labels

    def test_all_occupations_are_not_beside_themselves(self, client, everybody):
        make_wage(make_release(), make_area(), everybody.occupation, **MEDICAL_RECORDS)
        html = outlook(client, everybody.occupation.get_absolute_url())
        assert "Change in all occupations" not in html
        assert ("Change in jobs", "+3.1%", ['width="100%"']) in table(html)

    def test_no_projection_no_bars(self, client, records):
        assert 'id="outlook"' not in page(client, PAGE)

    def test_the_bars_of_another_code_say_whose_they_are(self, client, records):
        part = make_occupation("25-2055", "Special Education Teachers, Kindergarten")
        whole = make_occupation("25-2052", "Special Education Teachers, Kindergarten and Elementary School")
        CodeChange.objects.create(old=part, new=whole, year=2021)
        make_projection(
            whole, employment=201_900, projected_employment=200_000, change=-1_900, change_percent="-1.0"
        )
        html = outlook(client, part.get_absolute_url())
        assert "what follows is for Special Education Teachers, Kindergarten and Elementary School" in html
        assert table(html)[0] == ("Jobs in 2024", "201,900", ['width="100%"'])
        assert table(html)[2][1:] == ("−1.0%", ['width="24.4%"', 'class="zero" x="24.4%" width="1"'])

    def test_every_bar_is_hidden_from_those_who_hear_the_number(self, client, records):
        make_projection(records)
        html = outlook(client, PAGE)
        assert html.count("<svg") == html.count('<svg aria-hidden="true">') == 4
        assert [row[1] for row in rows(html)] == ["194,800", "208,600"]
