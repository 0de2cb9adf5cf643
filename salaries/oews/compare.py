"""Compare: the release being loaded against the one of the year before, as "What changed".

National figures of detailed occupations are compared one by one; codes, areas and row counts for
every part of the release that the files cover. A change is computed only between two exact
figures: a bound is not a number to subtract from. Nothing here imports Django.
"""

import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter

from salaries.figures import AREA_TYPE_LABELS, MEASURES, PAY_MEASURES, TOP_CODE_BITS, AreaType, bound_of
from salaries.oews.columns import column_notes, is_publishers
from salaries.oews.compare_areas import MOVED, compare_areas
from salaries.oews.problem import Problem
from salaries.oews.records import INDUSTRIES, NATION_CODE

SHRUNK = 0.8  # a part with fewer than this share of last year's rows is refused
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
    code to (title, level), `areas` a code to (title, area type), `rows` a part to its row count and
    `levels` a part's name to its row count by level of code. `successors` maps a code to those that
    take it over between the two releases. `medians` asks for the medians of all its areas: see
    salaries.oews.compare_areas.
    """

    year: int
    annual_top_code: int
    hourly_top_code_cents: int
    nation: dict = field(default_factory=dict)
    titles: dict = field(default_factory=dict)
    areas: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    levels: dict = field(default_factory=dict)
    successors: dict = field(default_factory=dict)
    medians: Callable | None = None


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
    cells = 12 * sum(map(len, cleaned.wages.values()))
    top = sum(map(_top_coded, cleaned.wages.values()))
    none = sum([record[7:19].count(None) for records in cleaned.wages.values() for record in records])
    left_out = dict(cleaned.left_out)
    if cleaned.twins:
        left_out["broad rows that stand again as detailed"] = len(cleaned.twins)
    return {
        "rows_read": cleaned.rows_read,
        "rows_kept": cleaned.kept,
        "rows_left_out": left_out,
        "rows": {part_name(part): len(records) for part, records in _parts(cleaned).items()},
        "pay_figures": {"published": cells - none, "at_top_code": top, "not_published": none - top},
        "twins": sorted(cleaned.twins),
        "ladders_out_of_order": [
            {
                "file": n.file, "line": n.line, "area": n.area,
                "code": n.occupation, "ladder": n.ladder, "values": n.values,
            }
            for n in cleaned.ladders_out_of_order
        ],
    }  # fmt: skip


def _top_coded(records):
    """How many cells BLS marks #."""
    marked = Counter(map(attrgetter("top_coded"), records))
    return sum(bits.bit_count() * rows for bits, rows in marked.items())


def inspect(cleaned, reading, base, release):
    """What a careful operator looks at before publishing, by part of the release:

    rows by level of code (and those of the release before), ladders with two equal neighbours (a
    reader's offer cannot be placed between them), cells at the top code, figures above it, and
    columns that the files of this year have, lack or have moved.
    """
    limit = release.annual_top_code
    return {
        "top_codes": [limit, release.hourly_top_code_cents],
        "parts": {
            part_name(part): _inspect_part(records, cleaned.titles, limit)
            for part, records in cleaned.wages.items()
        },
        "levels_before": base.levels if base else {},
        "columns": {sheet.file: column_notes(sheet) for sheet in reading.sheets if is_publishers(sheet)},
    }


def _inspect_part(records, titles, limit):
    levels, ties, above, highest = Counter(), 0, 0, 0
    for code, rows in Counter(map(attrgetter("occupation"), records)).items():
        levels[titles.get(code, ("", "detailed"))[1]] += rows
    for record in records:
        ladder = record[8:13]
        if None in ladder:
            ladder = [value for value in ladder if value is not None]
        ties += len(set(ladder)) < len(ladder)
        if ladder and ladder[-1] > limit:
            above += 1
            highest = max(highest, ladder[-1])
    return {
        "levels": dict(levels),
        "equal_neighbours": ties,
        "top_coded_cells": _top_coded(records),
        "ladders_above_top_code": above,
        "highest_annual_percentile": highest,
    }


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
        changes |= _publication_changes(cleaned.titles, nation, base)
    if base.medians and any(base.rows.get(int(t)) for t in cleaned.wages if t != AreaType.NATION):
        changes["areas_compared"] = compare_areas(cleaned, base)
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
        **_lineage_changes(titles, base),
    }


def _lineage_changes(titles, base):
    """Codes that are counted in others since the release before: split into several, or merged into one.

    A code may do both: part of it stays or goes one way, part another.
    """
    names = {code: title for code, (title, _) in (base.titles | titles).items()}
    steps = {old: new for old, new in sorted(base.successors.items()) if old in names}
    into = Counter(code for new in steps.values() for code in new)
    entries = [
        {"code": old, "title": names[old], "into": [{"code": c, "title": names.get(c, c)} for c in new]}
        for old, new in steps.items()
    ]
    return {
        "codes_split": [e for e in entries if len(e["into"]) > 1],
        "codes_merged": [e for e in entries if len(e["into"]) == 1 and into[e["into"][0]["code"]] > 1],
    }


def _words(title):
    return " ".join(title.lower().split())


def _both_detailed(titles, nation, base):
    """(code, record now, record before) of each detailed occupation that both releases have.

    A code that gave jobs to others or took some over is not the same occupation under its number.
    """
    shared = _detailed(titles) & nation.keys() & base.nation.keys() - base.successors.keys()
    shared -= {code for new in base.successors.values() for code in new}
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


def _publication_changes(titles, nation, base):
    """Yearly medians that one release gives, as a number or a bound, and the other does not at all."""
    now_only, before_only = [], []
    for code, now, before in _both_detailed(titles, nation, base):
        gives_now, gave_before = _gives_median(now), _gives_median(before)
        entry = {"code": code, "title": titles[code][0], "measure": "annual_median"}
        if gives_now and not gave_before:
            now_only.append(entry | {"value": now.annual_median})
        elif gave_before and not gives_now:
            before_only.append(entry | {"value": before.annual_median})
    return {"published_now": now_only, "published_no_longer": before_only}


def _gives_median(record):
    return record.annual_median is not None or bool(record.top_coded & TOP_CODE_BITS["annual_median"])


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
