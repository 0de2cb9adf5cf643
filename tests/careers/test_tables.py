"""The table that every page prints."""

from typing import NamedTuple

import pytest
from django.template.loader import render_to_string

from careers.tables import FigureColumn, LeanTable, LinkColumn
from salaries.figures import TOP_CODE_BITS
from salaries.models import Wage
from tests.factories import make_area, make_occupation, make_release, make_wage


class Row(NamedTuple):
    name: str
    annual_median: int | None
    top_coded: int = 0
    annual_only: bool = False
    hourly_only: bool = False


class Release(NamedTuple):
    """As figures need it, without a database."""

    annual_top_code: int = 239_200
    hourly_top_code_cents: int = 11_500
    period: str = "May 2025"
    source: object = type("Source", (), {"short_name": "BLS OEWS"})


class PayTable(LeanTable):
    name = LinkColumn(url=lambda row: f"/areas/{row.name.lower()}/", header=True)
    annual_median = FigureColumn("annual_median", verbose_name="Median a year")


MARKED = TOP_CODE_BITS["annual_median"]
# Cardiologists, May 2025: Arizona carries the mark #, Vermont has no figure.
ROWS = [
    Row("Vermont", None),
    Row("Ohio", 504_260),
    Row("Arizona", None, MARKED),
    Row("Georgia", 610_070),
]


def table(rf, query="", rows=ROWS, **options):
    return PayTable(rows, caption="Median pay", request=rf.get(f"/pay/{query}"), release=Release(), **options)


def names(table):
    return [row.name for row in table.records]


def test_top_coded_wage_sorts_above_published_wage_and_no_figure_last(rf):
    assert names(table(rf, "?sort=-annual_median")) == ["Arizona", "Georgia", "Ohio", "Vermont"]


def test_no_figure_is_last_when_the_lowest_comes_first(rf):
    assert names(table(rf, "?sort=annual_median")) == ["Ohio", "Georgia", "Arizona", "Vermont"]


def test_words_sort_without_regard_to_capitals(rf):
    rows = [Row("ohio", 1), Row("Georgia", 2), Row("Vermont", 3)]
    assert names(table(rf, "?sort=name", rows)) == ["Georgia", "ohio", "Vermont"]


@pytest.mark.parametrize("sort", ["evil", "-", "name.__class__", "annual_median;drop", "--name", "\x00"])
def test_an_unknown_column_to_sort_by_is_said_and_left_out(rf, sort):
    shown = PayTable(ROWS, caption="", request=rf.get("/pay/", {"sort": sort}), release=Release())
    assert names(shown) == ["Vermont", "Ohio", "Arizona", "Georgia"]
    assert shown.notices == ["There is no such column to sort by, so the usual order is shown."]


def test_cells_say_number_bound_and_word_apart(rf):
    html = render_to_string("_table.html", {"table": table(rf)})
    assert "<td>$504,260</td>" in html
    assert '<td class="bound">at least $239,200</td>' in html
    assert '<td class="word">not published</td>' in html


def test_names_are_escaped_in_text_and_address(rf):
    html = render_to_string("_table.html", {"table": table(rf, rows=[Row('<b>"O&M', 1)])})
    assert "&lt;b&gt;&quot;O&amp;M</a>" in html
    assert "<b>" not in html


def test_headers_are_links_that_keep_the_query_and_tell_the_order(rf):
    html = render_to_string("_table.html", {"table": table(rf, "?q=cardio&sort=-annual_median&page=2")})
    assert 'aria-sort="descending"' in html
    assert 'href="/pay/?q=cardio&amp;sort=annual_median"' in html
    assert 'href="/pay/?q=cardio&amp;sort=name"' in html


def test_a_table_without_a_request_stands_as_given():
    html = render_to_string(
        "_table.html", {"table": PayTable(ROWS, caption="Median pay", release=Release(), exports=True)}
    )
    assert "<caption>Median pay</caption>" in html
    assert "sort=" not in html
    assert "_export" not in html


@pytest.mark.parametrize("page", ["0", "3", "abc", "-1", "1.5", "٣", "9" * 5000, "\x00"])
def test_a_page_that_does_not_exist_shows_the_first_and_says_so(rf, page):
    shown = PayTable(ROWS, caption="", request=rf.get("/pay/", {"page": page}), release=Release(), per_page=2)
    assert names(shown) == ["Vermont", "Ohio"]
    assert shown.notices == ["There is no such page. This is page 1 of 2."]


def test_the_last_page_holds_what_is_left(rf):
    shown = table(rf, "?page=2", per_page=3)
    assert names(shown) == ["Georgia"]
    assert shown.previous_href == "/pay/?page=1"
    assert shown.next_href == ""


def test_rows_a_page_are_of_the_offered_sizes_only(rf):
    offered = {"per_page": 2, "per_page_choices": (2, 3)}
    assert len(table(rf, "?per_page=3", **offered).records) == 3
    assert len(table(rf, "?per_page=1000000", **offered).records) == 2


@pytest.mark.django_db
class TestQueryset:
    """The database puts rows in the same order as Python does."""

    @pytest.fixture
    def wages(self):
        release, area = make_release(), make_area("Ohio")
        figures = {"11-1011": {"annual_median": 212_000}, "29-1141": {"annual_median": 79_970}, "29-9999": {}}
        for code, figure in figures.items():
            make_wage(release, area, make_occupation(code), **figure)
        make_wage(release, area, make_occupation("29-1212"), top_coded=["annual_median"])
        return Wage.objects.filter(release=release)

    @pytest.mark.parametrize(
        ("sort", "codes"),
        [
            ("-annual_median", ["29-1212", "11-1011", "29-1141", "29-9999"]),
            ("annual_median", ["29-1141", "11-1011", "29-1212", "29-9999"]),
        ],
    )
    def test_bounds_come_above_numbers_and_no_figure_last(self, rf, wages, sort, codes):
        shown = table(rf, f"?sort={sort}", wages, per_page=10)
        assert [wage.occupation.code for wage in shown.records.select_related("occupation")] == codes
