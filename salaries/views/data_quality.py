"""The admin's page of what a careful editor would want to know: the same as manage.py check_data."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils import timezone

from salaries.quality import check


def data_quality(request):
    """For signed-in staff: config.urls wraps it in the admin's own check."""
    results = check(timezone.localdate())
    return TemplateResponse(
        request,
        "admin/data_quality.html",
        {
            **admin.site.each_context(request),
            "title": "Data quality",
            "results": results,
            "failed": sum(result.has_failed for result in results),
        },
    )
