"""What each role may, and above all what it may not; and the page that tells who did what."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from careers.models import Profile
from salaries.models import Release
from tests.factories import make_certification, make_occupation, make_profile, make_release, make_source

pytestmark = pytest.mark.django_db
PUBLISH = {"action": "publish", "confirmed": "yes"}


@pytest.fixture
def signed_in(client):
    """Signs in somebody of the given roles."""

    def sign_in(*roles):
        call_command("make_roles")
        user = User.objects.create_user("-".join(roles) or "stranger", is_staff=True)
        user.groups.set(Group.objects.filter(name__in=roles))
        client.force_login(user)
        return client

    return sign_in


def publish_staged(client):
    """Try to publish a staged release in the admin; whether it is public then."""
    release = make_release(2026, status=Release.Status.STAGED, levels={"1": {"rows": 1394}})
    client.post("/admin/salaries/release/", {**PUBLISH, "_selected_action": release.pk})
    release.refresh_from_db()
    return release.status == Release.Status.PUBLISHED


def status(client, address):
    return client.get(address).status_code


def change(client, row):
    """The status that the form for changing a row answers, and whether it can be saved."""
    response = client.get(f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/")
    return response.status_code, 'name="_save"' in response.content.decode()


def test_an_editor_edits_prose_and_neither_imports_nor_publishes(signed_in):
    client = signed_in("editor")
    assert change(client, make_profile()) == (200, True)
    assert change(client, make_certification()) == (200, True)
    assert status(client, "/admin/careers/certification/import/") == 403
    assert status(client, "/admin/careers/licencerequirement/import/") == 403
    assert not publish_staged(client)


def test_an_importer_imports_and_neither_edits_nor_publishes(signed_in):
    client = signed_in("importer")
    assert status(client, "/admin/careers/certification/import/") == 200
    assert status(client, "/admin/careers/licencerequirement/import/") == 200
    assert change(client, make_profile()) == (200, False)
    assert change(client, make_certification()) == (200, False)
    assert status(client, "/admin/careers/profile/add/") == 403
    assert not publish_staged(client)


def test_a_publisher_publishes_and_neither_edits_nor_imports(signed_in):
    client = signed_in("publisher")
    assert change(client, make_profile()) == (200, False)
    assert change(client, make_occupation("29-2072")) == (200, False)
    assert status(client, "/admin/careers/certification/import/") == 403
    assert publish_staged(client)


@pytest.mark.parametrize("role", ["editor", "importer", "publisher"])
def test_only_an_administrator_sees_accounts(signed_in, role):
    client = signed_in(role)
    for name in ("auth/user", "auth/group", "otp_totp/totpdevice", "axes/accesslog"):
        assert status(client, f"/admin/{name}/") == 403


def test_an_administrator_sees_accounts_and_does_all_the_others_do(signed_in):
    client = signed_in("administrator")
    assert status(client, "/admin/auth/user/") == 200
    assert status(client, "/admin/otp_totp/totpdevice/") == 200
    assert change(client, make_profile()) == (200, True)
    assert status(client, "/admin/careers/certification/import/") == 200
    assert publish_staged(client)


@pytest.mark.parametrize("role", ["editor", "importer", "publisher", "administrator"])
def test_nobody_edits_a_figure_or_a_source(signed_in, role):
    client = signed_in(role)
    assert change(client, make_source("oews-2024", period="May 2024")) == (200, False)
    assert status(client, "/admin/salaries/wage/add/") == 403
    assert status(client, "/admin/salaries/release/add/") == 403


ADMIN = ["/admin/careers/profile/", "/admin/salaries/release/", "/admin/auth/user/", "/admin/audit/"]


@pytest.mark.parametrize("address", ADMIN)
def test_staff_without_a_role_and_strangers_see_nothing(client, signed_in, address):
    assert client.get(address)["Location"] == f"/admin/login/?next={address}"
    assert status(signed_in(), address) == 403


def test_making_the_roles_again_sets_them_right():
    call_command("make_roles")
    editor = Group.objects.get(name="editor")
    held = set(editor.permissions.values_list("codename", flat=True))
    assert {"change_profile", "view_wage"} <= held
    assert held.isdisjoint({"change_release", "add_release", "add_source", "change_user", "view_user"})
    editor.permissions.clear()
    call_command("make_roles")
    assert set(editor.permissions.values_list("codename", flat=True)) == held
    assert Group.objects.count() == 4


# --- Audit ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "answer"), [("editor", 403), ("publisher", 200), ("administrator", 200)])
def test_the_audit_is_for_publishers_and_administrators(signed_in, role, answer):
    assert status(signed_in(role), "/admin/audit/") == answer


def test_the_audit_tells_who_changed_imported_and_published_what(signed_in):
    client = signed_in("administrator")
    ada, grace = User.objects.create_user("ada"), User.objects.create_user("grace")
    release = make_release(2025, imported_by=ada)
    Release.objects.filter(pk=release.pk).update(
        published_by=grace, published_at=datetime(2026, 4, 1, tzinfo=UTC)
    )
    profile = make_profile()
    profile._history_user = ada
    profile.save()
    html = " ".join(client.get("/admin/audit/").content.decode().split())
    assert "<td>ada</td><td>Imported</td><td>Release: May 2025</td>" in html
    assert "<td>grace</td><td>Published</td><td>Release: May 2025</td>" in html
    assert f"<td>ada</td><td>Changed</td><td>Profile: {profile}</td>" in html


def test_the_audit_names_what_was_deleted(signed_in, django_assert_max_num_queries):
    client = signed_in("administrator")
    profile = make_profile()
    number = profile.pk
    profile.delete()
    assert not Profile.objects.exists()
    with django_assert_max_num_queries(20):
        html = client.get("/admin/audit/").content.decode()
    assert f"Profile: number {number}, no longer there" in html
