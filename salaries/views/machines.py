"""Files that programs look for at the root: robots.txt and llms.txt."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from salaries.models import Release

TEXT = "text/plain; charset=utf-8"


@require_safe
def robots(request):
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return render(request, "salaries/robots.txt", {"sitemap": sitemap}, content_type=TEXT)


@require_safe
def llms(request):
    """What the site is, for language models that answer from it: https://llmstxt.org"""
    context = {"root": request.build_absolute_uri("/"), "release": Release.objects.newest_shown()}
    return render(request, "salaries/llms.txt", context, content_type=TEXT)
