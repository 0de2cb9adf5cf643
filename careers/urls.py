from django.urls import path, re_path, register_converter

from careers.views import (
    certifications,
    home,
    methods,
    occupation_detail,
    occupation_list,
    occupation_schools,
    programs,
    schools,
    search,
    statements,
    styleguide,
)


class CodeSlug:
    """An occupation's part of an address: its code, then any slug; the view sends wrong ones on."""

    regex = "[0-9]{2}-[0-9]{4}(?:-[^/]*)?"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


register_converter(CodeSlug, "code_slug")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search_suggest"),
    path("occupations/", occupation_list.occupation_list, name="occupation_list"),
    path("occupations/<code_slug:code_slug>/", occupation_detail.occupation_detail, name="occupation_detail"),
    path(
        "occupations/<code_slug:code_slug>/schools/",
        occupation_schools.occupation_schools,
        name="occupation_schools",
    ),
    path("schools/", schools.school_list, name="school_list"),
    re_path(
        r"^schools/(?P<unitid>[0-9]{1,9})(?:-(?P<slug>[^/]*))?/$", schools.school_detail, name="school_detail"
    ),
    path("programs/", programs.program_list, name="program_list"),
    re_path(r"^programs/(?P<code>[0-9]{2}\.[0-9]{4})/$", programs.program_detail, name="program_detail"),
    path("certifications/", certifications.certification_list, name="certification_list"),
    path("certifications/<slug:key>/", certifications.certification_detail, name="certification_detail"),
    path("methods/", methods.methods, name="methods"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
