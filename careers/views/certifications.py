"""Certifications: the list, and one with what it takes and which occupations ask for it."""

from django.http import Http404
from django.shortcuts import render

from careers.forms import CertificationFilter
from careers.models import Certification, Occupation
from careers.tables.certifications import CertificationTable
from careers.tables.occupations import CertifiedTable, Entry
from salaries.exports import export_problem, export_response
from salaries.models import Release, Wage

FACTS = {
    "education": "Education",
    "experience": "Experience",
    "exam": "Exam",
    "membership": "Membership",
    "cost": "Cost",
    "renewal": "Renewal",
}
PER_PAGE = 50
LICENCE = "Names, issuers and conditions of certifications, collected by the editors of this site."


def certification_list(request):
    groups = list(Occupation.objects.major_groups().values_list("code", "title", named=True))
    form = CertificationFilter(request.GET, groups)
    rows = form.apply(Certification.objects.all()).for_list()
    if file := export_response(request, _export_rows(rows), "certifications", attribution=LICENCE):
        return file
    context = {
        "section": "certifications",
        "crumbs": [("Certifications", "")],
        "form": form,
        "table": CertificationTable(
            rows, caption="Certifications", request=request, per_page=PER_PAGE, exports=True
        ),
        "export_problem": export_problem(request),
    }
    return render(request, "careers/certification_list.html", context)


def _export_rows(rows):
    for row in rows:
        yield {
            "name": row.name,
            "abbreviation": row.abbreviation,
            "former_names": row.former_names,
            "issuer": row.organization__name,
            "site": row.site,
            "status": row.status,
            **{name: getattr(row, name) for name in FACTS},
            "checked": row.checked.isoformat() if row.checked else "",
        }


def certification_detail(request, key):
    certification = Certification.objects.for_page().filter(key=key).first()
    if certification is None:
        raise Http404
    release = Release.objects.newest_shown()
    uses = certification.uses.select_related("occupation")
    context = {
        "section": "certifications",
        "crumbs": [("Certifications", "/certifications/"), (certification.name, "")],
        "canonical": certification.get_absolute_url(),
        "certification": certification,
        "former_names": [name.strip() for name in certification.former_names.split(";") if name.strip()],
        "facts": [(words, getattr(certification, name)) for name, words in FACTS.items()],
        "accreditors": [organization.name for organization in certification.accredited_by.all()],
        "occupations": _occupations(list(uses), release),
        "release": release,
    }
    return render(request, "careers/certification_detail.html", context)


def _occupations(uses, release):
    """The occupations that ask for it, the required first, with their pay in the nation."""
    if not uses or release is None:
        return None
    ids = [use.occupation_id for use in uses]
    wages = {row.occupation_id: row for row in Wage.objects.for_profile(ids, [release.id])}
    rows = [
        Entry(
            use.occupation.name,
            use.occupation.get_absolute_url(),
            wages.get(use.occupation_id),
            ": ".join(filter(None, [use.get_relation_display(), use.note])),
        )
        for use in sorted(uses, key=lambda use: (use.rank, use.occupation.code))
    ]
    cited = f"United States, {release.period}, {release.source.short_name}"
    return CertifiedTable(rows, caption=f"Occupations, with median pay and jobs, {cited}", release=release)
