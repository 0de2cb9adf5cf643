"""What one occupation pays in every place that BLS publishes."""

from django.shortcuts import redirect, render

from careers.kept import kept
from careers.lineage import by_year
from careers.models import Occupation
from salaries.charts import ladder_chart
from salaries.exports import attribution, export_problem, export_response, wage_rows
from salaries.figures import figure_of, ladder_of
from salaries.forms import AREA_KINDS, AreaFilter
from salaries.models import NATION, Area, Release, Wage
from salaries.state_pay import StatePay
from salaries.tables import PayTable
from salaries.trends import History, trend
from salaries.views.common import no_release


def occupation_pay(request, code_slug):
    occupation = Occupation.objects.filter(code=code_slug[:7]).first()
    if occupation is None:
        context = {"unknown_code": code_slug[:7], "section": "occupations"}
        return render(request, "404.html", context, status=404)
    if occupation.is_retired:  # its own page says what became of it
        return redirect(occupation)
    if occupation.code_slug != code_slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{occupation.get_absolute_url()}pay/{'?' if query else ''}{query}", permanent=True)
    releases = {release.year: release for release in Release.objects.for_profile()}
    if not releases:
        return no_release(request, section="occupations")
    return _pay_page(request, occupation, releases)


def _pay_page(request, occupation, releases):
    """The page, or the file that `?_export=` asks for. `releases` are by year, the newest first."""
    newest = next(iter(releases.values()))
    history = _history(occupation, releases)
    years = [y for y in releases if y in history.wages and history.wages[y].occupation_id == occupation.id]
    year, notes = _year_asked(request.GET.get("year", ""), occupation, years, newest)
    release = releases[year]
    wages = list(Wage.objects.for_pay_page(occupation, release))
    states = list(Area.objects.states())
    area_filter = AreaFilter(request.GET, {s.primary_state: s.title for s in states})
    areas = sorted((w for w in wages if w.area_code != NATION), key=lambda w: (w.area_type, w.area_title))
    caption = f"Pay of {occupation.name} by area, {release.period}, {release.source.short_name}"
    shown = area_filter.apply(areas)
    table = PayTable(shown, caption=caption, request=request, release=release, exports=True)
    stem = f"{occupation.code}-pay-by-area-may-{release.year}"
    rows = wage_rows(table.all_records, release)
    if file := export_response(request, rows, stem, attribution=attribution(release)):
        return file
    by_state = StatePay(request.GET, occupation, areas, release)
    context = {
        "section": "occupations",
        "crumbs": _crumbs(occupation),
        "occupation": occupation,
        "release": release,
        "newest": newest,
        "years": years,
        "notes": notes,
        "filter": area_filter,
        "problems": [*area_filter.problems, *by_state.problems],
        "kinds": [(key, label) for key, (label, _) in AREA_KINDS.items()],
        "states": states,
        "areas": areas,
        "table": table,
        "count_sentence": f"{len(table.records):,} of {len(areas):,} areas",
        "export_problem": export_problem(request),
        # An older year's page is about that year.
        "trend": trend(history, releases, name=occupation.name) if year == max(years, default=year) else None,
        **by_state.context(),
        **_national(occupation, wages, release),
    }
    return render(request, "salaries/occupation_pay.html", context)


def _crumbs(occupation):
    return [("Occupations", "/occupations/"), (occupation.name, occupation.get_absolute_url()), ("Pay", "")]


def _history(occupation, releases):
    """The nation's wages of every year, under this code or one that it was renamed from."""
    lineage = kept().lineage
    numbers = lineage.numbers(occupation.id)
    years = {release.id: release.year for release in releases.values()}
    rows = list(Wage.objects.for_profile(numbers, list(years)))
    return History(occupation.id, by_year(rows, years, numbers), lineage)


def _year_asked(asked, occupation, years, newest):
    """The year to show, and what the reader should know about that choice."""
    for year in years:
        if asked == str(year):
            return year, []
    notes = []
    if asked and asked != str(newest.year):
        notes.append(f"This site has no figures for {occupation.name} in that year.")
    if not years or years[0] == newest.year:
        return newest.year, notes
    notes.append(f"{newest.period} has no figures for {occupation.name}; those of May {years[0]} are shown.")
    return years[0], notes


def _national(occupation, wages, release):
    """The nation's ladders, yearly and hourly, and the figures beside them."""
    nation = next((w for w in wages if w.area_code == NATION), None)
    place = "United States"
    annual = ladder_of(nation, "annual", release, place)
    hourly = ladder_of(nation, "hourly", release, place)
    names = ("annual_median", "hourly_median", "annual_mean", "hourly_mean", "employment", "mean_prse")
    figures = {name: figure_of(nation, name, release, place) for name in names}
    medians = [("Median a year", figures["annual_median"]), ("Median an hour", figures["hourly_median"])]
    return {
        "nation": nation,
        "figures": figures,
        "medians": medians[::-1] if nation and nation.hourly_only else medians,  # a number first
        "ladder_caption": f"Pay of {occupation.name}, {place}, {release.period}, {release.source.short_name}",
        "annual": annual,
        "hourly": hourly,
        "chart": ladder_chart(annual) or ladder_chart(hourly),
    }
