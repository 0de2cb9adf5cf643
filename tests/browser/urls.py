"""The site's addresses, and two at which what goes wrong can be seen."""

from django.shortcuts import render
from django.urls import path

from config import urls


def broken(request):
    raise RuntimeError("a fault of the site, which a test asked for")


def away(request):
    return render(request, "503.html", status=503)


urlpatterns = [*urls.urlpatterns, path("broken/", broken), path("away/", away)]
