"""Compare: the release being loaded against the one of the year before, as "What changed".

National figures of detailed occupations are compared one by one; codes, areas and row counts for
every part of the release that the files cover. A change is computed only between two exact
figures: a bound is not a number to subtract from. Nothing here imports Django.
"""

import statistics
from collections import Counter
from dataclasses import dataclass, field

from salaries.figures import AREA_TYPE_LABELS, MEASURES, PAY_MEASURES, TOP_CODE_BITS, AreaType, bound_of
from salaries.oews.problem import Problem
from salaries.oews.records import INDUSTRIES, NATION_CODE

MOVED = 10  # percent: a median that moved more is listed
SHRUNK = 0.75  # a part with fewer than this share of last year's rows is refused
# Without a release to compare with, a file with fewer rows is taken for a piece of one.
FEWEST_ROWS = {
    AreaType.NATION: 700,
    AreaType.STATE: 10_000,
    AreaType.TERRITORY: 200,
    AreaType.METRO: 50_000,
    AreaType.NONMETRO: 10_000,
}


@dataclass
class Base:
    """What a release already loaded holds, as far as comparing needs it.

    `nation` maps a code to its national wage (any object with a WageRecord's fields), `titles` a
    code to (title, level), `areas` a code to (title, area type), `rows` a part to its row count.
    """

    year: int
    annual_top_code: int
    hourly_top_code_cents: int
    nation: dict = field(default_factory=dict)
    titles: dict = field(default_factory=dict)
    areas: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)


def part_name(part):
    """A part of a release in words: an area type's label, or industries."""
    return part if part == INDUSTRIES else AREA_TYPE_LABELS[AreaType(part)]


def check_size(cleaned, base, file):
    """Problems for each part with suspiciously few rows; [] where all is well."""
    problems = []
    for part, records in _parts(cleaned).items():
        before = base.rows.get(part, 0) if base else 0
        fewest = before * SHRUNK if before else FEWEST_ROWS.get(part, 0)
        if len(records) < fewest:
            against = (
                f"May {base.year} has {before:,}" if before else f"BLS publishes more than {fewest:,.0f}"
            )
            problems.append(Problem(
                file, None, "", f"{len(records):,} rows",
                f"far too few rows for the {part_name(part)} level: {against}. The file looks cut off "
                "or is only a piece; import BLS's whole file.",
            ))  # fmt: skip
    return problems


def _parts(cleaned):
    return cleaned.wages | ({INDUSTRIES: cleaned.industry_wages} if cleaned.industry_wages else {})


def summarise(cleaned):
    """What was read, kept and left out, and how many figures are of which kind."""
    figures = Counter()
    for records in cleaned.wages.values():
        for record in records:
            top, numbers = record.top_coded.bit_count(), 12 - record[7:19].count(None)
            figures["published"] += numbers
            figures["at_top_code"] += top
            figures["not_published"] += 12 - numbers - top
    left_out = dict(cleaned.left_out)
    if cleaned.twins:
        left_out["broad rows that stand again as detailed"] = len(cleaned.twins)
    return {
        "rows_read": cleaned.rows_read,
        "rows_kept": cleaned.kept,
        "rows_left_out": left_out,
        "rows": {part_name(part): len(records) for part, records in _parts(cleaned).items()},
        "pay_figures": dict(figures),
        "twins": sorted(cleaned.twins),
        "ladders_out_of_order": [
            {
                "file": n.file, "line": n.line, "area": n.area,
                "code": n.occupation, "ladder": n.ladder, "values": n.values,
            }
            for n in cleaned.ladders_out_of_order
        ],
    }  # fmt: skip


def compare(cleaned, base, release):
    """What changed from `base` (a Base, or None) to these records, as plain JSON-ready lists.

    `release` has the top codes of the records' own year (annual_top_code, hourly_top_code_cents).
    """
    if base is None:
        return {}
    changes = {"base_year": base.year, "rows": _row_counts(cleaned, base)}
    nation = {r.occupation: r for r in cleaned.wages.get(AreaType.NATION, [])}
    if nation and base.nation:
        changes |= _code_changes(cleaned.titles, nation, base)
        changes |= _median_changes(cleaned.titles, nation, base, release)
        changes |= _mark_changes(cleaned.titles, nation, base, release)
    return changes | _area_changes(cleaned, base)


def _row_counts(cleaned, base):
    return {
        part_name(part): {"before": base.rows.get(part, 0), "now": len(records)}
        for part, records in _parts(cleaned).items()
    }


def _detailed(titles):
    return {code for code, (_, level) in titles.items() if level == "detailed"}


def _code_changes(titles, nation, base):
    now, before = _detailed(titles) & nation.keys(), _detailed(base.titles) & base.nation.keys()
    return {
        "codes_new": [{"code": c, "title": titles[c][0]} for c in sorted(now - before)],
        "codes_gone": [{"code": c, "title": base.titles[c][0]} for c in sorted(before - now)],
        "codes_renamed": [
            {"code": c, "old": base.titles[c][0], "new": titles[c][0]}
            for c in sorted(now & before)
            if titles[c][0] and _words(titles[c][0]) != _words(base.titles[c][0])
        ],
    }


def _words(title):
    return " ".join(title.lower().split())


def _both_detailed(titles, nation, base):
    """(code, record now, record before) of each detailed occupation that both releases have."""
    shared = _detailed(titles) & nation.keys() & base.nation.keys()
    return [(code, nation[code], base.nation[code]) for code in sorted(shared)]


def _median_changes(titles, nation, base, release):
    pairs = [
        (code, before.annual_median, now.annual_median)
        for code, now, before in _both_detailed(titles, nation, base)
        if now.annual_median is not None and before.annual_median is not None
    ]
    percents = [(new / old - 1) * 100 for _, old, new in pairs]
    movers = [
        {"code": code, "title": titles[code][0], "old": old, "new": new, "percent": round(change, 1)}
        for (code, old, new), change in zip(pairs, percents, strict=True)
        if abs(new - old) * 100 > MOVED * old  # in whole numbers: 50,000 to 55,000 is not more than 10%
    ]
    return {
        "compared": len(pairs),
        "moved": len(movers),
        "movers": sorted(movers, key=lambda m: -abs(m["percent"])),
        "median_change_percent": round(statistics.median(percents), 1) if percents else None,
    }


def _mark_changes(titles, nation, base, release):
    """Cells whose # became a number, or the other way: never a rise or a fall."""
    to_numbers, to_marks = [], []
    for code, now, before in _both_detailed(titles, nation, base):
        for name in PAY_MEASURES:
            bit, column = TOP_CODE_BITS[name], MEASURES[name].field
            entry = {"code": code, "title": titles[code][0], "measure": name}
            if before.top_coded & bit and getattr(now, column) is not None:
                to_numbers.append(
                    entry | {"value": getattr(now, column), "bound": bound_of(before, name, base)}
                )
            elif now.top_coded & bit and getattr(before, column) is not None:
                to_marks.append(
                    entry | {"value": getattr(before, column), "bound": bound_of(now, name, release)}
                )
    return {"marks_to_numbers": to_numbers, "numbers_to_marks": to_marks}


def _area_changes(cleaned, base):
    """Areas new, gone and renamed, among the area types that both releases hold."""
    held = {int(t) for t in cleaned.wages if base.rows.get(int(t))}
    now = {
        a.code: a.title for a in cleaned.areas.values() if int(a.area_type) in held and a.code != NATION_CODE
    }
    before = {code: title for code, (title, area_type) in base.areas.items() if area_type in held}
    before.pop(NATION_CODE, None)
    return {
        "areas_new": [{"code": c, "title": now[c]} for c in sorted(now.keys() - before.keys())],
        "areas_gone": [{"code": c, "title": before[c]} for c in sorted(before.keys() - now.keys())],
        "areas_renamed": [
            {"code": c, "old": before[c], "new": now[c]}
            for c in sorted(now.keys() & before.keys())
            if now[c] and now[c] != before[c]
        ],
    }
