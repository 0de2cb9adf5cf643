"""What states ask of people before they may do the work: by hand, or many at once from a list."""

from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm
from import_export.instance_loaders import ModelInstanceLoader

from careers.admin.base import EditorsAdmin, HistoryAdmin, may_import
from careers.ipeds.clean import site_of
from careers.ipeds.states import STATES
from careers.licences import COLUMNS, is_stale
from careers.models import DataVersion, LicenceRequirement, Occupation
from careers.quality import YEAR


class OccupationWidget(widgets.ForeignKeyWidget):
    """An occupation by its code, or a plain refusal; `rows` maps the codes of SOC 2018 to occupations."""

    def __init__(self):
        super().__init__(Occupation, "code")
        self.rows = {}

    def clean(self, value, row=None, **kwargs):
        code = str(value or "").strip()
        if code not in self.rows:
            raise ValueError(f"there is no occupation of SOC 2018 with the code {code!r}")
        return self.rows[code]


class HeldRequirements(ModelInstanceLoader):
    """The requirements that there are, read once for all rows of a list."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.held = {(r.occupation.code, r.state, r.name): r for r in resource.get_queryset()}

    def get_instance(self, row):
        return self.held.get(tuple(row[name] for name in COLUMNS[:3]))


class LicenceResource(resources.ModelResource):
    """The columns of a list as import_licences takes it; rows are told apart by the first three."""

    occupation_code = fields.Field("occupation", "occupation_code", OccupationWidget())
    checked = fields.Field("checked", "checked", widgets.DateWidget("%Y-%m-%d"))

    class Meta:
        model = LicenceRequirement
        name = "Licence requirements, as import_licences takes them"
        import_id_fields = COLUMNS[:3]
        fields = import_order = export_order = COLUMNS
        instance_loader_class = HeldRequirements
        skip_unchanged = True
        report_skipped = True  # the preview also shows what is left, for it was confirmed here later
        clean_model_instances = True
        use_transactions = True

    def before_import(self, dataset, **kwargs):
        headers = [str(name) for name in dataset.headers or []]
        if missing := [name for name in COLUMNS[:3] if name not in headers]:
            raise ValueError(f"The file needs the columns {', '.join(missing)}.")
        if unknown := [name for name in headers if name not in COLUMNS]:
            raise ValueError(f"Unknown columns: {', '.join(unknown)}. Known are {', '.join(COLUMNS)}.")
        self.fields["occupation_code"].widget.rows = Occupation.objects.current().in_bulk(field_name="code")

    def before_import_row(self, row, **kwargs):
        for name, cell in row.items():
            row[name] = " ".join(cell.split()) if isinstance(cell, str) else cell
            if isinstance(cell, datetime):  # a day in a workbook
                row[name] = cell.date()
        row["state"] = str(row["state"] or "").upper()
        if "site" in row:
            row["site"] = site_of(str(row["site"] or "")) or row["site"]

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Also what an editor has confirmed and the list had not checked as late."""
        checked = instance.checked if row.get("checked") else None
        if original.pk and is_stale(checked, original):
            return True
        return super().skip_row(instance, original, row, import_validation_errors)

    def get_queryset(self):
        return super().get_queryset().select_related("occupation")

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        found = dict(import_validation_errors or {})
        if instance.state not in STATES:
            found["state"] = ValidationError("Expected a postal code, OH.")
        if instance.checked and instance.checked > timezone.localdate():
            found["checked"] = ValidationError("Expected a day that has been.")
        super().validate_instance(instance, found, validate_unique)


class LicenceForm(forms.ModelForm):
    def clean_state(self):
        state = self.cleaned_data["state"].upper()
        if state not in STATES:
            raise ValidationError("Expected a postal code, OH.")
        return state

    def clean_checked(self):
        checked = self.cleaned_data["checked"]
        if checked and checked > timezone.localdate():
            raise ValidationError("This day is still to come.")
        return checked


class Confirmed(admin.SimpleListFilter):
    title = "confirmed at the agency"
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [
            ("recent", "Within a year"),
            ("old", "Over a year ago"),
            ("never", "Not yet: no reader sees it"),
        ]

    def queryset(self, request, queryset):
        since = timezone.localdate() - YEAR
        wanted = {"recent": Q(checked__gte=since), "old": Q(checked__lt=since), "never": Q(checked=None)}
        return queryset.filter(wanted.get(self.value(), Q()))


@admin.register(LicenceRequirement)
class LicenceRequirementAdmin(ImportExportMixin, EditorsAdmin, HistoryAdmin):
    form = LicenceForm
    resource_classes = [LicenceResource]
    formats = [CSV, XLSX]
    export_form_class = ExportForm  # the one that chooses columns needs inline script, which the policy bars
    export_template_name = "admin/careers/licencerequirement/export.html"
    import_template_name = "admin/careers/certification/import.html"
    list_display = ("name", "state", "occupation", "agency", "checked")
    list_filter = (Confirmed, "state")
    list_select_related = ("occupation",)
    search_fields = ("name", "agency", "occupation__code", "occupation__title")
    search_help_text = "The licence, the agency, or an occupation's code or title."
    ordering = ("occupation__code", "state", "name")
    autocomplete_fields = ("occupation",)
    actions = ("confirm_today",)
    fieldsets = (
        (None, {"fields": ("occupation", "state", "name", "agency", "site", "note")}),
        (
            "Confirmed",
            {
                "fields": ("checked",),
                "description": "Readers see the requirement once it has a day here: the day on which you "
                "read it on the agency's own page.",
            },
        ),
    )

    def has_import_permission(self, request):
        return may_import(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).select_related("occupation")

    def process_result(self, result, request):
        DataVersion.raise_number()
        return super().process_result(result, request)

    @admin.action(description="Confirm today, having read the agency's pages", permissions=["change"])
    def confirm_today(self, request, queryset):
        """One by one, so that each has its history."""
        confirmed = 0
        for requirement in queryset:
            requirement.checked = timezone.localdate()
            requirement._change_reason = "Confirm today"
            requirement.save()
            confirmed += 1
        DataVersion.raise_number()
        self.message_user(request, f"Confirmed today: {confirmed}.", messages.SUCCESS)
