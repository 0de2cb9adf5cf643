"""Whether this process should be sent readers."""

from django.db import DatabaseError
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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

    {"status": "ok", "database": "ok", "release": "May 2025"}
    """
    try:
        release = Release.objects.newest_published()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "not reachable"}, status=503)
    if release is None:
        return JsonResponse(
            {"status": "unavailable", "database": "ok", "release": "none published"}, status=503
        )
    return JsonResponse({"status": "ok", "database": "ok", "release": release.period})
