"""The pages that take a file in, show what it would change, and give one out."""

from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm

from careers.admin.base import WithFiles
from careers.models import DataVersion


class FileAdmin(ImportExportMixin):
    """Stands before the admin whose rows it takes: the permissions are that one's."""

    formats = [CSV, XLSX]
    export_form_class = ExportForm  # the one that chooses columns needs inline script, which the policy bars
    import_template_name = "admin/careers/certification/import.html"
    has_import_permission = WithFiles.has_import_permission
    has_export_permission = WithFiles.has_export_permission

    def process_result(self, result, request):
        DataVersion.raise_number()
        return super().process_result(result, request)
