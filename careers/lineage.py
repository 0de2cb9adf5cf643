"""What a code was before and what became of it, walked over the rows of CodeChange.

Nothing here asks the database: `Lineage` is made of every change at once (some two hundred), so
that a page needs one query however long a code's history is. A code is whatever names it, a
code or a primary key.
"""

from typing import NamedTuple


class Step(NamedTuple):
    """From May of `year` on, jobs of `old` are counted in `new`."""

    old: object
    new: object
    year: int


class Span(NamedTuple):
    """Codes that held the same jobs in the Mays from `first` to `last`; None where a side is open."""

    codes: list
    first: int | None
    last: int | None

    @property
    def words(self):
        """When: "through May 2018", "May 2019 and 2020", "from May 2021 on"."""
        if self.first is None:
            return f"through May {self.last}"
        if self.last is None:
            return f"from May {self.first} on"
        if self.first == self.last:
            return f"May {self.first}"
        joint = "and" if self.last - self.first == 1 else "to"
        return f"May {self.first} {joint} {self.last}"

    def covers(self, year):
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


class Lineage:
    def __init__(self, steps):
        self._into, self._out_of = {}, {}
        for old, new, year in steps:
            step = Step(old, new, year)
            self._into.setdefault(new, []).append(step)
            self._out_of.setdefault(old, []).append(step)

    def origins(self, code):
        """The steps into a code."""
        return self._into.get(code, [])

    def successions(self, code):
        """The steps out of a code."""
        return self._out_of.get(code, [])

    def before(self, code):
        """The codes that held these jobs earlier, as spans, newest first.

        Before 29-2072 there is 29-2098 in May 2019 and 2020, and 29-2054, 29-2071 and 29-2099
        through May 2018.
        """
        return _walk(self._earlier, code)

    def after(self, code):
        """The codes that hold these jobs later, as spans, oldest first."""
        return _walk(self._later, code)

    def numbers(self, code):
        """The numbers of one occupation, renumbered: {code: the first May without it}, newest first.

        The code's own is None. A number may come back later with another meaning, as 29-9099 did: what
        it counts from the May of the step on is not this occupation.
        """
        return {code: None, **{step.old: step.year for step in self.renamed_from(code)}}

    def renamed_from(self, code):
        """The steps by which codes became this one whole and alone, newest first."""
        found, before = [], None
        while step := _only(s for s in self.origins(code) if before is None or s.year < before):
            if not _only(s for s in self.successions(step.old) if s.year >= step.year):
                break
            found.append(step)
            code, before = step.old, step.year
        return found

    def renamed_to(self, code):
        """The code that this one became whole and alone in the end, or None: split, merged or unchanged."""
        current, after = None, 0
        while later := [s for s in self.successions(code) if s.year > after]:
            step = _only(later)
            if not step or not _only(s for s in self.origins(step.new) if s.year == step.year):
                return None
            current = code = step.new
            after = step.year
        return current

    def _earlier(self, code, year):
        """(old code, year of the step, first and last May of the old code) for steps before `year`."""
        for step in self.origins(code):
            if year is None or step.year < year:
                own = [s.year for s in self.origins(step.old) if s.year < step.year]
                yield step.old, step.year, max(own, default=None), step.year - 1

    def _later(self, code, year):
        for step in self.successions(code):
            if year is None or step.year > year:
                own = [s.year for s in self.successions(step.new) if s.year > step.year]
                yield step.new, step.year, step.year, min(own) - 1 if own else None


def by_year(rows, years, numbers):
    """Year to the row of that May, under the number that the occupation had then.

    `rows` have release_id and occupation_id, `years` maps releases to years, `numbers` is Lineage.numbers.
    """
    found = {}
    for number, until in numbers.items():
        for row in rows:
            year = years[row.release_id]
            if row.occupation_id == number and (until is None or year < until):
                found.setdefault(year, row)
    return found


def _only(steps):
    steps = list(steps)
    return steps[0] if len(steps) == 1 else None


def _walk(neighbours, code):
    """Spans of every code reached, step by step; years only ever move one way, so it ends."""
    spans, frontier = {}, {(code, None)}
    while frontier:
        reached = set()
        for start, year in sorted(frontier):
            for name, step_year, first, last in neighbours(start, year):
                spans.setdefault((first, last), set()).add(name)
                reached.add((name, step_year))
        frontier = reached
    return [Span(sorted(codes), first, last) for (first, last), codes in spans.items()]
