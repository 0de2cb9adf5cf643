"""Where a ZIP code or a city is: a table made of the schools' own addresses, so nobody else is asked.

It knows the places that have a school, and of other ZIP codes the neighbourhood: the middle of
the schools whose ZIP codes begin with the same three digits.
"""

import re
from collections import Counter
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from careers.state_tiles import NAMES

EARTH_MILES = 3958.8  # the mean radius
MOST_NEAR = 8
_ZIP = re.compile(r"([0-9]{5})(?:[- ]?[0-9]{4})?", re.ASCII)
_DIGITS = re.compile(r"[0-9 -]+", re.ASCII)
_WORD = re.compile(r"[^a-z0-9]+")
_STATE_OF_WORDS = {name.casefold(): code for code, name in NAMES.items()} | {
    code.casefold(): code for code in NAMES
}


class Place(NamedTuple):
    """A point with its name; `note` says how it was found where that is not exact."""

    name: str
    latitude: float
    longitude: float
    note: str = ""


class NotFound(Exception):
    """Why what was typed is no place here; `near` are texts that would be."""

    def __init__(self, message, near=()):
        super().__init__(message)
        self.message, self.near = message, list(near)


class Places:
    """The table. `schools` have zip_code, city, state, latitude and longitude."""

    def __init__(self, schools):
        self._zips, self._areas, self._cities = {}, {}, {}
        for school in schools:
            if school.latitude is None or school.longitude is None:
                continue
            self._zips.setdefault(school.zip_code[:5], []).append(school)
            self._areas.setdefault(school.zip_code[:3], []).append(school)
            self._cities.setdefault(city_key(school.city), {}).setdefault(school.state, []).append(school)

    def find(self, text, *, state=""):
        """The Place of a ZIP code, a city and state, or a city alone where only one state has it.

        `state` is one that the reader chose elsewhere on the page. Raises NotFound, with words.
        """
        text = " ".join(text.replace("\x00", "").split())
        match = _ZIP.fullmatch(text)
        if match:
            return self._zip(match[1])
        if _DIGITS.fullmatch(text):
            raise NotFound("A ZIP code has five digits, for example 44308.")
        return self._city(*_split(text), state)

    def _zip(self, code):
        if code in self._zips:
            return Place(f"ZIP code {code}", *_middle(self._zips[code]))
        around = self._areas.get(code[:3])
        if not around:
            raise NotFound(f"No school's ZIP code begins with {code[:3]}, so we do not know where {code} is.")
        # A range can span an ocean: 967 is Hawaii's and American Samoa's.
        state = Counter(school.state for school in around).most_common(1)[0][0]
        around = [school for school in around if school.state == state]
        note = (
            f"No school has the ZIP code {code}. Distances are from the middle of the schools in "
            f"{NAMES.get(state, state)} whose ZIP codes begin with {code[:3]}."
        )
        return Place(f"the {code[:3]} ZIP codes", *_middle(around), note)

    def _city(self, city, named, chosen):
        states = self._cities.get(city_key(city), {})
        state = named or (chosen if chosen in states else "")
        if state in states:
            return self._place(states[state])
        if states and not named:
            return self._only(city, states)
        if states:
            message = f"No school is in a city called {city} in {NAMES[named]}."
            raise NotFound(message, self._names(states))
        near = self._like(city, named)
        raise NotFound(f"No school is in a city called “{city}”. A ZIP code may do better.", near)

    def _only(self, city, states):
        if len(states) == 1:
            return self._place(next(iter(states.values())))
        names = self._names(states)
        raise NotFound(f"Several states have a city called {city}. Which one?", names)

    def _place(self, schools):
        school = schools[0]
        return Place(f"{school.city}, {school.state}", *_middle(schools))

    def _names(self, states):
        most = sorted(states.values(), key=lambda schools: (-len(schools), schools[0].state))
        return [f"{schools[0].city}, {schools[0].state}" for schools in most[:MOST_NEAR]]

    def _like(self, city, state):
        """Cities whose names begin as the text does, or hold it."""
        key = city_key(city)
        if len(key) < 3:
            return []
        names = [name for name in self._cities if name.startswith(key[:4])]
        found = [
            s for name in sorted(names) for s in self._cities[name].values() if state in ("", s[0].state)
        ]
        return [f"{schools[0].city}, {schools[0].state}" for schools in found[:MOST_NEAR]]


def city_key(city):
    """A city's name without what people leave out: "St. Louis", "Saint Louis" and "st louis" are one."""
    words = _WORD.sub(" ", city.casefold()).split()
    return " ".join("st" if word == "saint" else "ft" if word == "fort" else word for word in words)


def _split(text):
    """("akron", "OH") of "Akron, OH", "akron ohio" or "Akron Oh"; ("akron", "") of "Akron"."""
    city, _, state = text.rpartition(",")
    if city and (code := _STATE_OF_WORDS.get(state.strip(" .").casefold())):
        return city.strip(), code
    words = text.replace(",", " ").split()
    for length in (1, 2, 3):  # "Columbus Ohio", "Albany New York", "Washington District of Columbia"
        code = _STATE_OF_WORDS.get(" ".join(words[-length:]).casefold())
        if code and len(words) > length:
            return " ".join(words[:-length]), code
    return text, ""


def _middle(schools):
    """The mean of the coordinates: within one ZIP range and state the earth is flat enough."""
    count = len(schools)
    return sum(s.latitude for s in schools) / count, sum(s.longitude for s in schools) / count


def miles_between(place, school):
    """Miles as the crow flies; None where the school has no coordinates."""
    if school.latitude is None or school.longitude is None:
        return None
    here, there = radians(place.latitude), radians(school.latitude)
    half = sin((there - here) / 2) ** 2
    half += cos(here) * cos(there) * sin(radians(school.longitude - place.longitude) / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(half)))


def miles_text(miles):
    """Whole miles, as a table says them."""
    if miles is None:
        return "not known"
    return "less than 1" if miles < 0.5 else f"{miles:,.0f}"
