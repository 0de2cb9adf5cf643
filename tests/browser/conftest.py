"""What the browser's tests share: a page that is watched, and the little site it reads."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.staticfiles import finders

from salaries.models import Release
from tests.browser.kinds import EDITORS, KINDS, STATUS
from tests.browser.world import make_world

HOST = "localhost"


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


@pytest.fixture(scope="session")
def answered():
    """{kind: {path: response}}: each page is made once, and then looked at in many ways."""
    return {}


@pytest.fixture
def visit(browser, db, client, settings, django_user_model, answered):
    """visit(kind, **how) opens each page of a kind in turn, in a context of its own: (path, page) pairs.

    No server is asked: pages come from what was answered, and their files from where they lie.
    """
    settings.ROOT_URLCONF = "tests.browser.urls"
    client.raise_request_exception = False
    contexts, strays = [], []

    def ask(kind):
        make_world()
        if kind == EDITORS:
            preview_as_editor(client, django_user_model)
        return {path: client.get(path, follow=True, SERVER_NAME=HOST) for path in KINDS[kind]}

    def visited(kind, **how):
        if kind not in answered:
            answered[kind] = ask(kind)
        context = browser.new_context(base_url=f"http://{HOST}", **how)
        contexts.append(context)
        context.route("**/*", lambda route: answer(route, answered[kind], strays))
        page = context.new_page()
        for path in KINDS[kind]:
            assert page.goto(path).status == STATUS.get(path, 200), path
            yield path, page

    yield visited
    for context in contexts:
        context.close()
    assert strays == [], "neither pages of the kind nor files of the site"


def answer(route, pages, strays):
    """Fulfil a browser's request: from `pages` by their path, or with a file."""
    address = urlsplit(route.request.url)
    path = f"{address.path}?{address.query}" if address.query else address.path
    if page := pages.get(path):
        route.fulfill(status=page.status_code, headers=dict(page.items()), body=page.content)
    elif file := finders.find(address.path.removeprefix(settings.STATIC_URL)):
        route.fulfill(path=file)
    else:
        strays.append(route.request.url)
        route.abort()


def preview_as_editor(client, users):
    """Signed in, with the staged release in its year's place."""
    editor, _ = users.objects.get_or_create(username="ada", defaults={"is_staff": True})
    editor.user_permissions.add(Permission.objects.get(codename="view_release"))
    client.force_login(editor)
    client.post(f"/preview/{Release.objects.get(status='staged').pk}/")
