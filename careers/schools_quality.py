"""Data quality: the metrics of schools and of the licences that states require."""

from django.urls import reverse

from careers.models import LicenceRequirement, School
from careers.quality import YEAR, Metric, Row, Severity, words_of


def without_site(evidence):
    """Schools that are open and of whose site IPEDS has no address that can be opened, by state."""
    schools = School.objects.filter(site="", is_open=True, closed=None).order_by("state", "name", "unitid")
    return [Row(str(school), school.get_absolute_url(), group=school.state) for school in schools]


SCHOOLS_WITHOUT_SITE = Metric(
    key="schools_without_site",
    title="Schools without a site of their own",
    why="Readers find the school and cannot go on to it.",
    mend="The address is the importers’: the next year of IPEDS may have it (manage.py import_ipeds).",
    severity=Severity.INFORM,
    find=without_site,
)


def licences_unchecked(evidence):
    """Licence requirements that readers see and nobody has checked for over a year, by state."""
    old = LicenceRequirement.objects.filter(checked__lt=evidence.today - YEAR).select_related("occupation")
    return [
        Row(
            f"{requirement.occupation.code} {requirement.name}",
            reverse("admin:careers_licencerequirement_change", args=[requirement.pk]),
            words_of(requirement.checked),
            requirement.state,
        )
        for requirement in old.order_by("state", "occupation__code", "name")
    ]


LICENCES_UNCHECKED = Metric(
    key="licences_unchecked",
    title="Licence requirements not checked for over a year",
    why="States change what they ask; the page names the day of the last look.",
    mend="Read the agency’s page, mend what differs, and confirm it (Licence requirements, “Confirm today”).",
    severity=Severity.INFORM,
    find=licences_unchecked,
)
