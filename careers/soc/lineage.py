"""What became of a code: the steps from SOC 2010 through OEWS's hybrid to SOC 2018.

Nothing here imports Django. `published` is always {year: {code: title}} of the codes that the
national workbook of that May publishes as detailed.
"""

from typing import NamedTuple

HYBRID_YEAR = 2019
SOC_2018_YEAR = 2021


class Change(NamedTuple):
    """From May of `year` on, workers of `old_code` are counted in `new_code`."""

    old_code: str
    new_code: str
    year: int


def code_changes(hybrid, edges, published):
    """Every step of every code, sorted; one code may have several old and several new ones.

    `hybrid` is read.read_hybrid_crosswalk, `edges` is read.read_soc_crosswalk.
    """
    changes = renumbered(hybrid, published) | to_hybrid(hybrid)
    changes |= to_soc_2018(hybrid, published) | missing_from_hybrid(hybrid, edges, published)
    return sorted(change for change in changes if change.old_code != change.new_code)


def renumbered(hybrid, published):
    """Steps inside SOC 2010: codes that OEWS renumbered (May 2014) or combined (May 2017).

    The crosswalk names the pair of codes but no year; the year is that of the workbook in which
    the old code is gone and the new one is there for the first time.
    """
    changes = set()
    for old, new in {(row.soc_2010, row.oews_2018) for row in hybrid}:
        for year in sorted(published)[1:]:
            before, now = published[year - 1], published[year]
            if year < HYBRID_YEAR and old in before and old not in now and new in now and new not in before:
                changes.add(Change(old, new, year))
    return changes


def to_hybrid(hybrid):
    """Steps of May 2019, as OEWS's crosswalk has them."""
    return {Change(row.oews_2018, row.hybrid, HYBRID_YEAR) for row in hybrid}


def to_soc_2018(hybrid, published):
    """Steps of May 2021, from each hybrid code to the codes published in its place."""
    return {
        Change(row.hybrid, published_code(row.soc_2018, row.hybrid, published), SOC_2018_YEAR)
        for row in hybrid
    }


def missing_from_hybrid(hybrid, edges, published):
    """Steps of May 2021 for the pairs of the SOC's own crosswalk that OEWS's crosswalk leaves out.

    29-2071 is split into 29-2072 and 29-9021 in the SOC's crosswalk, but OEWS counted all of it in
    29-2098 in May 2019 and 2020: the part that is 29-9021 today can only have left in May 2021.
    """
    known = {(row.soc_2010, row.soc_2018) for row in hybrid}
    hybrids = {}
    for row in hybrid:
        hybrids.setdefault(row.soc_2010, set()).add(row.hybrid)
    own = {row.soc_2018: row.hybrid for row in hybrid}
    return {
        Change(old, published_code(edge.soc_2018, own[edge.soc_2018], published), SOC_2018_YEAR)
        for edge in edges
        if (edge.soc_2010, edge.soc_2018) not in known
        for old in hybrids.get(edge.soc_2010, ())  # military codes are not in OEWS's crosswalk
    }


def published_code(soc_2018, hybrid, published):
    """The code under which OEWS publishes a SOC 2018 code from May 2021 on.

    Itself (29-2072); or the aggregate that OEWS went on with (25-2052 for 25-2055); or, where
    OEWS publishes neither (45-3031), the SOC 2018 code.
    """
    now = published[SOC_2018_YEAR]
    if soc_2018 in now or hybrid not in now:
        return soc_2018
    return hybrid
