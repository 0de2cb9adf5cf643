"""How titles and queries are written alike: "Nurses' Aides & Orderlies" and "nurse aide orderly".

Everything here is total: any text at all gives a list of words, perhaps an empty one.
"""

import re
import unicodedata
from functools import lru_cache

MOST_CHARACTERS = 100
MOST_WORDS = 12
LONGEST_WORD = 30
LEFT_OUT = frozenset(("and", "the", "of", "for", "in", "with"))
KEPT_PLURAL = frozenset(("always", "atlas", "canvas", "christmas", "texas"))

_APOSTROPHES = re.compile("['`\u2018\u2019\u00b4]")
_WORD = re.compile(r"[a-z0-9]+\+*#?|[^\W_]+")
_ENDING = re.compile(
    r"(?:ical|ations?|ators?|ating|ment|ings?|ers?|ors?|ists?|ians?|ants?|ance|ress|ed|es|e|y|s)$"
)
_PERSON = re.compile(r"(?<=...)(?:m[ae]n|wom[ae]n|person|people|lady|guy)$")


def cut(typed):
    """(what of it is searched, whether something was cut): control characters become spaces."""
    spaced = "".join(" " if _is_unseen(char) else char for char in typed[: 40 * MOST_CHARACTERS])
    words = spaced.split()
    kept = " ".join(words[:MOST_WORDS])[:MOST_CHARACTERS].rstrip()
    return kept, len(kept) < len(" ".join(words))


def _is_unseen(char):
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def words_of(text):
    """The words of a text as they are compared: no case, accents, apostrophes, plurals or "and"."""
    if not text.isascii():
        text = _without_accents(text)
    text = _APOSTROPHES.sub("", text.casefold())
    words = [singular(word)[:LONGEST_WORD] for word in _WORD.findall(text.replace("&", " and "))]
    return [word for word in words if word not in LEFT_OUT] or words


def _without_accents(text):
    text = _APOSTROPHES.sub("", text)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=16_384)  # more than titles have words
def singular(word):
    """The word without an English plural's ending: nurses, bodies, watches; not gas, glass or analysis.

    >>> [singular(word) for word in ("nurses", "secretaries", "coaches", "glass", "waitresses")]
    ['nurse', 'secretary', 'coach', 'glass', 'waitress']
    """
    if len(word) < 4:
        return {"men": "man"}.get(word, word)
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or word in KEPT_PLURAL:
        return {"women": "woman"}.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def stem(word):
    """What a word has in common with its relatives: welder, welding and weld; nurse and nursing.

    At least four letters remain, otherwise the word is its own stem.
    """
    bare = _PERSON.sub("", word)
    shorter = _ENDING.sub("", bare)
    if len(shorter) < 4:
        return bare if len(bare) > 3 else word
    return shorter[:-1] if shorter[-1] == shorter[-2] else shorter


def letters(text):
    """The letters and digits alone: "R.T.(CT)" is rtct, and so is "rt ct"."""
    return "".join(char for char in text.casefold() if char.isalnum())
