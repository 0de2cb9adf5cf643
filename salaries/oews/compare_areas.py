"""Compare every state's, metro's and nonmetro's medians with the release before, by pandas.

The lists of "What changed" are national; for the two hundred thousand figures of the areas a count
by area type says whether a file looks like last year's. pandas is imported here and only when there
are two releases with areas to set beside each other: it costs two seconds. Nothing here imports
Django.
"""

from salaries.figures import AREA_TYPE_LABELS, TOP_CODE_BITS, AreaType

MOVED = 10  # percent: a median that moved more is listed, or counted
MEDIAN = TOP_CODE_BITS["annual_median"]
COLUMNS = ("area", "occupation", "annual_median", "top_coded")


def compare_areas(cleaned, base):
    """{area type's name: counts of yearly medians, see `_counts`} of the types that both hold."""
    import pandas

    before = pandas.DataFrame.from_records(base.medians(), columns=COLUMNS)
    counted = {}
    for area_type, records in cleaned.wages.items():
        if area_type == AreaType.NATION or not base.rows.get(int(area_type)):
            continue
        rows = ((r.area, r.occupation, r.annual_median, r.top_coded) for r in records)
        now = pandas.DataFrame.from_records(list(rows), columns=COLUMNS)
        pairs = now.merge(before, on=["area", "occupation"], suffixes=("_now", "_before"))
        counted[AREA_TYPE_LABELS[AreaType(area_type)]] = _counts(pairs)
    return counted


def _counts(pairs):
    """How the yearly medians of the occupations and areas that both releases have moved.

    Only two exact medians make a move: a bound is not a number to subtract from.
    """
    now, before = (
        pairs["annual_median_now"].astype("Float64"),
        pairs["annual_median_before"].astype("Float64"),
    )
    bound_now, bound_before = (pairs[f"top_coded_{when}"] & MEDIAN > 0 for when in ("now", "before"))
    exact = now.notna() & before.notna()
    return {
        "in_both": len(pairs),
        "compared": int(exact.sum()),
        "moved": int(((now - before).abs() * 100 > before * MOVED)[exact].sum()),
        "bounds_to_numbers": int((now.notna() & bound_before).sum()),
        "numbers_to_bounds": int((bound_now & before.notna()).sum()),
        "published_now": int((now.notna() & before.isna() & ~bound_before).sum()),
        "published_no_longer": int((now.isna() & ~bound_now & before.notna()).sum()),
    }
