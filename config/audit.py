"""The admin's page of who changed, imported and published what: to look at, newest first."""

from typing import NamedTuple

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import permission_required
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from salaries.models import Release

MOST = 200  # entries a page shows, of each kind before they are put in order
DID = {"+": "Added", "~": "Changed", "-": "Deleted"}


class Entry(NamedTuple):
    """One thing done: when (aware datetime), who (a username, or how it came), what was done to what."""

    when: object
    who: str
    did: str
    what: str


@permission_required("admin.view_logentry", raise_exception=True)
def audit(request):
    """For signed-in staff: config.urls wraps it in the admin's own check."""
    found = [*edits(), *releases(), *accounts()]
    found.sort(key=lambda entry: entry.when, reverse=True)
    context = {**admin.site.each_context(request), "title": "Audit", "entries": found[:MOST], "most": MOST}
    return TemplateResponse(request, "admin/audit.html", context)


def edits():
    """What the history of every model that keeps one says."""
    for model in apps.get_models():
        if hasattr(model._meta, "simple_history_manager_attribute"):
            yield from edits_of(model)


def edits_of(model):
    records = list(model.history.select_related("history_user").order_by("-history_date")[:MOST])
    key = model._meta.pk.attname
    named = model._default_manager.filter(pk__in=[getattr(record, key) for record in records])
    names = {row.pk: str(row) for row in named.select_related()}
    for record in records:
        number = getattr(record, key)
        name = names.get(number, f"number {number}, no longer there")
        what = f"{capfirst(model._meta.verbose_name)}: {name}"
        yield Entry(record.history_date, who(record.history_user), DID[record.history_type], what)


def releases():
    done = Release.objects.select_related("imported_by", "published_by").defer("report")
    for release in done.order_by("-imported_at")[:MOST]:
        yield Entry(release.imported_at, who(release.imported_by), "Imported", f"Release: {release}")
        if release.published_at:
            yield Entry(release.published_at, who(release.published_by), "Published", f"Release: {release}")


def accounts():
    """What the admin itself noted of accounts, groups and their devices, which keep no history."""
    entries = LogEntry.objects.filter(content_type__app_label__in=("auth", "otp_totp"))
    for entry in entries.select_related("user", "content_type").order_by("-action_time")[:MOST]:
        did = {1: "Added", 2: "Changed", 3: "Deleted"}[entry.action_flag]
        what = f"{capfirst(entry.content_type.name)}: {entry.object_repr}"
        yield Entry(entry.action_time, who(entry.user), did, what)


def who(user):
    return user.get_username() if user else "By command, unnamed"
