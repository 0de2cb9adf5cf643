"""The second factor: who must give a code, who may set one up, and what a password alone opens."""

import pytest
from django.contrib.auth.models import User
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.second_factor import key_of

pytestmark = pytest.mark.django_db
PASSWORD = "a right password"


@pytest.fixture
def editor():
    return User.objects.create_superuser("editor", password=PASSWORD)


def sign_in(client, to="/admin/"):
    return client.post(f"/admin/login/?next={to}", {"username": "editor", "password": PASSWORD, "next": to})


def make_device(user, **fields):
    return TOTPDevice.objects.create(user=user, name="Authenticator", **{"confirmed": True, **fields})


def code(device):
    """The code that an app shows at this moment."""
    return f"{totp(device.bin_key):06d}"


def test_without_a_device_a_password_is_enough_unless_required(client, editor, settings):
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    settings.REQUIRE_2FA = True
    assert client.get("/admin/")["Location"] == "/admin/second-factor/?next=/admin/"


def test_who_has_a_device_gets_in_with_its_code(client, editor):
    device = make_device(editor)
    sign_in(client)
    asked = client.get("/admin/careers/profile/")
    assert asked["Location"] == "/admin/second-factor/?next=/admin/careers/profile/"
    page = client.get("/admin/second-factor/").content.decode()
    assert "Set it up" not in page
    assert 'class="segno"' not in page
    answer = {"code": code(device), "next": "/admin/careers/profile/"}
    let_in = client.post("/admin/second-factor/", answer)
    assert (let_in.status_code, let_in["Location"]) == (302, "/admin/careers/profile/")
    assert client.get("/admin/careers/profile/").status_code == 200


def test_a_wrong_code_opens_nothing_and_slows_the_next(client, editor):
    device = make_device(editor)
    sign_in(client)
    wrong = "000000" if code(device) != "000000" else "111111"
    page = client.post("/admin/second-factor/", {"code": wrong}).content.decode()
    assert "This is not the code of this moment" in page
    assert client.get("/admin/").status_code == 302
    client.post("/admin/second-factor/", {"code": code(device)})
    assert client.get("/admin/").status_code == 302  # right, but within a second of the wrong one
    device.refresh_from_db()
    assert device.throttling_failure_count == 1


def test_a_code_is_good_once(client, editor):
    device = make_device(editor)
    once = code(device)
    sign_in(client)
    client.post("/admin/second-factor/", {"code": once})
    client.post("/admin/logout/")
    sign_in(client)
    client.post("/admin/second-factor/", {"code": once})
    assert client.get("/admin/").status_code == 302


def test_required_leads_through_setting_up(client, editor, settings):
    settings.REQUIRE_2FA = True
    sign_in(client)
    page = client.get("/admin/second-factor/")
    html = page.content.decode()
    device = TOTPDevice.objects.get(user=editor)
    assert not device.confirmed
    assert html.count('class="segno"') == 1
    assert "style=" not in html.split('class="segno"')[1].split("</svg>")[0]
    assert "no-store" in page["Cache-Control"]
    client.post("/admin/second-factor/", {"code": code(device)})
    assert client.get("/admin/").status_code == 200
    device.refresh_from_db()
    assert device.confirmed
    assert 'class="segno"' not in client.get("/admin/second-factor/").content.decode()


def test_the_key_shown_is_the_devices():
    device = TOTPDevice(user=User(username="editor"), key="48656c6c6f21deadbeef")
    assert key_of(device) == "JBSW Y3DP EHPK 3PXP"


def test_setting_up_can_be_left_half_way_without_locking_out(client, editor):
    sign_in(client)
    client.get("/admin/second-factor/")
    client.post("/admin/logout/")
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    assert TOTPDevice.objects.count() == 1


def test_a_password_alone_previews_nothing(client, editor):
    """Pages outside the admin that ask for an editor see a reader until the code is given."""
    make_device(editor)
    sign_in(client)
    assert client.post("/preview/1/").status_code == 302
    assert client.get("/health/live/").status_code == 200


@pytest.mark.parametrize("address", ["/admin/careers/", "/admin/data-quality/", "/admin/password_change/"])
def test_every_page_of_the_admin_waits_for_the_code(client, editor, address):
    make_device(editor)
    sign_in(client)
    assert client.get(address)["Location"].startswith("/admin/second-factor/")


def test_a_device_of_another_is_of_no_use(client, editor):
    make_device(editor, key="aa" * 20)
    theirs = make_device(User.objects.create_user("other"), key="bb" * 20)
    sign_in(client)
    client.post("/admin/second-factor/", {"code": code(theirs)})
    assert client.get("/admin/").status_code == 302


def test_strangers_and_readers_who_signed_in_are_led_to_the_sign_in(client):
    assert client.get("/admin/second-factor/")["Location"].startswith("/admin/login/")
    client.force_login(User.objects.create_user("nobody"))
    assert client.get("/admin/second-factor/")["Location"].startswith("/admin/login/")


def test_the_code_leads_to_no_other_site(client, editor):
    device = make_device(editor)
    sign_in(client)
    let_in = client.post("/admin/second-factor/", {"code": code(device), "next": "https://evil.example/"})
    assert let_in["Location"] == "/admin/"


def test_administrators_never_read_a_key(client, editor):
    device = make_device(editor)
    client.force_login(editor)
    assert device.key not in client.get(f"/admin/otp_totp/totpdevice/{device.pk}/change/").content.decode()
