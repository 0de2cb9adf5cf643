"""Where an offer of pay falls among the five percentiles that BLS publishes. Nothing here imports Django.

The bracket comes first: between which two published percentiles. A closer estimate is made only
between two neighbouring percentiles that are exact and distinct, by a straight line between them.
"""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from salaries.figures import Status, Unit, format_value

WEEKS = 52
FULL_TIME = Decimal(40)
LARGEST = 100_000_000  # dollars: far above any pay, and small enough to print
MOST_HOURS = 168  # the hours of a week
LEAST_LIKELY, MOST_LIKELY = 2, 2500  # dollars an hour: outside, "per" was probably mistaken
PER = {"hour": "an hour", "week": "a week", "month": "a month", "year": "a year"}
RANKS = {"p10": 10, "p25": 25, "median": 50, "p75": 75, "p90": 90}

_NUMBER = re.compile(r"^\$?([0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(\.[0-9]+)? ?([kK]?)$")
_HOURS = re.compile(r"^[0-9]{1,6}(\.[0-9]{1,4})?$")


def parse_amount(text):
    """Dollars as people write them: "$52,000", "52 000", "52k", "24.50". ValueError says what to write."""
    text = re.sub(r"\s+", " ", text.replace("\0", "")).strip()
    if not text:
        raise ValueError("Write the amount of the offer.")
    match = _NUMBER.match(re.sub(r"^\$ ", "$", text))
    if not match:
        is_negative = re.match(r"^\$? ?[-−–]", text)
        if is_negative:
            raise ValueError("The amount must be more than 0.")
        raise ValueError("Write the amount as one number: $52,000, 52k or 24.50.")
    whole, part, thousand = match.groups()
    amount = Decimal(re.sub("[, ]", "", whole) + (part or "")) * (1000 if thousand else 1)
    if amount < Decimal("0.01"):
        raise ValueError("The amount must be more than 0.")
    if amount > LARGEST:
        raise ValueError(f"The amount must be at most {_dollars(Fraction(LARGEST))}.")
    return amount


def parse_hours(text):
    """Hours a week; nothing typed is full time, 40."""
    text = text.replace("\0", "").strip()
    if not text:
        return FULL_TIME
    if not _HOURS.match(text) or not 1 <= Decimal(text) <= MOST_HOURS:
        raise ValueError(f"Hours a week are a number from 1 to {MOST_HOURS}.")
    return Decimal(text)


class Offer(NamedTuple):
    """What the reader typed: dollars, per what, and the hours of their week (52 weeks a year)."""

    amount: Decimal
    per: str
    hours: Decimal = FULL_TIME

    @property
    def a_year(self):
        """Exact dollars a year."""
        amount = Fraction(self.amount)
        times = {"hour": Fraction(self.hours) * WEEKS, "week": WEEKS, "month": 12, "year": 1}
        return amount * times[self.per]

    @property
    def an_hour(self):
        """Exact dollars an hour; an hourly offer is itself, whatever the hours."""
        if self.per == "hour":
            return Fraction(self.amount)
        return self.a_year / (Fraction(self.hours) * WEEKS)

    def value(self, unit):
        """The offer in a measure's own unit, exact: dollars a year or cents an hour."""
        return self.an_hour * 100 if unit is Unit.CENTS_AN_HOUR else self.a_year

    def is_in(self, unit):
        """Whether the offer was typed in this unit, so that nothing had to be converted."""
        return self.per == ("hour" if unit is Unit.CENTS_AN_HOUR else "year")

    def text_in(self, unit):
        """ "$24.50 an hour": rounded to the cent by the hour and to the dollar by the year."""
        if self.is_in(unit):
            return self.text
        return f"{format_value(rounded(self.value(unit)), unit)} {unit}"

    @property
    def text(self):
        """As it was typed: "$52,000 a year", "$24.50 an hour"."""
        return f"{_dollars(Fraction(self.amount))} {PER[self.per]}"

    @property
    def week(self):
        """ "40 hours a week, 52 weeks a year"."""
        return f"{self.hours.normalize():f} hour{'' if self.hours == 1 else 's'} a week, {WEEKS} weeks a year"

    @property
    def oddity(self):
        """A question where the amount looks as if it were paid per something else; "" where it does not."""
        if LEAST_LIKELY <= self.an_hour <= MOST_LIKELY:
            return ""
        other = Unit.DOLLARS_A_YEAR if self.per == "hour" else Unit.CENTS_AN_HOUR
        return f"{self.text} is {self.text_in(other)}. Is it really paid by the {self.per}?"


class Kind(StrEnum):
    AT = "at"
    BETWEEN = "between"
    BELOW = "below"
    ABOVE = "above"
    UNTOLD = "untold"


class Position(NamedTuple):
    """Where an amount falls. `low` and `high` are the figures around it, of which `high` may be a
    bound; for AT, the lowest and the highest figure that it equals. `rank` is a percentile where
    one can be estimated."""

    kind: Kind
    low: object = None
    high: object = None
    rank: int | None = None

    @property
    def bracket(self):
        """ "between the 25th percentile and the median": for a sentence and for a table's cell."""
        low, high = _named(self.low), _named(self.high)
        if self.kind is Kind.AT:
            return f"at {low}" if self.low is self.high else f"at {low} and at {high}, which are equal"
        if self.kind is Kind.BETWEEN:
            return f"between {low} and {high}"
        if self.kind is Kind.BELOW:
            return f"below {high}"
        return f"above {low}" if self.kind is Kind.ABOVE else "not possible to tell"

    @property
    def estimate(self):
        """ "about the 38th percentile", or ""."""
        return f"about the {ordinal(self.rank)} percentile" if self.rank else ""

    @property
    def meaning(self):
        """The bracket in shares of jobs. Each is true of any pay that has these percentiles."""
        if self.kind is Kind.BETWEEN:
            return f"At least {_less(self.low)} less, and at least {_more(self.high, of='')} more."
        if self.kind is Kind.BELOW:
            return f"At least {_more(self.high)} more."
        if self.kind is Kind.ABOVE:
            return f"At least {_less(self.low)} less."
        if self.kind is Kind.AT:
            more = _more(self.low, of="")
            return f"At least {_less(self.high)} this much or less, and at least {more} this much or more."
        return ""

    @property
    def limit(self):
        """Why no more can be said, where BLS gives a bound or nothing; else ""."""
        if self.high is not None and self.high.status is Status.AT_LEAST:
            return f"{_capital(_named(self.high))} is {self.high.text}: BLS does not publish where it stands."
        if self.kind is Kind.ABOVE and _percentile(self.low) != "p90":
            return "BLS publishes no higher percentile here."
        return ""


def position(amount, figures):
    """Where an exact amount, in the figures' own unit, falls among p10 to p90; None without any number.

    A bound never stands in for the percentile itself: an amount under it is below the percentile,
    and of an amount at or above it nothing can be told but what the exact percentiles say.
    """
    numbers = [f for f in figures if f.has_number]
    if not numbers:
        return None
    exact = [f for f in numbers if f.is_exact]
    if any(a.value > b.value for a, b in pairwise(exact)):  # never seen; nothing true could be said
        return Position(Kind.UNTOLD)
    equal = [f for f in exact if f.value == amount]
    if equal:
        return Position(Kind.AT, equal[0], equal[-1])
    low = max((f for f in exact if f.value < amount), key=_rank, default=None)
    above = [f for f in numbers if low is None or _rank(f) > _rank(low)]
    high = above[0] if above else None
    if high is not None and high.value > amount:
        kind = Kind.BELOW if low is None else Kind.BETWEEN
        return Position(kind, low, high, estimated_rank(amount, low, high, figures))
    return Position(Kind.UNTOLD if low is None else Kind.ABOVE, low, high)


def estimated_rank(amount, low, high, figures):
    """The whole percentile on the straight line from `low` to `high`, strictly between theirs.

    None unless both are exact and next to each other in the ladder: distinct they are, because
    the amount lies between them.
    """
    if low is None or not high.is_exact or figures.index(high) - figures.index(low) != 1:
        return None
    share = Fraction(amount - low.value) / (high.value - low.value)
    rank = _rank(low) + share * (_rank(high) - _rank(low))
    return min(max(rounded(rank), _rank(low) + 1), _rank(high) - 1)


def per_of(offer, annual, hourly):
    """Which ladder the offer is laid against, "annual" or "hourly": that of its own unit, if there is one."""
    if offer.per == "hour":
        return "hourly" if any(f.has_number for f in hourly) else "annual"
    return "annual" if any(f.has_number for f in annual) else "hourly"


def at_the_nations_prices(value, parity):
    """What an amount earned where prices are `parity` percent of the nation's buys across the nation."""
    return Fraction(value) * 100 / Fraction(str(parity))


def rounded(number):
    """The nearest whole number, halves up."""
    return (Fraction(number) + Fraction(1, 2)).__floor__()


def ordinal(number):
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_BELOW = {10: "one in ten", 25: "a quarter", 50: "half", 75: "three quarters", 90: "nine in ten"}


def _less(figure):
    return _share(_rank(figure), " of these jobs")


def _more(figure, *, of=" of these jobs"):
    return _share(100 - _rank(figure), of)


def _share(percent, of):
    return f"{_BELOW[percent]}{of} {'pays' if percent == 10 else 'pay'}"


def _percentile(figure):
    return figure.measure.name.split("_", 1)[1]


def _rank(figure):
    return RANKS[_percentile(figure)]


def _named(figure):
    return f"the {figure.measure.label}" if figure is not None else ""


def _capital(words):
    return f"{words[:1].upper()}{words[1:]}"


def _dollars(amount):
    """Dollars, with cents where there are any: "$52,000", "$24.50"."""
    cents = rounded(amount * 100)
    return format_value(cents, Unit.CENTS_AN_HOUR).removesuffix(".00")
