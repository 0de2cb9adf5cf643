"""Pages for what does not exist and for what went wrong, and the frame that all pages share."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.views.defaults import server_error

from tests.careers.pages import page
from tests.factories import MEDICAL_RECORDS, make_area, make_occupation, make_release, make_wage


@pytest.mark.django_db
def test_an_address_that_does_not_exist_offers_a_search_and_ways_on(client):
    html = page(client, "/no/such/page/", status=404)
    assert "This page does not exist" in html
    assert 'action="/search/"' in html
    assert '<a href="/areas/">' in html


def test_the_page_for_a_fault_asks_no_database(rf):
    response = server_error(rf.get("/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert html.count("<h1") == 1
    assert 'action="/search/"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/", "/occupations/", "/occupations/29-2072-medical-records-specialists/", "/methods/", "/nowhere/"],
)
class TestFrame:
    @pytest.fixture(autouse=True)
    def may_2025(self):
        make_wage(make_release(), make_area(), make_occupation(), **MEDICAL_RECORDS)

    def test_a_page_has_one_h1_its_landmarks_and_a_skip_link(self, client, address):
        html = " ".join(client.get(address).content.decode().split())
        assert html.count("<h1") == 1
        assert '<a class="skip" href="#main">' in html
        for landmark in ("<header", "<main", "<footer", "<nav"):
            assert landmark in html

    def test_a_page_needs_no_script_no_cookie_and_no_inline_style(self, client, address):
        response = client.get(address)
        html = response.content.decode()
        assert not response.cookies
        assert not re.search(r"<script(?![^>]* src=)(?! type=.application/ld)", html)
        assert "style=" not in html
        assert "<style" not in html


def test_all_style_sheets_together_stay_under_30_kb():
    sheets = (Path(settings.BASE_DIR) / "static" / "css").glob("*.css")
    assert sum(sheet.stat().st_size for sheet in sheets) < 30_000
