"""Certifications as a file: the columns of data/certifications.csv, out and in, a row known by its key."""

from django.db.models import Prefetch
from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.instance_loaders import CachedInstanceLoader

from careers.admin.certification import CertificationAdmin
from careers.admin.files import FileAdmin
from careers.contradictions import certification_findings
from careers.models import Certification, Organization

MODEL_FIELDS = ("key", "name", "abbreviation", "former_names", "organization", "site", "status")
MODEL_FIELDS += ("replaced_by", "education", "experience", "exam", "membership", "cost", "cost_checked")
MODEL_FIELDS += ("renewal", "accredited_by", "checked")


ACCREDITORS = Prefetch("accredited_by", to_attr="accreditors")


class KeyWidget(widgets.ForeignKeyWidget):
    """Another row by its key, or a plain refusal; `rows` maps the keys that there are to rows."""

    def __init__(self, model):
        super().__init__(model, "key")
        self.rows = {}

    def clean(self, value, row=None, **kwargs):
        return found(self, [str(value).strip()])[0] if value else None


class KeysWidget(widgets.ManyToManyWidget):
    """Several rows by their keys: ncca;anab."""

    def __init__(self, model):
        super().__init__(model, separator=";", field="key")
        self.rows = {}

    def render(self, value, obj=None, **kwargs):
        return ";".join(row.key for row in value)

    def clean(self, value, row=None, **kwargs):
        return found(self, [key.strip() for key in str(value or "").split(";") if key.strip()])


def found(widget, keys):
    """The rows of the keys; raises ValueError for the first that nothing has."""
    if missing := [key for key in keys if key not in widget.rows]:
        raise ValueError(f"there is no {widget.model._meta.verbose_name} with the key {missing[0]!r}")
    return [widget.rows[key] for key in keys]


class Rows(list):
    """Rows already read, where the package asks a manager for them."""

    def all(self):
        return self


class AccreditorsField(fields.Field):
    """The accreditors of a certification, as get_queryset has read them for all rows together."""

    def get_value(self, instance):
        return Rows(getattr(instance, "accreditors", []))

    def save(self, instance, row, is_m2m=False, **kwargs):
        instance.accreditors = self.clean(row)
        instance.accredited_by.set(instance.accreditors)


class CertificationResource(resources.ModelResource):
    """Rows changed by a file are their editor's from then on, like rows changed by hand."""

    organization = fields.Field("organization", "organization", KeyWidget(Organization))
    replaced_by = fields.Field("replaced_by", "replaced_by", KeyWidget(Certification))
    accredited_by = AccreditorsField("accredited_by", "accredited_by", KeysWidget(Organization))

    class Meta:
        model = Certification
        name = "Certifications, as data/certifications.csv has them"
        import_id_fields = ("key",)
        fields = MODEL_FIELDS
        import_order = export_order = MODEL_FIELDS
        instance_loader_class = CachedInstanceLoader
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
        organizations = Organization.objects.in_bulk(field_name="key")
        for name in ("organization", "accredited_by"):
            self.fields[name].widget.rows = organizations
        self.fields["replaced_by"].widget.rows = Certification.objects.in_bulk(field_name="key")
        self._begin_histories(dataset["key"])

    def _begin_histories(self, keys):
        """Keep what the seed brought, as the first edit by hand does."""
        seeded = Certification.objects.filter(key__in=keys)
        seeded = list(seeded.exclude(pk__in=Certification.history.values("id")))
        for certification in seeded:
            certification._history_user = None
        Certification.history.bulk_history_create(seeded)

    def get_queryset(self):
        rows = super().get_queryset().select_related("organization", "replaced_by")
        return rows.prefetch_related(ACCREDITORS)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        organization = instance.organization if instance.organization_id else None
        told = {name: getattr(instance, name) for name in ("site", "cost", "cost_checked", "status")}
        findings = certification_findings(
            **told,
            issuers_site=organization.site if organization else "",
            replaced_by=instance.replaced_by_id,
            today=timezone.localdate(),
        )
        errors = {finding.field: finding.words for finding in findings if finding.is_error}
        super().validate_instance(instance, (import_validation_errors or {}) | errors, validate_unique)

    def before_save_instance(self, instance, row, **kwargs):
        instance.is_edited = True

    def after_save_instance(self, instance, row, **kwargs):
        """A row further down may name this one as its successor."""
        self.fields["replaced_by"].widget.rows[instance.key] = instance


class CertificationFileAdmin(FileAdmin, CertificationAdmin):
    resource_classes = [CertificationResource]
    export_template_name = "admin/careers/certification/export.html"

    def get_export_queryset(self, request):
        queryset = super().get_export_queryset(request)
        return queryset.select_related("organization", "replaced_by").prefetch_related(ACCREDITORS)
