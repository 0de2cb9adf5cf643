"""Certifications by their letters and names: CPA, R.T.(R), "certified coder"."""

from careers.search.text import letters, words_of
from careers.search.titles import ways

MOST_LIKE = 5  # besides those that have exactly the name or the letters


class Certifications:
    """`rows` are Certified; former names count as names, so that CTR finds the ODS credential."""

    def __init__(self, rows):
        self.rows = list(rows)
        self._by_letters, self._words = {}, []
        for number, row in enumerate(self.rows):
            names = [name for name in (row.name, row.abbreviation, *row.former_names) if name]
            forms = dict.fromkeys(way for name in names for way in ways(name))
            for form in dict.fromkeys(letters(form) for form in forms):
                self._by_letters.setdefault(form, []).append(number)
            self._words.append([set(words_of(form)) for form in forms])

    def named(self, query):
        """Those with exactly this name or these letters."""
        return [self.rows[number] for number in self._by_letters.get(letters(query), [])]

    def like(self, query, words):
        """Those whose name has every word, the shortest name first, or whose letters begin so."""
        wanted, start = set(words), letters(query)
        near = [
            (len(name) - len(wanted), number)
            for number, names in enumerate(self._words)
            for name in names
            if wanted <= name
        ]
        if len(start) > 2:
            begun = (i for i, row in enumerate(self.rows) if letters(row.abbreviation).startswith(start))
            near += [(0, number) for number in begun]
        exact = self._by_letters.get(start, [])
        found = dict.fromkeys(number for _, number in sorted(near) if number not in exact)
        return [self.rows[number] for number in found][:MOST_LIKE]
