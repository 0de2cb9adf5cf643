"""The words of all titles: which of them a typed word may mean."""

from bisect import bisect_left
from functools import lru_cache
from heapq import nsmallest

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from careers.search.text import stem, words_of
from careers.search.words import ALIKE

MOST_BEGINNINGS = 40
# First letters that sound alike, and so are mistaken for each other.
_INITIALS = {letter: group[0] for group in ("aeiou", "ckqs", "fpv", "gj", "xz") for letter in group}
# How far a word is from what was typed: 0 the same, from 1 on mended.
ALIKE_FAR, STEM_FAR, BEGINNING_FAR = 0.4, 0.5, 0.8


class Vocabulary:
    """`uses` is {word: how many titles have it}. A slot is {word of titles: how far it is from the typed}."""

    def __init__(self, uses):
        self.uses, self.words = uses, sorted(uses)
        self._by_stem, self._by_initial = {}, {}
        for word in self.words:
            self._by_stem.setdefault(stem(word), []).append(word)
            self._by_initial.setdefault(_initial(word), []).append(word)
        self._alike = {word: group for group in _alike_groups() for word in group}
        self.mended = lru_cache(maxsize=4096)(self._mended)

    def slot(self, word, *, is_last):
        """The word itself, words that mean the same, its relatives, and words that begin with it.

        Empty if titles have none of these; of the last word, which may not be typed to its end, two
        letters are enough.
        """
        found = {}
        if len(word) > (1 if is_last else 2):
            found |= dict.fromkeys(self._beginning_with(word), BEGINNING_FAR)
        found |= dict.fromkeys(self._by_stem.get(stem(word), ()), STEM_FAR)
        found |= {other: ALIKE_FAR for other in self._alike.get(word, ()) if other in self.uses}
        if word in self.uses:
            found[word] = 0
        return found

    def _beginning_with(self, start):
        """Words that begin so; of very many those that most titles have."""
        first = bisect_left(self.words, start)
        words = self.words[first : bisect_left(self.words, start + "\U0010ffff", first)]
        if len(words) <= MOST_BEGINNINGS:
            return words
        return nsmallest(MOST_BEGINNINGS, words, key=lambda word: -self.uses[word])

    def _mended(self, word, least):
        """A slot of words written at least so much alike (0 to 100); none for words of three letters.

        First among those that begin alike, which is where nearly all are found.
        """
        if len(word) < 4:
            return {}
        near = _most_like(word, self._by_initial.get(_initial(word), []), max(least, 75))
        near = near or _most_like(word, self.words, least)
        return {
            other: 1 + 8 * (1 - (score / 100 + JaroWinkler.similarity(word, other)) / 2)
            for other, score, _ in near
            if other != word
        }


def _initial(word):
    return _INITIALS.get(word[0], word[0])


def _most_like(word, words, least, most=12):
    return process.extract(word, words, scorer=fuzz.ratio, score_cutoff=least, limit=most)


def _alike_groups():
    """The groups of words that mean the same, as titles write them."""
    for group in ALIKE:
        yield frozenset(word for name in group for word in words_of(name))
