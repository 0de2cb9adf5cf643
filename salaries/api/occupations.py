"""/api/v1/occupations/ and /api/v1/search/."""

from typing import Annotated

from ninja import Field, Query, Router
from ninja.errors import HttpError

from careers.facets import facets, listed, narrow
from careers.forms import OccupationFilter
from careers.kept import kept
from careers.models import CertificationUse, Occupation, Profile
from careers.outlook import outlook_figures, word_of
from careers.search.kept import index
from salaries.api.common import HEADLINE, US, Unusable, occupation_named, pay_figures, release_shown
from salaries.api.cursors import page_of
from salaries.api.schemas import (
    Asked,
    OccupationListed,
    OccupationTold,
    Page,
    SearchTold,
    Text,
    answers,
    tell,
)
from salaries.figures import AreaType, figure_of
from salaries.models import NATION, Release, Wage

router = Router(tags=["Occupations"])
Several = Annotated[list[Text], Field(max_length=20)]
WITH = ("parent", "profile", "projection", "parent__projection")


class OccupationsAsked(Asked):
    """As the list of occupations takes them."""

    q: Text = Field("", description="Words in the title or code.")
    group: Text = Field("", description="A major group's code: 29-0000.")
    level: Text = Field("", description="detailed (without it), broad, minor or major.")
    area: Text = Field("", description="A place by slug, code, title or postal code, for the pay.")
    pay_from: Text = Field("", description="The least yearly median, dollars.")
    pay_to: Text = Field("", description="The most yearly median, dollars.")
    entry_education: Several = Field([], description="high_school, certificate, associate, bachelor, ...")
    outlook: Several = Field([], description="much-faster-than-average, faster-than-average, ...")
    job_zone: Several = Field([], description="1 to 5, O*NET's.")
    interest: Several = Field([], description="realistic, investigative, artistic, ...")
    patient_contact: Several = Field([], description="As profiles have it.")


@router.get("/occupations/", response=answers(Page[OccupationListed]), summary="Occupations, by code")
def occupations(request, asked: Query[OccupationsAsked]):
    """Every occupation that the newest release has figures for, narrowed as on the page of that name."""
    release, facts = release_shown(), kept()
    edition, span = facts.projected or (None, "")
    words = facts.outlook_words.get(edition, [])
    form = OccupationFilter(request.GET, facts.major_groups, facets(words, span))
    if form.problems:
        # The page goes on without what it cannot use and says so; a program is told, and no more.
        told = {name: [f"{m.split(', so ')[0].rstrip('.')}." for m in ms] for name, ms in form.errors.items()}
        raise Unusable(told, [area.slug for area in form.near_areas])
    rows = facts.occupations(release, form.chosen_level)
    if form.area:
        wages = Wage.objects.for_occupation_list(release, form.chosen_level, form.area.code)
        rows = listed(wages, facts.facts)
    place = form.area.title if form.area else US

    def row_told(row):
        figures = {name: tell(figure_of(row.wage, name, release, place)) for name in HEADLINE}
        return occupation_named(request, row.code, row.name, row.slug) | {
            "entry_education": (row.choices["entry_education"] or ("",))[0],
            "outlook": row.facts.outlook,
            "outlook_period": row.facts.span,
            "figures": figures,
        }

    rows = sorted(narrow(rows, form.tests()).fits, key=lambda row: row.code)
    return page_of(request, rows, name="occupations", key=lambda row: row.code, asked=asked, tell=row_told)


@router.get("/occupations/{code}/", response=answers(OccupationTold), summary="One occupation")
def occupation(request, code: Text):
    """Its national pay in the newest release, its outlook, what entry takes, its certifications."""
    found = Occupation.objects.select_related(*WITH).filter(code=code).first()
    if found is None:
        raise HttpError(404, "No occupation has this code. Codes look like 29-2072.")
    facts, release = kept(), release_shown()
    wage = Wage.objects.filter(release=release, occupation=found, area__code=NATION).first()
    figures = pay_figures(wage, release, US, AreaType.NATION)
    return _named(request, found) | {
        "level": found.level,
        "classification": found.get_soc_version_display(),
        "is_retired": found.is_retired,
        "successors": [_named(request, o) for o in _successors(found, facts.lineage)],
        "parent": _named(request, found.parent) if found.parent else None,
        "summary": _summary(found),
        "figures": {name: tell(figure) for name, figure in figures.items()},
        **_projected(found, facts),
        "certifications": _certifications(request, found),
    }


def _named(request, occupation):
    return occupation_named(request, occupation.code, occupation.name, occupation.slug)


def _successors(occupation, lineage):
    """The codes that count its jobs today; none for a code in use."""
    if not occupation.is_retired:
        return []
    keys = {key for span in lineage.after(occupation.id) if span.last is None for key in span.codes}
    return Occupation.objects.current().filter(pk__in=keys).order_by("code")


def _summary(occupation):
    profile = getattr(occupation, "profile", None)
    if profile is None or profile.status != Profile.Status.PUBLISHED:
        return ""
    return "" if "{" in profile.summary else profile.summary  # {annual_median}: a page's figures


def _projected(occupation, facts):
    """Outlook and entry, of the code itself or of that in which BLS counts it."""
    from careers.cards.outlook import projection_of

    projection = projection_of(occupation)
    if projection is None:
        return {"outlook": None, "entry": None}
    source = facts.sources[projection.source_id]
    words = facts.outlook_words.get(projection.source_id, [])
    word = word_of(projection, words) if words and projection.change_percent is not None else None
    own = projection.occupation_id == occupation.id
    outlook = {
        "word": word.word if word else None,
        "code": occupation.code if own else occupation.parent.code,
        "figures": {name: tell(figure) for name, figure in outlook_figures(projection, source).items()},
    }
    entry = {
        "education": projection.get_entry_education_display(),
        "experience": projection.get_experience_display(),
        "training": projection.get_training_display(),
        "source": source.cited,
    }
    return {"outlook": outlook, "entry": entry if projection.entry_education else None}


def _certifications(request, occupation):
    uses = CertificationUse.objects.filter(occupation=occupation).select_related("certification")
    return [
        {
            "key": use.certification.key,
            "name": str(use.certification),
            "relation": use.relation,
            "note": use.note,
            "url": request.build_absolute_uri(use.certification.get_absolute_url()),
        }
        for use in sorted(uses, key=lambda use: (use.rank, use.certification.name))
    ]


class SearchAsked(Asked):
    q: str = Field(min_length=1, max_length=200, description="A title, a code, or words.")


@router.get("/search/", response=answers(SearchTold), summary="Occupations by any of their titles")
def search(request, asked: Query[SearchAsked]):
    """The likeliest first; retired codes lead to those in use. Certifications that match come beside."""
    found, release = index(kept()).find(asked.q), Release.objects.newest_shown()
    hits = list(enumerate(found.hits))
    start_to_end = page_of(
        request, hits, name="search", key=lambda hit: f"{hit[0]:06d}", asked=asked, tell=lambda hit: hit[1]
    )
    shown = start_to_end["items"]
    wages = {}
    if shown and release:
        rows = Wage.objects.for_profile([hit.entry.id for hit in shown], [release.id])
        wages = {row.occupation_id: row for row in rows}

    def hit_told(hit):
        entry, wage = hit.entry, wages.get(hit.entry.id)
        figures = {n: tell(figure_of(wage, n, release, US)) for n in HEADLINE} if release else {}
        named = occupation_named(request, entry.code, entry.name, entry.slug)
        return named | {"matched": hit.matched, "figures": figures}

    return start_to_end | {
        "query": found.query,
        "items": [hit_told(hit) for hit in shown],
        "certifications": [
            {"key": row.key, "name": row.label, "url": request.build_absolute_uri(row.url)}
            for row in found.certifications
        ],
    }
