"""The certifications of an occupation, the required before the useful."""

from typing import NamedTuple

from careers.models import Certification

MOST = 8  # told with what they are for; the rest are named, and their own pages say it


class Row(NamedTuple):
    """One certification as the profile lists it."""

    name: str
    abbreviation: str
    url: str
    organization: str
    relation: str
    education: str
    note: str


def certifications(uses):
    """Rows by relation, then name, and apart those beyond the first few; a retired one says so."""
    uses = sorted(uses, key=lambda use: (use.rank, use.certification.name))
    rows = [_row(use) for use in uses]
    return {"rows": rows[:MOST], "more": rows[MOST:]} if rows else None


def _row(use):
    certification = use.certification
    is_active = certification.status == Certification.Status.ACTIVE
    return Row(
        certification.name,
        certification.abbreviation,
        certification.get_absolute_url(),
        certification.organization.abbreviation or certification.organization.name,
        use.get_relation_display() if is_active else certification.get_status_display(),
        certification.education,
        use.note,
    )
