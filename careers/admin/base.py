"""What the editors' admins share: who may look, what readers are told, what history keeps."""

import difflib
import re
from itertools import pairwise

from django.contrib import admin
from django.db import models, transaction
from django.urls import path
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.module_loading import import_string
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from careers.models import DataVersion

ROWS_A_PAGE = 50


class LookOnlyAdmin(admin.ModelAdmin):
    """Rows that only imports write: to be looked at, by a superuser too."""

    list_per_page = ROWS_A_PAGE
    show_full_result_count = False  # it would count the whole table for every list

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def may_import(request):
    """Whether someone may bring in lists of many rows: an importer, who need not be an editor."""
    return request.user.has_perm("careers.add_source")


def link_to(obj, words="See the page"):
    """A link to the object's public page."""
    return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), words)


def edited_words(obj):
    """Whether a row is its editor's or still the seed's, for a list."""
    return "Edited here" if obj.is_edited else "As seeded"


# --- What readers see ---------------------------------------------------------------------------------


class EditorsAdmin(admin.ModelAdmin):
    """Rows that editors write: each save, addition and deletion raises the data version.

    Saving marks the row as edited, where it can be, so that the seed leaves it alone from then on.
    """

    list_per_page = ROWS_A_PAGE
    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request, obj, form, change):
        if hasattr(obj, "is_edited"):
            obj.is_edited = True
        super().save_model(request, obj, form, change)
        DataVersion.raise_number()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        DataVersion.raise_number()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        DataVersion.raise_number()

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        DataVersion.raise_number()


class WithFiles:
    """Rows in and out as a file, by the admin class that `file_admin` names (careers/admin/files.py).

    It is imported when it is asked for: its package brings numpy, for which no other page should wait.
    """

    change_list_template = "admin/import_export/change_list_import_export.html"

    def has_import_permission(self, request):
        return may_import(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def changelist_view(self, request, extra_context=None):
        may = {
            "has_import_permission": self.has_import_permission(request),
            "has_export_permission": self.has_export_permission(request),
        }
        return super().changelist_view(request, may | (extra_context or {}))

    def get_urls(self):
        views = {"import": "import_action", "process_import": "process_import", "export": "export_action"}
        of = f"{self.opts.app_label}_{self.opts.model_name}"
        files = [
            path(f"{name}/", self.admin_site.admin_view(self.on_files(view)), name=f"{of}_{name}")
            for name, view in views.items()
        ]
        return [*files, *super().get_urls()]

    def on_files(self, name):
        def view(request):
            return getattr(import_string(self.file_admin)(self.model, self.admin_site), name)(request)

        return view


class PartOfParent:
    """An inline that whoever may change its parent may change: it is a part of it, not a thing of its own."""

    def has_view_permission(self, request, obj=None):
        return self._parents(request, "view") or self._parents(request, "change")

    def has_add_permission(self, request, obj=None):
        return self._parents(request, "change") or self._parents(request, "add")

    def has_change_permission(self, request, obj=None):
        return self._parents(request, "change")

    def has_delete_permission(self, request, obj=None):
        return self._parents(request, "change")

    def _parents(self, request, action):
        opts = self.parent_model._meta
        return request.user.has_perm(f"{opts.app_label}.{action}_{opts.model_name}")


# --- History ------------------------------------------------------------------------------------------


def keep_what_the_import_brought(obj):
    """Begin a row's history, which imports do not write, so that its first edit can be undone."""
    if obj.pk and not obj.history.exists():
        before = type(obj).objects.get(pk=obj.pk)
        before._history_user = None
        type(obj).history.bulk_history_create([before])


class HistoryAdmin(SimpleHistoryAdmin):
    """Editors' rows with a history that shows what changed, word by word, and can be gone back in."""

    object_history_list_template = "admin/careers/history_list.html"
    object_history_form_template = "admin/careers/history_form.html"

    def save_model(self, request, obj, form, change):
        keep_what_the_import_brought(obj)
        super().save_model(request, obj, form, change)

    @transaction.atomic
    def history_form_view(self, request, *args, **kwargs):
        return super().history_form_view(request, *args, **kwargs)

    def get_history_queryset(self, *args):
        """With its users: the package forgets them where no tracked field points elsewhere."""
        return super().get_history_queryset(*args).select_related("history_user")

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        """Every record of the page beside the one before it, and the page's last beside its own."""
        records = list(historical_records)
        earlier = records[-1].prev_record if records else None
        for record, before in pairwise([*records, earlier] if earlier else records):
            delta = record.diff_against(before, foreign_keys_are_objs=foreign_keys_are_objs)
            record.history_delta_changes = Difference(self.model, record).context_for_delta_changes(delta)


class Difference(HistoricalRecordContextHelper):
    """A change as whole words: of a long text, the part around each word that came or went."""

    def stringify_delta_change_values(self, change, old, new):
        old, new = ("" if value is None else str(value) for value in (old, new))
        if max(len(old), len(new)) < SHORT:
            return conditional_escape(old), conditional_escape(new)
        return None, words_changed(old, new)


SHORT = 80  # characters of a text that is shown whole, before and now
AROUND = 12  # words shown on each side of a change in a long text


def words_changed(old, new):
    """Two versions of a text as one, what went struck out and what came underlined."""
    before, after = re.findall(r"\S+", old), re.findall(r"\S+", new)
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    parts = []
    for number, (kind, start, end, now_start, now_end) in enumerate(steps):
        if kind == "equal":
            is_first, is_last = number == 0, number == len(steps) - 1
            parts.append(("", shortened(before[start:end], is_first=is_first, is_last=is_last)))
            continue
        parts += [("del", " ".join(before[start:end])), ("ins", " ".join(after[now_start:now_end]))]
    return format_html_join(
        " ",
        "{}",
        ((format_html(f"<{mark}>{{}}</{mark}>", text) if mark else text,) for mark, text in parts if text),
    )


def shortened(words, *, is_first, is_last):
    """The words that did not change, the middle of a long run left out."""
    if len(words) <= 2 * AROUND:
        return " ".join(words)
    head, tail = ([] if is_first else words[:AROUND]), ([] if is_last else words[-AROUND:])
    return " ".join([*head, "...", *tail])
