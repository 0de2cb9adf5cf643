"""Clean: O*NET's tables into rows of Waymark's own. Nothing here imports Django.

    rows = clean(read("db_30_1_text.zip"), {"29-2072": "Medical Records Specialists", ...})

O*NET's codes, 29-1141.03, are specialties of a SOC code. Ratings are those of the code itself,
29-1141.00, or of all its specialties together where O*NET rates no such code; titles are all.
Any problem stops the import: all are listed with file, line, column and value.
"""

import re
from calendar import month_name
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from careers.onet.read import CODE, TABLES
from careers.onet.rows import InterestRow, JobZoneRow, RelatedRow, TechnologyRow, TitleRow
from careers.onet.source import source_key
from careers.onet.titles import merged
from salaries.oews.problem import BadInput, Problem

ONET_CODE = re.compile(r"\d\d-\d{4}\.\d\d")
NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")
WHOLE = re.compile(r"[1-9]\d{0,8}")
MONTH = re.compile(r"(0[1-9]|1[0-2])/(20\d\d)")
SCALE = "OI"  # from 1, not suited, to 7; the scale IH repeats its order
INTERESTS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")
TIERS = ("Primary-Short", "Primary-Long", "Supplemental")
ZONES = {
    "1": "Job Zone One: Little or No Preparation Needed",
    "2": "Job Zone Two: Some Preparation Needed",
    "3": "Job Zone Three: Medium Preparation Needed",
    "4": "Job Zone Four: Considerable Preparation Needed",
    "5": "Job Zone Five: Extensive Preparation Needed",
}
LONGEST = {"Alternate Title": 200, "Reported Job Title": 200, "Example": 150, "Commodity Title": 100}
LONGEST |= {"Domain Source": 40}
NULL = "n/a"
OTHER = "Related O*NET-SOC Code"

# Why a line of Related Occupations is left out.
ITSELF = "relate an occupation to itself"
UNKNOWN = "relate one to a code that is not of SOC 2018"
REPEATED = "relate one to an occupation again, by another specialty"


class Cleaned(NamedTuple):
    """The rows of each table, and how many lines were read and left out, for a person."""

    titles: list
    interests: list
    job_zones: list
    related: list
    technologies: list
    counts: dict
    left_out: dict


class _Table:
    """A table being checked: its lines as dicts, and what is wrong with them."""

    def __init__(self, table, known, problems, *, key):
        self.file, self.known, self.problems = table.file, known, problems
        self.lines = [
            (line.number, dict(zip(table.columns, line.cells, strict=True))) for line in table.lines
        ]
        self._once(key)
        for column in ("Date", "Domain Source", *LONGEST):
            if column in table.columns:
                self._check(column)

    def refuse(self, line, column, value, reason):
        self.problems.append(Problem(self.file, line, column, value, reason))

    def _once(self, key):
        seen = {}
        for number, cells in self.lines:
            values = tuple(cells[name] for name in key)
            if values in seen:
                reason = f"stands in line {seen[values]} already with the same {', '.join(key)}. Keep one."
                self.refuse(number, key[-1], values[-1], reason)
            seen[values] = number

    def _check(self, column):
        for number, cells in self.lines:
            value = cells[column]
            if column == "Date" and not MONTH.fullmatch(value):
                self.refuse(number, column, value, "expected a month, 11/2023.")
            if not value or value == NULL:
                self.refuse(number, column, value, "expected a word. O*NET leaves none out here.")
            if len(value) > LONGEST.get(column, len(value)):
                self.refuse(number, column, value, f"expected at most {LONGEST[column]} characters.")

    def by_occupation(self):
        """{29-1141: {29-1141.00: [(line, cells), ...], 29-1141.01: ...}}, of the codes that are known."""
        grouped = defaultdict(lambda: defaultdict(list))
        for number, cells in self.lines:
            code = cells[CODE]
            if not ONET_CODE.fullmatch(code) or code[:7] not in self.known:
                reason = "expected an O*NET code, 29-2072.00, of an occupation of SOC 2018."
                self.refuse(number, CODE, code, reason)
            else:
                grouped[code[:7]][code].append((number, cells))
        return grouped

    def rated(self):
        """{29-1141: the lines of 29-1141.00}, or of all specialties where there is no such code."""
        return {
            soc: specialties.get(f"{soc}.00") or [line for lines in specialties.values() for line in lines]
            for soc, specialties in sorted(self.by_occupation().items())
        }

    def one_of(self, column, words):
        """Refuse each cell of a column that is none of these."""
        for number, cells in self.lines:
            if cells[column] not in words:
                self.refuse(number, column, cells[column], f"expected one of {', '.join(words)}.")

    def number(self, line, cells, column, low, high, *, is_whole=False):
        """A cell as a Decimal; None with a problem told where it is none between `low` and `high`."""
        text = cells[column]
        if (WHOLE if is_whole else NUMBER).fullmatch(text) and low <= (value := Decimal(text)) <= high:
            return value
        what = "a whole number" if is_whole else "a number"
        self.refuse(line, column, text, f"expected {what} from {low} to {high}.")
        return None


def clean(reading, own_titles):
    """The Cleaned rows of a Reading; `own_titles` is {code: title} of SOC 2018. Raises BadInput."""
    problems, key = [], source_key(reading)
    keys = {"Interests": (CODE, "Scale ID", "Element Name"), "Job Zone Reference": ("Job Zone",)}
    keys |= {"Job Zones": (CODE,), "Technology Skills": (CODE, "Commodity Title", "Example")}
    tables = {
        name: _Table(reading.tables[name], own_titles, problems, key=keys.get(name, columns[:2]))
        for name, columns in TABLES.items()
    }
    titles = _titles(tables["Alternate Titles"], tables["Sample of Reported Titles"], key)
    _check_zones(tables["Job Zone Reference"])
    interests = _interests(tables["Interests"], key)
    job_zones = _job_zones(tables["Job Zones"], key)
    related, left_out = _related(tables["Related Occupations"], key)
    technologies = _technologies(tables["Technology Skills"], key)
    if problems:
        raise BadInput(problems)
    counts = {f"{name}.txt": len(table.lines) for name, table in tables.items()}
    titles = merged(titles, own_titles)
    return Cleaned(titles, interests, job_zones, related, technologies, counts, left_out)


def _titles(alternate, reported, key):
    rows = []
    for kind, table, column in (
        ("alternate", alternate, "Alternate Title"),
        ("reported", reported, "Reported Job Title"),
    ):
        for soc, specialties in table.by_occupation().items():
            for _, cells in (line for lines in specialties.values() for line in lines):
                short = "1" if cells.get("Short Title", NULL) != NULL else ""
                rows.append(TitleRow(key, soc, kind, cells[column], short))
    return rows


def _interests(table, key):
    """The means of the ratings, rounded to two places; O*NET rates most occupations once."""
    table.lines = [(number, cells) for number, cells in table.lines if cells["Scale ID"] == SCALE]
    table.one_of("Element Name", [name.capitalize() for name in INTERESTS])
    rows = []
    for soc, lines in table.rated().items():
        ratings = defaultdict(list)
        for number, cells in lines:
            if (rating := table.number(number, cells, "Data Value", 1, 7)) is not None:
                ratings[cells["Element Name"].lower()].append(rating)
        counts = {len(ratings[name]) for name in INTERESTS}
        if len(counts) > 1:
            reason = f"expected ratings of all six interests of {soc}, on scale {SCALE}."
            table.refuse(lines[0][0], "Element Name", lines[0][1]["Element Name"], reason)
        elif counts != {0}:
            means = {name: _mean(ratings[name]) for name in INTERESTS}
            told = [str(mean) for mean in means.values()]
            rows.append(InterestRow(key, soc, *told, max(means, key=means.get), *_making(lines)))
    return rows


def _mean(ratings):
    return (sum(ratings) / len(ratings)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _making(lines):
    """How and when O*NET made these: ("Analyst", "August 2023"); ("Analyst", "2021 to 2023") of several."""
    makers = sorted({cells["Domain Source"] for _, cells in lines})
    months = {
        tuple(reversed(cells["Date"].split("/"))) for _, cells in lines if cells["Date"].count("/") == 1
    }
    years = sorted({year for year, _ in months})
    if len(months) == 1 and (month := months.pop()[1]).isdecimal():
        return ", ".join(makers), f"{month_name[int(month) % 13]} {years[0]}"
    return ", ".join(makers), " to ".join(dict.fromkeys([*years[:1], *years[-1:]]))


def _check_zones(table):
    """Refuse a release whose zones are others: what the numbers mean would be told wrong."""
    told = {cells["Job Zone"]: (number, cells["Name"]) for number, cells in table.lines}
    for zone in sorted(ZONES.keys() | told.keys()):
        number, name = told.get(zone, (None, ""))
        if name != ZONES.get(zone):
            reason = f"expected the zones 1 to 5, {zone} being {ZONES.get(zone, 'none')!r}."
            table.refuse(number, "Name", name, f"{reason} With other zones the site's words would be wrong.")


def _job_zones(table, key):
    """The zones of an occupation; several where O*NET's specialties of it differ."""
    rows = []
    for soc, lines in table.rated().items():
        zones = defaultdict(list)
        for number, cells in lines:
            table.number(number, cells, "Job Zone", 1, 5, is_whole=True)
            zones[cells["Job Zone"]].append((number, cells))
        rows += [JobZoneRow(key, soc, zone, *_making(lines)) for zone, lines in sorted(zones.items())]
    return rows


def _related(table, key):
    """The related occupations by their best rank, numbered anew, and how many lines were left out."""
    table.one_of("Relatedness Tier", TIERS)
    for number, cells in table.lines:
        if not ONET_CODE.fullmatch(other := cells[OTHER]):
            table.refuse(number, OTHER, other, "expected an O*NET code, 29-2072.00.")
    rows, left_out = [], Counter({ITSELF: 0, UNKNOWN: 0, REPEATED: 0})
    for soc, lines in table.rated().items():
        best = {}
        for number, cells in lines:
            rank = table.number(number, cells, "Index", 1, 999, is_whole=True)
            other = cells[OTHER][:7]
            if why := _why_left_out(soc, other, table.known, best):
                left_out[why] += 1
            if why in (None, REPEATED) and rank is not None:
                told = (rank, cells["Relatedness Tier"])
                best[other] = min(best.get(other, told), told)
        ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
        rows += [
            RelatedRow(key, soc, other, str(rank), tier) for rank, (other, (_, tier)) in enumerate(ranked, 1)
        ]
    return rows, dict(left_out)


def _why_left_out(soc, other, known, best):
    if other == soc:
        return ITSELF
    if other not in known:
        return UNKNOWN
    return REPEATED if other in best else None


def _technologies(table, key):
    for column in ("Hot Technology", "In Demand"):
        table.one_of(column, ("Y", "N"))
    flags = {}
    for soc, lines in table.rated().items():
        for _, cells in lines:
            what = (soc, cells["Example"], cells["Commodity Title"])
            hot, in_demand = flags.get(what, (False, False))
            flags[what] = (hot or cells["Hot Technology"] == "Y", in_demand or cells["In Demand"] == "Y")
    return [
        TechnologyRow(key, *what, *("1" if flag else "" for flag in told))
        for what, told in sorted(flags.items())
    ]
