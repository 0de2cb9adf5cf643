"""The table of certifications."""

from careers.tables.base import LeanTable
from careers.tables.columns import LinkColumn, NumberColumn, TextColumn


class CertificationTable(LeanTable):
    """Certifications as CertificationQuerySet.for_list gives them."""

    name = LinkColumn(
        verbose_name="Certification", url=lambda row: f"/certifications/{row.key}/", header=True
    )
    abbreviation = TextColumn(verbose_name="Letters")
    organization = TextColumn(verbose_name="Issuer", text=lambda row: row.organization__name)
    status = TextColumn(verbose_name="Status", text=lambda row: row.status.capitalize())
    occupations = NumberColumn(verbose_name="Occupations", text=lambda row: row.occupations)

    default_sort = ("name",)
    is_labelled = True
