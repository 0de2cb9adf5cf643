"""An import's outcome as a page of plain text, for the person who ran it."""

LISTED = 10


def outcome_text(outcome):
    """The summary that import_oews prints: rows, figures, what changed, what to look at."""
    summary, changes = outcome.report["summary"], outcome.report["changes"]
    lines = [f"OEWS, May {outcome.year}", "", *_row_lines(summary), "", *_figure_lines(summary)]
    for file, columns in outcome.unknown_columns.items():
        lines += ["", f"Columns of {file} that Waymark does not use: {', '.join(columns)}"]
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
    for name, words in CODE_LISTS.items():
        lines += _list_lines(words, changes.get(name, []))
    return lines


CODE_LISTS = {
    "codes_new": "detailed occupations new",
    "codes_gone": "detailed occupations gone",
    "codes_renamed": "detailed occupations renamed",
    "movers": "national medians moved more than 10%",
    "marks_to_numbers": "national figures that were at the top code and are numbers now",
    "numbers_to_marks": "national figures that were numbers and are at the top code now",
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
