"""An import's outcome as a page of plain text, for the person who ran it."""

LISTED = 10


def outcome_text(outcome):
    """The summary that import_oews prints: rows, figures, what changed, what to look at."""
    summary, changes = outcome.report["summary"], outcome.report["changes"]
    lines = [f"OEWS, May {outcome.year}", "", *_row_lines(summary), "", *_figure_lines(summary)]
    lines += inspection_lines(outcome.report["inspection"])
    lines += _ladder_lines(summary["ladders_out_of_order"])
    lines += [
        "",
        *(_change_lines(changes) if changes else ["No earlier release is published to compare with."]),
    ]
    return "\n".join(lines)


def _row_lines(summary):
    lines = [f"{summary['rows_read']:>9,} rows read", f"{summary['rows_kept']:>9,} rows kept"]
    lines += [f"{count:>13,} {part}" for part, count in summary["rows"].items()]
    left_out = summary["rows_left_out"]
    lines.append(f"{sum(left_out.values()):>9,} rows left out")
    return lines + [f"{count:>13,} {why}" for why, count in left_out.items()]


def _figure_lines(summary):
    figures = summary["pay_figures"]
    return [
        f"{figures.get('published', 0):>9,} pay figures published",
        f"{figures.get('at_top_code', 0):>9,} at or above the top code",
        f"{figures.get('not_published', 0):>9,} not published",
    ]


def inspection_lines(inspection):
    """Top codes, rows by level, ties and the shape of the files, a line each; the first is empty."""
    annual, cents = inspection["top_codes"]
    lines = ["", f"# stands for ${annual:,} a year, ${cents / 100:,.2f} an hour, or more"]
    for part, told in inspection["parts"].items():
        lines += _part_lines(part, told, inspection["levels_before"].get(part, {}))
    for file, notes in inspection["columns"].items():
        lines += _column_lines(file, notes)
    return lines


def _part_lines(part, told, before):
    levels = [f"{count:,} {level}{_then(before, level)}" for level, count in told["levels"].items()]
    above = told["ladders_above_top_code"]
    highest = f", up to ${told['highest_annual_percentile']:,}" if above else ""
    return [
        f"    {part}: {', '.join(levels)}",
        f"        {told['top_coded_cells']:,} cells marked #; {above:,} ladders go above it{highest}",
        f"        {told['equal_neighbours']:,} yearly ladders with two equal percentiles",
    ]


def _then(before, level):
    return f" (then {before[level]:,})" if level in before else ""


def _column_lines(file, notes):
    lines = []
    if notes["unknown"]:
        lines.append(f"    {file}: columns not known, left unread: {', '.join(notes['unknown'])}")
    if notes["missing"]:
        missing = ", ".join(notes["missing"])
        lines.append(f"    {file}: columns that BLS's files have since May 2021, missing: {missing}")
    if notes["reordered"]:
        lines.append(f"    {file}: columns in another order than since May 2021; matched by name")
    return lines


def _ladder_lines(notes):
    if not notes:
        return []
    lines = ["", f"Warning: pay ladders out of order, kept as BLS published them: {len(notes):,}"]
    return [*lines, *map(_ladder_line, notes[:LISTED]), *_more(notes)]


def _ladder_line(note):
    values = ", ".join("none" if v is None else str(v) for v in note["values"])
    where = f"{note['file']}, line {note['line']}: {note['code']} in {note['area']}"
    return f"    {where}, {note['ladder']} {values}"


def _change_lines(changes):
    lines = [f"Against May {changes['base_year']}"]
    for part, count in changes["rows"].items():
        lines.append(f"    {part}: {count['before']:,} rows then, {count['now']:,} now")
    if changes.get("compared"):
        lines.append(
            f"    {changes['moved']} of {changes['compared']} national medians of detailed occupations moved "
            f"more than 10%; the change in the middle is {changes['median_change_percent']:+.1f}%"
        )
    for part, counts in changes.get("areas_compared", {}).items():
        lines += _area_lines(part, counts)
    for name, words in CODE_LISTS.items():
        lines += _list_lines(words, changes.get(name, []))
    return lines


def _area_lines(part, counts):
    return [
        f"    {part}: {counts['moved']:,} of {counts['compared']:,} medians moved more than 10%",
        (
            f"        bounds that are numbers now: {counts['bounds_to_numbers']:,}; "
            f"numbers that are bounds now: {counts['numbers_to_bounds']:,}"
        ),
        (
            f"        published now, not before: {counts['published_now']:,}; "
            f"no longer published: {counts['published_no_longer']:,}"
        ),
    ]


CODE_LISTS = {
    "codes_new": "detailed occupations new",
    "codes_gone": "detailed occupations gone",
    "codes_renamed": "detailed occupations renamed",
    "codes_split": "occupations split",
    "codes_merged": "occupations merged",
    "movers": "national medians moved more than 10%",
    "marks_to_numbers": "national figures that were at the top code and are numbers now",
    "numbers_to_marks": "national figures that were numbers and are at the top code now",
    "published_now": "national yearly medians published that were not before",
    "published_no_longer": "national yearly medians no longer published",
    "areas_new": "areas new",
    "areas_gone": "areas gone",
    "areas_renamed": "areas renamed",
}


def _list_lines(words, entries):
    if not entries:
        return []
    return [
        f"    {words}: {len(entries):,}",
        *[f"        {_entry(e)}" for e in entries[:LISTED]],
        *_more(entries),
    ]


def _entry(entry):
    if "into" in entry:
        into = ", ".join(f"{new['code']} {new['title']}" for new in entry["into"])
        return f"{entry['code']} {entry['title']}: now in {into}"
    if "percent" in entry:
        change = f"${entry['old']:,} to ${entry['new']:,} ({entry['percent']:+.1f}%)"
        return f"{entry['code']} {entry['title']}: {change}"
    if "measure" in entry:
        return f"{entry['code']} {entry['title']}: {entry['measure']}"
    if "old" in entry:
        return f"{entry['code']} {entry['old']}, now {entry['new']}"
    return f"{entry['code']} {entry['title']}"


def _more(entries):
    return [f"        ... and {len(entries) - LISTED:,} more"] if len(entries) > LISTED else []
