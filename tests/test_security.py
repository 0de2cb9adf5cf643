"""What the site sends along with every page, what it refuses, and that it gives readers no cookie."""

import os
import sys
import threading
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.contrib.auth.hashers import check_password, make_password
from django.urls import URLPattern, get_resolver, reverse

from config import limits, settings
from config.hashers import _behind_readers
from tests.factories import (
    MEDICAL_RECORDS,
    make_area,
    make_certification,
    make_occupation,
    make_release,
    make_wage,
)

# --- Every public page --------------------------------------------------------------------------------

# What stands in an address: a pattern's argument to a sample of it.
SAMPLES = {
    "code_slug": "29-2072-medical-records-specialists",
    "slug": "united-states",
    "key": "rhit",
    "year": "2025",
    "revision": "1",
    "unitid": "204796",
    "code": "51.0707",
    "pk": "1",
    "kind": "figures",
    "section": "occupations",
    "number": "1",
}


def public_patterns(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name and not str(pattern.pattern).startswith(site.ADMIN_PATH):
                yield f"{namespace}{pattern.name}", sorted(pattern.pattern.regex.groupindex)
        elif pattern.namespace is None:
            yield from public_patterns(pattern.url_patterns, namespace)


PUBLIC = sorted(dict(public_patterns(get_resolver().url_patterns)).items())


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "arguments"), PUBLIC, ids=[name for name, _ in PUBLIC])
def test_no_public_address_gives_a_reader_a_cookie(client, name, arguments):
    make_wage(make_release(), make_area(), make_occupation(), **MEDICAL_RECORDS)
    make_certification()
    response = client.get(reverse(name, kwargs={argument: SAMPLES[argument] for argument in arguments}))
    assert response.status_code in (200, 301, 302, 304, 404, 405, 503)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Permissions-Policy"].startswith("accelerometer=(), camera=()")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_the_kinds_of_page_are_found():
    names = {name for name, _ in PUBLIC}
    assert {"home", "search", "occupation_detail", "occupation_pay", "compare", "offer", "health"} <= names
    assert "data_quality" not in names
    assert len(PUBLIC) >= 20


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/occupations/", "/no/such/page/", "/admin/login/"])
def test_a_page_is_framed_by_nobody_and_runs_only_its_own_scripts(client, address):
    response = client.get(address)
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_browsers_are_told_to_stay_with_https(client, settings):
    settings.SECURE_HSTS_SECONDS = 2592000
    response = client.get("/health/live/", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=2592000"


@pytest.mark.django_db
def test_an_editors_cookies_are_kept_from_scripts_and_other_sites(client, django_user_model, settings):
    settings.SESSION_COOKIE_SECURE = True
    django_user_model.objects.create_superuser("editor", password="a right password")
    response = client.post("/admin/login/", {"username": "editor", "password": "a right password"})
    cookie = response.cookies["sessionid"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert cookie["max-age"] == 43200


# --- Too long, too large --------------------------------------------------------------------------------


def test_a_query_of_2000_bytes_is_read_and_one_longer_is_not(client, db):
    assert client.get("/search/?q=" + "a" * 1998).status_code == 200
    refused = client.get("/search/?q=" + "a" * 1999)
    assert refused.status_code == 414
    assert refused.content.decode() == "This address is too long: at most 2,000 characters after the “?”.\n"
    assert refused["X-Content-Type-Options"] == "nosniff"


def test_a_path_longer_than_any_page_has_is_refused(client):
    assert client.get("/occupations/" + "a" * 1000 + "/").status_code == 414


@pytest.mark.parametrize(("address", "length", "status"), [
    ("/offer/", 64 * 1024 + 1, 413),
    ("/admin/login/", 64 * 1024 + 1, 200),
    ("/admin/login/", 10 * 1024 * 1024 + 1, 413),
])  # fmt: skip
def test_a_body_larger_than_its_address_takes_is_refused_unread(client, db, address, length, status):
    response = client.generic("POST", address, b"", "text/plain", CONTENT_LENGTH=str(length))
    assert response.status_code == status


def test_a_length_that_is_no_number_is_a_body_of_nothing():
    request = SimpleNamespace(META={"CONTENT_LENGTH": "²"})
    assert limits.body_length(request) == 0


# --- Too often ------------------------------------------------------------------------------------------


def test_a_client_takes_so_many_files_a_minute_and_reads_on(client, db, settings):
    settings.EXPORT_RATE = 2
    make_wage(make_release(), make_area(), make_occupation(), **MEDICAL_RECORDS)
    answers = [client.get("/occupations/?_export=csv") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 25 <= int(answers[2]["Retry-After"]) <= 30
    assert "Too many files in a minute" in answers[2].content.decode()
    assert client.get("/occupations/").status_code == 200
    assert client.get("/occupations/?_export=csv", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_rate_of_0_counts_nobody():
    rate = limits.Rate(0)
    assert [rate.wait("192.0.2.7") for _ in range(100)] == [0] * 100
    assert not rate.left


def test_a_rate_of_6_lets_one_more_by_every_ten_seconds():
    now = [0.0]
    rate = limits.Rate(6, now=lambda: now[0])
    assert [rate.wait("a") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    now[0] = 9.0
    assert rate.wait("a") == 1
    now[0] = 10.0
    assert rate.wait("a") == 0
    assert rate.wait("b") == 0


def test_only_so_many_clients_are_counted(monkeypatch):
    monkeypatch.setattr(limits, "CLIENTS", 3)
    rate = limits.Rate(1)
    for client in "abcd":
        rate.wait(client)
    assert list(rate.left) == ["b", "c", "d"]


@pytest.mark.parametrize(("meta", "behind_proxy", "client"), [
    ({"REMOTE_ADDR": "192.0.2.7"}, False, "192.0.2.7"),
    ({"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "198.51.100.9"}, False, "192.0.2.7"),
    ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 198.51.100.9"}, True, "198.51.100.9"),
    ({"REMOTE_ADDR": "10.0.0.1"}, True, "10.0.0.1"),
    ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, False, "2001:db8:1:2::"),
    ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "<script>"}, True, ""),
])  # fmt: skip
def test_a_client_is_who_the_proxy_says(settings, meta, behind_proxy, client):
    settings.BEHIND_PROXY = behind_proxy
    assert limits.client_address(SimpleNamespace(META=meta)) == client


# --- Signing in -----------------------------------------------------------------------------------------


def test_a_second_password_is_not_checked_while_the_first_is(rf):
    entered, go_on = threading.Event(), threading.Event()

    def view(request):
        entered.set()
        assert go_on.wait(5)
        return limits.refusal(200, "checked")

    middleware = limits.sign_ins(view)
    first = threading.Thread(target=middleware, args=[rf.post("/admin/login/")])
    first.start()
    assert entered.wait(5)
    refused = middleware(rf.post("/admin/login/"))
    go_on.set()
    first.join()
    assert (refused.status_code, refused["Retry-After"]) == (429, "1")
    assert middleware(rf.post("/admin/login/")).status_code == 200


def test_a_client_tries_so_many_passwords_a_minute(client, db, settings):
    settings.SIGN_IN_RATE = 2
    codes = [client.post("/admin/login/", {"username": f"u{n}"}).status_code for n in range(3)]
    assert codes == [200, 200, 429]
    assert client.get("/admin/login/").status_code == 200


def test_passwords_are_stored_as_django_stores_them(settings):
    settings.PASSWORD_HASHERS = ["config.hashers.PatientHasher"]
    stored = make_password("a right password")
    assert stored.startswith("pbkdf2_sha256$1000000$")
    assert check_password("a right password", stored)
    assert not check_password("a wrong password", stored)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives each thread a priority of its own")
def test_a_password_is_checked_behind_readers():
    before = os.getpriority(os.PRIO_PROCESS, 0)
    checker = _behind_readers.submit(threading.get_native_id).result()
    assert os.getpriority(os.PRIO_PROCESS, checker) == 10
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_the_sites_own_hasher_is_the_patient_one():
    assert settings.PASSWORD_HASHERS[0] == "config.hashers.PatientHasher"
