"""Certifications as a file: the columns of data/certifications.csv, out and in, a row known by its key."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from import_export import fields, resources, widgets

from careers.admin.base import keep_what_the_import_brought
from careers.contradictions import certification_findings
from careers.models import Certification, Organization

MODEL_FIELDS = ("key", "name", "abbreviation", "former_names", "organization", "site", "status")
MODEL_FIELDS += ("replaced_by", "education", "experience", "exam", "membership", "cost", "cost_checked")
MODEL_FIELDS += ("renewal", "accredited_by", "checked")


class KeyWidget(widgets.ForeignKeyWidget):
    """Another row by its key, or a plain refusal."""

    def __init__(self, model):
        super().__init__(model, "key")

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row, **kwargs)
        except self.model.DoesNotExist:
            raise ValueError(f"there is no {self.model._meta.verbose_name} with the key {value!r}") from None


class KeysWidget(widgets.ManyToManyWidget):
    """Several rows by their keys: ncca;anab."""

    def __init__(self, model):
        super().__init__(model, separator=";", field="key")

    def clean(self, value, row=None, **kwargs):
        keys = [key.strip() for key in str(value or "").split(";") if key.strip()]
        found = {row.key: row for row in self.model.objects.filter(key__in=keys)}
        if missing := [key for key in keys if key not in found]:
            words = f"there is no {self.model._meta.verbose_name} with the key {missing[0]!r}"
            raise ValueError(words)
        return list(found.values())


class CertificationResource(resources.ModelResource):
    """Rows changed by a file are their editor's from then on, like rows changed by hand."""

    organization = fields.Field("organization", "organization", KeyWidget(Organization))
    replaced_by = fields.Field("replaced_by", "replaced_by", KeyWidget(Certification))
    accredited_by = fields.Field("accredited_by", "accredited_by", KeysWidget(Organization), m2m_add=False)

    class Meta:
        model = Certification
        name = "Certifications, as data/certifications.csv has them"
        import_id_fields = ("key",)
        fields = MODEL_FIELDS
        import_order = export_order = MODEL_FIELDS
        skip_unchanged = True
        report_skipped = False  # the preview shows the rows that would change
        clean_model_instances = True
        use_transactions = True

    def before_import(self, dataset, **kwargs):
        """Refuse a file without the columns that tell rows apart, and columns that nobody knows."""
        headers = dataset.headers or []
        if "key" not in headers:
            raise ValueError("The file needs a column key. Export one first to see how it is laid out.")
        if unknown := [str(name) for name in headers if name not in MODEL_FIELDS]:
            raise ValueError(f"Unknown columns: {', '.join(unknown)}. Known are {', '.join(MODEL_FIELDS)}.")

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        super().validate_instance(instance, import_validation_errors, validate_unique)
        found = certification_findings(
            issuers_site=instance.organization.site,
            today=timezone.localdate(),
            **{name: getattr(instance, name) for name in ("site", "cost", "cost_checked", "status")},
            replaced_by=instance.replaced_by_id,
        )
        if errors := {finding.field: finding.words for finding in found if finding.is_error}:
            raise ValidationError(errors)

    def before_save_instance(self, instance, row, **kwargs):
        instance.is_edited = True
        if instance.pk:
            keep_what_the_import_brought(instance)
