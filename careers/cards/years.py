"""The occupation in the nation, May by May, broken where its code or the method changed."""

from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from careers.cards.names import US, listed, listed_spans
from careers.models import Level
from careers.tables.occupations import wage_cell, word_cells
from salaries.figures import Status
from salaries.trends import NOT_COMPUTED, History


def years(occupation, wages, **context):
    """The table of years, or None for an occupation without a wage in any."""
    return Years(occupation, wages, **context) if wages else None


class Years:
    """`wages` maps a year to the wage of that May, under the code or one that it was renamed from.

    `trend` is the Trend drawn above the table, whose constant dollars stand in it, or None.
    """

    def __init__(self, occupation, wages, *, releases, lineage, family, trend=None):
        self.occupation, self.wages, self.family = occupation, wages, family
        self.history = History(occupation.id, wages, lineage)
        self.releases = {release.year: release for release in releases}
        self.caption = f"Pay and jobs, {US}, each May, {releases[0].source.short_name}"
        self.base = trend.base if trend else None
        self.constant = {row.period: row.constant for row in trend.rows} if self.base else {}
        self.per, self.unit = ("hourly", "an hour") if self._is_hourly else ("annual", "a year")

    @property
    def _is_hourly(self):
        return self.wages[max(self.wages)].hourly_only

    @property
    def columns(self):
        ends = [f"10th percentile {self.unit}", f"90th percentile {self.unit}", f"Mean {self.unit}"]
        constant = [f"The same in May {self.base} dollars"] if self.base else []
        return [f"Median {self.unit}", *constant, *ends, "Jobs"]

    @property
    def width(self):
        """How many cells a row has, the year's among them."""
        return 1 + len(self.columns)

    @property
    def measures(self):
        return [*(f"{self.per}_{name}" for name in ("median", "p10", "p90", "mean")), "employment"]

    @property
    def begin(self):
        """Why the table begins where it does, if it does not begin with the oldest release."""
        first = min(self.wages)
        if first <= min(self.releases):
            return ""
        earlier = [s for s in self.history.before if s.last < first]
        if not earlier:
            return f"The releases on this site have no figures under this code before May {first}."
        return format_html(
            "Figures for this occupation begin in May {}. Before that these jobs were counted in {}.",
            first,
            listed_spans(earlier, self.family),
        )

    @cached_property
    def rows(self):
        """Newest first: a year's ready cells, or the words of a break between two years."""
        return list(self._rows())

    def _rows(self):
        newer = None
        for year in range(max(self.wages), min(self.wages) - 1, -1):
            if year in self.wages:
                if newer and (words := self._break(year, newer)):
                    yield {"words": words}
                yield {"cells": self._cells(year)}
                newer = year
            elif year not in self.releases:
                yield {"cells": self._word_cells(year, Status.NOT_LOADED)}
            elif not any(span.covers(year) for span in self.history.before):
                yield {"cells": self._word_cells(year, Status.NOT_PUBLISHED)}

    def _cells(self, year):
        wage, release = self.wages[year], self.releases[year]
        cells = [wage_cell(wage, name, release) for name in self.measures]
        if self.base:
            words = self.constant.get(f"May {year}", NOT_COMPUTED)
            cells.insert(1, f"<td>{words}</td>")
        head = f'<th scope="row">May {year}</th>'
        return mark_safe(head + "".join(cells))  # noqa: S308  # numbers and words of our own

    def _word_cells(self, year, status):
        return format_html('<th scope="row">May {}</th>{}', year, word_cells(status, len(self.columns)))

    def _break(self, older, newer):
        """What changed between two rows, in sentences; "" where nothing did."""
        sentences = [*self._moves(older, newer), *self._new_method(older, newer)]
        return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))

    def _new_method(self, older, newer):
        if self.history.is_new_method(older, newer):
            yield "BLS changed how it makes its estimates in May 2021: compare with earlier years with care."
            if self.occupation.level != Level.DETAILED:
                yield "The groups were redrawn too, so this one may hold other occupations than before."

    def _moves(self, older, newer):
        """A new number for the same jobs; or jobs that were elsewhere, came or left, after May `older`."""
        if self.history.is_renamed(older, newer):
            old = self.family[self.wages[older].occupation_id]
            yield f"Through May {older} the code was {old.code} {old.name}."
        elif away := self.history.away(older, newer):
            yield format_html(
                "Between these years the jobs were counted in {}. "
                "The figures below are not for quite the same jobs.",
                listed_spans(away, self.family),
            )
        else:
            yield from self._comings_and_goings(older, newer)

    def _comings_and_goings(self, older, newer):
        came, left = self.history.came(older, newer), self.history.left(older, newer)
        if came:
            codes = listed([self.family[s.old] for s in came])
            yield format_html("From May {} on this code takes in jobs of {}.", came[0].year, codes)
        if left:
            codes = listed([self.family[s.new] for s in left])
            yield format_html("In May {} some of its jobs moved to {}.", left[0].year, codes)
