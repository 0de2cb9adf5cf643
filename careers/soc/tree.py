"""The tree of occupation codes: every code the site knows, its level, title, version and parent.

Nothing here imports Django.
"""

from typing import NamedTuple

from careers.soc.read import SocCode

ALL_OCCUPATIONS = "00-0000"
LEVELS = ("total", "major", "minor", "broad", "detailed")
LAST_YEAR_OF = {"2010": 2018, "2019": 2020}  # the last May in each classification; SOC 2018 goes on


class OccupationRow(NamedTuple):
    """One line of data/occupations.csv."""

    code: str
    level: str
    title: str
    soc_version: str
    parent_code: str


def soc_version_of_year(year):
    """The classification of one May's release: 2010, 2019 (OEWS's hybrid) or 2018."""
    return next((version for version, last in LAST_YEAR_OF.items() if year <= last), "2018")


def occupation_rows(soc_2018, edges, hybrid, published):
    """Every code of SOC 2018, SOC 2010 (civilian, detailed), the hybrid and the workbooks, sorted.

    `soc_2018`, `edges` and `hybrid` are as careers.soc.read gives them; `published` is
    {year: [SocCode, ...]} with the rows of each national workbook, twins included.
    """
    soc_2010 = _soc_2010(edges, hybrid)
    named = _named(soc_2010, hybrid, soc_2018, published)
    levels = {code: row.level for code, row in named.items()}
    members = _members(soc_2010, hybrid, soc_2018, published)
    versions = {code: version for version in ("2010", "2019", "2018") for code in members[version]}
    return [
        OccupationRow(*named[code], versions[code], parent_of(code, levels, members[versions[code]]))
        for code in sorted(named)
    ]


def parent_of(code, levels, members):
    """The nearest ancestor of a code among `members`, its classification; "" for all occupations.

    The minor group is not always xx-x000 (15-1200, 31-1100, 51-5100): it is the last minor code
    at or before the code, as the classification's own order has it.
    """
    if code == ALL_OCCUPATIONS:
        return ""
    minors = [c for c in members if levels[c] == "minor" and c[:2] == code[:2] and c <= code]
    chain = {
        "broad": code[:6] + "0",
        "minor": max(minors, default=""),
        "major": code[:2] + "-0000",
        "total": ALL_OCCUPATIONS,
    }
    above = LEVELS.index(levels[code])
    for level, ancestor in chain.items():
        if LEVELS.index(level) < above and ancestor != code and ancestor in members:
            return ancestor
    raise AssertionError(f"{code} has no ancestor")


def _soc_2010(edges, hybrid):
    """SOC 2010's detailed codes as far as OEWS's crosswalk has them: it leaves out the military."""
    civilian = {row.soc_2010 for row in hybrid}
    return {
        e.soc_2010: SocCode(e.soc_2010, "detailed", e.title_2010) for e in edges if e.soc_2010 in civilian
    }


def _named(soc_2010, hybrid, soc_2018, published):
    """Each code with its level and title, from the newest workbook that has it, else from the SOC.

    In a workbook where a code stands twice, broad and detailed, detailed wins.
    """
    named = dict(soc_2010)
    named |= {row.hybrid: SocCode(row.hybrid, "detailed", row.hybrid_title) for row in hybrid}
    named |= {row.code: row for row in soc_2018}
    for year in sorted(published):
        for row in sorted(published[year], key=lambda row: LEVELS.index(row.level)):
            named[row.code] = row
    return named


def _members(soc_2010, hybrid, soc_2018, published):
    """The codes of each classification, with those that OEWS published under it."""
    members = {
        "2010": set(soc_2010),
        "2019": {row.hybrid for row in hybrid},
        "2018": {row.code for row in soc_2018},
    }
    for year, rows in published.items():
        members[soc_version_of_year(year)] |= {row.code for row in rows}
    return members
