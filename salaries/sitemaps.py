"""The site's pages for search engines, in one file a kind: /sitemap.xml names them."""

from django.contrib.sitemaps import Sitemap

from careers.models import Certification, Occupation, School
from salaries.models import Area, Release

PAGES = (
    "/", "/occupations/", "/areas/", "/certifications/", "/schools/", "/programs/", "/compare/", "/offer/",
    "/releases/", "/methods/", "/api/",
)  # fmt: skip


class Addresses(Sitemap):
    """Addresses as text: a page of thousands makes no object for each."""

    def location(self, item):
        return item


class Pages(Addresses):
    def items(self):
        return PAGES


class Occupations(Addresses):
    def items(self):
        rows = Occupation.objects.current().order_by("code").values_list("code", "slug")
        return [f"/occupations/{code}-{slug}/{page}" for code, slug in rows for page in ("", "pay/")]


class Areas(Addresses):
    def items(self):
        slugs = Area.objects.order_by("slug").values_list("slug", flat=True)
        return [f"/areas/{slug}/" for slug in slugs]


class Certifications(Addresses):
    def items(self):
        keys = Certification.objects.order_by("key").values_list("key", flat=True)
        return [f"/certifications/{key}/" for key in keys]


class Schools(Addresses):
    def items(self):
        rows = School.objects.order_by("unitid").values_list("unitid", "slug")
        return [f"/schools/{unitid}-{slug}/" for unitid, slug in rows]


class Releases(Addresses):
    def items(self):
        years = Release.objects.published().order_by("-year").values_list("year", flat=True)
        return [f"/releases/oews-{year}/{page}" for year in years for page in ("", "changes/")]


SITEMAPS = {
    "pages": Pages,
    "occupations": Occupations,
    "areas": Areas,
    "certifications": Certifications,
    "schools": Schools,
    "releases": Releases,
}
