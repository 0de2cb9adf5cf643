from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from config import health, observe, second_factor
from config.audit import audit
from config.state import state
from salaries.api.documentation import documentation, openapi
from salaries.api.site import api
from salaries.views.data_quality import data_quality

handler500 = "config.unavailable.fault"


def favicon(_request):
    """Browsers ask for this beside pages that name no icon: the admin, a downloaded table."""
    return redirect(static("img/waymark.svg"))


urlpatterns = [
    path("", include("careers.urls")),
    path("", include("salaries.urls")),
    path("api/", documentation, name="api"),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("health/", health.ready, name="health"),
    path("health/live/", health.live, name="health_live"),
    path("metrics", observe.metrics, name="metrics"),
    path("favicon.ico", favicon),
    path(f"{settings.ADMIN_PATH}login/", second_factor.sign_in),  # in front of the admin's own
    path(f"{settings.ADMIN_PATH}second-factor/", second_factor.ask, name="second_factor"),
    path(f"{settings.ADMIN_PATH}audit/", admin.site.admin_view(audit), name="audit"),
    path(f"{settings.ADMIN_PATH}state/", admin.site.admin_view(state), name="state"),
    path(f"{settings.ADMIN_PATH}data-quality/", admin.site.admin_view(data_quality), name="data_quality"),
    path(settings.ADMIN_PATH, admin.site.urls),
]
