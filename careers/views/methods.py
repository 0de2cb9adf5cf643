"""How figures are made and named."""

from django.shortcuts import render

from careers.cards.outlook import scale
from careers.kept import kept
from careers.models import Source
from salaries.figures import Unit, format_value
from salaries.models import Release


def methods(request):
    words = list(kept().outlook_words.values())[-1:]
    sources = list(Source.objects.exclude(key__startswith="oews-20").order_by("publisher", "key"))
    context = {
        "outlook_words": [pair for edition in words for pair in scale(edition)],
        "outlook_editions": [s.edition for s in sources for edition in words if s.id == edition[0].source_id],
        "section": "methods",
        "crumbs": [("Methods", "")],
        "releases": [_with_ceilings(release) for release in Release.objects.for_profile()],
        "sources": sources,
    }
    return render(request, "careers/methods.html", context)


def _with_ceilings(release):
    return {
        "release": release,
        "annual": format_value(release.annual_top_code, Unit.DOLLARS_A_YEAR),
        "hourly": format_value(release.hourly_top_code_cents, Unit.CENTS_AN_HOUR),
    }
