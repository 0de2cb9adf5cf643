"""The admin for editors: their own fields to change, the importers' to look at."""

from django.contrib import admin

from careers.admin.base import LookOnlyAdmin, link_to
from careers.admin.certification import CertificationAdmin, OrganizationAdmin
from careers.admin.licence import LicenceRequirementAdmin
from careers.admin.occupation import CodeChangeAdmin, OccupationAdmin
from careers.admin.profile import ProfileAdmin
from careers.admin.sources import ProjectionAdmin, SeedTableAdmin, SourceAdmin

admin.site.site_header = "Waymark"
admin.site.site_title = "Waymark"
admin.site.index_title = "What editors write, and what imports brought"
admin.site.empty_value_display = "not given"

__all__ = [
    "CertificationAdmin",
    "CodeChangeAdmin",
    "LicenceRequirementAdmin",
    "LookOnlyAdmin",
    "OccupationAdmin",
    "OrganizationAdmin",
    "ProfileAdmin",
    "ProjectionAdmin",
    "SeedTableAdmin",
    "SourceAdmin",
    "link_to",
]
