"""Amounts of one May in the dollars of another, by CPI-U; checked against fractions."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from salaries.consumer_prices import in_dollars_of, may_indexes


def test_the_indexes_are_those_of_may():
    assert str(may_indexes()[2021]) == "269.195"
    assert str(may_indexes()[2025]) == "321.465"


def test_a_median_of_may_2021_in_dollars_of_may_2025():
    # 46,660 x 321.465 / 269.195 = 55,719.98...
    assert in_dollars_of(2025, 2021, 46_660, to=10) == 55_720


def test_an_hourly_median_keeps_its_cents():
    # 22.43 x 321.465 / 269.195 = 26.7852...
    assert in_dollars_of(2025, 2021, 2_243, to=1) == 2_679


def test_the_base_year_is_unchanged():
    assert in_dollars_of(2025, 2025, 51_140, to=10) == 51_140


def test_a_may_without_an_index_has_no_constant_dollars():
    assert in_dollars_of(2025, 2011, 40_000, to=10) is None
    assert in_dollars_of(2027, 2025, 40_000, to=10) is None


@given(
    base=st.integers(2012, 2026),
    year=st.integers(2012, 2026),
    value=st.integers(1, 10**6),
    to=st.sampled_from([1, 10]),
)
def test_rounded_to_the_nearest(base, year, value, to):
    indexes = may_indexes()
    exact = Fraction(value) * Fraction(indexes[base]) / Fraction(indexes[year])
    assert abs(in_dollars_of(base, year, value, to=to) - exact) <= Fraction(to, 2)
