"""Preview: an editor browses the site with a staged release; nobody else sees it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from tests.factories import MEDICAL_RECORDS, make_area, make_occupation, make_release, make_source, make_wage

pytestmark = pytest.mark.django_db

PROFILE = "/occupations/29-2072-medical-records-specialists/"


@pytest.fixture
def staged():
    """May 2025 public with a median of $51,140, and a corrected revision of it with $52,000."""
    nation, occupation = make_area(), make_occupation("29-2072")
    make_wage(make_release(2025), nation, occupation, **MEDICAL_RECORDS)
    corrected = make_release(
        2025, revision=2, status="staged", source=make_source("oews-2025-r2", period="May 2025")
    )
    make_wage(corrected, nation, occupation, **MEDICAL_RECORDS | {"annual_median": 52_000})
    return corrected


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("ada", password="a long enough word", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_release"))
    client.force_login(user)
    return client


def text(client, address=PROFILE):
    return client.get(address).content.decode()


def test_editor_sees_the_staged_figures_plainly_marked(editor, staged):
    assert "$51,140" in text(editor)
    assert editor.post(f"/preview/{staged.pk}/").url == "/releases/oews-2025/"
    html = text(editor)
    assert "$52,000" in html
    assert "$51,140" not in html
    assert "Preview of May 2025, revision 2." in html
    assert "Only you see these figures" in html


def test_preview_of_a_new_year_is_the_newest_year(editor, staged):
    new = make_release(2026, status="staged")
    editor.post(f"/preview/{new.pk}/")
    assert "May 2026" in text(editor, "/releases/")
    assert editor.get("/releases/oews-2026/").status_code == 200


def test_readers_see_the_public_figures_meanwhile(editor, staged):
    editor.post(f"/preview/{staged.pk}/")
    reader = type(editor)()
    html = text(reader)
    assert "$51,140" in html
    assert "Preview of" not in html


def test_nothing_previewed_is_kept_by_a_cache(editor, staged):
    editor.post(f"/preview/{staged.pk}/")
    assert "no-store" in editor.get(PROFILE)["Cache-Control"]


def test_preview_ends_by_the_button(editor, staged):
    editor.post(f"/preview/{staged.pk}/")
    editor.post("/preview/stop/")
    assert "$51,140" in text(editor)


def test_preview_ends_when_the_release_is_public(editor, staged):
    editor.post(f"/preview/{staged.pk}/")
    type(staged).objects.filter(year=2025, revision=1).update(status="retired")
    type(staged).objects.filter(pk=staged.pk).update(status="published")
    html = text(editor)
    assert "$52,000" in html
    assert "Preview of" not in html


def test_preview_does_not_leak_into_the_next_request_of_the_same_worker(editor, staged):
    editor.post(f"/preview/{staged.pk}/")
    text(editor)
    assert "$51,140" in text(type(editor)())


def test_readers_cannot_begin_a_preview(client, staged):
    response = client.post(f"/preview/{staged.pk}/")
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_only_staged_releases_can_be_previewed(editor, staged):
    public = type(staged).objects.get(revision=1)
    assert editor.post(f"/preview/{public.pk}/").status_code == 404


def test_a_link_cannot_begin_or_end_a_preview(editor, staged):
    assert editor.get(f"/preview/{staged.pk}/").status_code == 405
    assert editor.get("/preview/stop/").status_code == 405


def test_the_admin_offers_the_preview_of_a_staged_release(admin_client, staged):
    page = admin_client.get(f"/admin/salaries/release/{staged.pk}/change/").content.decode()
    assert "Look at the whole site with this release" in page
    assert f'action="/preview/{staged.pk}/"' in page
