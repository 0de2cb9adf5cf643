"""What the browser's tests share: a page that is watched, and the little site it reads."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Permission

from salaries.models import Release
from tests.browser.kinds import EDITORS, KINDS, STATUS
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


@pytest.fixture
def visit(browser, live_server, world, client, settings, django_user_model):
    """visit(kind, **how) opens each page of a kind in turn, in a context of its own: (path, page) pairs."""
    settings.ROOT_URLCONF = "tests.browser.urls"
    contexts = []

    def visited(kind, **how):
        context = browser.new_context(base_url=live_server.url, **how)
        contexts.append(context)
        if kind == EDITORS:
            cookies = preview_as_editor(client, django_user_model).items()
            context.add_cookies([{"name": n, "value": c.value, "url": live_server.url} for n, c in cookies])
        page = context.new_page()
        for path in KINDS[kind]:
            assert page.goto(path).status == STATUS.get(path, 200), path
            yield path, page

    yield visited
    for context in contexts:
        context.close()


def preview_as_editor(client, users):
    """Signed in, with the staged release in its year's place; the cookies."""
    editor, _ = users.objects.get_or_create(username="ada", defaults={"is_staff": True})
    editor.user_permissions.add(Permission.objects.get(codename="view_release"))
    client.force_login(editor)
    client.post(f"/preview/{Release.objects.get(status='staged').pk}/")
    return client.cookies
