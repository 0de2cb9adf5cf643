"""Numbers to coordinates: a ladder drawn where its figures are, and nothing where there are none."""

import re
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salaries.charts import Scale, ladder_chart, ladder_scale, ladder_sentence, trend_chart
from salaries.charts.trend import Year, runs_of
from salaries.consumer_prices import in_dollars_of
from salaries.figures import MEASURES, PAY_MEASURES, TOP_CODE_BITS, Figure, Status, ladder_of

RELEASE = SimpleNamespace(
    annual_top_code=239_200,
    hourly_top_code_cents=11_500,
    period="May 2025",
    source=SimpleNamespace(short_name="BLS OEWS"),
)
MEDICAL_RECORDS = {
    "annual_p10": 37_000,
    "annual_p25": 43_490,
    "annual_median": 51_140,
    "annual_p75": 64_820,
    "annual_p90": 81_150,
}
ACTORS = {
    "hourly_p10": 1_650,
    "hourly_p25": 2_034,
    "hourly_median": 2_905,
    "hourly_p75": 9_795,
    "hourly_p90": 14_368,
}


def ladder(per="annual", *, top_coded=(), hourly_only=False, **figures):
    cells = {name if name.startswith("annual") else f"{name}_cents": None for name in PAY_MEASURES}
    cells |= {
        name if name.startswith("annual") else f"{name}_cents": value for name, value in figures.items()
    }
    marks = sum(TOP_CODE_BITS[name] for name in top_coded)
    wage = SimpleNamespace(top_coded=marks, hourly_only=hourly_only, annual_only=False, **cells)
    return ladder_of(wage, per, RELEASE, "United States")


class TestScale:
    def test_the_lowest_and_the_highest_number_are_the_ends(self):
        scale = ladder_scale([ladder(**MEDICAL_RECORDS)])
        assert (scale.low, scale.high) == (37_000, 81_150)
        assert (scale.x(37_000), scale.x(81_150)) == (23.0, 77.0)

    def test_half_way_between_in_dollars_is_half_way_in_the_drawing(self):
        assert Scale(20_000, 60_000).x(40_000) == 50.0

    def test_one_scale_spans_every_ladder(self):
        scale = ladder_scale([ladder(**MEDICAL_RECORDS), ladder(annual_p10=32_290, annual_p90=733_900)])
        assert (scale.low, scale.high) == (32_290, 733_900)

    def test_no_number_makes_no_scale(self):
        assert ladder_scale([ladder()]) is None

    def test_equal_percentiles_stand_in_the_middle(self):
        """12 % of metro rows have equal adjacent percentiles; a few have five."""
        assert Scale(40_000, 40_000).x(40_000) == 50.0


class TestLadder:
    def test_the_line_runs_from_p10_to_p90_and_the_box_from_p25_to_p75(self):
        chart = ladder_chart(ladder(**MEDICAL_RECORDS))
        assert (chart.line_start, chart.line_width) == (23.0, 54.0)
        assert (chart.box_start, chart.box_width) == (30.94, 26.09)
        assert chart.marks["median"].x == 40.29
        assert chart.open_end is None

    def test_every_percentile_is_labelled_with_its_amount(self):
        chart = ladder_chart(ladder(**MEDICAL_RECORDS))
        assert [m.text for m in chart.marks.values()] == [
            "$37,000",
            "$43,490",
            "$51,140",
            "$64,820",
            "$81,150",
        ]

    def test_the_title_names_the_place_and_the_period(self):
        chart = ladder_chart(ladder(**MEDICAL_RECORDS), name="Medical Records Specialists")
        assert chart.title == (
            "Medical Records Specialists: pay per year, 10th to 90th percentile, United States, May 2025"
        )

    def test_a_bound_opens_the_end_and_has_no_mark(self):
        chart = ladder_chart(
            ladder(
                annual_p10=107_190,
                annual_p25=180_000,
                annual_median=226_000,
                top_coded=["annual_p75", "annual_p90"],
            )
        )
        assert sorted(chart.marks) == ["median", "p10", "p25"]
        assert (chart.open_end.text, chart.open_end.x) == ("$239,200", 77.0)
        assert chart.line_start + chart.line_width == 77.0
        assert chart.box_start + chart.box_width == 77.0

    def test_only_bounds_make_an_open_end_and_nothing_else(self):
        marks = ["annual_p10", "annual_p25", "annual_median", "annual_p75", "annual_p90"]
        chart = ladder_chart(ladder(top_coded=marks))
        assert chart.marks == {}
        assert chart.open_end.text == "$239,200"
        assert (chart.line_width, chart.box_start) == (0, None)

    def test_a_missing_quarter_leaves_the_box_out(self):
        chart = ladder_chart(ladder(annual_p10=37_000, annual_median=51_140, annual_p90=81_150))
        assert (chart.box_start, chart.box_width) == (None, None)
        assert sorted(chart.marks) == ["median", "p10", "p90"]

    def test_no_number_makes_no_chart(self):
        assert ladder_chart(ladder(hourly_only=True, **ACTORS)) is None

    def test_hourly_pay_is_labelled_in_dollars_and_cents(self):
        chart = ladder_chart(ladder("hourly", hourly_only=True, **ACTORS))
        assert chart.marks["median"].text == "$29.05"
        assert chart.title == "Pay per hour, 10th to 90th percentile, United States, May 2025"

    def test_aligned_charts_put_one_amount_in_one_place(self):
        scale = Scale(20_000, 100_000)
        first = ladder_chart(ladder(annual_median=51_140), scale)
        second = ladder_chart(ladder(annual_p90=51_140), scale)
        assert first.marks["median"].x == second.marks["p90"].x == 44.02


class TestSentence:
    def test_a_whole_ladder_in_words(self):
        assert ladder_sentence(ladder(**MEDICAL_RECORDS)) == (
            "Half of these jobs pay less than $51,140 a year and half pay more; the middle half pay "
            "$43,490 to $64,820; one in ten pays $37,000 or less, and one in ten $81,150 or more."
        )

    def test_hourly_pay_is_said_by_the_hour(self):
        assert ladder_sentence(ladder("hourly", **ACTORS)).startswith(
            "Half of these jobs pay less than $29.05 an hour and half pay more"
        )

    def test_a_bound_is_said_once_and_as_a_bound(self):
        figures = ladder(annual_median=226_000, top_coded=["annual_p75", "annual_p90"])
        assert ladder_sentence(figures) == (
            "Half of these jobs pay less than $226,000 a year and half pay more; at least a quarter pay "
            "$239,200 or more, and BLS does not publish how much more."
        )

    def test_a_bounded_median_is_not_called_a_median(self):
        figures = ladder(annual_p10=100_000, top_coded=["annual_median", "annual_p75", "annual_p90"])
        assert ladder_sentence(figures) == (
            "One in ten pays $100,000 or less; at least half pay $239,200 or more, "
            "and BLS does not publish how much more."
        )

    @pytest.mark.parametrize(
        ("figures", "words"),
        [
            ({"annual_p90": 81_150}, "One in ten pays $81,150 or more."),
            ({"annual_p25": 43_490}, "A quarter pay $43,490 or less."),
            ({"annual_p75": 64_820}, "A quarter pay $64,820 or more."),
            ({}, ""),
        ],
    )
    def test_what_is_missing_is_left_out(self, figures, words):
        assert ladder_sentence(ladder(**figures)) == words


# Medical records specialists, May by May: BLS's national medians.
SPECIALISTS = {2021: 46_660, 2022: 47_180, 2023: 48_780, 2024: 50_250, 2025: 51_140}
METHOD = {2021: "new method"}


def may(year, cell, *, broken=""):
    """One May of a trend: an exact median in dollars, or a bound as "239200+"."""
    bound = isinstance(cell, str)
    value = int(cell.rstrip("+")) if bound else cell
    status = Status.AT_LEAST if bound else Status.EXACT
    figure = Figure(MEASURES["annual_median"], status, value, "United States", f"May {year}", "BLS OEWS")
    return Year(year, figure, None if bound else in_dollars_of(2025, year, value, to=10), broken)


def chart_of(medians, *, broken=None):
    years = [may(year, cell, broken=(broken or {}).get(year, "")) for year, cell in medians.items()]
    return trend_chart(years, title="Pay", base=2025)


def years_of(runs):
    return [[one.year for one in run] for run in runs]


class TestRuns:
    def test_neighbouring_mays_are_one_run(self):
        assert years_of(runs_of([may(y, m) for y, m in SPECIALISTS.items()])) == [list(range(2021, 2026))]

    def test_a_new_method_ends_a_run(self):
        years = [may(2020, 75_330), may(2021, 77_600, broken="new method"), may(2022, 81_220)]
        assert years_of(runs_of(years)) == [[2020], [2021, 2022]]

    def test_a_missing_year_ends_a_run(self):
        assert years_of(runs_of([may(2021, 100), may(2023, 100)])) == [[2021], [2023]]

    def test_a_bound_ends_a_run_and_is_in_none(self):
        assert years_of(runs_of([may(2020, 100), may(2021, "200+"), may(2022, 100)])) == [[2020], [2022]]

    def test_a_break_at_a_bound_still_counts(self):
        years = [may(2020, 100), may(2021, "200+", broken="new method"), may(2022, 100), may(2023, 100)]
        assert years_of(runs_of(years)) == [[2020], [2022, 2023]]

    @given(
        st.lists(
            st.tuples(st.booleans(), st.sampled_from([50_000, 60_000, "70000+", None])),
            min_size=2,
            max_size=14,
        )
    )
    def test_two_mays_are_joined_only_if_nothing_is_between_them(self, cells):
        """Every pair of neighbours asked by itself, against the runs."""
        told = {2012 + i: (cut, cell) for i, (cut, cell) in enumerate(cells)}
        years = [may(y, c, broken="new code" if cut else "") for y, (cut, c) in told.items() if c is not None]
        joined = {(a.year, b.year) for run in runs_of(years) for a, b in pairwise(run)}
        for year in range(2012, 2012 + len(cells) - 1):
            whole = all(isinstance(told[y][1], int) for y in (year, year + 1))
            assert ((year, year + 1) in joined) == (whole and not told[year + 1][0])
        assert all(b - a == 1 for a, b in joined)


class TestTrend:
    def test_both_lines_end_in_the_newest_median(self):
        chart = chart_of(SPECIALISTS)
        assert chart.real.runs[0][-1] == chart.nominal.runs[0][-1]
        assert (chart.newest.text, chart.newest.x) == ("$51,140", 77.0)

    def test_the_first_amounts_and_the_lines_names_stand_beside_them(self):
        chart = chart_of(SPECIALISTS)
        assert [(label.text, label.name) for label in chart.real.labels] == [("$55,720", "in 2025 dollars")]
        assert [(label.text, label.name) for label in chart.nominal.labels] == [
            ("$46,660", "in each year’s dollars")
        ]

    def test_the_highest_amount_is_at_the_top_and_the_scale_begins_under_the_lowest(self):
        chart = chart_of(SPECIALISTS)
        assert chart.real.runs[0][0].y == 58.0
        assert chart.floor == "$39,000"  # 85 % of $46,660, at two plain figures

    def test_no_path_crosses_a_break(self):
        medians = {2019: 73_300, 2020: 75_330, 2021: 77_600, 2022: 81_220}
        chart = chart_of(medians, broken=METHOD)
        assert [len(run) for run in chart.nominal.runs] == [2, 2]
        assert chart.nominal.path.count("M") == 2
        assert chart.nominal.path.count("L") == 2
        assert [(cut.text, cut.x) for cut in chart.breaks] == [("new method", 40.75)]  # half way

    @pytest.mark.parametrize(
        ("later", "apart"), [([40_000, 30_000, 41_000, 45_000, 60_000], 15), ([48_000] * 5, 65.7)]
    )
    def test_amounts_of_two_runs_stand_at_least_a_lines_height_apart(self, later, apart):
        """However far a wide font draws the name of the line beside the first of them."""
        medians = dict(zip(range(2012, 2026), [30_000] * 9 + later, strict=True))
        first, second = chart_of(medians, broken=METHOD).nominal.labels
        assert round(abs(second.y - first.y), 1) == apart

    def test_a_lone_may_is_a_dot_and_no_line(self):
        chart = chart_of({2020: 75_330, 2021: 77_600, 2022: 81_220}, broken=METHOD)
        assert chart.nominal.path.count("M") == 1
        assert chart.nominal.dots.count("M") == 3

    def test_a_bound_is_marked_and_on_no_line(self):
        chart = chart_of({2021: "208000+", 2022: 211_300, 2023: 223_310})
        assert len(chart.bounds) == 1
        assert chart.nominal.dots.count("M") == chart.real.dots.count("M") == 2

    def test_words_stand_over_every_dot_along_them(self):
        chart = chart_of({2012 + i: m for i, m in enumerate([50_000, 60_000, 70_000, 60_000, 50_000])})
        (label,) = chart.real.labels
        assert label.y < min(dot.y for dot in chart.real.runs[0] if dot.x <= 53)

    def test_one_median_makes_no_chart(self):
        assert chart_of({2025: 51_140}) is None
        assert chart_of({2024: "239200+", 2025: 51_140}) is None

    def test_two_mays_of_one_amount_are_drawn(self):
        assert len(chart_of({2024: 40_000, 2025: 40_000}).nominal.runs[0]) == 2


class TestTrendSentence:
    def test_fell_in_constant_dollars_while_it_rose_in_those_of_each_year(self):
        assert chart_of(SPECIALISTS).summary == (
            "In May 2025 dollars the median fell from $55,720 in May 2021 to $51,140 in May 2025; "
            "in the dollars of each year it rose from $46,660 to $51,140."
        )

    def test_only_the_newest_run_is_told(self):
        medians = {2019: 73_300, 2020: 75_330, 2021: 77_600, 2022: 81_220}
        assert "May 2021 to" in chart_of(medians, broken=METHOD).summary
        assert "2019" not in chart_of(medians, broken=METHOD).summary

    def test_a_run_of_one_is_not_compared(self):
        assert chart_of({2024: 40_000, 2025: 41_000}, broken={2025: "new code"}).summary == (
            "The median of May 2025 is not on one line with any earlier year’s."
        )

    def test_the_same_amount_is_not_a_rise(self):
        assert chart_of({2024: 40_000, 2025: 40_000}).summary == (
            "In May 2025 dollars the median fell from $40,940 in May 2024 to $40,000 in May 2025; "
            "in the dollars of each year it was $40,000 in both."
        )

    @given(first=st.integers(20_000, 30_000), last=st.integers(20_000, 30_000), year=st.integers(2012, 2024))
    def test_rose_and_fell_are_true_of_the_amounts_that_are_printed(self, first, last, year):
        medians = dict.fromkeys(range(year, 2026), first) | {2025: last}
        before, own = chart_of(medians).summary.split(";")
        for words in (before.replace(f"May {year}", "").replace("May 2025", ""), own):
            amounts = [int(a.replace(",", "")) for a in re.findall(r"\$([0-9,]+[0-9])", words)]
            if "rose" in words:
                assert amounts[0] < amounts[1]
            elif "fell" in words:
                assert amounts[0] > amounts[1]
            else:
                assert len(amounts) == 1


class TestOffer:
    def test_the_offer_stands_where_its_amount_is(self):
        chart = ladder_chart(ladder(**MEDICAL_RECORDS), offer=59_075)
        assert (chart.offer.x, chart.offer.text) == (50.0, "Your offer $59,075")

    def test_a_near_offer_draws_the_scale_out(self):
        chart = ladder_chart(ladder(**MEDICAL_RECORDS), offer=100_000)
        assert chart.offer.x == 77.0
        assert chart.marks["p90"].x == 60.84  # 23 + 54 x 44,150 / 63,000

    @pytest.mark.parametrize(("offer", "side"), [(400_000, "right"), (1_000, "left")])
    def test_a_far_offer_only_points(self, offer, side):
        chart = ladder_chart(ladder(**MEDICAL_RECORDS), offer=offer)
        assert chart.offer.beyond == side
        assert chart.marks["p90"].x == 77.0

    def test_without_an_offer_nothing_is_marked(self):
        assert ladder_chart(ladder(**MEDICAL_RECORDS)).offer is None
