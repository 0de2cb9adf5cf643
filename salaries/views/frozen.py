"""The page of one occupation in one revision of one release, at an address that citations keep.

What is shown comes from that revision's own rows, its titles included, so that it stays as it was
when newer figures, corrections and names come.
"""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careers.models import Occupation
from salaries.charts import ladder_chart
from salaries.figures import figure_of, ladder_of
from salaries.models import NATION, STATE_TYPES, Area, Release, ReleaseTitle, Wage
from salaries.picks import pick_areas

MEASURES = ("annual_median", "hourly_median", "annual_mean", "hourly_mean", "employment")
COLUMNS = ("annual_median", "hourly_median", "annual_p10", "annual_p90", "employment")


@require_safe
def frozen(request, year, code_slug, revision=None):
    """`revision` is None for the first. A release that only editors see is not there."""
    release = _release(int(year), int(revision or 1))
    occupation = Occupation.objects.filter(code=code_slug[:7]).first()
    if release is None or occupation is None:
        raise Http404("This site holds no such release or occupation.")
    if occupation.code_slug != code_slug:
        return redirect(f"/r/{release.frozen_slug}/occupations/{occupation.code_slug}/")
    area = _area(request)
    response = render(request, "salaries/frozen.html", _context(occupation, release, area))
    living = request.build_absolute_uri(occupation.get_absolute_url())
    response["Link"] = f'<{living}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _release(year, revision):
    public = Release.objects.exclude(status=Release.Status.STAGED).select_related("source").defer("report")
    return public.filter(year=year, revision=revision).first()


def _area(request):
    """The place that the address asks for, the nation without one."""
    asked = request.GET.get("area", "")
    if not asked:
        return Area.objects.filter(code=NATION).first()
    found = pick_areas([asked]).found
    if not found:
        raise Http404("No place has this name.")
    return found[0]


def _context(occupation, release, area):
    rows = Wage.objects.filter(release=release, occupation=occupation).as_rows()
    rows = {row.area_code: row for row in rows.filter(area__area_type__in=[*STATE_TYPES, area.area_type])}
    wage, place = rows.get(area.code), area.title
    annual, hourly = (ladder_of(wage, per, release, place) for per in ("annual", "hourly"))
    states = sorted((r for r in rows.values() if r.area_type in STATE_TYPES), key=lambda r: r.area_title)
    title = ReleaseTitle.objects.filter(release=release, occupation=occupation).first()
    name = title.title if title else occupation.title
    return {
        "section": "releases",
        "crumbs": [("Releases", "/releases/"), (release.period, release.get_absolute_url()), (name, "")],
        "canonical": occupation.get_absolute_url(),
        "occupation": occupation,
        "name": name,
        "release": release,
        "is_retired": release.status == Release.Status.RETIRED,
        "place": place,
        "wage": wage,
        "figures": {n: figure_of(wage, n, release, place) for n in MEASURES},
        "annual": annual,
        "hourly": hourly,
        "chart": ladder_chart(annual) or ladder_chart(hourly),
        "caption": f"Pay of {name}, {place}, {release.period}, {release.source.short_name}",
        "states": [(r, [figure_of(r, n, release, r.area_title) for n in COLUMNS]) for r in states],
        "states_caption": f"Pay of {name} by state, {release.period}, {release.source.short_name}",
        "files": sorted(release.source.files.items()),
    }
