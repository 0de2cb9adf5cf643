"""Occupations: the editor's title and other names; codes are the classification's."""

from django.contrib import admin
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from careers.admin.base import (
    EditorsAdmin,
    HistoryAdmin,
    LookOnlyAdmin,
    PartOfParent,
    keep_what_the_import_brought,
    link_to,
)
from careers.admin.confirm import SAVE_ANYWAY, AskingForm, RowOnceForm, posted_rows
from careers.contradictions import plain, titles_of_others
from careers.models import CURRENT_SOC, AlternateTitle, CodeChange, DataVersion, Occupation

EDITORS_FIELDS = ("display_title",)
IMPORTERS_FIELDS = ("code", "title", "level", "soc_version", "parent", "slug")
MOST_TITLES = 100
# The fields of other models whose box looks an occupation up, and what each may choose from.
CHOOSES_FROM = {
    ("profile", "occupation"): Q(soc_version=CURRENT_SOC, profile=None),
    ("certificationuse", "occupation"): Q(soc_version=CURRENT_SOC),
}


class OccupationForm(AskingForm):
    def findings(self):
        titles = [row["title"].strip() for row in posted_rows(self.data, "alternate_titles", ["title"])]
        titles = [title for title in (*titles, self.cleaned_data.get("display_title", "")) if title]
        return titles_of_others(titles, bearers_of(titles, self.instance))


def bearers_of(titles, occupation):
    """Plain title to the names of the other occupations that bear it, whoever gave it to them.

    A code and its broad group may be called the same.
    """
    wanted, bearers = {title.lower() for title in titles}, {}
    current = Occupation.objects.current().exclude(pk__in=[occupation.pk, occupation.parent_id])
    current = current.exclude(parent=occupation)
    own = current.annotate(one=Lower("title"), two=Lower("display_title"))
    for other in own.filter(Q(one__in=wanted) | Q(two__in=wanted)):
        for title in {plain(other.title), plain(other.display_title)}:
            bearers.setdefault(title, []).append(str(other))
    rows = AlternateTitle.objects.annotate(lower=Lower("title")).filter(lower__in=wanted)
    for row in rows.filter(occupation__in=current).select_related("occupation"):
        others = bearers.setdefault(plain(row.title), [])
        if str(row.occupation) not in others:
            others.append(str(row.occupation))
    return bearers


class TitleInline(PartOfParent, admin.TabularInline):
    """The editor's own titles; importers' are listed above, to look at."""

    model = AlternateTitle
    form = RowOnceForm
    fields = ("title",)
    extra = 1
    verbose_name = "title of yours"
    verbose_name_plural = "Also called: titles of yours"

    def get_queryset(self, request):
        return super().get_queryset(request).filter(kind=AlternateTitle.Kind.EDITOR)


class HasProfile(admin.SimpleListFilter):
    title = "profile"
    parameter_name = "profile"
    conditions = {
        "published": Q(profile__status="published"),
        "draft": Q(profile__status="draft"),
        "missing": Q(profile=None),
    }

    def lookups(self, request, model_admin):
        return [("published", "Published"), ("draft", "Draft"), ("missing", "Not written yet")]

    def queryset(self, request, queryset):
        return queryset.filter(self.conditions.get(self.value(), Q()))


@admin.register(Occupation)
class OccupationAdmin(EditorsAdmin, HistoryAdmin):
    form = OccupationForm
    list_display = ("code", "title", "display_title", "level", "soc_version", "profile_status", "page")
    list_filter = ("level", "soc_version", HasProfile)
    search_fields = ("code", "title", "display_title")
    search_help_text = "A code such as 29-2072, or words of either title."
    ordering = ("code",)
    readonly_fields = (*IMPORTERS_FIELDS, "page", "profile_link", "importers_titles")
    inlines = (TitleInline,)
    fieldsets = (
        (
            "What you write",
            {
                "fields": (SAVE_ANYWAY, *EDITORS_FIELDS, "profile_link"),
                "description": "The title is yours, as are the titles of yours below: no import changes "
                "them. Leave it empty to show the publisher's. What these people do is told in the profile.",
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
        ("Titles that imports brought", {"fields": ("importers_titles",), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent", "profile")

    def get_search_results(self, request, queryset, search_term):
        """For a box that looks an occupation up, only those that it may choose."""
        if request.path.endswith("/autocomplete/"):
            asking = request.GET.get("model_name"), request.GET.get("field_name")
            queryset = queryset.filter(CHOOSES_FROM.get(asking, Q()))
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request, obj, form, change):
        """Write the editor's fields alone: going back to an old version leaves the importers' as they are."""
        keep_what_the_import_brought(obj)
        obj.refresh_from_db(fields=IMPORTERS_FIELDS)
        obj._history_user = request.user
        obj.save(update_fields=EDITORS_FIELDS)
        DataVersion.raise_number()

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    @admin.display(description="profile", ordering="profile__status")
    def profile_status(self, obj):
        profile = getattr(obj, "profile", None)
        return profile.get_status_display().split(":")[0] if profile else None

    @admin.display(description="profile")
    def profile_link(self, obj):
        if profile := getattr(obj, "profile", None):
            there = reverse("admin:careers_profile_change", args=[profile.pk])
            return format_html('<a href="{}">Edit its profile</a>', there)
        there = reverse("admin:careers_profile_add")
        return format_html('Not written yet: <a href="{}?occupation={}">Write one</a>', there, obj.pk)

    @admin.display(description="titles")
    def importers_titles(self, obj):
        rows = obj.alternate_titles.exclude(kind=AlternateTitle.Kind.EDITOR)
        rows = list(rows.order_by("kind", "title")[: MOST_TITLES + 1])
        items = format_html_join("", "<li>{}</li>", ((row.title,) for row in rows[:MOST_TITLES]))
        more = "<p>The first {} of them; the public page lists all.</p>" if len(rows) > MOST_TITLES else ""
        return format_html(f"<ul>{{}}</ul>{more}", items, MOST_TITLES) if rows else None

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
