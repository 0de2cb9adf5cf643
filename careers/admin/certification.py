"""Certifications and who issues them, one by one or many at once from a file."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone

from careers.admin.base import EditorsAdmin, HistoryAdmin, PartOfParent, WithFiles, edited_words, link_to
from careers.admin.confirm import SAVE_ANYWAY, AskingForm, RowOnceForm
from careers.contradictions import certification_findings
from careers.models import Certification, CertificationUse, Organization

YEAR = timedelta(days=365)
WHAT_IT_TAKES = ("education", "experience", "exam", "membership", "cost", "renewal")


class CertificationForm(AskingForm):
    class Meta:
        wide = forms.TextInput(attrs={"class": "vLargeTextField"})
        widgets = dict.fromkeys(("name", "former_names", *WHAT_IT_TAKES), wide)

    def findings(self):
        told = self.cleaned_data
        organization = told.get("organization")
        names = ("site", "cost", "cost_checked", "status", "replaced_by")
        return certification_findings(
            issuers_site=organization.site if organization else "",
            today=timezone.localdate(),
            **{name: told.get(name) for name in names},
        )


class UseInline(PartOfParent, admin.TabularInline):
    model = CertificationUse
    form = RowOnceForm
    autocomplete_fields = ("occupation",)
    extra = 0
    verbose_name = "occupation"
    verbose_name_plural = "Occupations that ask for it"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("certification", "occupation")


class Checked(admin.SimpleListFilter):
    title = "the issuer's page"
    parameter_name = "page"

    def lookups(self, request, model_admin):
        return [("recent", "Read within a year"), ("old", "Read over a year ago"), ("never", "Never read")]

    def queryset(self, request, queryset):
        since = timezone.localdate() - YEAR
        wanted = {"recent": Q(checked__gte=since), "old": Q(checked__lt=since), "never": Q(checked=None)}
        return queryset.filter(wanted.get(self.value(), Q()))


@admin.register(Certification)
class CertificationAdmin(WithFiles, EditorsAdmin, HistoryAdmin):
    form = CertificationForm
    file_admin = "careers.admin.certification_file.CertificationFileAdmin"
    inlines = (UseInline,)
    list_display = ("name", "abbreviation", "organization", "status", "occupations", "checked", "edited")
    list_display += ("page",)
    list_filter = ("status", Checked, "is_edited")
    list_select_related = ("organization",)
    search_fields = ("name", "abbreviation", "key", "former_names", "organization__name")
    search_help_text = "Letters such as RHIT, or words of its name or of who issues it."
    ordering = ("name",)
    autocomplete_fields = ("organization", "replaced_by", "accredited_by")
    readonly_fields = ("page",)
    fieldsets = (
        (
            None,
            {
                "fields": (SAVE_ANYWAY, "key", "name", "abbreviation", "former_names", "page"),
                "description": "From your first save on the certification and its occupations are yours: the "
                "tables that the site starts with no longer change them. What is not known stays empty. One "
                "that is no longer given is retired, not deleted: the next seed would bring it back.",
            },
        ),
        ("Who gives it", {"fields": ("organization", "site", "status", "replaced_by", "accredited_by")}),
        ("What it takes", {"fields": (*WHAT_IT_TAKES[:-1], "cost_checked", "renewal")}),
        ("Our check", {"fields": ("checked",)}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(named_for=Count("uses"))

    def get_readonly_fields(self, request, obj=None):
        """The key is in an address that others may have kept."""
        return (*self.readonly_fields, "key") if obj else self.readonly_fields

    @admin.display(description="occupations", ordering="named_for")
    def occupations(self, obj):
        return obj.named_for

    @admin.display(description="edited here", ordering="is_edited")
    def edited(self, obj):
        return edited_words(obj)

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    @admin.display(description="public page")
    def page(self, obj):
        return link_to(obj, "Open") if obj.pk else None


@admin.register(Organization)
class OrganizationAdmin(EditorsAdmin):
    list_display = ("name", "abbreviation", "site", "certifications_issued", "edited")
    list_filter = ("is_edited",)
    search_fields = ("name", "abbreviation", "key")
    search_help_text = "A name or its letters."
    ordering = ("name",)
    fields = ("key", "name", "abbreviation", "site")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(issued=Count("certifications"))

    def get_readonly_fields(self, request, obj=None):
        return ("key",) if obj else ()

    @admin.display(description="certifications", ordering="issued")
    def certifications_issued(self, obj):
        return obj.issued

    @admin.display(description="edited here", ordering="is_edited")
    def edited(self, obj):
        return edited_words(obj)
