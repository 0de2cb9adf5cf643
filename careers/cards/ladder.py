"""The education paths of an occupation as a ladder: how long each takes, and how many schools teach it.

Beside it stands what the occupation pays in the reader's state and what all occupations pay there.
Neither says what a path is worth: pay is that of everybody in the work, whichever way they came.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from careers.models import EducationPath
from careers.schools import LEVELS_OF_PATHS, Wanted
from careers.state_tiles import NAMES, postal_code
from salaries.figures import figure_of
from salaries.places import possessive, spoken

NO_AWARD = "no award"  # of a school: training on the job, or after a degree
NO_PROGRAM = "not counted"  # because the path names no program
BELOW = "schools/"  # the page of the schools, from the profile's address


class Rung(NamedTuple):
    """One path: `schools` is how many schools in the place gave its award, or why none are counted."""

    name: str
    level: str
    standing: str
    length: str
    schools: str
    url: str
    courses: str
    leads_to: str


def ladder(paths, occupation, facts, *, asked="", release=None, wage=None, state_wages=()):
    """The card, or None where no program leads to the occupation.

    `paths` are EducationPaths in the editor's order, `facts` is careers.kept.Kept, `asked` what the
    address has for a state; `wage` is the occupation's in the nation and `state_wages` its rows in
    the states, both of `release`.
    """
    index = facts.schools
    programs = index.programs_of(occupation.id)
    if not programs:
        return None
    state = postal_code(asked)
    rungs = [_rung(path, index, programs, state) for path in paths]
    place = spoken(NAMES[state]) if state else "the United States"
    return {
        "rungs": rungs,
        "has_uncounted": any(rung.schools == NO_PROGRAM for rung in rungs),
        "place": place,
        "state": state,
        "typed": NAMES[state] if state else asked.replace("\x00", ""),
        "unknown": bool(asked.strip()) and not state,
        "address": f"{BELOW}?state={state}" if state else BELOW,
        "year": index.year,
        "source": index.source,
        "pay": _pay(occupation, facts, state, release, wage, state_wages) if release else None,
    }


def _rung(path, index, programs, state):
    level, standing = EducationPath.Level(path.level), EducationPath.Standing(path.standing)
    schools, url = _schools(path, level, index, programs, state)
    courses = ", ".join(path.courses)
    return Rung(path.name, level.label, standing.label, path.length, schools, url, courses, path.leads_to)


def _schools(path, level, index, programs, state):
    """How many schools in the place give the path's award, and the page that lists them."""
    levels = LEVELS_OF_PATHS.get(level, ())
    if not levels:
        return NO_AWARD, ""
    codes = [code for code in path.programs if code in index.by_cip]
    codes = [code for code in codes if index.by_cip[code].id in set(programs)]
    if not codes:
        return NO_PROGRAM, ""
    keys = frozenset(index.by_cip[code].id for code in codes)
    told = index.survey(programs, Wanted(levels=frozenset(levels), programs=keys))
    count = told.states[state] if state else sum(told.states.values())
    pairs = [("state", state)] if state else []
    pairs += [("level", value) for value in levels] + [("program", code) for code in codes]
    return f"{count:,}" if count else "none", f"{BELOW}?{urlencode(pairs)}"


def _pay(occupation, facts, state, release, wage, state_wages):
    """The occupation's median and that of all occupations in one place: both told with their place."""
    nation = _median(wage, release, "United States")
    of_all = facts.all_occupations(release)
    if not state:
        return _beside(nation, _median(of_all.get("United States"), release, "United States"))
    place = NAMES[state]
    titles = {title: key for key, title, _ in facts.states}
    row = next((w for w in state_wages if w.area_id == titles.get(place)), None)
    own = _median(row, release, place)
    pay = _beside(own, _median(of_all.get(place), release, place))
    if not own.has_number:
        pay["falls_back"] = f"{possessive(place)} median is not published; the nation’s is"
        pay["nation"] = nation
    return pay


def _beside(own, of_all):
    """Two medians of one place; a sentence tells them side by side where both are numbers."""
    return {"own": own, "all": of_all, "is_side_by_side": own.has_number and of_all.has_number}


def _median(wage, release, place):
    """The yearly median; the hourly one where BLS publishes no other."""
    name = "hourly_median" if wage is not None and wage.hourly_only else "annual_median"
    return figure_of(wage, name, release, place)
