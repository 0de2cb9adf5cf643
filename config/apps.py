"""The admin, without what only files in and out of it need."""

from importlib import import_module

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import module_has_submodule


class AdminConfig(SimpleAdminConfig):
    """Finds each app's admin module, as Django's own does, but import_export's.

    That one registers nothing, and brings numpy: 25 MB in each web process (careers/admin/files.py).
    """

    def ready(self):
        super().ready()
        for app in apps.get_app_configs():
            if app.name != "import_export" and module_has_submodule(app.module, "admin"):
                import_module(f"{app.name}.admin")
