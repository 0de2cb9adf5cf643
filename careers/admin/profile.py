"""Profiles: what editors write of an occupation, in the order of its page, with a preview."""

import re
from datetime import timedelta

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from careers.admin.base import EditorsAdmin, HistoryAdmin, PartOfParent, edited_words, link_to
from careers.admin.confirm import SAVE_ANYWAY, AskingForm, posted_rows
from careers.admin.preview import preview_page
from careers.contradictions import CONTACTS, Credentials, Written, figures_typed_in, findings, letters_of
from careers.models import SECTIONS, Certification, EducationPath, Occupation, Profile
from careers.quality import certification_link
from salaries.models import Release

YEAR = timedelta(days=365)
LAST = 32_767  # the highest position that both databases hold


WIDE = {"class": "vLargeTextField"}
FEWEST_LINES, MOST_LINES = 4, 24
A_LINE = 80  # characters, about, in the admin's widest box


class ProfileForm(AskingForm):
    class Meta:
        widgets = {
            **{name: forms.Textarea(attrs=WIDE) for name in ("summary", *SECTIONS)},
            **{f"{name}_reason": forms.TextInput(attrs=WIDE) for name in CONTACTS},
        }

    def __init__(self, *args, **kwargs):
        """Boxes as high as what is written in them."""
        super().__init__(*args, **kwargs)
        for name in ("summary", *SECTIONS):
            if name in self.fields:
                text = getattr(self.instance, name)
                lines = sum(1 + len(line) // A_LINE for line in text.splitlines()) + 1
                self.fields[name].widget.attrs["rows"] = min(max(lines, FEWEST_LINES), MOST_LINES)

    def clean(self):
        """With the line ends of the seeded text: a browser sends others, and history would show each line."""
        for name in ("summary", *SECTIONS):
            if name in self.cleaned_data:
                self.cleaned_data[name] = self.cleaned_data[name].replace("\r\n", "\n")
        return super().clean()

    def findings(self):
        occupation = self.cleaned_data.get("occupation") or self._own_occupation()
        if occupation is None:
            return []  # the field for it says what is missing
        named = Certification.objects.exclude(abbreviation="")
        known = Credentials(named.order_by().values_list("abbreviation", flat=True))
        newest = Release.objects.filter(status=Release.Status.PUBLISHED).order_by("-year").first()
        written = self._written(occupation)
        return [*findings(written, known), *figures_typed_in(written, newest)]

    def _own_occupation(self):
        return self.instance.occupation if self.instance.occupation_id else None

    def _written(self, occupation):
        told = self.cleaned_data
        uses = occupation.certification_uses.order_by()
        return Written(
            prose={name: told.get(name, "") for name in ("summary", *SECTIONS)},
            is_published=told.get("status") == Profile.Status.PUBLISHED,
            contacts={name: (told.get(name, ""), told.get(f"{name}_reason", "")) for name in CONTACTS},
            paths=frozenset(self._levels()),
            entry_education=entry_education_of(occupation),
            credentials=letters_of(
                uses.values_list("certification__abbreviation", "certification__former_names")
            ),
        )

    def _levels(self):
        """The levels of the paths: as posted beside the profile, or those that it has."""
        if "paths-TOTAL_FORMS" in self.data:
            return {row["level"] for row in posted_rows(self.data, "paths", ["level"]) if row["level"]}
        return set(self.instance.paths.values_list("level", flat=True)) if self.instance.pk else set()


def entry_education_of(occupation):
    """What BLS assigns as typical schooling for entry; "" where it makes no projection for the code."""
    projection = getattr(occupation, "projection", None)
    return projection.entry_education if projection else ""


# --- Paths ------------------------------------------------------------------------------------------


class LinesField(forms.CharField):
    """A list of words, typed one a line, or on one line with commas."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 60})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        text = super().to_python(value).strip()
        parts = text.splitlines() if "\n" in text else text.split(",")
        return [part.strip(" ,") for part in parts if part.strip(" ,")]

    def has_changed(self, initial, data):
        return self.to_python(data or "") != (initial or [])


class PathForm(forms.ModelForm):
    class Meta:
        widgets = dict.fromkeys(("name", "leads_to"), forms.TextInput(attrs=WIDE))

    position = forms.IntegerField(
        required=False, min_value=1, max_value=LAST, help_text="Its place; empty for the last."
    )
    courses = LinesField(required=False, help_text="One a line, or on one line with commas.")
    programs = LinesField(required=False, help_text="CIP 2020 codes such as 51.0713, in the same way.")

    def clean_position(self):
        return self.cleaned_data["position"] or LAST

    def clean_programs(self):
        codes = self.cleaned_data["programs"]
        wrong = [code for code in codes if not re.fullmatch(r"\d\d\.\d{4}", code)]
        if wrong:
            raise ValidationError(f"No CIP code: {', '.join(wrong)}. One is written 51.0713.")
        return codes


class PathInline(PartOfParent, admin.StackedInline):
    model = EducationPath
    form = PathForm
    extra = 0
    verbose_name = "path"
    verbose_name_plural = "Paths: schooling and training that lead in"
    fields = (
        ("level", "standing"),
        "name",
        "length",
        ("courses", "programs"),
        "leads_to",
        "position",
    )


# --- Lists ------------------------------------------------------------------------------------------

IS_FULL = Q()
for _name in SECTIONS:
    IS_FULL |= ~Q(**{_name: ""})


class HowFull(admin.SimpleListFilter):
    title = "text"
    parameter_name = "text"

    def lookups(self, request, model_admin):
        return [("full", "In full"), ("summary", "Summary only"), ("empty", "No summary")]

    def queryset(self, request, queryset):
        wanted = {"full": IS_FULL, "summary": ~IS_FULL & ~Q(summary=""), "empty": Q(summary="")}
        return queryset.filter(wanted.get(self.value(), Q()))


class Group(admin.SimpleListFilter):
    title = "major group"
    parameter_name = "group"

    def lookups(self, request, model_admin):
        groups = Occupation.objects.major_groups().order_by("code").values_list("code", "title")
        return [(code[:2], f"{code[:2]} {title.removesuffix(' Occupations')}") for code, title in groups]

    def queryset(self, request, queryset):
        return queryset.filter(occupation__code__startswith=f"{self.value()}-") if self.value() else queryset


class Reviewed(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("recent", "Within a year"), ("old", "Over a year ago"), ("never", "Never")]

    def queryset(self, request, queryset):
        since = timezone.localdate() - YEAR
        wanted = {"recent": Q(reviewed__gte=since), "old": Q(reviewed__lt=since), "never": Q(reviewed=None)}
        return queryset.filter(wanted.get(self.value(), Q()))


# --- The admin --------------------------------------------------------------------------------------


@admin.register(Profile)
class ProfileAdmin(EditorsAdmin, HistoryAdmin):
    form = ProfileForm
    inlines = (PathInline,)
    list_display = ("code", "name", "state", "text", "reviewed", "edited", "page")
    list_display_links = ("code", "name")
    list_filter = ("status", HowFull, Reviewed, "is_edited", Group)
    list_select_related = ("occupation",)
    search_fields = ("occupation__code", "occupation__title", "occupation__display_title", "summary")
    search_help_text = "A code such as 29-2072, or words of a title or of the summary."
    ordering = ("occupation__code",)
    autocomplete_fields = ("occupation", "sources")
    readonly_fields = ("page", "entry_education", "certifications")
    fieldsets = (
        (
            None,
            {
                "fields": (SAVE_ANYWAY, "occupation", "page", "status", "reviewed", "sources"),
                "description": "From your first save on the profile is yours: the seed no longer changes it. "
                "Write in your own words, in Markdown. Type no figure: name it, "
                "{{ annual_median }}, and the page puts it there with its place, year and source. To take a "
                "profile from the site make it a draft: one that is deleted comes back with the next seed.",
            },
        ),
        ("At the top of the page", {"fields": ("summary",)}),
        ("What they do", {"fields": ("what_they_do", "duties", "specialties")}),
        (
            "Where and when they work",
            {
                "fields": (
                    "work_setting",
                    *("patient_contact", "patient_contact_reason", "bodily_fluids", "bodily_fluids_reason"),
                )
            },
        ),
        (
            "How to become one",
            {"fields": ("how_to_enter", "entry_education", "licences", "certifications")},
        ),
        ("Getting on", {"fields": ("advancement", "qualities")}),
        ("How it is changing", {"fields": ("forces",)}),
        ("What the code covers", {"fields": ("scope",)}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("occupation__projection")

    def get_readonly_fields(self, request, obj=None):
        """A profile stays with its occupation."""
        return (*self.readonly_fields, "occupation") if obj else self.readonly_fields

    def get_fieldsets(self, request, obj=None):
        """Where nothing can be saved there is nothing to save anyway."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj) or obj is None:
            return fieldsets
        return [
            (name, {**told, "fields": [field for field in told["fields"] if field != SAVE_ANYWAY]})
            for name, told in fieldsets
        ]

    def save_model(self, request, obj, form, change):
        if change and not set(form.changed_data) - {"sources"}:
            obj._change_reason = "Paths or sources: the history keeps the text alone"
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for position, row in enumerate(form.instance.paths.order_by("position", "pk"), 1):
            if row.position != position:
                EducationPath.objects.filter(pk=row.pk).update(position=position)

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview)
        return [
            path("preview/", preview, name="careers_profile_preview_new"),
            path("<int:object_id>/preview/", preview, name="careers_profile_preview"),
            *super().get_urls(),
        ]

    def preview(self, request, object_id=None):
        """The public page with what the form says, mistakes and all; nothing is saved."""
        profile = self.get_object(request, str(object_id)) if object_id else None
        may_write = self.has_change_permission if object_id else self.has_add_permission
        if not may_write(request) or (object_id and profile is None):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:careers_profile_change", object_id) if object_id else redirect("../add/")
        form_class = self.get_form(request, profile, change=profile is not None)
        form = form_class(request.POST, instance=profile or Profile())
        form.is_valid()  # fills the instance with each field that can be read
        if not form.instance.occupation_id:
            return HttpResponse("Choose an occupation first.", status=400, content_type="text/plain")
        formsets, _ = self._create_formsets(request, form.instance, change=profile is not None)
        return preview_page(request, form, formsets[0] if formsets else None)

    def view_on_site(self, obj):
        return obj.occupation.get_absolute_url()

    @admin.display(description="code", ordering="occupation__code")
    def code(self, obj):
        return obj.occupation.code

    @admin.display(description="occupation", ordering="occupation__title")
    def name(self, obj):
        return obj.occupation.name

    @admin.display(description="status", ordering="status")
    def state(self, obj):
        return obj.get_status_display().split(":")[0]

    @admin.display(description="text")
    def text(self, obj):
        return "In full" if obj.is_full else "Summary only" if obj.summary else "No summary"

    @admin.display(description="edited here", ordering="is_edited")
    def edited(self, obj):
        return edited_words(obj)

    @admin.display(description="public page")
    def page(self, obj):
        return link_to(obj.occupation, "Open") if obj.occupation_id else None

    @admin.display(description="BLS: typical schooling for entry")
    def entry_education(self, obj):
        projection = getattr(obj.occupation, "projection", None) if obj.occupation_id else None
        return projection.get_entry_education_display() if projection else "not published"

    @admin.display(description="certifications")
    def certifications(self, obj):
        """Those of the occupation, each a link to where it is edited."""
        if not obj.occupation_id:
            return None
        uses = sorted(
            obj.occupation.certification_uses.select_related("certification"),
            key=lambda use: (use.rank, use.certification.name),
        )
        link = '<li><a href="{}">{}</a>: {}</li>'
        rows = [
            (certification_link(u.certification), u.certification, u.get_relation_display().lower())
            for u in uses
        ]
        listed = format_html_join("", link, rows) or format_html("<li>{}</li>", "None yet")
        find = '<a href="{}">Find one to link to this occupation</a>'
        every = reverse("admin:careers_certification_changelist")
        return format_html(f"<ul>{{}}<li>{find}</li></ul>", listed, every)
