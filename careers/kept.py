"""Small tables that pages need whole and that hardly ever change, kept in memory.

They are kept under the data version, which everything that changes what readers see raises: one
query tells whether what is kept is still true. Before anything was loaded nothing is kept.
"""

from functools import cached_property

from django.db.models import Q

from careers.facets import facts_of_all, listed
from careers.lineage import Lineage
from careers.models import (
    CodeChange,
    DataVersion,
    JobZone,
    LicenceRequirement,
    Occupation,
    OutlookWord,
    Profile,
    Projection,
    Source,
)
from careers.schools import Schools
from salaries.models import NATION, Area, PriceParity, Release, Wage
from salaries.models.area import STATE_TYPES
from salaries.models.wage import ALL_OCCUPATIONS, LADDER_FIELDS
from salaries.preview import previewed


class Kept:
    """The tables of one data version, each asked for once."""

    def __init__(self, version):
        self.version = version
        self._listed = {}
        self._of_all = {}
        self.schools = Schools()

    @cached_property
    def lineage(self):
        """Every code's history."""
        return Lineage(CodeChange.objects.order_by().values_list("old_id", "new_id", "year"))

    @cached_property
    def states(self):
        """(primary key, title, slug) of every state and territory."""
        return list(Area.objects.states().values_list("id", "title", "slug"))

    @cached_property
    def sources(self):
        """Primary key to Source, for the editions that facts name; OEWS's come with their releases."""
        return {source.pk: source for source in Source.objects.exclude(key__startswith="oews-")}

    @cached_property
    def outlook_words(self):
        """A source's primary key to its scale of words, the lowest first."""
        words = {}
        for word in OutlookWord.objects.all():
            words.setdefault(word.source_id, []).append(word)
        return words

    @cached_property
    def job_zones(self):
        """An occupation's primary key to its JobZones, the lowest first."""
        zones = {}
        for zone in JobZone.objects.all():
            zones.setdefault(zone.occupation_id, []).append(zone)
        return zones

    @cached_property
    def price_parities(self):
        """An area's code to the newest PriceParity that it has."""
        rows = PriceParity.objects.select_related("area", "source").order_by("year")
        return {parity.area.code: parity for parity in rows}

    @cached_property
    def projection_of_all(self):
        """The projection of all occupations together, beside which each one's stands; or None."""
        return Projection.objects.filter(occupation__code="00-0000").first()

    @cached_property
    def major_groups(self):
        """Rows with the code and title of every major group, by code."""
        return list(Occupation.objects.major_groups().values_list("code", "title", named=True))

    @cached_property
    def facts(self):
        """Every occupation's primary key to the facts that the list is narrowed by."""
        return facts_of_all(self.outlook_words, self.job_zones, self.lineage)

    @cached_property
    def projected(self):
        """(source's primary key, "2024 to 2034") of the edition of projections in use, or None."""
        return next(((f.source_id, f.span) for f in self.facts.values() if f.projection), None)

    def all_occupations(self, release):
        """An area's title to the wage of all occupations together there: states, territories, nation."""
        held, staged = self._of_all.get(release.pk), previewed()
        if held and (staged is None or staged.pk != release.pk):
            return held
        there = Q(area__code=NATION) | Q(area__area_type__in=STATE_TYPES)
        rows = Wage.objects.filter(there, release=release, occupation__code=ALL_OCCUPATIONS)
        rows = rows.values_list("area__title", *LADDER_FIELDS, named=True)
        held = self._of_all[release.pk] = {row.area__title: row for row in rows}
        return held

    @cached_property
    def profile_sources(self):
        """A profile's primary key to the Sources that its facts were checked against."""
        sources, found = Source.objects.in_bulk(), {}
        for profile, source in Profile.sources.through.objects.order_by("source__key").values_list(
            "profile_id", "source_id"
        ):
            found.setdefault(profile, []).append(sources[source])
        return found

    @cached_property
    def licences(self):
        """An occupation's primary key to the licences that an editor has confirmed, by state."""
        found = {}
        for row in LicenceRequirement.objects.confirmed().order_by("state", "name"):
            found.setdefault(row.occupation_id, []).append(row)
        return found

    def occupations(self, release, level):
        """The list of a level's occupations in the nation; a staged release may change unseen."""
        if release.status == Release.Status.STAGED:
            return listed(Wage.objects.for_occupation_list(release, level), self.facts)
        if (release.pk, level) not in self._listed:
            wages = Wage.objects.for_occupation_list(release, level)
            self._listed[release.pk, level] = listed(wages, self.facts)
        return self._listed[release.pk, level]


_held = {"kept": Kept(0)}


def kept():
    """What is kept of the data as they are now; one query, and one a table when it is first needed."""
    version, held = DataVersion.now(), _held["kept"]
    if not version or version != held.version:
        held = _held["kept"] = Kept(version)
    return held  # not what is in _held by now: another thread may read another version
