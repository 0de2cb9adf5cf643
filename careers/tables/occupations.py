"""The tables of the occupation pages."""

from operator import attrgetter
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import mark_safe

from careers.models import EntryEducation
from careers.tables.base import LeanTable
from careers.tables.columns import FigureColumn, LinkColumn, NumberColumn, TextColumn, figure_cell
from salaries.figures import MEASURES, WORDS, Status, figure_of, format_value

# Entry education as a narrow column says it.
SCHOOLING = {
    EntryEducation.NONE: "No credential",
    EntryEducation.HIGH_SCHOOL: "High school",
    EntryEducation.SOME_COLLEGE: "Some college",
    EntryEducation.CERTIFICATE: "Certificate",
    EntryEducation.ASSOCIATE: "Associate’s",
    EntryEducation.BACHELOR: "Bachelor’s",
    EntryEducation.MASTER: "Master’s",
    EntryEducation.DOCTORATE: "Doctoral or professional",
}
SCHOOLING_ORDER = {value: place for place, value in enumerate(EntryEducation.values)}


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


class FactColumn(TextColumn):
    """Words that a publisher has for an occupation; `key` gives their order, None where it has none."""

    def __init__(self, *, key, **kwargs):
        super().__init__(**kwargs)
        self.key = key

    def writer(self, name, table):
        read, none = self.text, word_cells(Status.NOT_PUBLISHED, 1, kind="t word")

        def write(row):
            words = read(row)
            return f'<td class="t">{escape(words)}</td>' if words else none

        return write

    def sort_key(self, name, table):
        return self.key


class OccupationTable(LeanTable):
    """Occupations of one release in one place: rows are careers.facets.Listed, or some of them."""

    title = LinkColumn(
        verbose_name="Occupation",
        text=attrgetter("name"),
        url=lambda row: f"/occupations/{row.code}-{row.slug}/",
        header=True,
    )
    annual_median = PayColumn("median", verbose_name="Median a year", wage="wage")
    annual_p10 = PayColumn("p10", verbose_name="10th percentile a year", wage="wage")
    annual_p90 = PayColumn("p90", verbose_name="90th percentile a year", wage="wage")
    employment = FigureColumn("employment", verbose_name="Jobs", wage="wage")
    outlook = FactColumn(
        verbose_name="Outlook", text=attrgetter("facts.outlook"), key=attrgetter("facts.change_percent")
    )
    entry_education = FactColumn(
        verbose_name="Typical schooling",
        text=lambda row: SCHOOLING.get(schooling_of(row), ""),
        key=lambda row: SCHOOLING_ORDER.get(schooling_of(row)),
    )

    default_sort = ("title",)
    is_labelled = True


def schooling_of(row):
    """A listed occupation's entry education, as the models name it; "" where BLS gives none."""
    return "".join(row.choices["entry_education"])


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

    education = TextColumn(verbose_name="Typical schooling", text=attrgetter("note"))


class CertifiedTable(RelatedTable):
    """The occupations that ask for a certification, and how."""

    relation = TextColumn(verbose_name="What it is to them", text=attrgetter("note"))


class StateTable(LeanTable):
    """One occupation in every state and territory, as entries."""

    name = LinkColumn(verbose_name="Place", url=attrgetter("url"), header=True)
    annual_median = FigureColumn("annual_median", verbose_name="Median a year", wage="wage")
    hourly_median = FigureColumn("hourly_median", verbose_name="Median an hour", wage="wage")
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


def word_cells(status, count, *, kind="word"):
    """A row of cells that all say the same word for no number."""
    return mark_safe(count * f'<td class="{kind}">{WORDS[status]}</td>')  # noqa: S308  # words of our own
