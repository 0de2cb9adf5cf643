"""What one occupation pays in the states: the map, and the ranked table beside it.

By the year, unless the reader asks for the hour or BLS publishes hourly pay alone.
"""

from urllib.parse import urlencode

from salaries.charts.state_map import ranked_states, state_map
from salaries.figures import AreaType, figure_of
from salaries.tables import StatePayTable

BASES = {"year": ("annual_median", "A year"), "hour": ("hourly_median", "An hour")}
PARAMETER = "per"


class StatePay:
    """The states' medians among `wages`, the rows of one occupation in one release."""

    def __init__(self, query, occupation, wages, release):
        self.query, self.occupation, self.release = query, occupation, release
        self.rows = [w for w in wages if w.area_type in (AreaType.STATE, AreaType.TERRITORY)]
        self.figures = {per: self._figures(per) for per in BASES}
        self.published = [per for per in BASES if any(f.has_number for f in self.figures[per].values())]
        self.asked = query.get(PARAMETER, "")
        self.per = next((per for per in (self.asked, *BASES) if per in self.published), "year")

    def _figures(self, per):
        """{postal code: the median on that basis}."""
        measure = BASES[per][0]
        return {row.area_state: figure_of(row, measure, self.release, row.area_title) for row in self.rows}

    @property
    def problems(self):
        """What could not be used of the address."""
        if self.asked in ("", *BASES):
            return []
        return ["Pay is shown by the year or by the hour; there is no other basis."]

    def context(self):
        return {
            "state_map": self._map(),
            "ranked": self._ranked(),
            "bases": self._bases(),
            "per_note": self._note(),
            "cleared": self._address(),
            "per": self.per if self.per == self.asked else "",
        }

    def _map(self):
        urls = {row.area_state: f"{self._address(state=row.area_state)}#areas" for row in self.rows}
        return state_map(
            self.figures[self.per], title=self._title, urls=urls, chosen=self.query.get("state", "")
        )

    @property
    def _title(self):
        per = BASES[self.per][1].lower()
        return f"Median pay {per} of {self.occupation.name} by state, {self.release.period}"

    def _address(self, **changes):
        """The page in the same year and on the same basis, with something changed."""
        year = str(self.release.year)
        kept = {"year": year} if self.query.get("year") == year else {}
        if self.per == self.asked:
            kept[PARAMETER] = self.per
        pairs = urlencode(kept | changes)
        return f"?{pairs}" if pairs else ""

    def _ranked(self):
        rows = {row.area_state: row for row in self.rows}
        return StatePayTable(
            [rows[code] for code in ranked_states(self.figures[self.per])],
            caption=f"{self._title}, {self.release.source.short_name}",
            release=self.release,
            exclude=[measure for per, (measure, _) in BASES.items() if per != self.per],
        )

    def _bases(self):
        """(words, address, is it in use) of the ways to show pay, where there is a choice."""
        if len(self.published) < 2:
            return []
        query = self.query.copy()
        query.pop("_export", None)
        links = []
        for per, (_, words) in BASES.items():
            query[PARAMETER] = per
            links.append((words, f"?{query.urlencode()}#states", per == self.per))
        return links

    def _note(self):
        """Why the basis is not the one that was asked for, or not the usual one."""
        if self.published == ["hour"]:
            return f"Paid hourly only: BLS publishes no yearly pay for {self.occupation.name}."
        if self.published == ["year"] and self.asked == "hour":
            return f"Paid yearly only: BLS publishes no hourly pay for {self.occupation.name}."
        return ""
