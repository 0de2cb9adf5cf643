from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("", include("careers.urls")),
    path("", include("salaries.urls")),
    path("health/", health.ready, name="health"),
    path("health/live/", health.live, name="health_live"),
    path("admin/", admin.site.urls),
]
