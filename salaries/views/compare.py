"""Two to four occupations in one place, or one occupation in up to four places."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone

from careers.cards.side_by_side import side_by_side
from careers.kept import kept
from salaries import comparison
from salaries.exports import attribution, export_links, export_problem, export_response, wage_rows
from salaries.models import NATION, Area, Release, Wage
from salaries.picks import pick_areas, pick_occupations
from salaries.places import spoken
from salaries.views.common import no_release


def compare(request):
    release = Release.objects.newest_shown()
    if release is None:
        return no_release(request, section="compare")
    occupations = pick_occupations(request.GET.getlist("occupation"), freely=True)
    areas = pick_areas(request.GET.getlist("area"), freely=True)
    both_sides = _keep_one_side(occupations.found, areas)
    columns = columns_of(occupations.found, areas.found, release)
    wages = list({(c.wage.occupation_code, c.wage.area_code): c.wage for c in columns if c.wage}.values())
    is_handout = request.GET.get("view") == "handout" and bool(columns)
    stem = f"comparison-may-{release.year}"
    if file := export_response(request, wage_rows(wages, release), stem, attribution=attribution(release)):
        return file
    context = {
        "section": "compare",
        "crumbs": [("Compare", "")],
        "release": release,
        "occupations": occupations,
        "areas": areas,
        "problems": _problems(occupations, areas) + both_sides,
        "read": occupations.read + areas.read,
        "export_links": export_links(request) if wages else [],
        "export_problem": export_problem(request),
        **_form(occupations, areas),
        **_shown(columns, occupations.found, areas.found, release, is_handout=is_handout),
        **_facts(columns, occupations.found, areas.found),
        "is_handout": is_handout,
        "query": urlencode(_pairs(occupations.found, areas.found)),
        "today": timezone.localdate(),
    }
    return render(request, "salaries/compare.html", context)


def _keep_one_side(occupations, areas):
    """Several occupations are compared in one place: more places are put aside, and that is said."""
    if len(occupations) < 2 or len(areas.found) < 2:
        return []
    areas.found = areas.found[:1]
    message = "Compare several occupations in one place, or one occupation in several places."
    return [(f"{message} The occupations are shown for {spoken(areas.found[0].title)} alone.", [])]


def columns_of(occupations, areas, release):
    """A column for each occupation in each place; without a place, in the nation."""
    if not occupations:
        return []
    around = {area.code: area for area in Area.objects.states_and_nation()}
    nation = around.get(NATION)
    states = {area.primary_state: area for area in around.values() if area.is_state}
    places = areas or [nation]
    wanted = {area.code: area for area in [*places, *around.values()]}
    rows = Wage.objects.for_comparison(occupations, wanted.values(), release)
    wages = {(row.occupation_code, row.area_code): row for row in rows}
    return [
        comparison.choose(occupation, place, wages, states, nation, release)
        for occupation in occupations
        for place in places
        if place
    ]


def _form(occupations, areas):
    """What can still be added: a place beside one occupation; beside several the place is exchanged."""
    several = len(occupations.found) > 1
    return {
        "can_add_occupation": not occupations.is_full and len(areas.found) < 2,
        "can_add_area": several or not areas.is_full,
        "asks_first": not several and len(areas.found) < 2,
        "kept_areas": [] if several else areas.found,
        "area_label": "Add a place" if areas.found and not several else "Place",
        "area_typed": areas.typed or (areas.found[0].title if several and areas.found else ""),
    }


def _shown(columns, occupations, areas, release, *, is_handout):
    """What the page says about the columns; nothing without any."""
    if not columns:
        return {}
    across = len(areas) > 1
    title = _title(columns, across)
    charts = comparison.charts(columns)
    groups, last_groups = comparison.groups(columns, across_places=across, is_handout=is_handout)
    return {
        "title": title,
        "caption": _caption(columns, across, release),
        "columns": [_head(column, chart, occupations, areas, across) for column, chart in charts],
        "span": len(columns) + 1,
        "has_charts": any(chart.drawn for _, chart in charts),
        "unit_words": charts[0][1].median.measure.unit,
        "groups": groups,
        "last_groups": last_groups,
        "sentences": comparison.summary(columns, across_places=across),
        "fallbacks": [c.fallback_sentence for c in columns if c.fallback_sentence],
    }


def _facts(columns, occupations, areas):
    """What is compared besides pay: prices of the places, and what the occupations are and take."""
    if not columns:
        return {}
    known = kept()
    parity = next(iter(known.price_parities.values()), None)
    return {
        "prices": comparison.price_rows(columns, known.price_parities),
        "prices_cited": f"{parity.source.short_name} {parity.year}" if parity else "",
        "facts": side_by_side(occupations, known) if len(areas) < 2 else [],
    }


def _head(column, chart, occupations, areas, across):
    """A column's name, where it leads, the place its figures are of, and its removal."""
    moved = f"figures for {spoken(column.place)}" if column.fell_back else ""
    return {
        "name": column.asked.title if across else column.occupation.name,
        "href": column.asked.get_absolute_url() if across else column.occupation.get_absolute_url(),
        "place": moved if across else moved or column.place,
        "fell_back": column.fell_back,
        "chart": chart.drawn,
        "median": chart.median,
        "remove": _address_without(column, occupations, areas, across),
    }


def _title(columns, across):
    if not columns:
        return ""
    first = columns[0]
    names = [c.asked.title for c in columns] if across else [c.occupation.name for c in columns]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"{first.occupation.name}: {listed}" if across else f"{listed} in {spoken(first.asked.title)}"


def _caption(columns, across, release):
    """What the table holds, with the places that its figures are of."""
    places = dict.fromkeys(column.place for column in columns)
    what = f"Pay and jobs of {columns[0].occupation.name}" if across else "Pay and jobs"
    return f"{what}: {'; '.join(places)}, {release.period}, {release.source.short_name}"


def _problems(occupations, areas):
    """(message, [(name, code, address that takes it in)]) for each thing typed that names nothing."""
    told = [
        (p.message, [(o.name, o.code, _address([*occupations.found, o], areas.found)) for o in p.near])
        for p in occupations.problems
    ]
    # Beside several occupations a new place takes the old one's place; beside one it is added.
    kept = [] if len(occupations.found) > 1 else areas.found
    return told + [
        (p.message, [(a.title, "", _address(occupations.found, [*kept, a])) for a in p.near])
        for p in areas.problems
    ]


def _address_without(column, occupations, areas, across):
    if across:
        return _address(occupations, [a for a in areas if a != column.asked])
    return _address([o for o in occupations if o != column.occupation], areas)


def _pairs(occupations, areas):
    return [("occupation", o.code) for o in occupations] + [("area", a.slug) for a in areas]


def _address(occupations, areas):
    pairs = _pairs(occupations, areas)
    return f"/compare/?{urlencode(pairs)}" if pairs else "/compare/"
