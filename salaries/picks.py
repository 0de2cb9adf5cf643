"""What a reader typed into the comparison: codes, titles and places, found or nearly found.

Pages read freely: "medical coder" is the one occupation that has this title, "akron" the one place
with this word, and the page says what was read. The API, cards and frozen pages take names alone.
"""

import re
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Q

from careers.kept import kept
from careers.lineage import Lineage
from careers.models import CodeChange, Level, Occupation
from careers.search.hits import Kind, Tier
from careers.search.kept import index
from salaries.models import Area

MOST = 4
NEAR = 8
FEW = 5  # where no title is the very words
LONGEST = 100
_CODE = re.compile(r"^([0-9]{2})-?([0-9]{4})(\.[0-9]{2})?$")


@dataclass(frozen=True)
class Problem:
    """Why something typed is not in the comparison, and what there is instead."""

    message: str
    near: list = field(default_factory=list)


@dataclass
class Picks:
    """`found` in the order asked for; `typed` is the first text that names nothing, to stay in its field.

    `read` are (text, name) of what was understood though it is no name: the page says so.
    """

    found: list = field(default_factory=list)
    read: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    typed: str = ""

    @property
    def is_full(self):
        return len(self.found) >= MOST


def pick_occupations(texts, *, freely=False):
    """Occupations by code (29-2072, 292072, 29-2072.00) or exact title; near ones for the first other.

    Read freely, a title that search knows for one occupation is that occupation.
    """
    texts = _texts(texts)
    codes = {text: _code(text) for text in texts}
    known = _known_occupations(texts, codes)
    named = {text: _named(known, text, codes[text]) for text in texts}
    hits = _hits([text for text in texts if not named[text]]) if freely else {}
    meant = _meant_occupations(hits)
    picks = Picks()
    for text in texts:
        near = partial(_like, hits[text]) if text in hits else _near_occupations
        shared = f"Several occupations are called “{text}”." if len(_exact(hits.get(text, []))) > 1 else ""
        _add(picks, named[text], text, "occupation", near, meant.get(text), shared)
    return _at_most(picks, "occupations")


def pick_areas(texts, *, freely=False):
    """Areas by address, code, title or a state's postal code; near ones for the first other text.

    Read freely, words that one area alone has are that area.
    """
    texts = _texts(texts)
    known = list(Area.objects.named(*texts)) if texts else []
    picks = Picks()
    for text in texts:
        match = next((area for area in known if area.is_named(text)), None)
        near = [] if match or picks.typed else _near_areas(text)
        whole = [area for area in near if freely and _has_each_word(area.title, text)]
        meant = whole[0] if len(near) == len(whole) == 1 else None
        shared = f"Several places have “{text}” in their names." if len(whole) > 1 else ""
        _add(picks, match, text, "place", lambda _, near=near: near, meant, shared)
    return _at_most(picks, "places")


def _known_occupations(texts, codes):
    if not texts:
        return []
    exact = Q(code__in=[code for code in codes.values() if code])
    for text in texts:
        exact |= Q(title__iexact=text) | Q(display_title__iexact=text)
    return sorted(Occupation.objects.filter(exact), key=lambda o: (o.is_retired, o.level != Level.DETAILED))


def _named(known, text, code):
    return next((o for o in known if o.code == code or text.casefold() in _names(o)), None)


def _hits(texts):
    """{text: what search finds for it}."""
    titles = index(kept()) if texts else None
    return {text: titles.find(text).hits for text in texts}


def _meant_occupations(hits):
    """{text: Occupation} for the texts that search knows as a title of one occupation."""
    sole = {text: _sole(found) for text, found in hits.items()}
    codes = {entry.code for entry in sole.values() if entry}
    by_code = {o.code: o for o in Occupation.objects.filter(code__in=codes)} if codes else {}
    return {text: by_code[entry.code] for text, entry in sole.items() if entry}


def _sole(hits):
    """The one occupation whose own title is meant ("dental hygienist"), else the one that has the title."""
    exact = [hit for hit in hits if hit.tier is Tier.EXACT]
    own = [hit.entry for hit in exact if hit.kind is Kind.OWN]
    sole = own or [hit.entry for hit in exact]
    return sole[0] if len(sole) == 1 and _is_single(sole[0]) else None


def _is_single(entry):
    return not (entry.is_retired or entry.rank)


def _exact(hits):
    """Single occupations in use that have the very title."""
    return [hit.entry for hit in hits if hit.tier is Tier.EXACT and _is_single(hit.entry)]


def _like(hits, _text):
    """What search finds for the text: those that have the very title, else the few most like it."""
    return _exact(hits)[:NEAR] or [hit.entry for hit in hits if _is_single(hit.entry)][:FEW]


def _has_each_word(title, text):
    words = set(re.findall(r"\w+", title.casefold()))
    return words.issuperset(re.findall(r"\w+", text.casefold()))


def _texts(values):
    """What was typed, cleaned: no empty texts, nothing a database refuses, nothing endless."""
    texts = [" ".join(value.replace("\0", "").split())[:LONGEST] for value in values[: 2 * MOST]]
    return list(dict.fromkeys(text for text in texts if text))


def _code(text):
    match = _CODE.match(text)
    return f"{match[1]}-{match[2]}" if match else None


def _names(occupation):
    return {occupation.title.casefold(), occupation.display_title.casefold()} - {""}


def _add(picks, match, text, noun, find_near, meant=None, shared=""):
    """Near matches are looked for once: a page asks the database a fixed number of times.

    `shared` says that several have the text for a name, where that is why none is taken.
    """
    if not match and meant:
        match = meant
        picks.read.append((text, str(getattr(meant, "name", "") or meant.title)))
    if match and getattr(match, "is_retired", False):
        picks.problems.append(_retired(match, look=not any(p.near for p in picks.problems)))
    elif match and match not in picks.found:
        picks.found.append(match)
    elif not match:
        near = [] if picks.typed else find_near(text)
        message = shared or f"No {noun} is called “{text}”."
        asks = "Which one is meant?" if shared else "Did you mean one of these?"
        picks.problems.append(Problem(f"{message} {asks}" if near else message, near))
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
