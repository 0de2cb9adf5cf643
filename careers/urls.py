from django.urls import path, register_converter

from careers.views import certifications, home, methods, occupation_detail, occupation_list, search


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
    path("certifications/", certifications.certification_list, name="certification_list"),
    path("certifications/<slug:key>/", certifications.certification_detail, name="certification_detail"),
    path("methods/", methods.methods, name="methods"),
]
