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
    members = _members(soc_2010, hybrid, soc_2018, published)
    versions = {code: version for version in ("2010", "2019", "2018") for code in members[version]}
    tree_2018 = parents_2018(soc_2018)
    parents = parents_2010(members["2010"], named) | tree_2018 | parents_of_aggregates(hybrid, tree_2018)
    parents[ALL_OCCUPATIONS] = ""
    return [OccupationRow(*named[code], versions[code], parents[code]) for code in sorted(named)]


def parents_2018(soc_2018):
    """{code: parent} of SOC 2018, from the order of the publisher's rows.

    The digits alone do not tell: 29-1229 is in 29-1210, and 15-1250 is in 15-1200.
    """
    parents, above = {}, {"total": ALL_OCCUPATIONS}
    for row in soc_2018:
        depth = LEVELS.index(row.level)
        parents[row.code] = above[LEVELS[depth - 1]]
        above[row.level] = row.code
    return parents


def parents_of_aggregates(hybrid, tree_2018):
    """{code: parent} of the codes that OEWS made of several SOC 2018 codes (29-2098, 21-1018).

    The parent is the nearest group that holds all of them.
    """
    parts = {}
    for row in hybrid:
        parts.setdefault(row.hybrid, []).append(ancestors(row.soc_2018, tree_2018))
    return {
        code: next(group for group in lines[0] if all(group in line for line in lines))
        for code, lines in parts.items()
        if code not in tree_2018
    }


def ancestors(code, tree):
    """The groups a code is in, from the nearest to all occupations."""
    line = []
    while code != ALL_OCCUPATIONS:
        code = tree[code]
        line.append(code)
    return line


def parents_2010(members, named):
    """{code: parent} of SOC 2010, for which no file holds the tree: it follows from the codes.

    The minor group is the last minor code at or before the code (15-1100 holds 15-1130; it is not
    always xx-x000), as the order of the workbooks' rows has it.
    """
    minors = sorted(code for code in members if named[code].level == "minor")
    parents = {}
    for code in members:
        minor = [c for c in minors if c[:2] == code[:2] and c <= code][-1:]
        chain = {"broad": code[:6] + "0", "minor": "".join(minor), "major": f"{code[:2]}-0000"}
        depth = LEVELS.index(named[code].level)
        above = (
            group
            for level, group in chain.items()
            if LEVELS.index(level) < depth and group != code and group in members
        )
        parents[code] = next(above, ALL_OCCUPATIONS)
    return parents


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
