"""Codes and source keys of rows that are about to be loaded, as the database's primary keys."""

from careers.models import Occupation, Source
from salaries.oews.problem import BadInput, Problem


def known_keys(rows, *, columns=("occupation_code",)):
    """({code: id} of occupations, {key: id} of sources); raises BadInput where a row names others."""
    occupations = dict(Occupation.objects.values_list("code", "id"))
    sources = dict(Source.objects.values_list("key", "id"))
    problems = [
        Problem("the rows", line, column, getattr(row, column), "no occupation has this code.")
        for line, row in enumerate(rows, 2)
        for column in columns
        if getattr(row, column) not in occupations
    ]
    problems += [
        Problem("the rows", line, "source_key", row.source_key, "no such source in data/sources.csv.")
        for line, row in enumerate(rows, 2)
        if row.source_key not in sources
    ]
    if problems:
        raise BadInput(problems)
    return occupations, sources
