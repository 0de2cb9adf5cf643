from django.urls import path, re_path

from salaries import preview
from salaries.views import areas, compare, offer, pay, releases

urlpatterns = [
    path("preview/<int:pk>/", preview.start, name="preview_start"),
    path("preview/stop/", preview.stop, name="preview_stop"),
    path("occupations/<code_slug:code_slug>/pay/", pay.occupation_pay, name="occupation_pay"),
    path("compare/", compare.compare, name="compare"),
    path("offer/", offer.offer, name="offer"),
    path("areas/", areas.area_list, name="area_list"),
    path("areas/<slug:slug>/", areas.area_detail, name="area_detail"),
    path("releases/", releases.release_list, name="release_list"),
    re_path(r"^releases/oews-(?P<year>[0-9]{4})/$", releases.release_detail, name="release_detail"),
    re_path(r"^releases/oews-(?P<year>[0-9]{4})/changes/$", releases.release_changes, name="release_changes"),
]
