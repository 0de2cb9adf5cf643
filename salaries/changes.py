"""What a release changed, in words for the public: its Change rows to the sections of a page.

They and the counts in Release.report were made when the release was compared with the one before
it (salaries.oews.compare). Any count may be missing, and then there is nothing to say about it.
"""

from dataclasses import dataclass
from itertools import groupby

from salaries.figures import MEASURES, Unit, format_value
from salaries.models import NEW_METHOD_YEAR, Change

AREA_KINDS = ("areas_new", "areas_gone", "areas_renamed")
OCCUPATION_KINDS = set(Change.Kind.values) - set(AREA_KINDS)
FOLD_OVER = 12  # of a longer list all but the first few are folded away
IN_SIGHT = 6


@dataclass(frozen=True)
class Item:
    """One line of a list: what changed, where that leads (may be empty), and how it changed."""

    title: str
    href: str
    words: str = ""


@dataclass(frozen=True)
class Section:
    """One kind of change: a heading, what it means, and the lines it is about."""

    key: str
    heading: str
    sentence: str
    items: list

    @property
    def shown(self):
        """The lines in sight: all of a short list, the first few of a long one."""
        return self.items if len(self.items) <= FOLD_OVER else self.items[:IN_SIGHT]

    @property
    def folded(self):
        return self.items[len(self.shown) :]


class ChangeReport:
    """A release's report, read for a page: first `codes` and `area_codes`, to look up what they
    name, then `headline` and `sections`."""

    def __init__(self, release):
        self.changes = release.report.get("changes", {}) | release.listed_changes()
        self.unordered = release.report.get("summary", {}).get("ladders_out_of_order", [])
        self.period = release.period
        self.base = f"May {self.changes['base_year']}" if "base_year" in self.changes else ""

    def listed(self, key):
        return self.changes.get(key) or []

    @property
    def codes(self):
        """Every occupation code that the report names."""
        entries = [entry for key in self.changes if key in OCCUPATION_KINDS for entry in self.listed(key)]
        entries += [new for entry in entries for new in entry.get("into", [])]
        return {entry["code"] for entry in entries + self.unordered}

    @property
    def area_codes(self):
        """Every area code that the report names."""
        entries = [entry for key in AREA_KINDS for entry in self.listed(key)]
        return {entry["code"] for entry in entries} | {entry["area"] for entry in self.unordered}

    @property
    def headline(self):
        """The sentences that sum the comparison up; none without one."""
        if not self.base:
            return []
        said = [f"{self.period} is compared with {self.base}, occupation by occupation, in the nation."]
        if int(self.base[-4:]) < NEW_METHOD_YEAR <= int(self.period[-4:]):
            said.append(
                f"BLS changed how it makes its estimates in May {NEW_METHOD_YEAR}: "
                "part of any change may be that."
            )
        if (compared := self.changes.get("compared")) is not None:
            said.append(f"{compared:,} occupations have a yearly median in both years.")
        if (change := self.changes.get("median_change_percent")) is not None:
            said.append(_half(change))
        if (moved := self.changes.get("moved")) is not None:
            said.append(f"{moved:,} moved by more than 10%.")
        return said

    @property
    def counts(self):
        """(what, how many) of each kind of change that there is any of."""
        return [(kind.label, self._count(kind)) for kind in Change.Kind if self.listed(kind)]

    def _count(self, kind):
        """ "47"; "168, in 45 occupations" where an occupation has several figures of the kind."""
        entries = self.listed(kind)
        codes = {entry["code"] for entry in entries}
        if len(codes) == len(entries):
            return f"{len(entries):,}"
        return f"{len(entries):,}, in {len(codes):,} occupation{'' if len(codes) == 1 else 's'}"

    def rows(self):
        """Every change as a row of an export: figures in dollars, empty where the kind has none."""
        for kind in Change.Kind:
            for entry in self.listed(kind):
                yield self._row(kind, entry)

    def _row(self, kind, entry):
        measure = MEASURES.get(entry.get("measure", "annual_median" if kind == Change.Kind.MOVERS else ""))
        before, now = self._values(kind, entry)
        scale = 100 if measure and measure.unit is Unit.CENTS_AN_HOUR else 1
        return {
            "release": self.period,
            "against": self.base,
            "change": str(kind),
            "code": entry["code"],
            "title": entry.get("title") or entry["new"],
            "measure": measure.name if measure else "",
            "before": before / scale if isinstance(before, int) and scale > 1 else before,
            "now": now / scale if isinstance(now, int) and scale > 1 else now,
            "percent": entry.get("percent", ""),
        }

    def _values(self, kind, entry):
        """What stood before and what stands now: dollars or cents, titles, or codes; "" for neither."""
        value, bound = entry.get("value", ""), entry.get("bound")
        if kind == Change.Kind.MARKS_TO_NUMBERS:
            return f"at least {format_value(bound, MEASURES[entry['measure']].unit)}", value
        if kind == Change.Kind.NUMBERS_TO_MARKS:
            return value, f"at least {format_value(bound, MEASURES[entry['measure']].unit)}"
        if kind == Change.Kind.PUBLISHED_NOW:
            return "not published", "at or above the top code" if value is None else value
        if kind == Change.Kind.PUBLISHED_NO_LONGER:
            return "at or above the top code" if value is None else value, "not published"
        if "into" in entry:
            return entry["code"], " ".join(new["code"] for new in entry["into"])
        return entry.get("old", ""), entry.get("new", "")

    def sections(self, occupations, areas):
        """The lists that have something in them, in reading order.

        `occupations` and `areas` map codes to the objects that the site has for them.
        """
        sections = [
            Section(
                kind,
                heading,
                sentence.format(base=self.base, period=self.period),
                words_of(self, kind, areas if kind in AREA_KINDS else occupations),
            )
            for kind, heading, sentence, words_of in SECTIONS
        ]
        sections.append(
            Section(
                "order",
                "Percentiles out of order",
                "A percentile lies below the one before it. The figures stand as the publisher gives them.",
                self._unordered(occupations, areas),
            )
        )
        return [section for section in sections if section.items]

    def _movers(self, kind, occupations):
        return [
            Item(
                entry["title"],
                href(occupations, entry["code"]),
                f"the published median {'rose' if entry['new'] > entry['old'] else 'fell'} "
                f"{abs(entry['percent']):,.0f}%: {dollars(entry['old'])} a year in {self.base}, "
                f"{dollars(entry['new'])} in {self.period}",
            )
            for entry in self.listed(kind)
        ]

    def _marks(self, key, occupations):
        """One line an occupation: its yearly measures, or its hourly ones where no yearly one changed."""
        items = []
        for (code, title), group in groupby(self.listed(key), key=lambda e: (e["code"], e["title"])):
            entries = list(group)
            yearly = [e for e in entries if e["measure"].startswith("annual_")]
            words = "; ".join(self._mark_words(key, entry) for entry in yearly or entries)
            items.append(Item(title, href(occupations, code), words))
        return items

    def _mark_words(self, key, entry):
        measure = MEASURES[entry["measure"]]
        value = format_value(entry["value"], measure.unit)
        bound = f"at least {format_value(entry['bound'], measure.unit)}"
        before, now = (bound, value) if key == "marks_to_numbers" else (value, bound)
        return f"{measure.label} {measure.unit} {before}, now {now}"

    def _named(self, key, objects):
        return [Item(e["title"], href(objects, e["code"]), e["code"]) for e in self.listed(key)]

    def _lineage(self, key, occupations):
        return [
            Item(
                f"{entry['code']} {entry['title']}",
                href(occupations, entry["code"]),
                "now counted in " + joined([f"{new['code']} {new['title']}" for new in entry["into"]]),
            )
            for entry in self.listed(key)
        ]

    def _renamed(self, key, objects):
        return [
            Item(e["new"], href(objects, e["code"]), f"{e['code']}, before: {e['old']}")
            for e in self.listed(key)
        ]

    def _unordered(self, occupations, areas):
        items = []
        for entry in self.unordered:
            occupation, area = occupations.get(entry["code"]), areas.get(entry["area"])
            unit = Unit.DOLLARS_A_YEAR if entry["ladder"] == "annual" else Unit.CENTS_AN_HOUR
            steps = [format_value(v, unit) if v is not None else "no figure" for v in entry["values"]]
            place = area.title if area else entry["area"]
            words = f"{place}, 10th to 90th percentile {unit}: {', '.join(steps)}"
            items.append(
                Item(
                    occupation.name if occupation else entry["code"], href(occupations, entry["code"]), words
                )
            )
        return items


def joined(words):
    """A list in a sentence: "a", "a and b", "a; b and c" (titles have commas of their own)."""
    return " and ".join(["; ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def href(objects, code):
    return objects[code].get_absolute_url() if code in objects else ""


def dollars(value):
    return format_value(value, Unit.DOLLARS_A_YEAR)


def _half(change):
    """The middle one of the changes in medians, in percent, as what half of the medians did."""
    if not change:
        return "As many of these medians rose as fell."
    way = "rose" if change > 0 else "fell"
    return f"Half of these medians {way} by about {abs(change):.1f}% or more."


def signed(number, digits):
    """A change with its sign; a true minus, which screen readers say and hyphens do not."""
    return f"{number:+,.{digits}f}".replace("-", "−")


# Each kind of change: its heading, what it means, and how its lines are worded.
SECTIONS = [
    (
        Change.Kind.MOVERS,
        "Medians that moved by more than 10%",
        "A large move is often a change in who was surveyed, not a raise or a cut.",
        ChangeReport._movers,
    ),
    (
        Change.Kind.MARKS_TO_NUMBERS,
        "Bounds that became figures",
        "{base} gave only “at least”; {period} gives the figure. The difference is not a raise.",
        ChangeReport._marks,
    ),
    (
        Change.Kind.NUMBERS_TO_MARKS,
        "Figures that became bounds",
        "{base} gave the figure; {period} gives only “at least”. The difference is not a cut.",
        ChangeReport._marks,
    ),
    (
        Change.Kind.PUBLISHED_NOW,
        "Medians published that were not before",
        "{base} gave no yearly median for the occupation; {period} gives one.",
        ChangeReport._named,
    ),
    (
        Change.Kind.PUBLISHED_NO_LONGER,
        "Medians no longer published",
        "{base} gave a yearly median for the occupation; {period} gives none.",
        ChangeReport._named,
    ),
    (
        Change.Kind.CODES_SPLIT,
        "Occupations that were split",
        "Their jobs are counted under several codes now: earlier years cannot be set beside them.",
        ChangeReport._lineage,
    ),
    (
        Change.Kind.CODES_MERGED,
        "Occupations that were merged",
        "Several codes are counted under one now: earlier years cannot be set beside it.",
        ChangeReport._lineage,
    ),
    (
        Change.Kind.CODES_NEW,
        "Occupations new in the release",
        "They have national figures in {period} and had none in {base}.",
        ChangeReport._named,
    ),
    (
        Change.Kind.CODES_GONE,
        "Occupations no longer published",
        "They had national figures in {base} and have none in {period}.",
        ChangeReport._named,
    ),
    (
        Change.Kind.CODES_RENAMED,
        "Occupations with a new name",
        "The code is the same.",
        ChangeReport._renamed,
    ),
    (
        Change.Kind.AREAS_NEW,
        "Areas new in the release",
        "They have figures in {period} and had none in {base}.",
        ChangeReport._named,
    ),
    (
        Change.Kind.AREAS_GONE,
        "Areas no longer published",
        "They had figures in {base} and have none in {period}; many were redrawn.",
        ChangeReport._named,
    ),
    (
        Change.Kind.AREAS_RENAMED,
        "Areas with a new name",
        "The code is the same.",
        ChangeReport._renamed,
    ),
]
