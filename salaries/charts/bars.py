"""Bars beside the numbers of a table: how long each is, on one scale that begins at 0."""

from typing import NamedTuple


class Bar(NamedTuple):
    """Where a bar starts and how wide it is, in percent of the drawing's width.

    `zero` is where the line of 0 stands when some bar of the same scale goes left of it, else None.
    `kind` tells the template which bar this is ("then", "all"); plain bars have none.
    """

    start: float
    width: float
    zero: float | None = None
    kind: str = ""


def bars(values, *, full=None, kinds=()):
    """A Bar of each value, in their order; None for a value that is None.

    The longest spans the drawing, or `full` does, a value in the same unit. Values below 0 go left
    from the line of 0. `kinds` are the bars' kinds in the same order.

    >>> bars([7.1, 3.1])
    [Bar(start=0, width=100, zero=None, kind=''), Bar(start=0, width=43.7, zero=None, kind='')]
    >>> bars([-5, 15])
    [Bar(start=0, width=25, zero=25, kind=''), Bar(start=25, width=75, zero=25, kind='')]
    """
    known = [float(value) for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    length = (float(full) if full else high - low) or 1.0
    zero = _percent(-low, length)
    kinds = [*kinds, *[""] * (len(values) - len(kinds))]
    return [
        None if value is None else _bar(float(value), length, low, zero, kind)
        for value, kind in zip(values, kinds, strict=True)
    ]


def _bar(value, length, low, zero, kind):
    start = _percent(min(value, 0.0) - low, length)
    return Bar(start, _percent(abs(value), length), zero or None, kind)


def _percent(part, whole):
    """Percent with one decimal at most, whole numbers as such: each is written into a page many times."""
    percent = round(100 * part / whole, 1)
    return int(percent) if percent == int(percent) else percent
