"""The admin for editors: their own fields to change, the importers' to look at."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin

from careers.models import CodeChange, Occupation, SeedTable, Source

admin.site.site_header = "Waymark"
admin.site.site_title = "Waymark"
admin.site.index_title = "What editors write, and what imports brought"
admin.site.empty_value_display = "not given"

EDITORS_FIELDS = ("display_title", "summary")
IMPORTERS_FIELDS = ("code", "title", "level", "soc_version", "parent", "slug")


class LookOnlyAdmin(admin.ModelAdmin):
    """Rows that only imports write: to be looked at, by a superuser too."""

    list_per_page = 50
    show_full_result_count = False  # it would count the whole table for every list

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def link_to(obj, words="See the page"):
    """A link to the object's public page."""
    return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), words)


class HasSummary(admin.SimpleListFilter):
    title = "summary"
    parameter_name = "summary"

    def lookups(self, request, model_admin):
        return [("written", "Written"), ("missing", "Not written yet")]

    def queryset(self, request, queryset):
        is_missing = Q(summary="")
        return {"written": queryset.exclude(is_missing), "missing": queryset.filter(is_missing)}.get(
            self.value(), queryset
        )


def keep_what_the_import_brought(occupation):
    """Begin an occupation's history, which imports do not write, so that its first edit can be undone."""
    if not occupation.history.exists():
        before = Occupation.objects.get(pk=occupation.pk)
        before._history_user = None
        Occupation.history.bulk_history_create([before])


@admin.register(Occupation)
class OccupationAdmin(SimpleHistoryAdmin):
    list_display = ("code", "title", "display_title", "level", "soc_version", "has_summary", "page")
    list_filter = ("level", "soc_version", HasSummary)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("code", "title", "display_title")
    search_help_text = "A code such as 29-2072, or words of either title."
    ordering = ("code",)
    readonly_fields = (*IMPORTERS_FIELDS, "page")
    fieldsets = (
        (
            "What you write",
            {
                "fields": EDITORS_FIELDS,
                "description": "These two are yours: no import changes them. Leave the title empty to show "
                "the publisher's. Write the summary in your own words, not the publisher's.",
            },
        ),
        (
            "From the classification",
            {
                "fields": (*IMPORTERS_FIELDS, "page"),
                "description": "These come from the publisher's files and are not edited here. What is wrong "
                "in them is mended where they come from: tell whoever runs the imports.",
            },
        ),
    )
    object_history_list_template = "admin/careers/occupation/history_list.html"

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent")

    def save_model(self, request, obj, form, change):
        """Write the editor's fields alone: going back to an old version leaves the importers' as they are."""
        keep_what_the_import_brought(obj)
        obj.refresh_from_db(fields=IMPORTERS_FIELDS)
        obj._history_user = request.user
        obj.save(update_fields=EDITORS_FIELDS)

    def get_history_queryset(self, *args):
        """With its users: the package forgets them where no tracked field points elsewhere."""
        return super().get_history_queryset(*args).select_related("history_user")

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    @admin.display(boolean=True, description="summary")
    def has_summary(self, obj):
        return bool(obj.summary)

    @admin.display(description="public page")
    def page(self, obj):
        return link_to(obj)


@admin.register(CodeChange)
class CodeChangeAdmin(LookOnlyAdmin):
    list_display = ("year", "old", "new")
    list_filter = ("year",)
    list_select_related = ("old", "new")
    search_fields = ("old__code", "new__code")
    search_help_text = "An old or a new code."
    ordering = ("year", "old__code", "new__code")


@admin.register(Source)
class SourceAdmin(LookOnlyAdmin):
    list_display = ("key", "publisher", "title", "edition", "published", "retrieved")
    search_fields = ("key", "publisher", "title")
    fields = (
        *("key", "publisher", "short_name", "title", "edition", "period", "published", "retrieved"),
        *("files", "url", "licence", "attribution"),
    )


@admin.register(SeedTable)
class SeedTableAdmin(LookOnlyAdmin):
    list_display = ("path", "loaded_at", "sha256")
    search_fields = ("path",)
