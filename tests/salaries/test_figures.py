"""Figures: each word for no number told apart, and no number without place, period and source."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salaries.figures import (
    ANNUAL_LADDER,
    AREA_TYPE_LABELS,
    HOURLY_LADDER,
    MEASURES,
    PAY_MEASURES,
    TOP_CODE_BITS,
    WORDS,
    AreaType,
    Status,
    Unit,
    bound_of,
    figure_of,
    format_value,
    ladder_of,
    not_loaded,
)

MAY_2025 = SimpleNamespace(
    period="May 2025",
    annual_top_code=239_200,
    hourly_top_code_cents=11_500,
    source=SimpleNamespace(short_name="BLS OEWS"),
)
MAY_2024 = SimpleNamespace(
    period="May 2024",
    annual_top_code=239_200,
    hourly_top_code_cents=11_500,
    source=SimpleNamespace(short_name="BLS OEWS"),
)


def wage(*, top_coded=(), annual_only=False, hourly_only=False, **figures):
    """A row with the given fields alone; `top_coded` names the measures that BLS prints as #."""
    empty = {m.field: None for m in MEASURES.values()}
    bits = sum(TOP_CODE_BITS[name] for name in top_coded)
    return SimpleNamespace(
        **{**empty, **figures}, top_coded=bits, annual_only=annual_only, hourly_only=hourly_only
    )


MEDICAL_RECORDS = wage(
    employment=194_720,
    employment_prse=1.1,
    mean_prse=0.4,
    annual_mean=56_790,
    annual_p10=37_000,
    annual_median=51_140,
    hourly_median_cents=2_459,
    jobs_per_1000=1.341,
    location_quotient=1.07,
)
CARDIOLOGISTS_2024 = wage(
    annual_p10=119_970,
    annual_p25=230_100,
    annual_mean=432_490,
    hourly_p25_cents=11_063,
    top_coded=[
        "annual_median",
        "annual_p75",
        "annual_p90",
        "hourly_median",
        "hourly_p75",
        "hourly_p90",
        "hourly_mean",
    ],
)
# May 2025, St. Louis, MO-IL 0041180, from the flat file: p90 is #.
ATHLETES_IN_ST_LOUIS = wage(
    annual_p10=49_070,
    annual_p25=79_860,
    annual_median=203_390,
    annual_p75=776_140,
    top_coded=["annual_p90"],
    annual_only=True,
)
ACTORS = wage(hourly_median_cents=2_905, hourly_only=True)
TEACHERS = wage(annual_median=99_080, annual_only=True)


def nation(row, name, release=MAY_2025):
    return figure_of(row, name, release, "United States")


@pytest.mark.parametrize(
    ("row", "name", "status", "value", "text"),
    [
        (MEDICAL_RECORDS, "annual_median", "exact", 51_140, "$51,140"),
        (MEDICAL_RECORDS, "hourly_median", "exact", 2_459, "$24.59"),
        (MEDICAL_RECORDS, "employment", "exact", 194_720, "194,720"),
        (MEDICAL_RECORDS, "employment_prse", "exact", 1.1, "1.1%"),
        (MEDICAL_RECORDS, "jobs_per_1000", "exact", 1.341, "1.341"),
        (MEDICAL_RECORDS, "location_quotient", "exact", 1.07, "1.07"),
        (MEDICAL_RECORDS, "annual_p90", "not_published", None, "not published"),
        (None, "annual_median", "not_published", None, "not published"),
        (ACTORS, "hourly_median", "exact", 2_905, "$29.05"),
        (ACTORS, "annual_median", "hourly_only", None, "paid hourly only"),
        (ACTORS, "employment", "not_published", None, "not published"),
        (TEACHERS, "annual_median", "exact", 99_080, "$99,080"),
        (TEACHERS, "hourly_median", "annual_only", None, "paid yearly only"),
        (TEACHERS, "annual_p10", "not_published", None, "not published"),
        (ATHLETES_IN_ST_LOUIS, "annual_p90", "at_least", 776_140, "at least $776,140"),
        (ATHLETES_IN_ST_LOUIS, "annual_p75", "exact", 776_140, "$776,140"),
        (ATHLETES_IN_ST_LOUIS, "hourly_p90", "annual_only", None, "paid yearly only"),
    ],
)
def test_figure_says_its_number_or_the_right_word(row, name, status, value, text):
    figure = nation(row, name)
    assert (figure.status, figure.value, figure.text) == (status, value, text)


@pytest.mark.parametrize(
    ("name", "bound", "text"),
    [
        ("annual_median", 239_200, "at least $239,200"),
        ("annual_p90", 239_200, "at least $239,200"),
        ("hourly_median", 11_500, "at least $115.00"),
        ("hourly_p90", 11_500, "at least $115.00"),
        ("hourly_mean", 11_500, "at least $115.00"),
    ],
)
def test_top_coded_figure_is_at_least_the_release_s_limit(name, bound, text):
    figure = nation(CARDIOLOGISTS_2024, name, MAY_2024)
    assert (figure.value, figure.text, figure.is_exact, figure.has_number) == (bound, text, False, True)


def test_hourly_bound_is_the_highest_percentile_below_it():
    row = wage(hourly_p25_cents=12_000, hourly_median_cents=34_935, top_coded=["hourly_p75", "hourly_p90"])
    assert [bound_of(row, name, MAY_2025) for name in ("hourly_p75", "hourly_p90")] == [34_935, 34_935]


def test_bound_of_a_mean_is_the_limit_whatever_the_percentiles_are():
    row = wage(annual_p10=300_000, annual_p90=700_000, top_coded=["annual_mean"])
    assert nation(row, "annual_mean").text == "at least $239,200"


def test_bound_looks_at_no_percentile_above_it():
    row = wage(annual_p90=776_140, top_coded=["annual_p75"])
    assert nation(row, "annual_p75").value == 239_200


def test_number_at_the_ceiling_is_a_number():
    assert nation(wage(annual_p90=239_200), "annual_p90").text == "$239,200"


def test_industry_row_without_the_ladder_below_has_a_bound():
    row = SimpleNamespace(
        annual_median=None, hourly_median_cents=None, annual_only=False, hourly_only=False,
        top_coded=TOP_CODE_BITS["annual_median"],
    )  # fmt: skip
    assert nation(row, "annual_median").text == "at least $239,200"
    assert nation(row, "hourly_median").text == "not published"


def test_citation_names_measure_place_period_and_source():
    assert nation(MEDICAL_RECORDS, "annual_median").citation == (
        "$51,140 a year · median · United States · May 2025 · BLS OEWS"
    )
    assert nation(MEDICAL_RECORDS, "hourly_median").citation == (
        "$24.59 an hour · median · United States · May 2025 · BLS OEWS"
    )
    assert nation(MEDICAL_RECORDS, "employment").citation == (
        "194,720 · jobs · United States · May 2025 · BLS OEWS"
    )


def test_citation_of_a_figure_without_a_number_has_no_unit():
    assert nation(ACTORS, "annual_p90").citation == (
        "paid hourly only · 90th percentile · United States · May 2025 · BLS OEWS"
    )
    assert figure_of(ATHLETES_IN_ST_LOUIS, "annual_p90", MAY_2025, "St. Louis, MO-IL").citation == (
        "at least $776,140 a year · 90th percentile · St. Louis, MO-IL · May 2025 · BLS OEWS"
    )


def test_figure_of_a_release_that_is_not_here_is_not_loaded():
    figure = not_loaded("annual_median", "United States", "May 2011", "BLS OEWS")
    assert (figure.status, figure.text, figure.export_value) == ("not_loaded", "not loaded", "")
    assert figure.citation == "not loaded · median · United States · May 2011 · BLS OEWS"


@pytest.mark.parametrize(
    ("row", "name", "value"),
    [
        (MEDICAL_RECORDS, "annual_median", 51_140),
        (MEDICAL_RECORDS, "hourly_median", 24.59),
        (MEDICAL_RECORDS, "employment", 194_720),
        (MEDICAL_RECORDS, "mean_prse", 0.4),
        (ATHLETES_IN_ST_LOUIS, "annual_p90", 776_140),
        (CARDIOLOGISTS_2024, "hourly_p90", 115.0),
        (ACTORS, "annual_median", ""),
        (None, "annual_median", ""),
    ],
)
def test_export_value_is_in_dollars_and_empty_without_a_number(row, name, value):
    assert nation(row, name).export_value == value


def test_ladder_has_five_steps_from_the_tenth_percentile_to_the_ninetieth():
    annual = ladder_of(ATHLETES_IN_ST_LOUIS, "annual", MAY_2025, "St. Louis, MO-IL")
    assert [f.text for f in annual] == ["$49,070", "$79,860", "$203,390", "$776,140", "at least $776,140"]
    assert [f.measure.name for f in annual] == [
        "annual_p10",
        "annual_p25",
        "annual_median",
        "annual_p75",
        "annual_p90",
    ]
    hourly = ladder_of(CARDIOLOGISTS_2024, "hourly", MAY_2024, "United States")
    assert [f.amount for f in hourly] == ["", "$110.63", "$115.00", "$115.00", "$115.00"]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (742_310, Unit.DOLLARS_A_YEAR, "$742,310"),
        (34_935, Unit.CENTS_AN_HOUR, "$349.35"),
        (1_500, Unit.CENTS_AN_HOUR, "$15.00"),
        (1_207, Unit.CENTS_AN_HOUR, "$12.07"),
        (155_495_730, Unit.JOBS, "155,495,730"),
        (0, Unit.JOBS, "0"),
        (0.0, Unit.PERCENT, "0.0%"),
        (17.7, Unit.PERCENT, "17.7%"),
        (1000.0, Unit.PER_1000, "1,000.000"),
        (0.98, Unit.RATIO, "0.98"),
    ],
)
def test_value_is_printed_in_its_unit(value, unit, text):
    assert format_value(value, unit) == text


def test_words_for_no_number_are_four_and_none_is_a_dash_or_a_zero():
    assert set(WORDS.values()) == {"not published", "paid hourly only", "paid yearly only", "not loaded"}


def test_area_type_5_is_the_metropolitan_division_of_old_releases():
    assert [t.label for t in AreaType] == list(AREA_TYPE_LABELS.values())
    assert AreaType(5).label == "metropolitan division"


def test_top_code_bits_never_change():
    """They are stored: a bit that moved would turn one measure's bound into another's."""
    assert list(TOP_CODE_BITS.items()) == [
        ("annual_mean", 1), ("annual_p10", 2), ("annual_p25", 4), ("annual_median", 8),
        ("annual_p75", 16), ("annual_p90", 32), ("hourly_mean", 64), ("hourly_p10", 128),
        ("hourly_p25", 256), ("hourly_median", 512), ("hourly_p75", 1024), ("hourly_p90", 2048),
    ]  # fmt: skip


pay = st.none() | st.integers(1, 900_000)


@st.composite
def wages(draw):
    """Any row that the database could hold: a cell has a number, a mark, or neither."""
    figures = {MEASURES[name].field: draw(pay) for name in PAY_MEASURES}
    marked = [n for n in PAY_MEASURES if figures[MEASURES[n].field] is None and draw(st.booleans())]
    only = draw(st.sampled_from([{}, {"annual_only": True}, {"hourly_only": True}]))
    return wage(top_coded=marked, employment=draw(st.none() | st.integers(0, 10**8)), **only, **figures)


@given(wages(), st.sampled_from(["employment", *PAY_MEASURES]))
def test_number_is_there_exactly_where_the_status_says_so(row, name):
    figure = nation(row, name)
    stored = getattr(row, MEASURES[name].field)
    marked = bool(row.top_coded & TOP_CODE_BITS.get(name, 0))
    assert (figure.value is not None) == (figure.status in (Status.EXACT, Status.AT_LEAST))
    assert (figure.status is Status.EXACT) == (stored is not None)
    assert (figure.status is Status.AT_LEAST) == marked
    assert figure.has_number == (figure.export_value != "") == bool(figure.amount)
    assert figure.text


@given(wages(), st.sampled_from([*ANNUAL_LADDER, *HOURLY_LADDER]))
def test_bound_is_never_below_the_limit_or_a_percentile_before_it(row, name):
    ladder = ANNUAL_LADDER if name in ANNUAL_LADDER else HOURLY_LADDER
    limit = 239_200 if name in ANNUAL_LADDER else 11_500
    bound = bound_of(row, name, MAY_2025)
    steps = [getattr(row, MEASURES[n].field) for n in ladder[: ladder.index(name)]]
    assert bound >= limit
    assert all(step is None or bound >= step for step in steps)
