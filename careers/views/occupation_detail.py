"""An occupation's page: what it is, what it pays, where, since when, and who employs it."""

from django.db.models import Q
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.functional import cached_property

from careers import cards
from careers.kept import kept
from careers.lineage import by_year
from careers.models import CertificationUse, Level, Occupation, Profile, Projection, RelatedOccupation
from careers.views import occupation_exports
from salaries.exports import export_problem
from salaries.models import IndustryWage, Release, Wage
from salaries.trends import History, trend

NAMES = ("id", "code", "level", "title", "display_title", "slug", "soc_version", "parent_id")
WITH = ("profile", "interests", "projection", "education_attained", "parent__projection")
MOST_EMPLOYERS = 8  # the file has all
MOST_SIMILAR = 10
MOST_NEIGHBOURS = 14


def occupation_detail(request, code_slug):
    occupation = Occupation.objects.select_related(*WITH).filter(code=code_slug[:7]).first()
    if occupation is None:
        context = {"unknown_code": code_slug[:7], "section": "occupations"}
        return render(request, "404.html", context, status=404)
    facts = kept()
    family = family_of(occupation, facts.lineage)
    address = _address(occupation, facts.lineage, family)
    if code_slug != address:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"/occupations/{address}/{'?' if query else ''}{query}")
    page = OccupationPage(occupation, facts, family, state=request.GET.get("state", ""))
    if file := occupation_exports.response(request, page):
        return file
    context = page.context() | {"export_problem": export_problem(request)}
    return render(request, "careers/occupation_detail.html", context)


def nearest(relatives, code):
    """The few whose codes stand closest to a code, in the order of their codes."""
    below = [r for r in relatives if r.code < code]
    above = [r for r in relatives if r.code > code]
    half = MOST_NEIGHBOURS // 2
    first = below[-max(half, MOST_NEIGHBOURS - len(above)) :]
    return first + above[: MOST_NEIGHBOURS - len(first)]


def family_of(occupation, lineage):
    """By key, the codes that the page may name: those around it in the tree and in its history."""
    code, spans = occupation.code, lineage.before(occupation.id) + lineage.after(occupation.id)
    around = Q(code__gte=f"{code[:4]}000", code__lte=f"{code[:4]}999") | Q(code=f"{code[:2]}-0000")
    condition = around | Q(parent=occupation.id) | Q(id__in={c for span in spans for c in span.codes})
    rows = Occupation.objects.filter(condition).order_by("code").values_list(*NAMES)
    return {row[0]: cards.Relative(*row) for row in rows}


def _address(occupation, lineage, family):
    """The code-slug of the page that answers for the code: its own, or its successor's.

    A retired code leads on only where its whole content goes by one new code and nothing else does.
    """
    successor = family.get(lineage.renamed_to(occupation.id)) if occupation.is_retired else None
    if successor and not successor.is_retired:
        return successor.code_slug
    return occupation.code_slug


class OccupationPage:
    """What the page asks the database for, each thing once, and the cards made of it."""

    def __init__(self, occupation, facts, family, *, state=""):
        self.occupation, self.kept, self.family, self.state = occupation, facts, family, state
        self.lineage = facts.lineage
        self.releases = list(Release.objects.for_profile())
        self.newest = self.releases[0] if self.releases else None

    @cached_property
    def numbers(self):
        """The keys of the code and of those that it was renamed from: see Lineage.numbers."""
        return self.lineage.numbers(self.occupation.id)

    @cached_property
    def wages(self):
        """Year to the wage of that May in the nation, under the newest of its codes that has one."""
        years = {release.id: release.year for release in self.releases}
        return by_year(list(Wage.objects.for_profile(self.numbers, list(years))), years, self.numbers)

    @cached_property
    def shown(self):
        """The release whose figures the page shows: the newest that has any, or None."""
        return next((r for r in self.releases if r.year in self.wages), None)

    @cached_property
    def wage(self):
        return self.wages[self.shown.year] if self.shown else None

    @property
    def is_group(self):
        return self.occupation.level != Level.DETAILED

    @cached_property
    def ancestors(self):
        """The codes above, from the major group down."""
        chain, parent = [], self.family.get(self.occupation.parent_id)
        while parent is not None:
            chain.append(parent)
            parent = self.family.get(parent.parent_id)
        return chain[::-1]

    @cached_property
    def children(self):
        own = self.occupation.id
        return [r for r in self.family.values() if r.parent_id == own and not r.is_retired]

    @cached_property
    def neighbours(self):
        """Occupations of the same broad group; of the same minor group where it is alone in that."""
        for ancestor in reversed(self.ancestors):
            below = [r for r in self._detailed_below(ancestor.id) if r.id != self.occupation.id]
            if below and ancestor.level != Level.MAJOR:
                return ancestor, below
        return None, []

    def _detailed_below(self, key):
        for relative in self.family.values():
            if relative.parent_id == key and not relative.is_retired:
                if relative.level == Level.DETAILED:
                    yield relative
                else:
                    yield from self._detailed_below(relative.id)

    @cached_property
    def relatives_wages(self):
        """By key, the newest release's wages of the codes above, below and beside."""
        listed = self.children if self.is_group else self.children + self.neighbours[1]
        ids = [r.id for r in self.ancestors + listed] + [row.other_id for row in self.similar_rows]
        rows = Wage.objects.for_profile(ids, [self.newest.id] if self.newest else [])
        return {row.occupation_id: row for row in rows}

    @property
    def covering(self):
        """The nearest code above that has figures in the newest release."""
        return next((a for a in reversed(self.ancestors) if a.id in self.relatives_wages), None)

    @cached_property
    def state_wages(self):
        return list(Wage.objects.for_states(self.occupation.id, self.shown)) if self.shown else []

    @cached_property
    def employer_rows(self):
        if not self.shown:
            return []
        return list(IndustryWage.objects.for_profile(self.occupation.id, self.shown)[:MOST_EMPLOYERS])

    @cached_property
    def profile(self):
        """What editors have published of the occupation, or None."""
        profile = getattr(self.occupation, "profile", None)
        return profile if profile and profile.status == Profile.Status.PUBLISHED else None

    @cached_property
    def projection(self):
        """The occupation's projection, or that of the code in which BLS counts it; or None."""
        found = cards.projection_of(self.occupation)
        if found or self.occupation.is_retired or self.is_group:
            return found
        counted = self.lineage.after(self.occupation.id)
        if not counted or len(counted[-1].codes) > 1:
            return None
        rows = Projection.objects.filter(occupation__in=counted[-1].codes)
        return rows.select_related("occupation").first()

    @cached_property
    def similar_rows(self):
        rows = RelatedOccupation.objects.for_profile(self.occupation.id)
        return list(rows[:MOST_SIMILAR])

    @cached_property
    def titles(self):
        return list(self.occupation.alternate_titles.all())

    @cached_property
    def technologies(self):
        return list(self.occupation.technologies.all())

    @property
    def job_zones(self):
        return self.kept.job_zones.get(self.occupation.id, [])

    @cached_property
    def certification_uses(self):
        uses = CertificationUse.objects.filter(occupation=self.occupation)
        return uses.select_related("certification__organization")

    def context(self):
        occupation, shown = self.occupation, self.shown
        history = {"lineage": self.lineage, "family": self.family}
        drawn, is_at_pay = self._trend(), shown is not None and shown == self.newest
        context = {
            "section": "occupations",
            "crumbs": self._crumbs(),
            "canonical": occupation.get_absolute_url(),
            "occupation": occupation,
            "is_group": self.is_group,
            "release": shown,
            "standing": cards.standing(
                occupation, newest=self.newest, shown=shown, covering=self.covering, **history
            ),
            "pay": cards.pay(self.wage, shown),
            "trend": None if is_at_pay else drawn,
            "told_trend": drawn if is_at_pay else None,
            "years": cards.years(occupation, self.wages, releases=self.releases, trend=drawn, **history),
            "states": self._states(),
            "employers": cards.employers(self.employer_rows, self.wage.employment, shown) if shown else None,
            "exports": {table: occupation_exports.links(table) for table in occupation_exports.TABLES},
            **self._relatives(),
            **self._facts(),
            **self._written(),
        }
        if context["similar"]:
            context["neighbours"] = None  # the group is named under those that are alike
        return context | {"contents": cards.contents(context), "cited": self._cited()}

    def _trend(self):
        history = History(self.occupation.id, self.wages, self.lineage)
        return trend(history, {r.year: r for r in self.releases}, name=self.occupation.name)

    def _cited(self):
        """The sources of what the page says besides pay, each once, in the order of the page."""
        rows = [self.projection, *self.titles, *self.technologies, *self.job_zones, *self.similar_rows]
        rows += [getattr(self.occupation, name, None) for name in ("education_attained", "interests")]
        keys = dict.fromkeys(row.source_id for row in rows if row is not None and row.source_id)
        return [self.kept.sources[key] for key in keys]

    def _facts(self):
        """The cards of what publishers say besides pay."""
        occupation, sources = self.occupation, self.kept.sources
        return {
            "entry": self.entry,
            "outlook": self.outlook,
            "projection_note": cards.aggregate_note(occupation, self.projection),
            "first": cards.first(self.wage, self.shown, self.entry, self.outlook),
            "attained": cards.attained(getattr(occupation, "education_attained", None), sources),
            "interests": cards.interests(getattr(occupation, "interests", None), sources),
            "job_zone": cards.job_zone(self.job_zones, sources),
            "technologies": cards.technologies(self.technologies, sources),
            "titles": cards.titles(self.titles, sources),
            "similar": cards.similar(self.similar_rows, self.relatives_wages, self.newest, sources),
        }

    @cached_property
    def entry(self):
        return cards.entry(self.projection, self.kept.sources)

    @cached_property
    def outlook(self):
        if self.projection is None:
            return None
        projection = self.projection
        words = self.kept.outlook_words.get(projection.source_id, [])
        source = self.kept.sources[projection.source_id]
        return cards.outlook(projection, source, words, self.kept.projection_of_all)

    def _written(self):
        """The cards of what editors wrote."""
        profile = self.profile
        named = cards.named(self.wage, self.shown, self.outlook, self.entry)
        prose = cards.prose(profile, named)
        paths = list(profile.paths.all()) if profile else []
        return {
            "profile": profile,
            "prose": prose,
            "contacts": cards.contacts(profile),
            "paths": cards.paths(paths),
            "ladder": self._ladder(paths),
            "licences": cards.licences(self.kept.licences.get(self.occupation.id, [])),
            "profile_sources": self.kept.profile_sources.get(profile.pk, []) if profile else [],
            "certifications": cards.certifications(self.certification_uses),
            "missing": [] if self.is_group or self.occupation.is_retired else cards.missing(profile, prose),
        }

    def _ladder(self, paths):
        """Schools beside the education paths, in the reader's state."""
        if self.is_group or self.occupation.is_retired:
            return None
        figures = {"release": self.shown, "wage": self.wage, "state_wages": self.state_wages}
        return cards.ladder(paths, self.occupation, self.kept, asked=self.state, **figures)

    def _crumbs(self):
        above = [a for a in self.ancestors if a.level != Level.TOTAL and a.title != self.occupation.title]
        links = [(a.name, f"/occupations/{a.code_slug}/") for a in above]
        return [("Occupations", "/occupations/"), *links, (self.occupation.name, "")]

    def _states(self):
        if not self.shown:
            return None
        return cards.states(self.state_wages, self.kept.states, self.shown, hourly=self.wage.hourly_only)

    def _relatives(self):
        group, beside = (None, []) if self.is_group or self.occupation.is_retired else self.neighbours
        wages = self.relatives_wages
        published = nearest([r for r in beside if r.id in wages], self.occupation.code)
        return {
            "children": cards.relatives(
                self.children, wages, self.newest, caption=f"Median pay and jobs in {self.occupation.name}"
            ),
            "group": group,
            "neighbours": cards.relatives(
                published, wages, self.newest, caption=f"Median pay and jobs in {group.name if group else ''}"
            ),
        }
