"""/certifications/ and one certification's page."""

import datetime

import pytest

from tests.careers.pages import page
from tests.factories import (
    MEDICAL_RECORDS,
    make_area,
    make_certification,
    make_occupation,
    make_organization,
    make_release,
    make_wage,
)

pytestmark = pytest.mark.django_db


def test_list_names_each_with_its_letters_and_issuer(client):
    make_certification("rhit", name="Registered Technician", occupations=[make_occupation()])
    html = page(client, "/certifications/")
    assert 'href="/certifications/rhit/"' in html
    assert "Registered Technician" in html
    assert "Organization ahima" in html


@pytest.mark.parametrize("number", [1, 40])
def test_list_asks_as_often_for_many_as_for_one(client, django_assert_num_queries, number):
    for each in range(number):
        make_certification(f"key-{each}", occupations=[make_occupation()])
    with django_assert_num_queries(3):  # the groups, how many there are, one page of them
        page(client, "/certifications/")


def test_list_has_fifty_on_a_page_and_counts_them_all(client):
    for each in range(51):
        make_certification(f"key-{each}")
    html = page(client, "/certifications/")
    assert html.count('<th scope="row">') == 50
    assert "51 in all." in html
    assert page(client, "/certifications/?page=2").count('<th scope="row">') == 1


def test_export_has_every_row_with_its_conditions(client):
    make_certification(
        "rhit", education="An associate degree.", cost="$299", cost_checked=datetime.date(2026, 1, 2)
    )
    response = client.get("/certifications/", {"_export": "csv"})
    text = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
    assert "Certification rhit,RHIT,,Organization ahima," in text
    assert "An associate degree." in text
    assert "$299" in text


def test_page_says_what_it_takes_who_gives_it_and_which_occupations_ask_for_it(client):
    occupation = make_occupation()
    make_wage(make_release(), make_area(), occupation, **MEDICAL_RECORDS)
    certification = make_certification(
        "rhit",
        occupations=[occupation],
        education="An associate degree.",
        former_names="Accredited Record Technician; Record Technician",
    )
    certification.accredited_by.set([make_organization("ncca")])
    html = page(client, "/certifications/rhit/")
    for words in ("An associate degree.", "Accredited Record Technician", "Organization ncca", "$51,140"):
        assert words in html
    assert 'href="/occupations/29-2072-medical-records-specialists/"' in html
    assert "Often asked for" in html


def test_page_leaves_out_what_is_not_known(client):
    make_certification("rhit")
    html = page(client, "/certifications/rhit/")
    for words in ("Cost", "Renewal", "Membership"):
        assert f">{words}<" not in html


def test_unknown_key_is_no_page(client):
    page(client, "/certifications/nothing/", status=404)


def test_page_asks_as_often_for_many_occupations_as_for_one(client, django_assert_num_queries):
    release, area = make_release(), make_area()
    occupations = [make_occupation(f"29-2{100 + number}") for number in range(20)]
    for occupation in occupations:
        make_wage(release, area, occupation, annual_median=51_140)
    make_certification("rhit", occupations=occupations)
    make_certification("rhia", occupations=occupations[:1])
    for key in ("rhit", "rhia"):
        with django_assert_num_queries(5):
            page(client, f"/certifications/{key}/")


def test_hostile_text_stays_text(client):
    make_certification("rhit", name="<script>alert(1)</script>", education="<img src=x onerror=alert(1)>")
    html = page(client, "/certifications/rhit/")
    assert "<script>alert" not in html
    assert "<img src=x" not in html
