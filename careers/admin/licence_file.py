"""Licence requirements as a file: the columns that import_licences takes, rows known by the first three."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.instance_loaders import ModelInstanceLoader

from careers.admin.files import FileAdmin
from careers.admin.licence import LicenceRequirementAdmin
from careers.ipeds.clean import site_of
from careers.ipeds.states import STATES
from careers.licences import COLUMNS, is_stale
from careers.models import LicenceRequirement, Occupation


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


class LicenceFileAdmin(FileAdmin, LicenceRequirementAdmin):
    resource_classes = [LicenceResource]
    export_template_name = "admin/careers/licencerequirement/export.html"

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).select_related("occupation")
