"""What the data-quality metrics look at, each part asked of the database once.

Everything is about the public site: a preview changes nothing here.
"""

from collections import Counter
from functools import cached_property

from django.db.models import Count
from django.db.models.functions import Lower

from careers.models import (
    AlternateTitle,
    Certification,
    CertificationUse,
    CodeChange,
    EducationPath,
    Level,
    Occupation,
    Profile,
    Projection,
    Source,
)
from salaries.models import NATION, Area, IndustryWage, PriceParity, Release, Wage


class Evidence:
    """What the metrics look at, each part asked of the database once."""

    def __init__(self, today):
        self.today = today

    @cached_property
    def occupations(self):
        """Primary key to occupation, by code."""
        return {o.pk: o for o in Occupation.objects.order_by("code")}

    @cached_property
    def by_code(self):
        return {o.code: o for o in self.occupations.values()}

    @cached_property
    def current(self):
        """The codes of today's classification."""
        return [o for o in self.occupations.values() if not o.is_retired]

    @cached_property
    def single_occupations(self):
        return [o for o in self.current if o.level == Level.DETAILED]

    @cached_property
    def profiles(self):
        """An occupation's primary key to its profile, drafts too."""
        return {p.occupation_id: p for p in Profile.objects.order_by("pk")}

    @cached_property
    def paths(self):
        """A profile's primary key to the levels of its paths."""
        found = {}
        for profile, level in EducationPath.objects.order_by().values_list("profile_id", "level"):
            found.setdefault(profile, set()).add(level)
        return found

    @cached_property
    def entry_education(self):
        """An occupation's primary key to what BLS assigns as typical schooling for entry."""
        return dict(Projection.objects.order_by().values_list("occupation_id", "entry_education"))

    @cached_property
    def certifications(self):
        """Primary key to certification, with its issuer."""
        return {c.pk: c for c in Certification.objects.select_related("organization")}

    @cached_property
    def certified(self):
        """An occupation's primary key to those of its certifications."""
        found = {}
        for use in CertificationUse.objects.order_by().values_list("occupation_id", "certification_id"):
            found.setdefault(use[0], []).append(use[1])
        return found

    @cached_property
    def editors_titles(self):
        """(occupation's primary key, title) of editors' alternate titles."""
        rows = AlternateTitle.objects.filter(kind=AlternateTitle.Kind.EDITOR).order_by(
            "occupation__code", "title"
        )
        return list(rows.values_list("occupation_id", "title"))

    @cached_property
    def alternate_titles_like_editors(self):
        """The same of importers' alternate titles that read as one that an editor gave."""
        given = {title.lower() for _, title in self.editors_titles}
        given |= {o.display_title.lower() for o in self.current if o.display_title}
        rows = AlternateTitle.objects.exclude(kind=AlternateTitle.Kind.EDITOR).annotate(lower=Lower("title"))
        return list(
            rows.filter(lower__in=given).order_by("occupation__code").values_list("occupation_id", "title")
        )

    @cached_property
    def areas(self):
        return {a.pk: a for a in Area.objects.order_by("code")}

    @cached_property
    def releases(self):
        return list(Release.objects.select_related("source").defer("report").order_by("-year", "-revision"))

    @cached_property
    def published(self):
        """The published releases, newest first."""
        return [r for r in self.releases if r.status == Release.Status.PUBLISHED]

    @cached_property
    def newest(self):
        return self.published[0] if self.published else None

    @cached_property
    def other_sources(self):
        """The sources that are no release's, the newest edition last."""
        return list(Source.objects.filter(releases=None).order_by("published", "key"))

    @cached_property
    def in_nation(self):
        """Year to the primary keys of the occupations that its release publishes for the nation."""
        found = {release.pk: set() for release in self.published}
        wages = Wage.objects.filter(release__in=list(found), area__code=NATION)
        for release, occupation in wages.values_list("release_id", "occupation_id"):
            found[release].add(occupation)
        return {release.year: found[release.pk] for release in self.published}

    def is_in_newest(self, pk):
        return self.newest is not None and pk in self.in_nation[self.newest.year]

    @cached_property
    def code_changes(self):
        return list(CodeChange.objects.values_list("old_id", "new_id", "year"))

    @cached_property
    def unordered(self):
        """What the newest release's import said of its ladders out of order."""
        report = Release.objects.values_list("report", flat=True).get(pk=self.newest.pk)
        return (report.get("summary") or {}).get("ladders_out_of_order", [])

    @cached_property
    def with_price_parity(self):
        """The primary keys of the areas that have a price parity, of any year."""
        return set(PriceParity.objects.values_list("area_id", flat=True))

    @cached_property
    def rows_of_areas(self):
        """(release's primary key, area's primary key) to its wages, for the published releases."""
        keys = [release.pk for release in self.published]
        wages = Wage.objects.filter(release__in=keys).values_list("release_id", "area_id").order_by()
        return {(release, area): rows for release, area, rows in wages.annotate(Count("pk"))}

    @cached_property
    def rows_held(self):
        """(release's primary key, part as in Release.levels) to rows in the database."""
        held = Counter()
        keys = [release.pk for release in self.published]
        for (release, area), rows in self.rows_of_areas.items():
            held[release, str(self.areas[area].area_type)] += rows
        industry_wages = IndustryWage.objects.filter(release__in=keys).values_list("release_id").order_by()
        for release, rows in industry_wages.annotate(Count("pk")):
            held[release, "industries"] = rows
        return held
