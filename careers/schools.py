"""Which schools teach what: small tables of schools, programs and awards, kept in memory.

There are some 6,000 schools, 2,300 programs and 270,000 awards; the first two are held whole, and a
program's awards from when somebody first asks for them, as three arrays of whole numbers (nine
bytes an award). So a list of thousands of schools is counted, sorted and paged without the
database. It is held by careers.kept under the data version.
"""

import datetime
from array import array
from collections import Counter
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Count, Q, Sum
from django.utils import timezone

from careers.models import (
    Award,
    AwardLevel,
    CodeChange,
    EducationPath,
    Level,
    Occupation,
    Program,
    ProgramOccupation,
    School,
    Sector,
)
from careers.models.occupation import CURRENT_SOC
from careers.places_near import Places

LEVEL_ORDER = {value: place for place, value in enumerate(AwardLevel.values)}
SHORT_LEVELS = {
    AwardLevel.CERTIFICATE_UNDER_12_WEEKS: "certificate, under 12 weeks",
    AwardLevel.CERTIFICATE_UNDER_1_YEAR: "certificate, 12 weeks to 1 year",
    AwardLevel.CERTIFICATE_1_TO_2_YEARS: "certificate, 1 to 2 years",
    AwardLevel.ASSOCIATE: "associate’s",
    AwardLevel.CERTIFICATE_2_TO_4_YEARS: "certificate, 2 to 4 years",
    AwardLevel.BACHELOR: "bachelor’s",
    AwardLevel.CERTIFICATE_POST_BACHELOR: "post-bachelor’s certificate",
    AwardLevel.MASTER: "master’s",
    AwardLevel.CERTIFICATE_POST_MASTER: "post-master’s certificate",
    AwardLevel.DOCTOR_RESEARCH: "doctor’s, research",
    AwardLevel.DOCTOR_PROFESSIONAL: "doctor’s, professional",
    AwardLevel.DOCTOR_OTHER: "doctor’s, other",
}
# The awards that an education path of a profile ends with; none where no school gives one.
LEVELS_OF_PATHS = {
    EducationPath.Level.CERTIFICATE: (20, 21, 2, 4),
    EducationPath.Level.ASSOCIATE: (3,),
    EducationPath.Level.BACHELOR: (5,),
    EducationPath.Level.MASTER: (7,),
    EducationPath.Level.DOCTORATE: (17, 18, 19),
}
MOST_HELD = 100_000  # awards in the surveys that are held, about 10 MB
FIELDS = (
    "id", "unitid", "slug", "name", "city", "state", "zip_code", "sector", "size", "site",
    "latitude", "longitude", "is_open", "closed",
)  # fmt: skip


class SchoolRow(NamedTuple):
    """A school as the lists need it."""

    id: int
    unitid: int
    slug: str
    name: str
    city: str
    state: str
    zip_code: str
    sector: int
    size: str
    site: str
    latitude: float | None
    longitude: float | None
    is_open: bool
    closed: datetime.date | None

    @property
    def url(self):
        return f"/schools/{self.unitid}-{self.slug}/"

    @property
    def place(self):
        return f"{self.city}, {self.state}"

    @property
    def is_closed(self):
        """IPEDS's word at the end of its year, or a day of closing that has come since."""
        return not self.is_open or (self.closed is not None and self.closed <= timezone.localdate())

    @property
    def standing(self):
        """That it is closed, or is going to be, in words; "" where nothing is known of an end."""
        day = f"{self.closed.day} {self.closed:%B %Y}" if self.closed else ""
        if self.is_closed:
            return f"closed on {day}" if day else "closed or merged"
        return f"closes on {day}" if day else ""


class ProgramRow(NamedTuple):
    id: int
    code: str
    title: str

    @property
    def url(self):
        return f"/programs/{self.code}/"


class OccupationRow(NamedTuple):
    """An occupation that a program leads to."""

    id: int
    code: str
    name: str
    slug: str
    parent_id: int | None

    @property
    def url(self):
        return f"/occupations/{self.code}-{self.slug}/"


class Awards(NamedTuple):
    """A program's awards: the same place in each array is one award."""

    schools: array
    levels: array
    completions: array

    @property
    def rows(self):
        return zip(self.schools, self.levels, self.completions, strict=True)


class Totals(NamedTuple):
    """What the open schools gave in a program: how many schools gave awards, and how many awards."""

    schools: int
    completions: int


class Schools:
    """The tables of one data version, each asked for once, when it is first needed."""

    def __init__(self):
        self._awards, self._surveys = {}, {}

    @cached_property
    def rows(self):
        """Primary key to SchoolRow, by name."""
        rows = School.objects.order_by().values_list(*FIELDS)
        found = sorted(map(SchoolRow._make, rows), key=lambda row: (row.name.casefold(), row.unitid))
        return {row.id: row for row in found}

    @cached_property
    def by_unitid(self):
        return {row.unitid: row for row in self.rows.values()}

    @cached_property
    def places(self):
        return Places(self.rows.values())

    @cached_property
    def states(self):
        """The postal codes that schools have."""
        return {row.state for row in self.rows.values()}

    @cached_property
    def programs(self):
        """Primary key to ProgramRow, by code."""
        rows = Program.objects.order_by("code").values_list("id", "code", "title")
        return {row[0]: ProgramRow(*row) for row in rows}

    @cached_property
    def by_cip(self):
        return {row.code: row for row in self.programs.values()}

    @cached_property
    def _links(self):
        """Occupations by key, and the crosswalk both ways by keys."""
        names = ("code", "title", "display_title", "slug", "parent_id")
        rows = ProgramOccupation.objects.order_by("occupation__code", "program__code")
        rows = rows.values_list("program_id", "occupation_id", *(f"occupation__{n}" for n in names))
        occupations, to, of = {}, {}, {}
        for program, key, code, title, display, slug, parent in rows:
            if key not in occupations:
                occupations[key] = OccupationRow(key, code, display or title, slug, parent)
            to.setdefault(program, []).append(key)
            of.setdefault(key, []).append(program)
        return occupations, to, of

    @property
    def occupations(self):
        """Primary key to OccupationRow, of those that a program leads to."""
        return self._links[0]

    def occupations_of(self, program):
        """The occupations that a program leads to, by code."""
        occupations, to, _ = self._links
        return [occupations[key] for key in to.get(program, [])]

    @cached_property
    def _parts(self):
        """A code that OEWS made of several, to the keys of the SOC's codes in it: 29-2010, 21-1018."""
        parts = {}
        below = Occupation.objects.filter(parent__level=Level.DETAILED, level=Level.DETAILED)
        counted = CodeChange.objects.filter(old__soc_version=CURRENT_SOC, new__soc_version=CURRENT_SOC)
        for whole, part in [
            *below.order_by().values_list("parent_id", "id"),
            *counted.order_by().values_list("new_id", "old_id"),
        ]:
            parts.setdefault(whole, []).append(part)
        return parts

    def programs_of(self, occupation):
        """The keys of the programs that lead to an occupation, or to the codes that it is made of."""
        of = self._links[2]
        found = of.get(occupation)
        if not found:
            found = [key for part in self._parts.get(occupation, []) for key in of.get(part, [])]
        return sorted(set(found), key=lambda key: self.programs[key].code)

    def parts_of(self, occupation):
        """The occupations through which programs lead to one that the crosswalk does not name."""
        occupations, _, of = self._links
        if occupation in of:
            return []
        return [occupations[key] for key in self._parts.get(occupation, []) if key in occupations]

    @cached_property
    def source(self):
        """The Source of the awards, or None where none are loaded; they all come from one edition."""
        award = Award.objects.order_by("id").select_related("source").first()
        return award.source if award else None

    @cached_property
    def directory(self):
        """The Source of the schools themselves, or None where none are loaded."""
        school = School.objects.order_by("id").select_related("source").first()
        return school.source if school else None

    @property
    def year(self):
        """The year of the awards as a sentence names it: "2023-24"."""
        return self.source.edition if self.source else ""

    def awards(self, programs):
        """Primary key of a program to its Awards; one query for those that nobody asked for before."""
        missing = [key for key in programs if key not in self._awards]
        if missing:
            self._awards |= _awards_of(missing)
        return {key: self._awards[key] for key in programs}

    def survey(self, programs, wanted):
        """Every school that offers one of the programs, told as a Survey; `programs` are keys.

        The last few are held: the next page, the next order and the next reader need the same.
        """
        key = (tuple(programs), wanted)
        found = self._surveys.get(key)
        if found is None:
            found = _survey(self, programs, wanted)
            held = sum(told.awards for told in self._surveys.values())
            kept = self._surveys if held + found.awards < MOST_HELD else {}
            self._surveys = kept | {key: found}
        return found

    @cached_property
    def totals(self):
        """Primary key of a program to its Totals; a program in which nobody finished has none."""
        is_open = Q(school__is_open=True) & (
            Q(school__closed__isnull=True) | Q(school__closed__gt=timezone.localdate())
        )
        rows = Award.objects.filter(is_open, completions__gt=0).order_by().values_list("program")
        rows = rows.annotate(Count("school", distinct=True), Sum("completions"))
        return {program: Totals(schools, completions) for program, schools, completions in rows}


def _awards_of(programs):
    found = {key: Awards(array("l"), array("b"), array("l")) for key in programs}
    rows = Award.objects.filter(program__in=programs).order_by()
    for program, school, level, completions in rows.values_list(
        "program_id", "school_id", "level", "completions"
    ):
        awards = found[program]
        awards.schools.append(school)
        awards.levels.append(level)
        awards.completions.append(completions)
    return found


class Offer(NamedTuple):
    """A school of a list: what it gives of the programs asked for, and how far away it is.

    `awards` are (program's key, level, completions), the most completions first.
    """

    school: SchoolRow
    awards: list
    completions: int
    miles: float | None = None

    @property
    def is_counted(self):
        """Whether the school is open and somebody finished."""
        return self.completions > 0 and not self.school.is_closed


class Wanted(NamedTuple):
    """What schools are narrowed by; an empty one of them leaves all."""

    state: str = ""
    levels: frozenset = frozenset()
    sectors: frozenset = frozenset()
    programs: frozenset = frozenset()


class Survey(NamedTuple):
    """The schools that fit, and how many each choice would leave of those that fit the other filters.

    `offers` are narrowed by everything but the state. The counts are of open schools in which
    somebody finished: {postal code, level, sector or program's key: number}.
    """

    offers: list
    states: Counter
    levels: Counter
    sectors: Counter
    programs: Counter

    @property
    def awards(self):
        return sum(len(offer.awards) for offer in self.offers)


def _survey(index, programs, wanted):
    told = Survey([], Counter(), Counter(), Counter(), Counter())
    rows = index.rows
    for key, awards in _by_school(index, programs).items():
        school = rows[key]
        in_sector = not wanted.sectors or school.sector in wanted.sectors
        fits = awards
        if wanted.levels or wanted.programs:
            fits = [award for award in awards if _fits(award, wanted)]
        offer = Offer(school, sorted(fits, key=itemgetter(2), reverse=True), sum(map(itemgetter(2), fits)))
        if fits and in_sector:
            told.offers.append(offer)
        if not school.is_closed:
            _count(told, wanted, offer, awards, in_sector=in_sector)
    return told


def _by_school(index, programs):
    """The key of a school to its awards: (program's key, level, completions)."""
    found = {}
    for program, awards in index.awards(programs).items():
        for school, level, completions in awards.rows:
            found.setdefault(school, []).append((program, level, completions))
    return found


def _fits(award, wanted):
    program, level, _ = award
    return (not wanted.levels or level in wanted.levels) and (
        not wanted.programs or program in wanted.programs
    )


def _count(told, wanted, offer, awards, *, in_sector):
    """Count an open school for each choice that it would be left by."""
    school = offer.school
    in_state = not wanted.state or school.state == wanted.state
    if in_sector and offer.completions:
        told.states[school.state] += 1
    if in_state and offer.completions:
        told.sectors[school.sector] += 1
    if in_state and in_sector:
        given = [award for award in awards if award[2]]
        levels = {a[1] for a in given if not wanted.programs or a[0] in wanted.programs}
        told.levels.update(levels)
        told.programs.update({a[0] for a in given if not wanted.levels or a[1] in wanted.levels})


def sector_words(sector):
    return Sector(sector).label if sector in Sector.values else Sector.UNKNOWN.label


def level_words(level):
    return SHORT_LEVELS.get(level, "other award")
