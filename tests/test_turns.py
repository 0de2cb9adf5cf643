"""Of two threads with kept pages, one sends and the other rests, until the first has longer work."""

import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.test import RequestFactory

from config import databases, observe, pages, turns
from config.middleware import READ_FROM

LONG = 60  # seconds: nothing here may wait so long


class Application:
    """Stands for Django: every page may be kept, and `meanwhile` is done while one is made."""

    def meanwhile(self):
        pass

    def __call__(self, environ, start_response):
        self.meanwhile()
        environ[READ_FROM], environ[observe.VIEW] = databases.PRIMARY, "page"
        headers = [("Content-Type", "text/html"), ("Cache-Control", "public"), ("ETag", '"1"')]
        start_response("200 OK", headers)
        return BytesIO(b"a page")


@pytest.fixture
def site():
    site = pages.Pages(Application(), 1)
    site.version.told, site.version.clock = pages.Told(1, "2026-11-22", databases.PRIMARY), lambda: 0.0
    site.version.looked = 0.0
    return site


@pytest.fixture
def another():
    """Another thread, to do what it is told to."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


def send(site, path="/", close=True):
    """The body of a page as a server sends it: closed afterwards, where it can be."""
    environ = RequestFactory(SERVER_NAME="127.0.0.1").get(path).environ
    body = site(environ, lambda status, headers: None)
    assert b"".join(body) == b"a page"
    if close and hasattr(body, "close"):
        body.close()
    return body


def test_thread_alone_never_rests(site, monkeypatch):
    monkeypatch.setattr(turns, "REST", LONG)
    assert [type(send(site)) for _ in range(3)] == [list] * 3


def test_second_thread_rests_after_its_page_until_the_first_has_longer_work(site, another, monkeypatch):
    monkeypatch.setattr(turns, "REST", LONG)
    send(site)
    assert type(send(site)) is list
    rests, wait = threading.Event(), site.turn.left.wait
    monkeypatch.setattr(site.turn.left, "wait", lambda seconds: rests.set() or wait(seconds))
    resting = another.submit(send, site)
    assert rests.wait(LONG / 2)
    meanwhile = []

    def make_another_page():
        meanwhile.append(resting.result(LONG / 2))
        meanwhile.append(another.submit(send, site).result())

    site.application.meanwhile = make_another_page
    body = send(site, "/another/", close=False)
    assert [type(sent) for sent in (*meanwhile, body)] == [turns.Rest, list, turns.Rest]


def test_second_thread_rests_on_while_the_first_sends(site, another, monkeypatch):
    def wait(seconds):
        another.submit(send, site).result()
        return False

    monkeypatch.setattr(site.turn.left, "wait", wait)
    another.submit(send, site).result()
    for _ in range(3):
        assert type(send(site)) is turns.Rest


def test_thread_that_ended_or_is_never_asked_again_leaves_its_turn(site, another, monkeypatch):
    monkeypatch.setattr(turns, "REST", 0.01)
    another.submit(send, site).result()
    assert type(send(site)) is turns.Rest
    assert type(send(site)) is list
    assert type(another.submit(send, site).result()) is turns.Rest


def test_page_that_is_not_kept_leaves_the_turn_too(site, another):
    send(site)
    assert site.turn.holder
    send(site, "/static/a-file.css")
    assert site.turn.holder is None
    assert type(another.submit(send, site).result()) is list
