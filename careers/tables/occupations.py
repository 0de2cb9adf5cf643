"""The tables of the occupation pages."""

from operator import attrgetter
from typing import NamedTuple

from django.db.models import Case, F, When
from django.utils.html import escape
from django.utils.safestring import mark_safe

from careers.tables.base import LeanTable
from careers.tables.columns import FigureColumn, LinkColumn, NumberColumn, TextColumn, figure_cell
from salaries.figures import MEASURES, WORDS, figure_of, format_value


class PayColumn(FigureColumn):
    """A percentile a year; where BLS publishes hourly pay only, the hourly figure, and says so."""

    def __init__(self, percentile, **kwargs):
        super().__init__(f"annual_{percentile}", **kwargs)
        self.hourly = f"hourly_{percentile}"

    def wage_writer(self, table):
        yearly, hourly, release = super().wage_writer(table), self.hourly, table.release

        def write(wage):
            if wage is None or not wage.hourly_only:
                return yearly(wage)
            figure = figure_of(wage, hourly, release, table.place)
            return f"<td>{figure.text} an hour</td>" if figure.has_number else figure_cell(figure)

        return write


class GroupColumn(TextColumn):
    """The major group that a code belongs to, by its first two digits, without the word that all end in."""

    def writer(self, name, table):
        cells = {g.code[:2]: f'<td class="t">{escape(short_group(g.title))}</td>' for g in table.groups}
        return lambda row: cells.get(row.occupation__code[:2], '<td class="t"></td>')


class OccupationTable(LeanTable):
    """Occupations of one release in the nation: rows as WageQuerySet.for_occupation_list gives them."""

    title = LinkColumn(
        verbose_name="Occupation",
        text=lambda row: row.occupation__display_title or row.occupation__title,
        url=lambda row: f"/occupations/{row.occupation__code}-{row.occupation__slug}/",
        field=Case(
            When(occupation__display_title="", then="occupation__title"),
            default="occupation__display_title",
        ),
        header=True,
    )
    annual_median = PayColumn("median", verbose_name="Median a year")
    annual_p10 = PayColumn("p10", verbose_name="10th percentile a year")
    annual_p90 = PayColumn("p90", verbose_name="90th percentile a year")
    employment = FigureColumn("employment", verbose_name="Jobs")
    group = GroupColumn(verbose_name="Group", field=F("occupation__code"))

    default_sort = ("title",)
    tie_break = ("occupation__code",)

    def __init__(self, rows, *, groups, **kwargs):
        self.groups = groups
        super().__init__(rows, **kwargs)


def short_group(title):
    """A major group's title as a table names it: "Management" for Management Occupations."""
    return title.removesuffix(" Occupations")


class Entry(NamedTuple):
    """A row of the profile's small tables: what it is, where it leads, and its wage, if there is one.

    `note` is what the table says of it besides, in a column of its own.
    """

    name: str
    url: str
    wage: object
    note: str = ""


class RelatedTable(LeanTable):
    """Occupations beside or below another one, as entries."""

    name = LinkColumn(verbose_name="Occupation", url=attrgetter("url"), header=True)
    annual_median = PayColumn("median", verbose_name="Median a year", wage="wage")
    employment = FigureColumn("employment", verbose_name="Jobs", wage="wage")


class SimilarTable(RelatedTable):
    """Occupations like another one, with what it takes to enter them."""

    education = TextColumn(verbose_name="Typical schooling for entry", text=attrgetter("note"))


class CertifiedTable(RelatedTable):
    """The occupations that ask for a certification, and how."""

    relation = TextColumn(verbose_name="What it is to them", text=attrgetter("note"))


class StateTable(LeanTable):
    """One occupation in every state and territory, as entries."""

    name = LinkColumn(verbose_name="Place", url=attrgetter("url"), header=True)
    annual_median = FigureColumn("annual_median", verbose_name="Median a year", wage="wage")
    annual_p10 = FigureColumn("annual_p10", wage="wage")
    annual_p90 = FigureColumn("annual_p90", wage="wage")
    hourly_median = FigureColumn("hourly_median", verbose_name="Median an hour", wage="wage")
    hourly_p10 = FigureColumn("hourly_p10", wage="wage")
    hourly_p90 = FigureColumn("hourly_p90", wage="wage")
    employment = FigureColumn("employment", verbose_name="Jobs", wage="wage")


class IndustryTable(LeanTable):
    """The industries that employ the most people in one occupation, as entries."""

    name = TextColumn(verbose_name="Industry", header=True)
    employment = FigureColumn("employment", verbose_name="Jobs", wage="wage")
    share = NumberColumn(verbose_name="Share of these jobs", text=attrgetter("note"))
    annual_median = PayColumn("median", verbose_name="Median a year", wage="wage")


def wage_cell(wage, measure, release):
    """The cell of one measure of a wage, for tables whose rows are not all alike."""
    value = getattr(wage, MEASURES[measure].field)
    if value is not None:
        return f"<td>{format_value(value, MEASURES[measure].unit)}</td>"
    return figure_cell(figure_of(wage, measure, release, ""))


def word_cells(status, count):
    """A row of cells that all say the same word for no number."""
    return mark_safe(count * f'<td class="word">{WORDS[status]}</td>')  # noqa: S308  # words of our own
