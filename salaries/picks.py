"""What a reader typed into the comparison: codes, titles and places, found or nearly found."""

import re
from dataclasses import dataclass, field

from django.db.models import Q

from careers.lineage import Lineage
from careers.models import CodeChange, Level, Occupation
from salaries.models import Area

MOST = 4
NEAR = 8
LONGEST = 100
_CODE = re.compile(r"^([0-9]{2})-?([0-9]{4})(\.[0-9]{2})?$")


@dataclass(frozen=True)
class Problem:
    """Why something typed is not in the comparison, and what there is instead."""

    message: str
    near: list = field(default_factory=list)


@dataclass
class Picks:
    """`found` in the order asked for; `typed` is the first text that names nothing, to stay in its field."""

    found: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    typed: str = ""

    @property
    def is_full(self):
        return len(self.found) >= MOST


def pick_occupations(texts):
    """Occupations by code (29-2072, 292072, 29-2072.00) or exact title; near ones for the first other."""
    texts = _texts(texts)
    codes = {text: _code(text) for text in texts}
    exact = Q(code__in=[code for code in codes.values() if code])
    for text in texts:
        exact |= Q(title__iexact=text) | Q(display_title__iexact=text)
    known = (
        sorted(Occupation.objects.filter(exact), key=lambda o: (o.is_retired, o.level != Level.DETAILED))
        if texts
        else []
    )
    picks = Picks()
    for text in texts:
        names = (codes[text], text.casefold())
        match = next((o for o in known if o.code == names[0] or names[1] in _names(o)), None)
        _add(picks, match, text, "occupation", _near_occupations)
    return _at_most(picks, "occupations")


def pick_areas(texts):
    """Areas by address, code, title or a state's postal code; near ones for the first other text."""
    texts = _texts(texts)
    known = list(Area.objects.named(*texts)) if texts else []
    picks = Picks()
    for text in texts:
        match = next((area for area in known if area.is_named(text)), None)
        _add(picks, match, text, "place", _near_areas)
    return _at_most(picks, "places")


def _texts(values):
    """What was typed, cleaned: no empty texts, nothing a database refuses, nothing endless."""
    texts = [" ".join(value.replace("\0", "").split())[:LONGEST] for value in values[: 2 * MOST]]
    return list(dict.fromkeys(text for text in texts if text))


def _code(text):
    match = _CODE.match(text)
    return f"{match[1]}-{match[2]}" if match else None


def _names(occupation):
    return {occupation.title.casefold(), occupation.display_title.casefold()} - {""}


def _add(picks, match, text, noun, find_near):
    """Near matches are looked for once: a page asks the database a fixed number of times."""
    if match and getattr(match, "is_retired", False):
        picks.problems.append(_retired(match, look=not any(p.near for p in picks.problems)))
    elif match and match not in picks.found:
        picks.found.append(match)
    elif not match:
        near = [] if picks.typed else find_near(text)
        message = f"No {noun} is called “{text}”."
        picks.problems.append(Problem(f"{message} Did you mean one of these?" if near else message, near))
        picks.typed = picks.typed or text


def _retired(occupation, *, look):
    """A code that is no longer used has no figures today: those that may hold its jobs are offered."""
    near = _successors(occupation) if look else []
    message = f"{occupation.code} {occupation.name} is a code that is no longer used."
    return Problem(f"{message} Its jobs are now counted in one of these:" if near else message, near)


def _successors(occupation):
    lineage = Lineage(CodeChange.objects.order_by().values_list("old_id", "new_id", "year"))
    keys = [key for span in lineage.after(occupation.id) if span.last is None for key in span.codes]
    return list(Occupation.objects.current().filter(pk__in=keys).order_by("code")[:NEAR])


def _near_occupations(text):
    """Single occupations whose titles hold every word that was typed."""
    words = Q()
    for word in text.replace(",", " ").split()[:8]:
        words &= Q(title__icontains=word) | Q(display_title__icontains=word)
    if not words:
        return []
    near = Occupation.objects.current().filter(words, level=Level.DETAILED)
    starts_with = text.casefold()
    return sorted(near, key=lambda o: (not o.name.casefold().startswith(starts_with), len(o.name), o.code))[
        :NEAR
    ]


def _near_areas(text):
    """States first, then by name: sorted here, because databases sort names apart."""
    return sorted(Area.objects.near(text), key=lambda a: (a.area_type, a.title))[:NEAR]


def _at_most(picks, noun):
    if len(picks.found) > MOST:
        picks.problems.append(Problem(f"Up to four {noun} can be compared; the first four are shown."))
        picks.found = picks.found[:MOST]
    return picks
