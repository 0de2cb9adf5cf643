"""/api/v1/certifications/."""

from ninja import Field, Query, Router
from ninja.errors import HttpError

from careers.forms import CertificationFilter
from careers.kept import kept
from careers.models import Certification
from salaries.api.common import Unusable, occupation_named
from salaries.api.cursors import page_of
from salaries.api.schemas import Asked, CertificationListed, CertificationTold, Page, Text, answers

router = Router(tags=["Certifications"])
OWN = ("former_names", "education", "experience", "exam", "membership", "cost", "renewal")


class CertificationsAsked(Asked):
    q: Text = Field("", description="Words in a name, letters or the issuer's name.")
    group: Text = Field("", description="A major group's code: 29-0000.")


@router.get("/certifications/", response=answers(Page[CertificationListed]), summary="Certifications")
def certifications(request, asked: Query[CertificationsAsked]):
    """Credentials that people earn and keep; a state's licence is not one."""
    form = CertificationFilter(request.GET, kept().major_groups)
    if form.errors:
        raise Unusable({"group": ["There is no such group."]}, [g.code for g in form.groups])
    rows = form.apply(Certification.objects.select_related("organization")).order_by("key")
    return page_of(
        request,
        sorted(rows, key=lambda row: row.key),  # databases sort hyphens apart
        name="certifications",
        key=lambda row: row.key,
        asked=asked,
        tell=lambda row: _listed(request, row),
    )


@router.get("/certifications/{key}/", response=answers(CertificationTold), summary="One certification")
def certification(request, key: Text):
    """What it takes, and the occupations that ask for it, the required first."""
    row = Certification.objects.select_related("organization").filter(key=key).first()
    if row is None:
        raise HttpError(404, "There is no such certification. /api/v1/certifications/ lists them.")
    uses = sorted(row.uses.select_related("occupation"), key=lambda use: (use.rank, use.occupation.code))
    return _listed(request, row) | {
        **{name: getattr(row, name) for name in (*OWN, "cost_checked", "checked")},
        "occupations": [
            occupation_named(request, use.occupation.code, use.occupation.name, use.occupation.slug)
            | {"relation": use.relation, "note": use.note}
            for use in uses
        ],
    }


def _listed(request, row):
    return {
        "key": row.key,
        "name": row.name,
        "abbreviation": row.abbreviation,
        "issuer": row.organization.name,
        "status": row.status,
        "site": row.site,
        "url": request.build_absolute_uri(row.get_absolute_url()),
    }
