"""How figures are made and named."""

import re

import pytest

from tests.careers.pages import page, rows, words
from tests.factories import make_release, make_source

pytestmark = pytest.mark.django_db


def test_the_words_for_no_number_are_explained(client):
    html = words(page(client, "/methods/"))
    for word in ("not published", "at least $239,200", "paid hourly only", "paid yearly only", "not loaded"):
        assert word in html


def test_each_release_stands_with_its_own_ceilings(client):
    for year in (2015, 2021, 2025):
        make_release(year)
    table = rows(page(client, "/methods/"))
    assert [row[0] for row in table] == ["May 2025", "May 2021", "May 2015"]
    assert [row[2:4] for row in table] == [
        ["$239,200", "$115.00"],
        ["$208,000", "$100.00"],
        ["$187,200", "$90.00"],
    ]


def test_what_the_survey_leaves_out_is_said(client):
    html = page(client, "/methods/")
    assert "The self-employed" in html
    assert "Overtime pay" in html


def test_sources_that_are_no_release_are_named(client):
    make_source(
        "soc-2018", period="2018", title="Standard Occupational Classification", short_name="SOC 2018"
    )
    assert "Standard Occupational Classification, 2018" in words(page(client, "/methods/"))


def test_four_queries_whatever_is_loaded(client, django_assert_num_queries):
    make_release()
    with django_assert_num_queries(4):
        page(client, "/methods/")
    for year in range(2012, 2025):
        make_release(year)
    with django_assert_num_queries(4):
        page(client, "/methods/")


def test_the_list_of_contents_leads_to_every_section(client):
    html = page(client, "/methods/")
    contents = html.split('<nav class="jump"')[1].split("</nav>")[0]
    assert re.findall(r'href="#([^"]+)"', contents) == re.findall(r'<h2 id="([^"]+)"', html)
    assert "worked-out" in contents


def test_what_is_worked_out_here_is_named_as_ours(client):
    html = page(client, "/methods/")
    assert "“About the 45th percentile” is ours: a straight line between the two." in html
    assert "By the hour or by the year we convert the offer, never the published pay." in html
