"""Areas: the list of them all, and what one of them pays."""

from django.http import Http404
from django.shortcuts import redirect, render

from careers.models import Level
from salaries.charts import ladder_chart, ladder_scale
from salaries.exports import attribution, export_links, export_problem, export_response, wage_rows
from salaries.figures import AreaType, figure_of, ladder_of
from salaries.forms import AREA_KINDS, LEVELS, AreaFilter, OccupationFilter
from salaries.models import Area, Release, Wage
from salaries.places import spoken
from salaries.tables import AREA_TYPE_NAMES, AreaPayTable, OccupationPayTable, TopOccupationsTable
from salaries.views.common import no_release

PER_PAGE = 50
TOP = 10


def area_list(request):
    release = Release.objects.newest_shown()
    if release is None:
        return no_release(request, section="areas")
    states = list(Area.objects.states())
    area_filter = AreaFilter(request.GET, {s.primary_state: s.title for s in states})
    wages = list(Wage.objects.for_area_list(release))
    rows = area_filter.apply([w for w in wages if w.area_type != AreaType.NATION])
    stem = f"areas-may-{release.year}"
    if file := export_response(request, wage_rows(rows, release), stem, attribution=attribution(release)):
        return file
    context = {
        "section": "areas",
        "crumbs": [("Areas", "")],
        "release": release,
        "filter": area_filter,
        "kinds": [(key, label) for key, (label, _) in AREA_KINDS.items()],
        "states": states,
        "tables": _tables_by_kind(request, rows, release),
        "count_sentence": f"{len(rows):,} of {sum(w.area_type != AreaType.NATION for w in wages):,} areas",
        "export_links": export_links(request) if rows else [],
        "export_problem": export_problem(request),
    }
    return render(request, "salaries/area_list.html", context)


def _tables_by_kind(request, rows, release):
    """(key, heading, table) for each kind of area that the rows hold. One sort orders them all."""
    tables = []
    for key, (label, types) in AREA_KINDS.items():
        chosen = [row for row in rows if row.area_type in types]
        if not chosen:
            continue
        caption = _caption(label.lower(), release)
        tables.append((key, label, AreaPayTable(chosen, caption=caption, request=request, release=release)))
    return tables


def area_detail(request, slug):
    area = Area.objects.named(slug).first()
    if area is None:
        raise Http404("There is no such area.")
    if area.slug != slug:
        return redirect(area, permanent=True)
    release = Release.objects.newest_shown()
    if release is None:
        return no_release(request, section="areas")
    wages = list(Wage.objects.for_area_page(area, release))
    occupation_filter = OccupationFilter(request.GET)
    table = _pay_table(request, area, occupation_filter.apply(wages), release)
    stem = f"{area.slug}-may-{release.year}"
    rows = wage_rows(table.all_records, release)
    if file := export_response(request, rows, stem, attribution=attribution(release)):
        return file
    context = {
        "section": "areas",
        "crumbs": [("Areas", "/areas/"), (area.title, "")],
        "area": area,
        "place": spoken(area.title),
        "area_kind": AREA_TYPE_NAMES[area.area_type],
        "release": release,
        "filter": occupation_filter,
        "wages": wages,
        "groups": [w for w in wages if w.occupation_level == Level.MAJOR],
        "levels": LEVELS.items(),
        "table": table,
        "count_sentence": f"{len(table.all_records):,} of {len(wages):,} occupations and groups",
        "export_problem": export_problem(request),
        **_top_tables(wages, area, release),
        **_overview(area, release),
    }
    return render(request, "salaries/area_detail.html", context)


def _pay_table(request, area, wages, release):
    return OccupationPayTable(
        wages,
        caption=f"Pay by occupation, {area.title}, {release.period}, {release.source.short_name}",
        request=request,
        release=release,
        place=area.title,
        per_page=PER_PAGE,
        exports=True,
    )


def _top_tables(wages, area, release):
    detailed = [w for w in wages if w.occupation_level == Level.DETAILED]
    cited = f"{area.title}, {release.period}, {release.source.short_name}"
    common = {"count": TOP, "release": release, "place": area.title}
    return {
        "occupations": len(detailed),
        "largest": TopOccupationsTable(
            detailed, by="employment", caption=f"The occupations with the most jobs, {cited}", **common
        ),
        "best_paid": TopOccupationsTable(
            detailed,
            by="annual_median",
            caption=f"The occupations with the highest median pay a year, {cited}",
            **common,
        ),
    }


def _overview(area, release):
    """All occupations together: the area's figures, beside its state's and the nation's."""
    rows = {row.area_code: row for row in Wage.objects.for_overview(area, release)}
    own = rows.get(area.code)
    around = [r for r in rows.values() if r.area_code != area.code and not _is_inside(r, area)]
    inside = [r for r in rows.values() if r.area_code != area.code and _is_inside(r, area)]
    names = ("annual_median", "hourly_median", "annual_mean", "hourly_mean", "employment")
    return {
        "figures": {name: figure_of(own, name, release, area.title) for name in names},
        "annual": ladder_of(own, "annual", release, area.title),
        "hourly": ladder_of(own, "hourly", release, area.title),
        "ladder_caption": _caption(area.title, release),
        "charts": _aligned_charts([own, *reversed(around)] if own else [], release),
        "state": next((r for r in around if r.area_type != AreaType.NATION), None),
        "inside": _inside_table(inside, area, release) if inside else None,
    }


def _is_inside(row, area):
    return area.is_state and row.area_type in (AreaType.METRO, AreaType.NONMETRO)


def _aligned_charts(rows, release):
    """(place, its address, chart) for each row with numbers, on one scale."""
    ladders = [(row, ladder_of(row, "annual", release, row.area_title)) for row in rows]
    scale = ladder_scale([figures for _, figures in ladders])
    charts = [(r.area_title, f"/areas/{r.area_slug}/", ladder_chart(f, scale)) for r, f in ladders]
    return [entry for entry in charts if entry[2]]


def _inside_table(rows, area, release):
    caption = _caption(f"areas of {spoken(area.title)}", release)
    return AreaPayTable(rows, caption=caption, release=release)


def _caption(places, release):
    return f"All occupations together, {places}, {release.period}, {release.source.short_name}"
