from django.contrib.sitemaps import views as sitemaps
from django.urls import path, re_path

from salaries import preview
from salaries.feeds import ReleasesFeed
from salaries.sitemaps import SITEMAPS
from salaries.views import areas, compare, embed, frozen, machines, offer, pay, releases

urlpatterns = [
    path("preview/<int:pk>/", preview.start, name="preview_start"),
    path("preview/stop/", preview.stop, name="preview_stop"),
    path("occupations/<code_slug:code_slug>/pay/", pay.occupation_pay, name="occupation_pay"),
    path("compare/", compare.compare, name="compare"),
    path("offer/", offer.offer, name="offer"),
    path("areas/", areas.area_list, name="area_list"),
    path("areas/<slug:slug>/", areas.area_detail, name="area_detail"),
    path("releases/feed.xml", ReleasesFeed(), name="release_feed"),
    path("releases/", releases.release_list, name="release_list"),
    re_path(r"^releases/oews-(?P<year>[0-9]{4})/$", releases.release_detail, name="release_detail"),
    re_path(r"^releases/oews-(?P<year>[0-9]{4})/changes/$", releases.release_changes, name="release_changes"),
    re_path(
        r"^r/oews-(?P<year>[0-9]{4})(?:-r(?P<revision>[0-9]{1,4}))?/occupations/"
        r"(?P<code_slug>[0-9]{2}-[0-9]{4}(?:-[^/]*)?)/$",
        frozen.frozen,
        name="frozen",
    ),
    path("embed/<code_slug:code_slug>/", embed.embed, name="embed"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
