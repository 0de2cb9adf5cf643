"""Numbers to coordinates: a ladder drawn where its figures are, and nothing where there are none."""

from types import SimpleNamespace

import pytest

from salaries.charts import Scale, ladder_chart, ladder_scale, ladder_sentence
from salaries.figures import PAY_MEASURES, TOP_CODE_BITS, ladder_of

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
