"""The first page."""

import re

import pytest

from careers.views.home import QUESTIONS
from tests.careers.pages import page
from tests.factories import make_area, make_occupation, make_projection, make_release, make_wage

pytestmark = pytest.mark.django_db


@pytest.fixture
def healthcare():
    release, group = make_release(), make_occupation("29-0000")
    return make_wage(release, make_area(), group, annual_median=86_530, employment=9_823_860)


def test_search_leads_to_the_search_page(client, healthcare):
    html = page(client, "/")
    assert 'action="/search/"' in html
    assert 'name="q"' in html


def test_groups_stand_with_jobs_median_place_period_and_source(client, healthcare):
    html = page(client, "/")
    address = "/occupations/29-0000-healthcare-practitioners-and-technical-occupations/"
    assert f'<a href="{address}">Healthcare Practitioners and Technical</a>' in html
    assert "median $86,530 · 9,823,860 jobs" in html
    assert "Median pay a year and jobs, United States, May 2025, BLS OEWS." in html


def test_the_newest_release_is_named_with_its_date(client, healthcare):
    make_release(2024)
    html = page(client, "/")
    assert "published by BLS on 15 May 2026" in html
    assert '<a href="/releases/oews-2025/changes/">What changed in May 2025</a>' in html


def test_a_staged_release_is_not_shown(client, healthcare):
    make_release(2026, status="staged")
    assert "May 2026" not in page(client, "/").replace("15 May 2026", "")


def test_a_site_without_figures_says_so(client):
    assert "No release of figures is published on this site yet." in page(client, "/")


def test_two_queries_whatever_is_loaded(client, healthcare, django_assert_num_queries):
    with django_assert_num_queries(2):
        page(client, "/")
    for year in range(2012, 2025):
        make_wage(make_release(year), make_area(), make_occupation("29-0000"), annual_median=50_000)
    with django_assert_num_queries(2):
        page(client, "/")


def test_questions_lead_to_the_list_with_their_filters_in_use(client, healthcare):
    html = page(client, "/")
    address = re.search(r'href="([^"]+)">What pays \$60,000 or more without a degree\?</a>', html)[1]
    assert address == (
        "/occupations/?entry_education=none&amp;entry_education=high_school&amp;entry_education=some_college"
        "&amp;entry_education=certificate&amp;pay_from=60000&amp;sort=-annual_median"
    )


@pytest.mark.parametrize("question", [query for _, query, _ in QUESTIONS])
def test_every_filter_of_a_question_is_understood(client, healthcare, question):
    make_projection()  # the words for outlooks come with it
    listed = page(client, f"/occupations/?{question}")
    assert "Not everything in the address could be used" not in listed
    assert "There is no such column" not in listed


def test_a_site_without_figures_asks_no_questions(client):
    assert "Start from a question" not in page(client, "/")
