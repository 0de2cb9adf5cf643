"""data/organizations.csv, certifications.csv and certification_occupations.csv: refused or loaded."""

import datetime

import pytest

from careers.certifications import load_certifications
from careers.models import Certification, CertificationUse, Organization
from salaries.oews.problem import BadInput
from tests.factories import make_occupation

pytestmark = pytest.mark.django_db

ORGANIZATIONS = """\
key,name,abbreviation,site
ahima,American Health Information Management Association,AHIMA,https://www.ahima.org/
ncca,National Commission for Certifying Agencies,NCCA,https://www.credentialingexcellence.org/
"""
CERTIFICATIONS = """\
key,name,abbreviation,former_names,organization,site,status,replaced_by,education,experience,exam,membership,\
cost,cost_checked,renewal,accredited_by,checked
rhit,Registered Health Information Technician,RHIT,,ahima,https://www.ahima.org/rhit/,active,,A degree.,,,,\
$299,2026-11-22,,ncca,2026-11-21
art,Accredited Record Technician,ART,,ahima,,renamed,rhit,,,,,,,,,
"""
USES = """\
certification,occupation_code,relation,note
rhit,29-2072,often asked for,The broad entry credential.
"""
FILES = {
    "organizations.csv": ORGANIZATIONS,
    "certifications.csv": CERTIFICATIONS,
    "certification_occupations.csv": USES,
}


@pytest.fixture
def folder(tmp_path):
    make_occupation("29-2072")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def change(folder, name, old, new):
    assert old in FILES[name]
    (folder / name).write_text(FILES[name].replace(old, new, 1), encoding="utf-8")


def test_tables_are_loaded(folder):
    assert load_certifications(folder) == []
    rhit = Certification.objects.get(key="rhit")
    assert (rhit.organization.key, rhit.cost, rhit.cost_checked) == (
        "ahima",
        "$299",
        datetime.date(2026, 11, 22),
    )
    assert [organization.key for organization in rhit.accredited_by.all()] == ["ncca"]
    assert Certification.objects.get(key="art").replaced_by == rhit
    use = CertificationUse.objects.get()
    assert (use.occupation.code, use.relation, use.note) == (
        "29-2072",
        "asked",
        "The broad entry credential.",
    )


def test_loading_twice_changes_nothing(folder):
    load_certifications(folder)
    before = list(Certification.objects.values())
    load_certifications(folder)
    assert list(Certification.objects.values()) == before
    assert CertificationUse.objects.count() == 1
    assert Certification.accredited_by.through.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "certifications.csv",
            "art,",
            "rhit,",
            "certifications.csv, line 3, column key ('rhit'): this row stands twice",
        ),
        (
            "organizations.csv",
            "ncca,",
            "ahima,",
            "organizations.csv, line 3, column key ('ahima'): this row stands twice",
        ),
        (
            "certifications.csv",
            "ART,,ahima",
            "ART,,nobody",
            "line 3, column organization ('nobody'): organizations.csv",
        ),
        (
            "certifications.csv",
            "ART,,ahima",
            "ART,,",
            "line 3, column organization: organizations.csv has none such",
        ),
        (
            "certifications.csv",
            ",ncca,",
            ",ncca;anab,",
            "line 2, column accredited_by ('anab'): organizations.csv has",
        ),
        (
            "certifications.csv",
            "renamed,rhit",
            "renamed,rhia",
            "line 3, column replaced_by ('rhia'): this table has",
        ),
        (
            "certifications.csv",
            "active",
            "activ",
            "line 2, column status ('activ'): the list of active, renamed, retired",
        ),
        (
            "certifications.csv",
            "$299,2026-11-22",
            "$299,",
            "line 2, column cost_checked: a cost needs the date on which",
        ),
        (
            "certifications.csv",
            "2026-11-21",
            "Nov 21",
            "line 2, column checked ('Nov 21'): a date is written 2026-11-22",
        ),
        (
            "certifications.csv",
            "https://www.ahima.org/rhit/",
            "www.ahima.org",
            "line 2, column site ('www.ahima.org')",
        ),
        (
            "organizations.csv",
            "https://www.ahima.org/",
            "javascript:alert(1)",
            "organizations.csv, line 2, column site",
        ),
        (
            "certification_occupations.csv",
            "rhit,",
            "rhia,",
            "line 2, column certification ('rhia'): certifications.csv",
        ),
        (
            "certification_occupations.csv",
            "29-2072",
            "29-2071",
            "line 2, column occupation_code ('29-2071'): today's",
        ),
        (
            "certification_occupations.csv",
            "often asked for",
            "asked",
            "line 2, column relation ('asked'): the list of",
        ),
    ],
)
def test_mistake_is_refused_with_its_line_and_nothing_is_written(folder, name, old, new, expected):
    change(folder, name, old, new)
    with pytest.raises(BadInput) as caught:
        load_certifications(folder)
    assert expected in str(caught.value)
    assert not Organization.objects.exists()


def test_editors_certification_is_left_alone_with_its_occupations(folder):
    load_certifications(folder)
    Certification.objects.filter(key="rhit").update(name="Ours", is_edited=True)
    CertificationUse.objects.update(note="Ours")
    change(folder, "certification_occupations.csv", "The broad entry credential.", "Theirs")
    assert load_certifications(folder) == ["rhit"]
    assert Certification.objects.get(key="rhit").name == "Ours"
    assert CertificationUse.objects.get().note == "Ours"
    assert Certification.objects.get(key="rhit").accredited_by.count() == 1


def test_editors_certification_stays_although_its_row_is_gone(folder):
    load_certifications(folder)
    Certification.objects.filter(key="art").update(is_edited=True, replaced_by=None)
    rows = CERTIFICATIONS.partition("art,")[0]
    (folder / "certifications.csv").write_text(rows, encoding="utf-8")
    assert load_certifications(folder) == ["art"]
    assert set(Certification.objects.values_list("key", flat=True)) == {"art", "rhit"}


def test_row_that_is_gone_takes_its_certification_away(folder):
    load_certifications(folder)
    (folder / "certifications.csv").write_text(CERTIFICATIONS.partition("art,")[0], encoding="utf-8")
    load_certifications(folder)
    assert [certification.key for certification in Certification.objects.all()] == ["rhit"]


def test_editors_organization_is_left_alone(folder):
    load_certifications(folder)
    Organization.objects.filter(key="ahima").update(site="https://ours.example/", is_edited=True)
    load_certifications(folder)
    assert Organization.objects.get(key="ahima").site == "https://ours.example/"
