"""The tables of an occupation's page as files: `?_export=csv&table=years`, `states` or `industries`."""

from functools import reduce
from operator import or_

from django.db.models import Q

from salaries.exports import LABELS, attribution, export_response, wage_rows
from salaries.figures import figure_of
from salaries.models import NATION, STATE_TYPES, IndustryWage, Wage

LAST = 9999  # a year that no release reaches
TABLES = ("years", "states", "industries")
INDUSTRY_FIGURES = ("employment", "annual_median", "hourly_median")


def links(table):
    """(label, address) of one of the page's tables in each format."""
    return [(label, f"?_export={kind}&table={table}") for kind, label in LABELS.items()]


def response(request, profile):
    """The file that the address asks for, or None."""
    if profile.shown is None:
        return None
    table = request.GET.get("table", "years")
    table = table if table in TABLES else "years"
    rows = {"years": _year_rows, "states": _state_rows, "industries": _industry_rows}[table](profile)
    stem = f"{profile.occupation.code}-{table}"
    return export_response(request, rows, stem, attribution=attribution(profile.shown))


def _year_rows(profile):
    """The nation, each May, newest first, under the code and those that it was renamed from."""
    releases = {release.id: release for release in profile.releases}
    numbers = profile.numbers.items()
    held = [Q(occupation=number, release__year__lt=until or LAST) for number, until in numbers]
    wages = Wage.objects.filter(reduce(or_, held), area__code=NATION, release__in=releases)
    for wage in wages.order_by("-release__year", "-occupation__soc_version").as_rows():
        yield from wage_rows([wage], releases[wage.release_id])


def _state_rows(profile):
    wages = Wage.objects.filter(area__area_type__in=STATE_TYPES)
    yield from wage_rows(wages.for_pay_page(profile.occupation, profile.shown), profile.shown)


def _industry_rows(profile):
    """Every four-digit industry with the occupation, the most jobs first."""
    release, occupation = profile.shown, profile.occupation
    for wage in IndustryWage.objects.for_profile(occupation.id, release):
        row = {
            "occupation_code": occupation.code,
            "occupation": occupation.name,
            "industry_code": wage.industry__code,
            "industry": wage.industry__title,
            "period": release.period,
            "source": release.source.short_name,
        }
        for name in INDUSTRY_FIGURES:
            figure = figure_of(wage, name, release, wage.industry__title)
            row[name] = figure.export_value
            row[f"{name}_status"] = figure.status.value
        yield row
