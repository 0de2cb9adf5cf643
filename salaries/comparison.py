"""Side by side: occupations in one place, or one occupation in several places.

Where a place has no published figure its state's stands in, then the nation's, and the column says
so. A difference is said only between exact figures of the same year and measure, and of the place
that was asked for; otherwise the reason stands where the difference would.
"""

from dataclasses import dataclass

from salaries.charts import ladder_chart, ladder_scale
from salaries.figures import PERCENTILES, Status, Unit, figure_of, format_value, ladder_of
from salaries.places import capital, possessive, spoken

SHOWN = ("median", *(p for p in PERCENTILES if p != "median"), "mean")
JOBS = ("How many work in it", ["employment"])
YEARLY, HOURLY = "Pay a year", "Pay an hour"
ON_A_HANDOUT = ("median",)  # the ladders above it have the ends
NOT_COMPARED = "not compared: "
SAME = "the same"
WITHHELD = {
    Status.AT_LEAST: "a bound, not a figure",
    Status.NOT_PUBLISHED: "not published",
    Status.HOURLY_ONLY: "paid hourly only",
    Status.ANNUAL_ONLY: "paid yearly only",
    Status.NOT_LOADED: "not loaded",
}


@dataclass(frozen=True)
class Column:
    """One occupation in one place: `asked` is the place the reader named, `wage` (a row of
    WageQuerySet.as_rows, or None) is of the nearest place around it that has a published figure."""

    occupation: object
    asked: object
    wage: object
    release: object

    @property
    def place(self):
        return self.wage.area_title if self.wage else self.asked.title

    @property
    def fell_back(self):
        return self.wage is not None and self.wage.area_code != self.asked.code

    def figure(self, name):
        return figure_of(self.wage, name, self.release, self.place)

    @property
    def headline(self):
        """The median that stands for the column: a year's, or an hour's where that alone is published."""
        annual, hourly = self.figure("annual_median"), self.figure("hourly_median")
        return hourly if hourly.has_number and not annual.has_number else annual

    @property
    def fallback_sentence(self):
        """ "Akron, OH has no published figure for Cardiologists; Ohio's median is $504,260 a year." or ""."""
        missing = f"{capital(spoken(self.asked.title))} has no published figure for {self.occupation.name}"
        if self.wage is None:
            return f"{missing}, and neither has any place around it."
        if not self.fell_back:
            return ""
        measure = self.headline.measure
        return f"{missing}; {possessive(self.place)} {measure.label} is {self.headline.text} {measure.unit}."


@dataclass(frozen=True)
class Cell:
    figure: object
    difference: str


def choose(occupation, area, wages, states, nation, release):
    """The column of an occupation in an area: its own wage, else the state's, else the nation's.

    `wages` maps (occupation code, area code) to rows, `states` postal codes to areas.
    """
    around = [area, states.get(area.primary_state), nation]
    for place in around:
        wage = wages.get((occupation.code, place.code)) if place else None
        if has_pay(wage, release):
            return Column(occupation, area, wage, release)
    return Column(occupation, area, None, release)


def has_pay(wage, release):
    """Whether a row has a median to show, exact or a bound, a year's or an hour's."""
    if wage is None:
        return False
    return any(figure_of(wage, f"{per}_median", release, "").has_number for per in ("annual", "hourly"))


def groups(columns, *, across_places, is_handout=False):
    """(groups to stand before what else is compared, groups to stand after it).

    A group is (heading, [(label, cells)]). Rows that no column has are left out. Hourly pay comes
    last, where a year's medians say as much; a handout has the medians alone.
    """
    names = ON_A_HANDOUT if is_handout else SHOWN
    yearly = (YEARLY, [f"annual_{name}" for name in names])
    hourly = (HOURLY, [f"hourly_{name}" for name in names])
    if all(column.figure("annual_median").has_number for column in columns):
        parts = [[yearly, JOBS], [] if is_handout else [hourly]]
    else:
        parts = [[yearly, hourly, JOBS], []]
    return [_groups(part, columns, across_places=across_places) for part in parts]


def _groups(part, columns, *, across_places):
    made = []
    for heading, names in part:
        rows = [_row(name, columns, across_places=across_places) for name in names]
        rows = [(label, cells) for label, cells in rows if any(c.figure.has_number for c in cells)]
        if rows:
            made.append((heading, rows))
    return made


def _row(name, columns, *, across_places):
    """A measure's label and its cells; a cell that is a word for no number needs no other reason."""
    figures = [column.figure(name) for column in columns]
    cells = [Cell(figures[0], "")]
    for column, figure in zip(columns[1:], figures[1:], strict=True):
        words = difference(columns[0], column, figures[0], figure, across_places=across_places)
        cells.append(Cell(figure, words if figure.has_number else ""))
    return capital(figures[0].measure.label), cells


def difference(first, column, first_figure, figure, *, across_places):
    """How a figure differs from the first column's, in words, or why that is not said."""
    for each in (figure, first_figure):
        if not each.is_exact:
            who = "" if each is figure else "the first is "
            return f"{NOT_COMPARED}{who}{WITHHELD[each.status]}"
    if figure.period != first_figure.period:
        return f"{NOT_COMPARED}another year"
    moved = [c.asked.title for c in (first, column) if c.fell_back]
    if across_places and moved:
        return f"{NOT_COMPARED}{spoken(moved[0])} has no figure of its own"
    if not across_places and figure.place != first_figure.place:
        return f"{NOT_COMPARED}another place"
    return difference_words(figure.value - first_figure.value, figure.measure.unit)


def difference_words(change, unit):
    """ "$5,650 more a year", "$1.20 less an hour", "12,300 fewer jobs", "the same"."""
    if change == 0:
        return SAME
    amount = format_value(abs(change), unit)
    if unit is Unit.JOBS:
        return f"{amount} {'more' if change > 0 else 'fewer'} jobs"
    return f"{amount} {'more' if change > 0 else 'less'} {unit}"


def summary(columns, *, across_places):
    """One sentence for each column after the first: how its median differs from the first's."""
    first = columns[0]
    return [_summary_sentence(first, column, across_places=across_places) for column in columns[1:]]


def _summary_sentence(first, column, *, across_places):
    name = first.headline.measure.name
    a, b = first.figure(name), column.figure(name)
    words = difference(first, column, a, b, across_places=across_places)
    if across_places:
        who, whom = column.asked.title, f"in {spoken(first.asked.title)}"
    else:
        who, whom = column.occupation.name, f"of {first.occupation.name}"
    if words.startswith(NOT_COMPARED):
        return f"{who}: the median is not compared with that {whom} ({words.removeprefix(NOT_COMPARED)})."
    if words == SAME:
        return f"{who}: the median is the same as that {whom}, {b.amount} {b.measure.unit}."
    return f"{who}: the median is {words} than that {whom}."


@dataclass(frozen=True)
class AlignedChart:
    """A column's ladder on the scale of all columns: None where it has no number, and `median` says why."""

    drawn: object
    median: object


def charts(columns):
    """(column, its AlignedChart): yearly pay where any column has it, else hourly."""
    ladders = [ladder_of(c.wage, "annual", c.release, c.place) for c in columns]
    if ladder_scale(ladders) is None:
        ladders = [ladder_of(c.wage, "hourly", c.release, c.place) for c in columns]
    scale = ladder_scale(ladders)
    return [
        (column, AlignedChart(ladder_chart(ladder, scale, name=column.occupation.name), ladder[2]))
        for column, ladder in zip(columns, ladders, strict=True)
    ]


def price_rows(columns, parities):
    """[(label, texts)] of what money buys in each column's place; none where no place has a parity.

    `parities` maps area codes to PriceParity. The adjusted median is worked out from an exact
    yearly median alone, to whole hundreds of dollars, and stands beside the published one.
    """
    held = [parities.get(column.wage.area_code if column.wage else column.asked.code) for column in columns]
    if not any(held):
        return []
    levels = [f"{parity.all_items:.1f}" if parity else "not published" for parity in held]
    adjusted = [_at_national_prices(c.figure("annual_median"), p) for c, p in zip(columns, held, strict=True)]
    return [("Price level, nation = 100", levels), ("Median a year at the nation's prices", adjusted)]


def _at_national_prices(median, parity):
    if parity is None or not median.is_exact:
        return "not worked out"
    dollars = round(median.value * 100 / parity.all_items, -2)
    return f"about {format_value(int(dollars), median.measure.unit)}"
