"""Whole pages are kept for readers, under the data version, and never anything that is one person's."""

import functools
import gzip
import logging
import threading
import time
import tracemalloc
from io import BytesIO
from urllib.parse import quote

import brotli
import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from redis.exceptions import ConnectionError as RedisIsAway

from careers.models import DataVersion, Occupation
from config import databases, observe, pages, shared_pages
from config.logs import request_id
from config.middleware import READ_FROM
from config.pages import Memory, Page, Pages, encoding_for
from config.shared_pages import Shared
from tests.factories import make_area, make_occupation, make_release, make_wage

PAGE = "/occupations/"
TITLE = b"Medical Records Specialists"


class Clock:
    seconds = 1_000.0

    def __call__(self):
        self.seconds += 1  # time enough to look for a new data version at each request
        return self.seconds


class Counted:
    """Django, and how often it was asked."""

    def __init__(self):
        self.application = get_wsgi_application()
        self.times = 0

    def __call__(self, environ, start_response):
        self.times += 1
        return self.application(environ, start_response)


@pytest.fixture
def data(transactional_db):
    make_wage(make_release(), make_area(), make_occupation())
    DataVersion.raise_number()


@pytest.fixture
def site(data):
    return make_site()


def make_site(megabytes=1, shared=None):
    made = Pages(Counted(), megabytes, shared)
    made.version.clock = Clock()
    return made


def ask(site, path=PAGE, method="GET", **environ):
    """(status, headers, body) as a server would send them."""
    said = {}

    def start_response(status, headers, exc_info=None):
        said.update(status=int(status[:3]), headers={name.lower(): value for name, value in headers})

    request = RequestFactory(SERVER_NAME="127.0.0.1").generic(method, path, **environ)
    request.environ.setdefault("HTTP_HOST", "127.0.0.1")
    body = b"".join(site(request.environ, start_response))
    return said["status"], said["headers"], body


def test_page_is_made_once(site):
    assert [ask(site)[0] for _ in range(3)] == [200, 200, 200]
    assert site.application.times == 1


def test_kept_page_is_the_page_that_was_made(site):
    status, plain, body = ask(get_wsgi_application())
    made, kept = ask(site), ask(site)
    assert made[2] == kept[2] == body
    own = {"etag", "x-request-id", "vary"}
    for headers in (made[1], kept[1]):
        assert {k: v for k, v in headers.items() if k not in own} == {
            k: v for k, v in plain.items() if k not in own
        }
        assert headers["etag"] == "W/" + plain["etag"]
        assert headers["vary"] == "Accept-Encoding"
    assert made[1]["x-request-id"] != kept[1]["x-request-id"]
    assert (status, TITLE in body) == (200, True)


def test_kept_page_asks_only_for_the_data_version(site, django_assert_num_queries):
    ask(site)
    with django_assert_num_queries(1):
        ask(site)


def test_data_version_is_believed_for_a_twentieth_of_a_second(site, django_assert_num_queries):
    ask(site)
    site.version.clock = lambda: site.version.looked + 0.049
    with django_assert_num_queries(0):
        ask(site)


def test_change_is_seen_at_once_when_the_version_is_raised(site):
    assert TITLE in ask(site)[2]
    Occupation.objects.update(title="Keepers of records")
    assert TITLE in ask(site)[2]
    DataVersion.raise_number()
    body = ask(site)[2]
    assert (TITLE in body, b"Keepers of records" in body) == (False, True)


def test_reader_who_has_the_page_is_told_so(site):
    etag = ask(site)[1]["etag"]
    status, headers, body = ask(site, HTTP_IF_NONE_MATCH=etag)
    assert (status, body, headers["etag"], headers["vary"]) == (304, b"", etag, "Accept-Encoding")
    assert ask(site, HTTP_IF_NONE_MATCH='"other"')[0] == 200
    assert ask(site, HTTP_IF_NONE_MATCH=f'"other", {etag}')[0] == 304
    assert site.application.times == 1


def test_reader_who_has_the_page_is_told_so_by_a_site_that_keeps_nothing_yet(site):
    etag = ask(get_wsgi_application())[1]["etag"]
    assert ask(site, HTTP_IF_NONE_MATCH=etag)[0] == 304
    assert ask(site)[0] == 200
    assert site.application.times == 1


def test_page_comes_in_the_encoding_that_is_asked_for(site):
    body = ask(site)[2]
    _, headers, small = ask(site, HTTP_ACCEPT_ENCODING="gzip, deflate, br, zstd")
    assert (headers["content-encoding"], brotli.decompress(small)) == ("br", body)
    assert headers["content-length"] == str(len(small))
    _, headers, small = ask(site, HTTP_ACCEPT_ENCODING="gzip")
    assert (headers["content-encoding"], gzip.decompress(small)) == ("gzip", body)
    _, headers, plain = ask(site)
    assert ("content-encoding" in headers, plain) == (False, body)
    assert site.application.times == 1


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""), ("br", "br"), ("gzip;q=1.0, br;q=0.5", "br"), ("br;q=0, gzip", "gzip"), ("br; q=0.0", ""),
        ("identity", ""), ("*", ""), ("BR", "br"), ("brx", ""), (";;q=,,", ""),
    ],
)  # fmt: skip
def test_encoding_is_one_that_the_client_takes(accepted, encoding):
    assert encoding_for(accepted) == encoding


NOT_KEPT = {
    "a search": {"path": "/search/?q=coder"},
    "a filter by words": {"path": "/occupations/?q=coder"},
    "a search in disguise": {"path": "/occupations/?level=detailed&%71=coder"},
    "schools near a place": {"path": "/occupations/29-2072-medical-records-specialists/schools/?near=44308"},
    "an offer": {"path": "/offer/?amount=24&per=hour"},
    "an address that leads nowhere": {"path": "/nowhere/"},
    "a file": {"path": "/occupations/?_export=csv"},
    "the API": {"path": "/api/v1/releases/"},
    "the admin": {"path": "/admin/login/"},
    "health": {"path": "/health/"},
    "a form": {"path": PAGE, "method": "POST"},
    "an editor's page": {"path": PAGE, "HTTP_COOKIE": "sessionid=abc"},
}


@pytest.mark.parametrize("asked", NOT_KEPT.values(), ids=NOT_KEPT.keys())
def test_not_kept(site, asked):
    first, second = ask(site, **asked), ask(site, **asked)
    assert first[0] == second[0]
    assert site.application.times == 2
    assert not site.memory.held


def test_editor_is_not_sent_the_page_that_is_kept_for_readers(site):
    ask(site)
    _, headers, _ = ask(site, HTTP_COOKIE="a=b; sessionid=abc")
    assert "no-store" in headers["cache-control"]


def test_pages_of_hosts_and_schemes_are_apart(site, settings):
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    for host in settings.ALLOWED_HOSTS:
        assert ask(site, HTTP_HOST=host)[0] == 200
    assert ask(site, HTTP_HOST="one.example", **{"wsgi.url_scheme": "https"})[0] == 200
    assert ask(site, HTTP_HOST="unknown.example")[0] == 400
    assert len(site.memory.held) == 3


def test_nothing_is_kept_before_data_are_loaded(transactional_db):
    site = make_site()
    assert [ask(site)[0] for _ in range(2)] == [200, 200]
    assert site.application.times == 2


def test_page_that_another_database_told_is_not_kept(site, monkeypatch):
    """It may be behind the one that told the version."""
    monkeypatch.setattr(site.version, "_look", lambda: None)
    site.version.told = pages.Told(DataVersion.now(), "2026-11-22", "replica")
    ask(site)
    assert not site.memory.held


def test_what_is_kept_is_sent_while_no_database_answers(site, monkeypatch):
    body = ask(site)[2]

    def fail(execute, sql, params, many, context):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(databases, "_away", {databases.PRIMARY: databases.Away(5)})
    with connection.execute_wrapper(fail):
        status, _, sent = ask(site)
        assert (status, sent) == (200, body)
        status, headers, _ = ask(site, "/areas/")
    assert (status, headers["retry-after"]) == (503, "10")
    assert ask(site, "/areas/")[0] == 200


def test_many_who_ask_at_once_wait_for_one_page(data):
    class Slow:
        times = 0

        def __call__(self, environ, start_response):
            self.times += 1
            time.sleep(0.3)
            environ[READ_FROM], environ[observe.VIEW] = databases.PRIMARY, "slow"
            headers = [("Content-Type", "text/html"), ("Cache-Control", "public"), ("ETag", '"1"')]
            start_response("200 OK", headers)
            return BytesIO(b"slow")

    site = Pages(Slow(), 1)
    site.version.told, site.version.clock = pages.Told(1, "2026-11-22", databases.PRIMARY), lambda: 0.0
    site.version.looked = 0.0
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(site))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(status, body) for status, _, body in answers] == [(200, b"slow")] * 8
    assert site.application.times == 1


@pytest.fixture
def bodies_alone(monkeypatch):
    monkeypatch.setattr(pages, "BESIDE", 0)


def test_memory_counts_what_a_page_takes_beside_its_body():
    """Small pages by the thousand take as much again for their headers."""
    held = {}
    tracemalloc.start()
    for number in range(500):
        headers = [(name, "".join(value)) for name, value in HEADERS]  # new strings, as of a new response
        page = Page("view", headers, bytes(100))
        held[1, "2026-11-22", "http", "127.0.0.1", f"/schools/{number}-a-university/", ""] = page
    taken = tracemalloc.get_traced_memory()[0] / 500
    tracemalloc.stop()
    assert 1_250 < taken - 100 < 2_500
    assert page.size() == 100 + 2_500


HEADERS = [
    ("Content-Type", ["text/html; ", "charset=utf-8"]),
    ("Content-Length", ["27", "225"]),
    ("ETag", ['"dfddfbde6f51e965', '0b4d7663eb976c18"']),
    ("Cache-Control", ["public, ", "no-cache"]),
    ("Content-Security-Policy", ["connect-src 'self'; ", "script-src 'self'; " * 8]),
    ("X-Frame-Options", ["DE", "NY"]),
    ("X-Content-Type-Options", ["no", "sniff"]),
    ("Referrer-Policy", ["strict-origin", "-when-cross-origin"]),
    ("Cross-Origin-Opener-Policy", ["same", "-origin"]),
    ("Permissions-Policy", ["accelerometer=(), ", "camera=(), " * 8]),
]


def test_memory_holds_the_pages_that_were_asked_for_last(bodies_alone):
    memory = Memory(100)
    one, two, three = (Page("view", [("ETag", '"1"')], bytes(40)) for _ in range(3))
    memory.put("one", one)
    memory.put("two", two)
    assert memory.get("one") is one
    memory.put("three", three)
    assert [memory.get(key) for key in ("one", "two", "three")] == [one, None, three]
    assert memory.bytes == 80
    memory.add(three, "", (200, [], bytes(30)))
    assert (list(memory.held), memory.bytes) == (["three"], 70)


def test_encodings_of_pages_that_are_not_held_do_not_count(bodies_alone):
    """Of a page that was let go while it was being sent, or of one that two threads made."""
    memory = Memory(100)
    held, let_go = (Page("view", [("ETag", '"1"')], bytes(40)) for _ in range(2))
    memory.put("page", held)
    memory.put("page", let_go)
    memory.add(let_go, "", (200, [], bytes(50)))
    for _ in range(2):
        memory.add(held, "", (200, [], bytes(20)))
    assert (memory.bytes, memory.get("page") is held) == (60, True)
    memory.put("another", Page("view", [("ETag", '"1"')], bytes(90)))
    memory.add(held, "gzip", (200, [], bytes(30)))
    assert (list(memory.held), memory.bytes) == (["another"], 90)


def test_encodings_that_were_asked_for_count_as_memory(site, bodies_alone):
    ask(site, HTTP_ACCEPT_ENCODING="br")
    small = ask(site, HTTP_ACCEPT_ENCODING="br")[2]
    plain = ask(site)[2]
    ask(site)
    assert site.memory.bytes == len(small) + len(plain)


def test_kept_pages_are_counted(site, client):
    before = kept_pages()
    for _ in range(3):
        ask(site)
    after = kept_pages()
    assert [after[source] - before[source] for source in ("made", "memory", "shared")] == [1, 2, 0]
    told = client.get("/metrics").content.decode()
    for source in ("made", "memory"):
        labels = f'{{method="GET",source="{source}",status="200",view="occupation_list"}}'
        assert f"waymark_request_seconds_count{labels}" in told


def test_log_names_a_request_as_its_answer_does(site, caplog):
    """Of a page that Django makes, of the same page when it is kept, and of one that is never kept."""
    caplog.set_level(logging.INFO, "waymark.requests")
    named = []
    caplog.handler.addFilter(lambda record: named.append(request_id.get()) or True)
    answered = [ask(site, path)[1]["x-request-id"] for path in (PAGE, PAGE, "/nowhere/")]
    told = [name for name, record in zip(named, caplog.records, strict=True) if hasattr(record, "said")]
    assert told == answered
    assert len(set(told)) == 3
    assert ask(site, HTTP_X_REQUEST_ID="a-trace-of-mine.0001")[1]["x-request-id"] == "a-trace-of-mine.0001"


def kept_pages():
    """How many occupation lists were answered from each source."""
    labels = {"view": "occupation_list", "method": "GET", "status": "200"}
    count = functools.partial(observe.REGISTRY.get_sample_value, "waymark_request_seconds_count")
    return {source: count(labels | {"source": source}) or 0 for source in ("made", "memory", "shared")}


# Shared with other machines -----------------------------------------------------------------------------


@pytest.fixture
def shared(settings):
    """What stands for Redis: the same four commands, in memory."""
    place = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}
    settings.CACHES = {**settings.CACHES, "pages": place}
    caches["pages"].clear()
    return Shared()


def test_page_made_on_one_machine_is_sent_by_another(data, shared):
    one, other = make_site(shared=shared), make_site(shared=shared)
    first, second = ask(one), ask(other)
    assert (one.application.times, other.application.times) == (1, 0)
    assert first[2] == second[2]
    first[1].pop("x-request-id")
    second[1].pop("x-request-id")
    assert first[1] == second[1]


def test_machines_that_are_asked_at_once_make_a_page_once(data, shared):
    one, other = make_site(shared=shared), make_site(shared=shared)
    key = ("key",)
    assert shared.get_or_claim(key) is None  # one machine is at it
    page = Page.made_of("view", [("ETag", '"1"'), ("Cache-Control", "public")], b"made elsewhere")
    timer = threading.Timer(0.2, shared.put, (key, page))
    timer.start()
    assert other.shared.get_or_claim(key).small == page.small
    timer.join()
    assert one.shared.get_or_claim(key).view == "view"


@pytest.mark.parametrize("path", ["/nowhere/", "/occupations/?_export=csv", "/occupations/29-2072/"])
def test_nobody_waits_for_what_may_not_be_kept(data, shared, path, monkeypatch):
    monkeypatch.setattr(shared_pages.time, "sleep", lambda seconds: pytest.fail("waited"))
    one, other = make_site(shared=shared), make_site(shared=shared)
    assert ask(one, path)[0] == ask(other, path)[0] != 304
    assert (one.application.times, other.application.times) == (1, 1)


def test_machine_that_died_making_a_page_is_not_waited_for_long(shared, monkeypatch):
    monkeypatch.setattr(shared_pages, "CLAIM", 0.3)
    assert shared.get_or_claim(("key",)) is None
    assert shared.get_or_claim(("key",)) is None


def test_pages_of_another_version_of_the_site_are_not_shared(shared, settings):
    before = shared_pages.name_of(("key",))
    shared_pages.made_of.cache_clear()
    settings.SECRET_KEY = "another"
    after = shared_pages.name_of(("key",))
    shared_pages.made_of.cache_clear()
    assert before != after
    assert before != shared_pages.name_of(("other",))


def test_what_is_shared_is_bytes_and_never_pickled(shared):
    page = Page("view", [("ETag", '"1"'), ("Content-Type", "text/html")], b"\n\x00small")
    written = shared_pages.written(page)
    head = b'{"view": "view", "headers": [["Content-Type", "text/html"], ["ETag", "W/\\"1\\""]]}\n'
    assert written.startswith(head)
    read = shared_pages.read(shared_pages.Bytes().loads(shared_pages.Bytes().dumps(written)))
    assert (read.view, read.headers, read.etag) == (page.view, page.headers, page.etag)
    assert read.small == page.small


class Gone:
    """A Redis that does not answer, and how often it was asked."""

    times = 0

    def get(self, *arguments):
        self.times += 1
        raise RedisIsAway("Error 111 connecting to 10.0.0.7:6379")

    add = set = delete = get


def test_readers_read_on_while_the_shared_cache_is_away(data):
    gone = Gone()
    site = make_site(shared=Shared(gone))
    assert [ask(site, path)[0] for path in (PAGE, PAGE, "/areas/", "/releases/")] == [200] * 4
    assert gone.times == 1  # then it is left alone for a while


def test_health_tells_of_the_shared_cache(data, shared, client, monkeypatch):
    assert client.get("/health/").json()["cache"] == "ok"
    monkeypatch.setattr(shared_pages, "caches", {"pages": Gone()})
    told = client.get("/health/").json()
    assert (told["status"], told["cache"]) == ("ok", "not reachable")


# For a network in front ---------------------------------------------------------------------------------


def test_network_in_front_is_told_how_long_it_may_answer_alone(client, data, settings):
    settings.CDN_SECONDS = 60
    told = client.get(PAGE)["Cache-Control"]
    assert told == "public, max-age=0, s-maxage=60, stale-while-revalidate=60"
    assert client.get("/offer/?amount=24&per=hour")["Cache-Control"] == "no-store"


@given(known=st.text(max_size=60), accepted=st.text(max_size=60), query=st.text(max_size=60))
@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_header_or_query_upsets_the_kept_pages(site, known, accepted, query):
    path = f"/occupations/?{quote(query)}"
    status, _, body = ask(site, path, HTTP_IF_NONE_MATCH=known, HTTP_ACCEPT_ENCODING=accepted)
    assert status in (200, 304, 404)
    assert bool(body) is (status != 304)
