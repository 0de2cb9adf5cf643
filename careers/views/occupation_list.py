"""Every occupation of the newest release: filtered, sorted, paged, exported."""

from django.db.models import Q
from django.shortcuts import render

from careers.forms import OccupationFilter
from careers.models import Level, Occupation
from careers.tables.occupations import OccupationTable
from salaries.exports import attribution, export_problem, export_response, wage_rows
from salaries.models import NATION, Release, Wage

PER_PAGE = 50
PER_PAGE_CHOICES = (25, 50, 100, 250)
MOST_OTHER_CODES = 12


def occupation_list(request):
    release = Release.objects.newest_shown()
    groups = list(Occupation.objects.major_groups().values_list("code", "title", named=True))
    form = OccupationFilter(request.GET, groups)
    context = {"section": "occupations", "crumbs": [("Occupations", "")], "form": form, "release": release}
    if release is None:
        return render(request, "careers/occupation_list.html", context)
    cited = f"United States, {release.period}, {release.source.short_name}"
    table = OccupationTable(
        form.apply(Wage.objects.for_occupation_list(release, form.chosen_level)),
        groups=groups,
        caption=f"{form.level_words}: pay and jobs, {cited}",
        request=request,
        release=release,
        place="United States",
        per_page=PER_PAGE,
        per_page_choices=PER_PAGE_CHOICES,
        exports=True,
    )
    rows = _export_rows(table, release)
    stem = f"occupations-may-{release.year}"
    if file := export_response(request, rows, stem, attribution=attribution(release)):
        return file
    context |= {
        "table": table,
        "others": _other_codes(form, release) if form.words else [],
        "export_problem": export_problem(request),
    }
    return render(request, "careers/occupation_list.html", context)


def _export_rows(table, release):
    """Every filtered row, in the table's order, with all its figures; asked for only if written."""
    codes = [row.occupation__code for row in table.all_records]
    wages = Wage.objects.filter(release=release, area__code=NATION).as_rows()
    by_code = {wage.occupation_code: wage for wage in wages}
    yield from wage_rows([by_code[code] for code in codes], release)


def _other_codes(form, release):
    """Codes that fit the search but not the table: earlier ones, and those OEWS does not publish."""
    listed = Wage.objects.filter(release=release, area__code=NATION).values("occupation")
    found = Occupation.objects.filter(form.words_condition("")).exclude(Q(id__in=listed))
    found = found.filter(level=Level.DETAILED).order_by("code")
    return found.only("code", "title", "display_title", "slug", "soc_version")[:MOST_OTHER_CODES]
