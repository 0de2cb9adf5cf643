"""A release is published, taken back and published again while readers read: no error, no mixed page."""

import contextlib
import http.client
import os
import re
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings

from tests.oews_rows import seed_rows
from tests.postgres import free_port
from tests.salaries.faulty import IS_POSTGRESQL, Command, Postgresql, Sqlite, prepare, processes
from tests.workbooks import LAYOUTS, write_oews

pytestmark = pytest.mark.own_database

PATHS = [
    "/occupations/29-2072-medical-records-specialists/",
    "/occupations/29-2072-medical-records-specialists/pay/",
    "/areas/ohio/",
    "/compare/?occupation=29-2072&area=ohio",
]
# The nation's and Ohio's medians and the occupation's name, and what the correction makes of them.
FIRST = {"51,140", "50,990", "Medical Records Specialists"}
CORRECTED = {"51,777", "51,888", "Medical records specialists"}


@pytest.fixture
def correction(tmp_path):
    """A site of its own: May 2025 public, its correction staged."""
    places = {"0000000", "3900000"}
    rows = seed_rows(settings.BASE_DIR / "data", areas=places, industries=False)
    rows = [row for row in rows if row["OCC_CODE"][:2] in ("00", "29")]
    right = [row | corrected(row) for row in rows]
    paths = [tmp_path / name / "all_data_M_2025.xlsx" for name in ("first", "corrected")]
    for path, told in zip(paths, (rows, right), strict=True):
        path.parent.mkdir()
        write_oews(path, told, LAYOUTS["all"])
    site = (Postgresql if IS_POSTGRESQL else Sqlite)(tmp_path)
    made = processes.Process(target=prepare, args=(site.address, paths[:1]))
    made.start()
    made.join()
    assert Command(site, "import_oews", paths[1]).wait()[0] == 0
    yield site
    site.drop()


def corrected(row):
    renamed = row["OCC_TITLE"] == "Medical Records Specialists"
    names = {"OCC_TITLE": "Medical records specialists"} if renamed else {}
    if row["OCC_CODE"] != "29-2072":
        return names
    return names | {"A_MEDIAN": 51_777 if row["AREA_TYPE"] == "1" else 51_888}


@contextlib.contextmanager
def served(site):
    """The port of a real server on the site, of two processes."""
    port = free_port()
    options = f"--interface wsgi --port {port} --workers 2 --blocking-threads 2 --http 1 --no-ws"
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *options.split(), "config.wsgi:application"],
        env={**os.environ, "DATABASE_URL": site.address, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and server.poll() is None:
            probe = http.client.HTTPConnection("127.0.0.1", port)
            with contextlib.suppress(OSError), contextlib.closing(probe):
                ask(probe, "/health/live/")
                break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def ask(connection, path):
    """(status, page)."""
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def read_until(stop, port, path, pages):
    """One reader: keeps every answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        while not stop.is_set() and len(pages) < 1000:
            pages.append(ask(connection, path))


def shown(page):
    """Which of the two releases a page shows; both where it is mixed."""
    words = set(re.findall(r"\d+,\d{3}|Medical [Rr]ecords [Ss]pecialists", page))
    return frozenset(n for n, told in (("first", FIRST), ("corrected", CORRECTED)) if words & told)


def test_readers_see_one_release_a_page_and_no_error(correction):
    stop, answers, told = threading.Event(), {path: [] for path in PATHS}, []
    with served(correction) as port:
        readers = [
            threading.Thread(target=read_until, args=(stop, port, path, pages))
            for path, pages in answers.items()
        ]
        for reader in readers:
            reader.start()
        for command in [("publish_oews", 2025), ("rollback_oews",)] * 5:
            told.append(Command(correction, *command).wait()[0])
            time.sleep(0.3)
        stop.set()
        for reader in readers:
            reader.join()
    assert told == [0] * 10
    assert {status for pages in answers.values() for status, _ in pages} == {200}
    seen = [{shown(page) for _, page in pages} for pages in answers.values()]
    assert seen == [{frozenset({"first"}), frozenset({"corrected"})}] * len(PATHS)
