"""Whether this process should be sent readers."""

from datetime import date

from django.conf import settings
from django.db import Error
from django.db.models import Max
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.models import Source
from config import databases
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

    With a replica and a shared cache these are parts of their own; the site goes on without either, and
    readers go on without the primary where there is a replica.
    """
    told = parts()
    try:
        release = Release.objects.newest_published()
        told["release"] = release.period if release else "none published"
        if release:
            told["data"] = newest_editions(release)
    except Error:
        release, told["database"] = None, "not reachable"
    told = {"status": "ok" if release else "unavailable", **told}
    return JsonResponse(told, status=200 if release else 503)


def parts():
    """Each part that the site stands on: "ok" or "not reachable"."""
    told = {"database": databases.asked(databases.PRIMARY)}
    if databases.REPLICA in settings.DATABASES:
        told["replica"] = databases.asked(databases.REPLICA)
    if "pages" in settings.CACHES:
        from config import shared_pages  # brings redis, 11 MB that a site without it need not hold

        told["cache"] = shared_pages.asked()
    return told


def newest_editions(release):
    """Each source's name to the day on which its newest edition was published, of those that are dated.

    An import does not always know the day that BLS published a release; the end of May is late enough.
    """
    others = Source.objects.filter(published__isnull=False).exclude(key__startswith="oews-")
    found = dict(others.values_list("short_name").annotate(Max("published")).order_by("short_name"))
    if release:
        found[release.source.short_name] = release.source.published or date(release.year + 1, 5, 31)
    return found
