"""The ways in which one title is looked for: "Cooks, Fast Food" also as "fast food cooks"."""

import re

_IN_BRACKETS = re.compile(r"^(.+?) \(([^()]+)\)$")
_INVERTED = re.compile(r"^([^,]+), (?!except\b|including\b|all other\b|and\b|or\b)([^,]+)$", re.IGNORECASE)
_EXCEPT = re.compile(r"^(.+), except\b.+$", re.IGNORECASE)


def ways(title):
    """The title, and what else people write for it.

    >>> ways("Nurse Practitioner (NP)"), ways("Painter (Construction)")
    (['Nurse Practitioner (NP)', 'Nurse Practitioner', 'NP'], ['Painter (Construction)'])
    """
    if found := _IN_BRACKETS.match(title):
        outside, inside = found.groups()
        return [title, outside, inside] if _is_short_for(outside, inside) else [title]
    if found := _INVERTED.match(title):
        return [title, f"{found[2]} {found[1]}"]
    if found := _EXCEPT.match(title):
        return [title, found[1]]
    return [title]


def _is_short_for(one, other):
    """Whether one of two texts shortens the other: by first letters (CEO) or by clipped words (Tech)."""
    short, long = sorted((_plain(one), _plain(other)), key=lambda words: len("".join(words)))
    letters, initials = "".join(short), "".join(word[0] for word in long)
    if _in_order(letters, initials) or (len(letters) < 6 and _in_order(letters, "".join(long))):
        return True
    return bool(long) and bool(short) and long[-1].startswith(short[-1][:4])


def _plain(text):
    return re.findall(r"[a-z0-9]+", text.casefold())


def _in_order(letters, text):
    """Whether the letters stand in the text in this order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)
