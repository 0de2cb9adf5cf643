"""The words that an edition has for a change in jobs: data/outlook_words.csv, written by hand.

Nothing here imports Django.
"""

import csv
import re

from careers.projections.rows import WordRow
from salaries.oews.problem import BadInput, Problem

COLUMNS = list(WordRow._fields)


def read_words(path):
    """The WordRows of the table; raises BadInput with every problem."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            reason = f"expected the header {','.join(COLUMNS)}."
            raise BadInput([Problem(path.name, 1, "", ",".join(reader.fieldnames or []), reason)])
        lines = [(reader.line_num, row) for row in reader]
    problems = [Problem(path.name, line, *told) for line, row in lines for told in _wrong(row)]
    editions = {row["source_key"] for _, row in lines}
    problems += [problem for key in sorted(editions) for problem in _wrong_edition(path, key, lines)]
    if problems:
        raise BadInput(problems)
    return [WordRow(**row) for _, row in lines]


def _wrong(row):
    """(column, value, reason) of each cell that is not as it should be."""
    for name in ("source_key", "word"):
        if not row[name]:
            yield name, "", "expected a text."
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", row["slug"] or ""):
        yield "slug", row["slug"] or "", "expected small letters with hyphens between words."
    if not re.fullmatch(r"-?\d{1,4}|", row["at_least_percent"] or ""):
        yield "at_least_percent", row["at_least_percent"], "expected a whole number, or nothing."


def _wrong_edition(path, key, lines):
    of_edition = [(line, row) for line, row in lines if row["source_key"] == key]
    for name in ("word", "slug", "at_least_percent"):
        values = [row[name] for _, row in of_edition]
        if len(set(values)) < len(values):
            yield Problem(path.name, of_edition[0][0], name, "", f"{key} has one of them twice.")
    if not any(not row["at_least_percent"] for _, row in of_edition):
        reason = f"{key} has no lowest word, one without a threshold."
        yield Problem(path.name, of_edition[0][0], "at_least_percent", "", reason)


def check_words(rows, key, path):
    """Refuse an edition whose words are not in the table: they would be told by another's thresholds."""
    if not any(row.source_key == key for row in rows):
        reason = (
            f"no words for the edition {key}. Add a line for each of its words with the thresholds that its "
            f'Handbook names, the lowest without one, as "{key},Decline,decline," and '
            f'"{key},Faster than average,faster-than-average,5"; then import again.'
        )
        raise BadInput([Problem(path.name, None, "source_key", key, reason)])
