"""The first page: search, browse by group, what is newest."""

from django.shortcuts import render

from careers.models import Level
from careers.tables.occupations import short_group
from salaries.figures import figure_of
from salaries.models import Release, Wage


def home(request):
    release = Release.objects.newest_shown()
    wages = list(Wage.objects.for_occupation_list(release, Level.MAJOR)) if release else []
    wages.sort(key=lambda wage: wage.occupation__code)
    groups = [_group(wage, release) for wage in wages]
    return render(request, "careers/home.html", {"release": release, "groups": groups})


def _group(wage, release):
    name = wage.occupation__display_title or wage.occupation__title
    return {
        "name": short_group(name),
        "url": f"/occupations/{wage.occupation__code}-{wage.occupation__slug}/",
        "median": figure_of(wage, "annual_median", release, "United States"),
        "jobs": figure_of(wage, "employment", release, "United States"),
    }
