"""The admin's page of how the site does: its parts, how old each source's data are, the last imports."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils import timezone

from config.health import newest_editions, parts
from salaries.models import Release

IMPORTS = 5  # the last ones
NAMES = {
    "database": "Primary database, which editors write to",
    "replica": "Replica, which readers' pages are read from",
    "cache": "Shared cache of pages",
}


def state(request):
    """For signed-in staff: config.urls wraps it in the admin's own check."""
    today = timezone.localdate()
    release = Release.objects.newest_published()
    ages = [(source, day, (today - day).days) for source, day in newest_editions(release).items()]
    imports = Release.objects.defer("report").select_related("source").order_by("-imported_at")[:IMPORTS]
    context = {
        **admin.site.each_context(request),
        "title": "State of the site",
        "release": release,
        "parts": [(NAMES[name], answer) for name, answer in parts().items()],
        "ages": ages,
        "imports": imports,
    }
    return TemplateResponse(request, "admin/state.html", context)
