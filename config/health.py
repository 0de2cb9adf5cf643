"""Whether this process should be sent readers."""

from datetime import date

from django.db import DatabaseError
from django.db.models import Max
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.models import Source
from salaries.models import Release


@require_safe
@never_cache
def live(request):
    """200 as long as the process answers: restart it when it does not."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request):
    """200 when pages can be served; else 503 with what is missing. Sample:

    {"status": "ok", "database": "ok", "release": "May 2025", "data": {"BLS OEWS": "2026-04-01"}}
    """
    try:
        release = Release.objects.newest_published()
        data = newest_editions(release)
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "not reachable"}, status=503)
    if release is None:
        return JsonResponse(
            {"status": "unavailable", "database": "ok", "release": "none published"}, status=503
        )
    return JsonResponse({"status": "ok", "database": "ok", "release": release.period, "data": data})


def newest_editions(release):
    """Each source's name to the day on which its newest edition was published, of those that are dated.

    An import does not always know the day that BLS published a release; the end of May is late enough.
    """
    others = Source.objects.filter(published__isnull=False).exclude(key__startswith="oews-")
    found = dict(others.values_list("short_name").annotate(Max("published")).order_by("short_name"))
    if release:
        found[release.source.short_name] = release.source.published or date(release.year + 1, 5, 31)
    return found
