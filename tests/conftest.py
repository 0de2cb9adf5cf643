"""What every test may rely on. The database is DATABASE_URL's, SQLite without one."""

import os

import pytest
from django.test import TransactionTestCase

from careers import kept
from careers.search import kept as search
from config.debian import find_chromium

# Playwright's synchronous calls run inside an event loop, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
CHROMIUM_OPTIONS = [
    "--no-sandbox",  # it cannot be had as root or in most containers
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser):
    parser.addoption(
        "--database-only", action="store_true", help="leave out the tests that are the same on any database"
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
        items[:] = [item for item in items if asks_a_database(item)]


def asks_a_database(item):
    is_marked = any(item.get_closest_marker(name) for name in ("django_db", "own_database"))
    is_djangos = issubclass(item.cls or object, TransactionTestCase)
    return is_marked or is_djangos or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = find_chromium()
    assert chromium, "No Chromium: run `make test`, which installs one, or name one in CHROMIUM."
    return {"executable_path": chromium, "args": CHROMIUM_OPTIONS}


@pytest.fixture(autouse=True)
def nothing_kept():
    """A test's data version may be another test's: what that one kept in memory is not this one's."""
    kept._held["kept"] = kept.Kept(0)
    search._held.clear()
