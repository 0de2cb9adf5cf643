"""How figures are made and named."""

from django.shortcuts import render

from careers.models import Source
from salaries.models import Release


def methods(request):
    context = {
        "section": "methods",
        "crumbs": [("Methods", "")],
        "sources": Source.objects.order_by("-key"),
        "releases": Release.objects.for_profile(),
    }
    return render(request, "careers/methods.html", context)
