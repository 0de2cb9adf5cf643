"""What several addresses of the API share: the release asked for, and names as JSON."""

from ninja.errors import HttpError

from salaries.exports import FIGURES
from salaries.figures import AREA_TYPE_LABELS, AreaType, figure_of, not_loaded
from salaries.models import Release
from salaries.picks import pick_areas, pick_occupations

US = "United States"
HEADLINE = ("annual_median", "hourly_median", "employment")


class Unusable(HttpError):
    """A parameter that names nothing; `fields` says which and why, `near` what may be meant."""

    def __init__(self, fields, near=(), status=400):
        message = " ".join(words for several in fields.values() for words in several)
        super().__init__(status, message)
        self.fields, self.near = fields, list(near)


def release_shown(year=None):
    """The release of a year, the newest without one; HttpError 404 where the site has none."""
    release = Release.objects.of_year(year) if year else Release.objects.newest_shown()
    if release is None:
        words = f"This site holds no release of May {year}." if year else "This site holds no release yet."
        raise HttpError(404, f"{words} /api/v1/releases/ lists those that it holds.")
    return release


def occupation_named(request, code, title, slug):
    """An occupation as the API names it."""
    url = request.build_absolute_uri(f"/occupations/{code}-{slug}/")
    return {"code": code, "title": title, "url": url}


def area_named(request, code, title, slug, area_type):
    url = request.build_absolute_uri(f"/areas/{slug}/")
    return {"code": code, "title": title, "type": AREA_TYPE_LABELS[AreaType(area_type)], "url": url}


def picked(texts, kind):
    """Occupations or areas by code, title or address, at most four; Unusable for one that is none."""
    picks = (pick_occupations if kind == "occupation" else pick_areas)(texts)
    if picks.problems:
        near = (
            [f"{o.code} {o.name}" for p in picks.problems for o in p.near]
            if kind == "occupation"
            else [area.slug for p in picks.problems for area in p.near]
        )
        raise Unusable({kind: [p.message for p in picks.problems]}, near)
    return picks.found


def pay_figures(wage, release, place, area_type, names=FIGURES):
    """{measure: Figure} of a wage, or of None; "not loaded" where the release lacks that kind of area."""
    if wage is None and str(int(area_type)) not in release.levels:
        source = release.source.short_name
        return {name: not_loaded(name, place, release.period, source) for name in names}
    return {name: figure_of(wage, name, release, place) for name in names}
