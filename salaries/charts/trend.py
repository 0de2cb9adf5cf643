"""A median through the years as two lines: in the dollars of each year, and in those of the newest May.

A line joins two neighbouring Mays alone, never across a break, a missing year or a bound.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from salaries.figures import format_value

LEFT, RIGHT = 4.5, 77.0  # percents of the width; right of the lines stands the newest amount
TOP, BOTTOM = 58, 176  # pixels: the highest amount, and where the scale begins
BESIDE_NAMES = 53.0  # the lines' names, at the left, end before this percent on the narrowest screen
AMOUNT = 21.0  # percents that an amount takes there
LINE = 15  # pixels
LOWEST = 194  # pixels: under it stand the years
MOST_YEARS_NAMED = 7


class Year(NamedTuple):
    """One May: the median as a Figure, in constant dollars where exact (else None), and the words
    for what broke the series since the May before it ("" where nothing did)."""

    year: int
    figure: object
    constant: int | None
    broken: str = ""


class Dot(NamedTuple):
    x: float
    y: float


class Label(NamedTuple):
    x: float
    y: float
    text: str
    name: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class Line:
    """One series: its unbroken runs of dots, and what is written beside them."""

    runs: list = field(default_factory=list)
    labels: list = field(default_factory=list)

    @property
    def path(self):
        """The runs as an SVG path: "M4.5 80L10 76M40 60L50 58"; a lone dot is no line."""
        return "".join("M" + "L".join(f"{d.x} {d.y}" for d in run) for run in self.runs if len(run) > 1)

    @property
    def dots(self):
        """Lines of no length, which round caps make dots: "M4.5 80h0M10 76h0"."""
        return "".join(f"M{d.x} {d.y}h0" for run in self.runs for d in run)


class Break(NamedTuple):
    x: float
    y: int  # of its words, in two heights by turns
    text: str


@dataclass(frozen=True)
class TrendChart:
    title: str
    summary: str
    real: Line
    nominal: Line
    newest: Label
    bounds: list
    breaks: list
    ticks: list
    floor: str


class _Plane:
    """Years and amounts to places in the drawing."""

    def __init__(self, years):
        values = [v for y in years for v in (y.figure.value, y.constant) if v is not None]
        self.first, self.last = years[0].year, years[-1].year
        self.high = max(values)
        self.low = _floor(min(values))

    def x(self, year):
        return round(LEFT + (year - self.first) / (self.last - self.first) * (RIGHT - LEFT), 2)

    def y(self, value):
        return round(BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP), 1)

    def dot(self, year, value):
        return Dot(self.x(year), self.y(value))


def _floor(lowest):
    """Where the scale begins: some way under the lowest amount, at two plain figures."""
    step = 10 ** max(len(str(int(lowest))) - 2, 0)
    return int(lowest * 0.85) // step * step


def runs_of(years):
    """The years with exact medians in unbroken runs of neighbouring Mays: [[2012, 2013], [2021]] as Years."""
    runs, broken = [], False
    for one in years:
        broken = broken or bool(one.broken)
        if not one.figure.is_exact:
            continue
        if runs and not broken and one.year == runs[-1][-1].year + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
        broken = False
    return runs


def trend_chart(years, *, title, base):
    """The chart of a median's Years, oldest first, each with a number; None without two exact ones.

    `base` is the year whose dollars the constant amounts are in.
    """
    runs = runs_of(years)
    if sum(len(run) for run in runs) < 2:
        return None
    plane = _Plane(years)
    newest = runs[-1][-1]
    unit = newest.figure.measure.unit
    return TrendChart(
        title=title,
        summary=trend_sentence(runs, base),
        real=_line(runs, plane, "constant", f"in {base} dollars", unit, up=True),
        nominal=_line(runs, plane, "nominal", "in each year’s dollars", unit, up=False),
        newest=Label(plane.x(newest.year), plane.y(newest.figure.value), newest.figure.amount),
        bounds=[plane.dot(y.year, y.figure.value) for y in years if not y.figure.is_exact],
        breaks=_breaks(years, plane),
        ticks=_ticks(plane),
        floor=format_value(plane.low, unit),
    )


def _value(one, kind):
    return one.constant if kind == "constant" else one.figure.value


def _line(runs, plane, kind, name, unit, *, up):
    runs = [[y for y in run if _value(y, kind) is not None] for run in runs]
    runs = [[(plane.dot(y.year, _value(y, kind)), y) for y in run] for run in runs if run]
    if not runs:
        return Line()
    dots = [[dot for dot, _ in run] for run in runs]

    def label(run, width, name="", anchor="start"):
        """Over every dot that the words stretch along, or under it: no line runs through them."""
        (first, one), reach = run[0], run[0][0].x + width
        along = [d.y for other in dots for d in other if first.x <= d.x <= reach]
        y = round(min(along) - 11 if up else max(along) + 20, 1)
        return Label(first.x, y, format_value(_value(one, kind), unit), name, anchor)

    labels = [label(runs[0], BESIDE_NAMES - LEFT, name)]
    if len(runs) > 1 and len(runs[-1]) > 1 and runs[-1][0][0].x > BESIDE_NAMES:
        labels.append(label(runs[-1], AMOUNT, anchor="start" if len(runs[-1]) > 3 else "end"))
        labels[1] = _apart(*labels, up=up)
    return Line(dots, labels)


def _apart(first, second, *, up):
    """The second label a line's height from the first, which wide fonts draw as far as the second."""
    if abs(second.y - first.y) >= LINE:
        return second
    has_room = not up and first.y + LINE <= LOWEST
    return second._replace(y=round(first.y + LINE if has_room else first.y - LINE, 1))


def _breaks(years, plane):
    found = [((older.year + y.year) / 2, y.broken) for older, y in pairwise(years) if y.broken]
    return [Break(plane.x(middle), 12 + 14 * (i % 2), words) for i, (middle, words) in enumerate(found)]


def _ticks(plane):
    """(x, year) counted back from the newest, every third where there are many."""
    step = 1 if plane.last - plane.first < MOST_YEARS_NAMED else 3
    return [(plane.x(year), year) for year in range(plane.last, plane.first - 1, -step)][::-1]


def trend_sentence(runs, base):
    """What the newest unbroken run says, first in constant dollars, then in those of each year.

    "In May 2025 dollars the median fell from $55,720 in May 2021 to $51,140 in May 2025; in the
    dollars of each year it rose from $46,660 to $51,140."
    """
    first, last = runs[-1][0], runs[-1][-1]
    if first is last:
        return f"The median of May {last.year} is not on one line with any earlier year’s."
    unit = last.figure.measure.unit
    own = _went(first.figure.value, last.figure.value)
    amounts = (first.figure.amount, last.figure.amount)
    if first.constant is None or last.constant is None:
        words = _from_to(own, amounts, first.year, last.year)
        return f"In the dollars of each year the median {words}."
    real = _went(first.constant, last.constant)
    real_amounts = (format_value(first.constant, unit), format_value(last.constant, unit))
    ending = f"was {amounts[0]} in both" if own == "stayed" else f"{own} from {amounts[0]} to {amounts[1]}"
    return (
        f"In May {base} dollars the median {_from_to(real, real_amounts, first.year, last.year)}; "
        f"in the dollars of each year it {ending}."
    )


def _went(before, after):
    return "rose" if after > before else "fell" if after < before else "stayed"


def _from_to(went, amounts, first, last):
    if went == "stayed":
        return f"was {amounts[0]} in May {first} and in May {last}"
    return f"{went} from {amounts[0]} in May {first} to {amounts[1]} in May {last}"
