"""What the browser's tests share: a page that is watched, and the little site it reads."""

from urllib.parse import urlsplit

import pytest

from tests.browser.world import make_world


def watch(page, found):
    """Note in `found` what no page may do: complain in the console, or ask another host for anything."""
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: found.append(request.url) if _is_elsewhere(request) else None)
    return page


def _is_elsewhere(request):
    return urlsplit(request.url).hostname not in ("localhost", "127.0.0.1", None)


@pytest.fixture
def world(transactional_db):
    """The little site's first occupation, medical records specialists."""
    return make_world()


@pytest.fixture
def open_page(browser, live_server):
    """Opens a watched page, with whatever a browser's context takes; at the end nothing was amiss."""
    contexts, found = [], []

    def opened(**how):
        context = browser.new_context(base_url=live_server.url, **how)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return watch(context.new_page(), found)

    yield opened
    for context in contexts:
        context.close()
    assert found == []


@pytest.fixture
def reader(open_page, world):
    """A page of a reader with a desk, before the little site."""
    return open_page(viewport={"width": 1280, "height": 900})
