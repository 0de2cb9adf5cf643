"""/api/: the API for people, made from its own OpenAPI document; no script of anyone's."""

from functools import cache

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja.responses import Response

from salaries.api.site import api

EXAMPLES = {
    "/api/v1/occupations/": "?group=29-0000&outlook=much-faster-than-average",
    "/api/v1/occupations/{code}/": "/api/v1/occupations/29-2072/",
    "/api/v1/search/": "?q=medical+coder",
    "/api/v1/pay/": "?occupation=29-2072&area=ohio&year=2025",
    "/api/v1/compare/": "?occupation=29-2072&occupation=29-9021&area=ohio",
    "/api/v1/areas/": "?type=state",
    "/api/v1/certifications/": "?q=coder",
    "/api/v1/certifications/{key}/": "/api/v1/certifications/rhit/",
    "/api/v1/schools/": "?state=OH",
    "/api/v1/schools/{unitid}/": "/api/v1/schools/202356/",
    "/api/v1/releases/": "",
    "/api/v1/releases/oews-{year}/": "/api/v1/releases/oews-2025/",
    "/api/v1/releases/oews-{year}/changes/": "/api/v1/releases/oews-2025/changes/",
}


@cache
def document():
    """The OpenAPI document, made once a process: it takes a quarter of a second."""
    return api.get_openapi_schema()


@require_safe
def openapi(_request):
    return Response(document())


@require_safe
def documentation(request):
    told = document()
    context = {
        "section": "api",
        "crumbs": [("For programs", "")],
        "about": told["info"]["description"],
        "endpoints": [_told(path, methods["get"]) for path, methods in told["paths"].items()],
        "rate": settings.API_RATE,
    }
    return render(request, "salaries/api.html", context)


def _told(path, operation):
    example = EXAMPLES[path]
    return {
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": [(p["name"], p.get("description", ""), p["required"]) for p in operation["parameters"]],
        "example": example if example.startswith("/") else path + example,
    }
