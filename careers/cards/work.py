"""What the work is like by O*NET's ratings: interests, preparation, technology."""

from typing import NamedTuple

from careers.models import Interest
from salaries.charts.bars import Bar, bars

FEW_TECHNOLOGIES = 12
MOST_TECHNOLOGIES = 30
HIGHEST = 7  # of O*NET's ratings of interests
PREPARATION = {
    1: "little or no preparation",
    2: "some preparation",
    3: "medium preparation",
    4: "considerable preparation",
    5: "extensive preparation",
}


class Rating(NamedTuple):
    """One interest: its name, what it means, and the rating from 1 to 7 as text and as a bar."""

    name: str
    meaning: str
    text: str
    bar: Bar


def interests(row, sources):
    """The six interests, the strongest first, with how O*NET made them; None without ratings."""
    if row is None:
        return None
    ratings = _ratings(row)
    source = sources[row.source_id]
    return {
        "ratings": ratings,
        "strongest": strongest(row),
        "cited": f"{source.cited} · {row.period}",
        "made_by": row.made_by,
    }


def strongest(row):
    """The names of the two highest ratings, in lower case."""
    return [rating.name.lower() for rating in _ratings(row)[:2]]


def _ratings(row):
    values = {interest: getattr(row, interest.value) for interest in Interest}
    strongest_first = sorted(values, key=lambda interest: -values[interest])
    drawn = bars([values[interest] for interest in strongest_first], full=HIGHEST)
    return [_rating(one, values[one], bar) for one, bar in zip(strongest_first, drawn, strict=True)]


def _rating(interest, value, bar):
    name, meaning = interest.label.split(": ")
    return Rating(name, meaning, f"{value:.2f}", bar)


def job_zone(rows, sources):
    """How much preparation the work takes: the zone, or the zones of its specialties."""
    if not rows:
        return None
    zones = [row.zone for row in rows]
    source = sources[rows[0].source_id]
    return {
        "zones": " and ".join(str(zone) for zone in zones),
        "words": " to ".join(PREPARATION[zone] for zone in dict.fromkeys((zones[0], zones[-1]))),
        "several": len(zones) > 1,
        "cited": f"{source.cited} · {rows[0].period}",
        "made_by": rows[0].made_by,
    }


def technologies(rows, sources):
    """The technologies that employers name, those of this occupation's own postings first."""
    rows = sorted(rows, key=lambda row: (not row.is_in_demand, not row.is_hot, row.name.casefold()))
    if not rows:
        return None
    names = list(dict.fromkeys(row.name for row in rows))
    source = sources[rows[0].source_id]
    return {
        "first": names[:FEW_TECHNOLOGIES],
        "rest": names[FEW_TECHNOLOGIES:MOST_TECHNOLOGIES],
        "left_out": max(len(names) - MOST_TECHNOLOGIES, 0),
        "cited": source.cited,
    }
