"""The editors' sign-in, which looks like the rest of the site."""

import pytest
from django.contrib.auth.models import User

from tests.careers.pages import page

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/login/?next=/admin/careers/occupation/"


def test_it_is_a_page_of_the_site_that_no_search_engine_lists(client):
    html = page(client, ADDRESS)
    assert "<title>Sign in to edit · Waymark</title>" in html
    assert '<nav aria-label="Main">' in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_wrong_password_is_told_and_the_name_stays(client):
    response = client.post(ADDRESS, {"username": "<b>editor", "password": "wrong"})
    html = " ".join(response.content.decode().split())
    assert '<p class="notice care" role="alert" id="problem">Please enter the correct username' in html
    assert 'name="username" value="&lt;b&gt;editor"' in html
    assert "wrong" not in html


def test_an_empty_field_is_told_beside_it(client):
    html = client.post(ADDRESS, {"username": "editor", "password": ""}).content.decode()
    assert '<p class="error" id="password-error">This field is required.</p>' in html
    assert 'aria-describedby="password-error"' in html


def test_the_right_password_leads_on(client):
    User.objects.create_user("editor", password="a right password", is_staff=True)
    told = {"username": "editor", "password": "a right password", "next": "/admin/careers/occupation/"}
    assert client.post(ADDRESS, told).url == "/admin/careers/occupation/"


def test_who_may_not_edit_is_told_who_is_signed_in(client):
    client.force_login(User.objects.create_user("reader"))
    assert "You are signed in as reader, who may not edit." in page(client, "/admin/login/")
