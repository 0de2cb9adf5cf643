"""Every title in memory, and which occupations and certifications a query finds by them.

A title is kept as a phrase, its words as text.words_of writes them; equal phrases are one, with all
the occupations that have it. Phrases are numbered from the likeliest (an occupation's own title, few
words, many jobs), so that the first few hundred of a common word are the ones worth looking at.
"""

from bisect import bisect_left
from heapq import nsmallest
from math import log10

from careers.search.certified import Certifications
from careers.search.codes import code_of
from careers.search.hits import Found, Hit, Kind, Tier
from careers.search.text import cut, singular, words_of
from careers.search.titles import ways
from careers.search.vocabulary import Vocabulary
from careers.search.words import BESIDE

MOST_PHRASES = 500  # of a common word, or of a beginning
FEW_PHRASES = 150  # of a word where other words are missing
LEAST_SHARE = 0.3  # of a query's words, the rare ones weighing more, that a title must have
FEW = 5  # with fewer hits than this, looser matches are looked for
_BESIDE = frozenset(singular(word) for word in BESIDE)


class Index:
    """`entries` are Entry rows; `titles` are (code, Kind, title); `certifications` are Certified rows."""

    def __init__(self, entries, titles, certifications):
        self.by_code = {entry.code: entry for entry in entries}
        self.codes = sorted(self.by_code)
        self._index_titles(titles)
        self.certifications = Certifications(certifications)

    def _index_titles(self, titles):
        owners = {}
        for code, kind, title in titles:
            for way in ways(title):
                if words := words_of(way):
                    told = (kind if way == title else max(kind, Kind.LISTED), title)
                    held = owners.setdefault(" ".join(words), {})
                    held[code] = min(held.get(code, told), told)
        for own in owners.values():
            self._keep_the_finest(own)
        jobs = {code: entry.jobs for code, entry in self.by_code.items()}

        def likeliness(item):
            text, own = item
            kind = min(kind for kind, _ in own.values())
            return kind, text.count(" "), -max(jobs[code] for code in own), text

        ranked = sorted(owners.items(), key=likeliness)
        self.texts = [text for text, _ in ranked]
        self.owners = [tuple((code, *told) for code, told in own.items()) for _, own in ranked]
        self.by_text = {text: number for number, text in enumerate(self.texts)}
        self.sorted_texts = sorted(self.texts)
        self.by_joined, self.postings = {}, {}
        for number, text in enumerate(self.texts):
            if " " in text:
                self.by_joined.setdefault(text.replace(" ", ""), number)
            for word in set(text.split()):
                self.postings.setdefault(word, []).append(number)
        self.vocabulary = Vocabulary({word: len(numbers) for word, numbers in self.postings.items()})

    def _keep_the_finest(self, own):
        """Of occupations with one title, 29-1171 and its group 29-1170, the group needs no hit of its own."""
        now = [c for c, (kind, _) in own.items() if kind is Kind.OWN and not self.by_code[c].now]
        finest = min((self.by_code[code].rank for code in now), default=0)
        for code in now:
            if self.by_code[code].rank > finest:
                del own[code]

    # What a query finds ---------------------------------------------------------------------------

    def find(self, typed):
        """Hits of what was typed, the likeliest first; every occupation that has the exact title."""
        query, is_cut = cut(typed)
        if code := code_of(query):
            return self._find_code(query, is_cut, *code)
        words = words_of(query)
        if not words:
            return Found(query, is_cut, [], [])
        best = {}
        named = self.certifications.named(query)
        self._add_exact(words, best)
        self._add_certified(named, best)
        if not best:  # "nurse salary", "how to become a nurse"
            words = list(dict.fromkeys(word for word in words if word not in _BESIDE)) or words
            self._add_exact(words, best)
        self._add_beginnings(words, best)
        self._add_words(words, best)
        hits = [hit for _, hit in sorted(best.values(), key=lambda pair: pair[0])]
        return Found(query, is_cut, hits, named + self.certifications.like(query, words))

    def _find_code(self, query, is_cut, code, specialty):
        entry = self.by_code.get(code)
        if entry and not entry.now:
            hits = [Hit(entry, entry.name, Kind.OWN, Tier.EXACT)]
            return Found(query, is_cut, hits, [], code, specialty)
        if entry:
            now = sorted((self.by_code[c] for c in entry.now), key=lambda e: (-e.jobs, e.code))
            told = f"{entry.code} {entry.title}, until May {entry.until}"
            hits = [Hit(e, told, Kind.EARLIER, Tier.EXACT) for e in now]
            return Found(query, is_cut, hits, [], code, specialty, entry)
        start, begun = code, []
        while len(start) > 1 and not begun:
            begun = self._codes_that_begin(start)
            start = start[:-1]
        hits = [Hit(e, e.name, Kind.OWN, Tier.BEGINNING) for e in begun]
        return Found(query, is_cut, hits, [], code, specialty)

    def _codes_that_begin(self, start):
        first = bisect_left(self.codes, start)
        last = bisect_left(self.codes, start + "~", first)
        found = [self.by_code[code] for code in self.codes[first:last]]
        return [entry for entry in found if not entry.now]

    def _add_exact(self, words, best):
        for number in {self.by_text.get(" ".join(words)), self.by_joined.get("".join(words))} - {None}:
            self._add(best, number, Tier.EXACT, 0)
        joined = self.by_text.get("".join(words))
        if joined is not None:
            self._add(best, joined, Tier.EXACT, 0)

    def _add_beginnings(self, words, best):
        text = " ".join(words)
        if len(text) < 2:
            return
        for start, penalty in ((f"{text} ", 0), (text, 1)):
            first = bisect_left(self.sorted_texts, start)
            last = bisect_left(self.sorted_texts, start + "\U0010ffff", first)
            numbers = (self.by_text[t] for t in self.sorted_texts[first:last])
            for number in nsmallest(MOST_PHRASES, numbers):
                self._add(best, number, Tier.BEGINNING, penalty)

    def _add_words(self, words, best):
        """Titles with all the words; if few have them and none is exact, with some mended or missing."""
        slots = [self.vocabulary.slot(word, is_last=word == words[-1]) for word in words]
        mended = [slot or self.vocabulary.mended(word, 62) for slot, word in zip(slots, words, strict=True)]
        tier = Tier.ALL_WORDS if all(slots) else Tier.NEAR
        if all(mended):
            self._add_all(mended, best, tier)
        if any(hit.tier is Tier.EXACT for _, hit in best.values()):
            return
        if len(best) < FEW and tier is Tier.ALL_WORDS:
            looser = [
                self.vocabulary.mended(word, 80) | slot for slot, word in zip(slots, words, strict=True)
            ]
            self._add_all(looser, best, Tier.NEAR)
        if len(best) < FEW and len(words) > 1:
            self._add_some([slot for slot in mended if slot], best)

    def _add_certified(self, certifications, best):
        """The occupations that ask for the certifications."""
        for certification in certifications:
            for relation, code in certification.uses:
                if entry := self.by_code.get(code):
                    told = certification.label
                    self._keep(best, entry, told, Kind.CERTIFICATION, Tier.EXACT, relation / 10)

    # Phrases --------------------------------------------------------------------------------------

    def _numbers(self, slot):
        """Phrases with any word of a slot, the likeliest of each word."""
        numbers = set()
        for word in slot:
            numbers.update(self.postings[word])
        return numbers

    def _add_all(self, slots, best, tier):
        """Phrases that have a word of every slot."""
        slots = sorted(slots, key=lambda slot: sum(len(self.postings[word]) for word in slot))
        if len(slots) == 1:
            for word, far in slots[0].items():
                for number in self.postings[word][:MOST_PHRASES]:
                    self._add(best, number, tier, far + 0.4 * self.texts[number].count(" "))
            return
        for number in self._numbers(slots[0]):
            words = self.texts[number].split()
            far = 0.6 + 0.4 * (len(words) - len(slots)) if len(words) > len(slots) else 0
            for slot in slots:
                near = [slot[word] for word in words if word in slot]
                if not near:
                    break
                far += min(near)
            else:
                self._add(best, number, tier, far)

    def _add_some(self, slots, best):
        """Phrases that have a word of some slots: those that cover the rarer words first."""
        slots = [{word: far for word, far in slot.items() if far == min(slot.values())} for slot in slots]
        weights = [log10(10 + len(self.texts) / sum(len(self.postings[w]) for w in slot)) for slot in slots]
        covered = {}
        for slot, weight in zip(slots, weights, strict=True):
            gains = {number: weight for word in slot for number in self.postings[word][:FEW_PHRASES]}
            for number, gain in gains.items():
                covered[number] = covered.get(number, 0) + gain
        for number, gain in covered.items():
            share = gain / sum(weights)
            if share > LEAST_SHARE:
                far = 12 * (1 - share) + 0.3 * self.texts[number].count(" ")
                self._add(best, number, Tier.SOME_WORDS, far)

    def _add(self, best, number, tier, far):
        """Keep, for each occupation with the phrase, the best of its hits."""
        for code, kind, title in self.owners[number]:
            entry = self.by_code[code]
            if entry.now:
                for now in entry.now:
                    told = f"{title} ({code}, until May {entry.until})"
                    self._keep(best, self.by_code[now], told, Kind.EARLIER, tier, far)
            else:
                self._keep(best, entry, title, kind, tier, far)

    def _keep(self, best, entry, title, kind, tier, far):
        if tier <= Tier.BEGINNING:
            key = (tier, far, kind, entry.rank, -entry.jobs, entry.code)
        else:
            far += 0.4 * kind + 0.2 * entry.rank - 0.15 * log10(1 + entry.jobs)
            key = (tier, far, kind, entry.rank, -entry.jobs, entry.code)
        held = best.get(entry.code)
        if held is None or key < held[0]:
            best[entry.code] = (key, Hit(entry, title, kind, tier))
