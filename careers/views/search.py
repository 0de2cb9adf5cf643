"""Search: a page of hits that says which title matched, and the same hits as suggestions while typing."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import render

from careers.kept import kept
from careers.models import EntryEducation, Projection
from careers.search.certified import MOST_LIKE
from careers.search.hits import Tier
from careers.search.kept import index
from salaries.figures import figure_of
from salaries.models import Area, Release, Wage
from salaries.places import spoken

MOST_EXACT = 60  # every occupation that has one title: "machine operator" stands at 43
MOST_NEAR = 12
FEW_NEAR = 5
MOST_SUGGESTIONS = 8
MOST_SUGGESTED_CERTIFICATIONS = 2
US = "United States"


class Row(NamedTuple):
    """A hit as the page tells it; `matched` is empty where the occupation's own title matched."""

    name: str
    url: str
    code: str
    matched: str
    median: object
    education: str
    is_retired: bool


def search(request):
    facts, release = kept(), Release.objects.newest_shown()
    titles = index(facts)
    found, typed, place = _found(titles, facts.states, request.GET.get("q", ""))
    hits = _shown(found)
    told = _Told(hits, release, facts.sources, place)
    exact = [told.row(hit, found) for hit in hits if hit.tier is Tier.EXACT]
    near = [told.row(hit, found) for hit in hits if hit.tier is not Tier.EXACT]
    context = {
        "found": found,
        "typed": typed,
        "place": place,
        "names_certification": bool(found.query and titles.certifications.named(found.query)),
        "place_words": spoken(place.title) if place else "",
        "exact": exact,
        "near": near,
        "release": release,
        "projections": told.projections,
        "table_url": _table_url(found, hits),
        "more_certifications": urlencode({"q": found.query})
        if len(found.certifications) >= MOST_LIKE
        else "",
    }
    return render(request, "careers/search.html", context)


def _found(titles, states, typed):
    """(what is found, what was typed, the state it ends with or None): "medical coder in Ohio".

    A state is looked for where the words as they stand are no title, code or certification.
    """
    found = titles.find(typed)
    if found.code or found.certifications or any(hit.tier is Tier.EXACT for hit in found.hits):
        return found, found.query, None
    for key, title, _ in sorted(states, key=lambda state: -len(state[1])):  # West Virginia first
        within = titles.find(_before(found.query, title))
        if within.hits:
            return within, found.query, Area.objects.get(pk=key)
    return found, found.query, None


def _before(query, place):
    """The words before a place at a query's end, without "in"; "" where it does not end so."""
    words, ending = query.casefold().replace(",", " ").split(), place.casefold().split()
    rest = words[: -len(ending)]
    if words[-len(ending) :] != ending:
        return ""
    return " ".join(rest[:-1] if rest[-1:] == ["in"] else rest)


def suggest(request):
    """At most eight hits: {"options": [{"matched": "Medical Coder", "name": ..., "code", "url"}]}."""
    found = index(kept()).find(request.GET.get("q", ""))
    hits = [hit for hit in found.hits if hit.tier is not Tier.SOME_WORDS] or found.hits
    certifications = [
        {"matched": "", "name": row.label, "code": "certification", "url": row.url}
        for row in found.certifications
        if any(name.casefold().startswith(found.query.casefold()) for name in (row.abbreviation, row.name))
    ][:MOST_SUGGESTED_CERTIFICATIONS]
    occupations = [
        {"matched": _matched(hit), "name": hit.entry.name, "code": hit.entry.code, "url": hit.entry.url}
        for hit in hits[: MOST_SUGGESTIONS - len(certifications)]
    ]
    return JsonResponse({"options": occupations + certifications})


def _shown(found):
    exact = [hit for hit in found.hits if hit.tier is Tier.EXACT]
    near = [hit for hit in found.hits if hit.tier is not Tier.EXACT]
    if len(near) > FEW_NEAR:  # then those that lack a word of the query tell nothing more
        near = [hit for hit in near if hit.tier is not Tier.SOME_WORDS] or near
    return exact[:MOST_EXACT] + near[:MOST_NEAR]


def _table_url(found, hits):
    """The table of occupations with the query as its filter, if the table would have any of the hits."""
    words = (found.code or found.query).casefold().split()
    texts = [f"{hit.entry.code} {hit.entry.name} {hit.entry.title}".casefold() for hit in hits]
    if any(all(word in text for word in words) for text in texts):
        return "/occupations/?" + urlencode({"q": " ".join(words)})
    return ""


class _Told:
    """What the database knows of the hits: wages in the nation or a state, schooling, and who says so."""

    def __init__(self, hits, release, sources, place):
        self.release, self.wages, self.education, self.projections = release, {}, {}, None
        self.place = place.title if place else US
        ids = [hit.entry.id for hit in hits]
        if ids and release and place:
            rows = Wage.objects.for_comparison(ids, [place], release)
            self.wages = {row.occupation_code: row for row in rows}
        elif ids and release:
            codes = {hit.entry.id: hit.entry.code for hit in hits}
            rows = Wage.objects.for_profile(ids, [release.id])
            self.wages = {codes[row.occupation_id]: row for row in rows}
        rows = Projection.objects.filter(occupation__in=ids).exclude(entry_education="").order_by()
        for key, education, source in rows.values_list("occupation_id", "entry_education", "source_id"):
            self.education[key] = _schooling(EntryEducation(education))
            self.projections = sources[source]  # the site holds one edition at a time

    def row(self, hit, found):
        entry, wage = hit.entry, self.wages.get(hit.entry.code)
        measure = "hourly_median" if wage is not None and wage.hourly_only else "annual_median"
        return Row(
            name=entry.name,
            url=entry.url,
            code=entry.code,
            matched="" if found.earlier else _matched(hit),  # the page has said it of all of them
            median=figure_of(wage, measure, self.release, self.place) if self.release else None,
            education=self.education.get(entry.id, ""),
            is_retired=entry.is_retired,
        )


def _schooling(level):
    """ "bachelor's degree"; "certificate after high school" for BLS's postsecondary nondegree award."""
    if level is EntryEducation.CERTIFICATE:
        return "certificate after high school"
    return f"{level.label[0].lower()}{level.label[1:]}"


def _matched(hit):
    return "" if hit.is_by_own_title else hit.matched
