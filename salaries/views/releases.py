"""The editions of OEWS in use, and what each changed."""

from django.http import Http404
from django.shortcuts import render

from careers.models import Occupation
from salaries.changes import ChangeReport
from salaries.exports import export_links, export_problem, export_response
from salaries.figures import AreaType, Unit, format_value
from salaries.models import Area, Release

# Keys of Release.levels, as the page heads its columns.
ROW_COUNTS = {
    "nation": ("Nation", [AreaType.NATION]),
    "states": ("States", [AreaType.STATE, AreaType.TERRITORY]),
    "metros": ("Metros", [AreaType.METRO]),
    "nonmetros": ("Nonmetros", [AreaType.NONMETRO]),
    "industries": ("Industries", ["industries"]),
}


def release_list(request):
    releases = [_described(r) for r in Release.objects.shown().select_related("source").defer("report")]
    if file := export_response(request, [_export_row(r) for r in releases], "releases"):
        return file
    context = {
        "section": "releases",
        "crumbs": [("Releases", "")],
        "releases": releases,
        "count_headings": headings(),
        "export_links": export_links(request) if releases else [],
        "export_problem": export_problem(request),
    }
    return render(request, "salaries/release_list.html", context)


def release_detail(request, year):
    release = release_or_404(year)
    described = _described(release)
    report = ChangeReport(release)
    context = {
        "section": "releases",
        "crumbs": [("Releases", "/releases/"), (release.period, "")],
        "described": described,
        "release": release,
        "files": sorted(release.source.files.items()),
        "headline": report.headline,
        "changes": report.counts,
        "counts": zip(headings(), described["count_words"], strict=True),
    }
    return render(request, "salaries/release_detail.html", context)


def release_changes(request, year):
    release = release_or_404(year)
    report = ChangeReport(release)
    if file := export_response(request, report.rows(), f"{release.slug}-changes"):
        return file
    occupations = Occupation.objects.filter(code__in=report.codes)
    areas = Area.objects.filter(code__in=report.area_codes)
    context = {
        "section": "releases",
        "crumbs": [
            ("Releases", "/releases/"),
            (release.period, release.get_absolute_url()),
            ("What changed", ""),
        ],
        "release": release,
        "headline": report.headline,
        "sections": report.sections({o.code: o for o in occupations}, {a.code: a for a in areas}),
        "export_links": export_links(request) if report.counts else [],
        "export_problem": export_problem(request),
    }
    return render(request, "salaries/release_changes.html", context)


def release_or_404(year):
    release = Release.objects.of_year(year)
    if release is None:
        raise Http404("This site holds no such release.")
    return release


def headings():
    return [heading for heading, _ in ROW_COUNTS.values()]


def _described(release):
    """A release with what its row of the table says."""
    counts = {key: _rows_of(release, keys) for key, (_, keys) in ROW_COUNTS.items()}
    return {
        "release": release,
        "annual_top_code": format_value(release.annual_top_code, Unit.DOLLARS_A_YEAR),
        "hourly_top_code": format_value(release.hourly_top_code_cents, Unit.CENTS_AN_HOUR),
        "counts": counts,
        "count_words": [f"{n:,}" if n else "not loaded" for n in counts.values()],
    }


def _rows_of(release, keys):
    """How many rows of these area types the site holds; 0 for none."""
    levels = [release.levels.get(str(int(k)) if isinstance(k, AreaType) else k) or {} for k in keys]
    return sum(level.get("rows", 0) for level in levels)


def _export_row(described):
    release = described["release"]
    return {
        "release": release.slug,
        "period": release.period,
        "source": release.source.short_name,
        "published": release.source.published or "",
        "soc_version": release.soc_version,
        "annual_top_code": release.annual_top_code,
        "hourly_top_code": release.hourly_top_code_cents / 100,
        **{f"rows_{key}": count for key, count in described["counts"].items()},
    }
