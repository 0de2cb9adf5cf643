"""The national median of an occupation, May by May: what broke the series, and constant dollars."""

from itertools import pairwise
from typing import NamedTuple

from salaries.charts import trend_chart
from salaries.charts.trend import Year
from salaries.consumer_prices import SOURCE, in_dollars_of, may_indexes
from salaries.figures import figure_of, format_value
from salaries.models.release import NEW_METHOD_YEAR

US = "United States"
NOT_COMPUTED = "not computed"


class History:
    """What happened to an occupation's code between the Mays that it has wages in.

    `wages` maps a year to a row with `occupation_id`: under this code or one that it was renamed from.
    """

    def __init__(self, occupation_id, wages, lineage):
        self.occupation_id, self.wages, self.lineage = occupation_id, wages, lineage
        own = {wage.occupation_id for wage in wages.values()}
        # Where the jobs were counted while this code did not have them.
        self.before = [s for s in lineage.before(occupation_id) if own.isdisjoint(s.codes)]

    def is_renamed(self, older, newer):
        return self.wages[older].occupation_id != self.wages[newer].occupation_id

    def away(self, older, newer):
        """The spans in which other codes had the jobs between two Mays."""
        return [s for s in self.before if any(map(s.covers, range(older + 1, newer)))]

    def came(self, older, newer):
        """The steps by which jobs of other codes came in after May `older`, through May `newer`."""
        return [s for s in self.lineage.origins(self.occupation_id) if older < s.year <= newer]

    def left(self, older, newer):
        return [s for s in self.lineage.successions(self.occupation_id) if older < s.year <= newer]

    @staticmethod
    def is_new_method(older, newer):
        return older < NEW_METHOD_YEAR <= newer

    def break_words(self, older, newer):
        """What broke the series between two Mays, in two or four words for the chart; "" if nothing did."""
        changes = (self.is_renamed, self.away, self.came, self.left)
        code = "new code" if any(change(older, newer) for change in changes) else ""
        method = "new method" if self.is_new_method(older, newer) else ""
        return " and ".join(word for word in (code, method) if word)


class Row(NamedTuple):
    """A May in the table under the chart."""

    period: str
    figure: object
    constant: str


class Trend(NamedTuple):
    chart: object
    rows: list
    base: int
    caption: str
    broken: str
    bounded: str
    unit: str
    sources: str


def trend(history, releases, *, name):
    """The chart of the national median with its table, or None without two exact medians.

    `releases` maps a year to its Release. Pay is by the year, and by the hour where BLS publishes
    that alone. Only exact medians are put into constant dollars.
    """
    wages = history.wages
    if len(wages) < 2:
        return None
    per, step = ("hourly", 1) if wages[max(wages)].hourly_only else ("annual", 10)
    medians = {y: figure_of(wages[y], f"{per}_median", releases[y], US) for y in sorted(wages)}
    figures = {year: figure for year, figure in medians.items() if figure.has_number}
    if not figures:
        return None
    base = max((y for y, f in figures.items() if f.is_exact and y in may_indexes()), default=None)
    years = [_year(history, y, figures, base, step) for y in figures]
    unit = figures[max(figures)].measure.unit
    span = f"May {min(figures)} to May {max(figures)}"
    chart = trend_chart(years, title=f"{name}: median pay {unit}, {US}, {span}", base=base)
    if chart is None:
        return None
    return Trend(
        chart=chart,
        rows=[Row(y.figure.period, y.figure, _constant_text(y, unit)) for y in reversed(years)],
        base=base,
        caption=f"Median pay {unit}, {US}, {span}",
        broken=_broken_words(years),
        bounded=_bounded_words(figures),
        unit=unit,
        sources=f"{releases[max(figures)].source.short_name}; prices: {SOURCE}, all items, May",
    )


def _year(history, year, figures, base, step):
    figure, older = figures[year], max((y for y in figures if y < year), default=None)
    constant = in_dollars_of(base, year, figure.value, to=step) if base and figure.is_exact else None
    return Year(year, figure, constant, history.break_words(older, year) if older else "")


def _constant_text(one, unit):
    """A bound or a word is told as it is in its own column: of neither is anything computed."""
    return format_value(one.constant, unit) if one.constant is not None else NOT_COMPUTED


def _broken_words(years):
    """Why the line is broken where it is, in a sentence; "" where nothing broke it."""
    told = {
        "new code": "the occupation’s code, or the jobs counted in it, changed",
        "new method": "BLS changed how it makes its estimates",
    }
    parts = []
    for older, one in pairwise(years):
        if one.broken:
            why = " and ".join(told[word] for word in one.broken.split(" and "))
            parts.append(f"between May {older.year} and May {one.year}, when {why}")
    return f"The line is broken {'; and '.join(parts)}." if parts else ""


def _bounded_words(figures):
    bounded = [f"May {y} ({f.text})" for y, f in figures.items() if f.has_number and not f.is_exact]
    if not bounded:
        return ""
    return f"An arrow marks a year for which BLS gives only a bound: {', '.join(bounded)}."
