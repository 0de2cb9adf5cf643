"""Where an offer falls: the bracket, the estimate where there may be one, and the reader's own hours."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salaries.figures import ANNUAL_LADDER, MEASURES, Figure, Status, Unit
from salaries.offers import (
    PER,
    RANKS,
    Kind,
    Offer,
    at_the_nations_prices,
    ordinal,
    parse_amount,
    parse_hours,
    position,
    rounded,
)

OHIO = [38_060, 45_500, 50_990, 63_510, 79_290]  # medical records specialists, May 2025
YEAR, HOUR = Unit.DOLLARS_A_YEAR, Unit.CENTS_AN_HOUR


def ladder(cells):
    """Figures of five cells: dollars, a bound as "239200+", or None for not published."""
    return [figure(name, cell) for name, cell in zip(ANNUAL_LADDER, cells, strict=True)]


def figure(name, cell):
    status, value = Status.EXACT, cell
    if cell is None:
        status = Status.NOT_PUBLISHED
    elif isinstance(cell, str):
        status, value = Status.AT_LEAST, int(cell.removesuffix("+"))
    return Figure(MEASURES[name], status, value, "Ohio", "May 2025", "BLS OEWS")


class TestAmount:
    @pytest.mark.parametrize(
        ("text", "dollars"),
        [
            ("52000", "52000"),
            ("$52,000", "52000"),
            (" $ 52 000 ", "52000"),
            ("52\u00a0000", "52000"),
            ("52k", "52000"),
            ("$52.5 K", "52500"),
            ("24.50", "24.50"),
            ("$1,234,567.89", "1234567.89"),
            ("0.01", "0.01"),
            ("100000k", "100000000"),
            ("5\x002", "52"),
        ],
    )
    def test_as_people_write_it(self, text, dollars):
        assert parse_amount(text) == Decimal(dollars)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "Write the amount"),
            ("  ", "Write the amount"),
            ("0", "more than 0"),
            ("0.001", "more than 0"),
            ("-5", "more than 0"),
            ("$-5", "more than 0"),
            ("−5", "more than 0"),
            ("1e999", "as one number"),
            ("nan", "as one number"),
            ("Infinity", "as one number"),
            ("24,50", "as one number"),
            ("50-60k", "as one number"),
            ("fifty", "as one number"),
            ("52kk", "as one number"),
            ("٥٢", "as one number"),
            ("1" + "0" * 30, "at most $100,000,000"),
            ("100001k", "at most $100,000,000"),
        ],
    )
    def test_what_cannot_be_read_is_told_in_words(self, text, words):
        with pytest.raises(ValueError, match="amount") as error:
            parse_amount(text)
        assert words in str(error.value)

    @given(st.text(max_size=40))
    def test_any_text_is_an_amount_or_told(self, text):
        try:
            assert 0 < parse_amount(text) <= 100_000_000
        except ValueError as error:
            assert "amount" in str(error)  # noqa: PT017  # the words, whichever it is


class TestHours:
    @pytest.mark.parametrize(("text", "hours"), [("", "40"), ("37.5", "37.5"), ("1", "1"), ("168", "168")])
    def test_hours_a_week(self, text, hours):
        assert parse_hours(text) == Decimal(hours)

    @pytest.mark.parametrize("text", ["0", "200", "-1", "nan", "1e2", "168.1", "40 hours", "²"])
    def test_other_hours_are_refused(self, text):
        with pytest.raises(ValueError, match="a number from 1 to 168"):
            parse_hours(text)


class TestConversion:
    @pytest.mark.parametrize(
        ("offer", "year", "cents"),
        [
            (Offer(Decimal("24.50"), "hour"), 50_960, 2_450),  # 24.50 x 40 x 52
            (Offer(Decimal("24.50"), "hour", Decimal(20)), 25_480, 2_450),
            (Offer(Decimal(1_000), "week"), 52_000, 2_500),
            (Offer(Decimal(4_000), "month"), 48_000, 2_308),  # 48,000 / 2,080 = 23.0769
            (Offer(Decimal(52_000), "year", Decimal("37.5")), 52_000, 2_667),  # 52,000 / 1,950
        ],
    )
    def test_by_the_readers_own_hours(self, offer, year, cents):
        assert (rounded(offer.value(YEAR)), rounded(offer.value(HOUR))) == (year, cents)

    def test_the_words_keep_what_was_typed(self):
        assert Offer(Decimal("24.50"), "hour").text == "$24.50 an hour"
        assert Offer(Decimal("52E+3"), "year").text_in(YEAR) == "$52,000 a year"
        assert Offer(Decimal(4_000), "month").text_in(HOUR) == "$23.08 an hour"
        assert Offer(Decimal(1), "hour", Decimal("37.50")).week == "37.5 hours a week, 52 weeks a year"

    def test_pay_per_the_wrong_thing_is_asked_about(self):
        assert Offer(Decimal(52_000), "hour").oddity == (
            "$52,000 an hour is $108,160,000 a year. Is it really paid by the hour?"
        )
        assert "$0.01 an hour" in Offer(Decimal("24.50"), "year").oddity
        assert Offer(Decimal(52_000), "year").oddity == ""

    @given(cents=st.integers(1, 10**10), per=st.sampled_from(sorted(PER)), tenths=st.integers(10, 1_680))
    def test_a_year_is_52_weeks_of_those_hours(self, cents, per, tenths):
        offer = Offer(Decimal(cents) / 100, per, Decimal(tenths) / 10)
        assert offer.an_hour * Fraction(tenths, 10) * 52 == offer.a_year


class TestPosition:
    @pytest.mark.parametrize(
        ("amount", "bracket", "rank"),
        [
            (30_000, "below the 10th percentile", None),
            (38_060, "at the 10th percentile", None),
            (38_061, "between the 10th percentile and the 25th percentile", 11),
            (47_000, "between the 25th percentile and the median", 32),  # 25 + 25 x 1,500 / 5,490
            (50_989, "between the 25th percentile and the median", 49),
            (50_990, "at the median", None),
            (63_509, "between the median and the 75th percentile", 74),
            (71_400, "between the 75th percentile and the 90th percentile", 83),  # 82.5 rounds up
            (90_000, "above the 90th percentile", None),
        ],
    )
    def test_the_bracket_and_the_estimate_in_ohio(self, amount, bracket, rank):
        where = position(amount, ladder(OHIO))
        assert (where.bracket, where.rank) == (bracket, rank)

    def test_an_estimate_is_said_as_one(self):
        assert position(47_000, ladder(OHIO)).estimate == "about the 32nd percentile"
        assert position(30_000, ladder(OHIO)).estimate == ""

    def test_the_bracket_in_shares_of_jobs(self):
        assert position(47_000, ladder(OHIO)).meaning == (
            "At least a quarter of these jobs pay less, and at least half pay more."
        )
        assert position(30_000, ladder(OHIO)).meaning == "At least nine in ten of these jobs pay more."
        assert position(99_000, ladder(OHIO)).meaning == "At least nine in ten of these jobs pay less."
        assert position(79_000, ladder(OHIO)).meaning == (
            "At least three quarters of these jobs pay less, and at least one in ten pays more."
        )

    def test_equal_percentiles_are_named_both(self):
        where = position(45_500, ladder([38_060, 45_500, 45_500, 63_510, 79_290]))
        assert where.bracket == "at the 25th percentile and at the median, which are equal"
        assert where.meaning == (
            "At least half of these jobs pay this much or less, "
            "and at least three quarters pay this much or more."
        )

    def test_five_equal_percentiles(self):
        flat = ladder([40_000] * 5)
        assert position(39_999, flat).bracket == "below the 10th percentile"
        assert position(40_001, flat).bracket == "above the 90th percentile"
        assert position(40_000, flat).rank is None

    def test_under_a_bound_there_is_a_bracket_and_no_estimate(self):
        where = position(235_000, ladder([100_000, 150_000, 200_000, 230_000, "239200+"]))
        assert where.bracket == "between the 75th percentile and the 90th percentile"
        assert where.estimate == ""
        assert (
            where.limit == "The 90th percentile is at least $239,200: BLS does not publish where it stands."
        )

    def test_over_a_bound_only_the_exact_percentiles_are_told(self):
        where = position(300_000, ladder([100_000, 150_000, 200_000, "239200+", "239200+"]))
        assert (where.kind, where.bracket) == (Kind.ABOVE, "above the median")
        assert where.limit.startswith("The 75th percentile is at least $239,200")

    def test_bounds_alone(self):
        bounds = ladder(["239200+"] * 5)
        assert position(200_000, bounds).bracket == "below the 10th percentile"
        where = position(239_200, bounds)
        assert (where.bracket, where.meaning) == ("not possible to tell", "")
        assert where.limit.startswith("The 10th percentile is at least $239,200")

    def test_no_estimate_across_a_percentile_that_is_missing(self):
        where = position(50_000, ladder([38_060, 45_500, None, 63_510, 79_290]))
        assert where.bracket == "between the 25th percentile and the 75th percentile"
        assert where.estimate == ""

    def test_above_the_last_that_is_published(self):
        where = position(70_000, ladder([38_060, 45_500, 50_990, 63_510, None]))
        assert where.bracket == "above the 75th percentile"
        assert where.limit == "BLS publishes no higher percentile here."

    def test_a_ladder_without_a_number_places_nothing(self):
        assert position(50_000, ladder([None] * 5)) is None

    def test_a_ladder_out_of_order_places_nothing_among_it(self):
        where = position(50_000, ladder([60_000, 45_500, 50_990, 63_510, 79_290]))
        assert where.bracket == "not possible to tell"


dollars = st.lists(st.integers(1, 10**6), min_size=5, max_size=5).map(sorted)
cells = st.lists(st.integers(1, 30), min_size=5, max_size=5).map(sorted)


@given(values=cells, amount=st.integers(0, 32))
def test_the_bracket_is_found_rung_by_rung(values, amount):
    """Each percentile asked by itself whether the amount is under it, on it or over it."""
    names = [
        "the 10th percentile",
        "the 25th percentile",
        "the median",
        "the 75th percentile",
        "the 90th percentile",
    ]
    over = [name for name, value in zip(names, values, strict=True) if amount > value]
    under = [name for name, value in zip(names, values, strict=True) if amount < value]
    on = [name for name, value in zip(names, values, strict=True) if amount == value]
    if on:
        wanted = f"at {on[0]}" if len(on) == 1 else f"at {on[0]} and at {on[-1]}, which are equal"
    elif not over:
        wanted = f"below {under[0]}"
    elif not under:
        wanted = f"above {over[-1]}"
    else:
        wanted = f"between {over[-1]} and {under[0]}"
    assert position(amount, ladder(values)).bracket == wanted


@given(
    values=st.lists(st.integers(1, 10**6), min_size=5, max_size=5).map(sorted), amount=st.integers(1, 10**6)
)
def test_the_estimate_is_the_whole_percentile_whose_pay_is_nearest(values, amount):
    """Every whole percentile's pay on the lines between the published ones, the nearest taken."""
    where = position(amount, ladder(values))
    rungs = list(RANKS.values())
    pays = {}
    for (a, b), (low, high) in zip(pairwise(rungs), pairwise(values), strict=True):
        if low < amount < high:
            pays = {r: low + Fraction(r - a, b - a) * (high - low) for r in range(a + 1, b)}
    if not pays:
        assert where.rank is None
    else:
        nearest = min(abs(pay - amount) for pay in pays.values())
        assert where.rank == max(r for r, pay in pays.items() if abs(pay - amount) == nearest)


@given(values=cells, marks=st.integers(0, 5), amount=st.integers(1, 40))
def test_what_is_said_of_shares_is_true_of_any_pay_above_a_bound(values, marks, amount):
    """The bounded percentiles may truly be anything from the bound up: no claim may depend on it."""
    shown = ladder(values[: 5 - marks] + [f"{max(values)}+"] * marks)
    where = position(amount, shown)
    for true_value in (max(values), 35, 1_000):
        truth = values[: 5 - marks] + [true_value] * marks
        less = max((r for r, v in zip(RANKS.values(), truth, strict=True) if v < amount), default=0)
        more = max((100 - r for r, v in zip(RANKS.values(), truth, strict=True) if v > amount), default=0)
        if where.kind in (Kind.BETWEEN, Kind.ABOVE):
            assert less >= RANKS[where.low.measure.name.split("_")[1]]
        if where.kind in (Kind.BETWEEN, Kind.BELOW):
            assert more >= 100 - RANKS[where.high.measure.name.split("_")[1]]


def test_prices_are_set_to_the_nations():
    # 50,960 x 100 / 93.37 = 54,578.56
    assert rounded(at_the_nations_prices(50_960, 93.37)) == 54_579
    assert at_the_nations_prices(50_000, 100.0) == 50_000


@pytest.mark.parametrize(
    ("number", "words"),
    [(11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (32, "32nd"), (53, "53rd"), (74, "74th")],
)
def test_ordinals(number, words):
    assert ordinal(number) == words
