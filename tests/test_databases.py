"""Readers read from the replica while it answers; the site says what it cannot do while one is away."""

import pytest
from django.db import InterfaceError, OperationalError, connection, connections

from careers.models import DataVersion
from config import databases
from config.away import Away
from config.middleware import READ_FROM
from salaries.models import Release
from tests.factories import make_area, make_occupation, make_release, make_wage

PAGE = "/occupations/"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.seconds = 1_000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    away = {alias: Away(5, now=clock) for alias in databases.NAMES}
    monkeypatch.setattr(databases, "_away", away)
    return clock


@pytest.fixture
def site(transactional_db, clock, client):
    make_wage(make_release(), make_area(), make_occupation())
    client.raise_request_exception = False
    return client


@pytest.fixture
def add_replica(site, settings):
    """Give the site a replica: the test's own database under the other name, or one that is not there."""

    def add(**changed):
        settings.DATABASES[databases.REPLICA] = {**connection.settings_dict, **changed}
        connections[databases.REPLICA].ensure_connection = connect

    def connect():
        """What the test runner forbids to databases that were not there when the test began."""
        replica = connections[databases.REPLICA]
        if replica.connection is None:
            with replica.wrap_database_errors:
                replica.connect()

    yield add
    connections[databases.REPLICA].close()
    del connections[databases.REPLICA]  # before the runner looks at all that there are
    del settings.DATABASES[databases.REPLICA]


def missing():
    """Settings that no database answers to."""
    if connection.vendor == "sqlite":
        return {"NAME": "/no/such/folder/waymark.sqlite3"}
    return {"HOST": "127.0.0.1", "PORT": "1"}


def failing(error):
    def fail(execute, sql, params, many, context):
        raise error

    return fail


def read_from(response):
    return response.wsgi_request.META.get(READ_FROM)


def test_reader_reads_from_the_replica(site, add_replica):
    add_replica()
    response = site.get(PAGE)
    assert (response.status_code, read_from(response)) == (200, "replica")


def test_reader_reads_from_the_primary_where_there_is_no_replica(site):
    assert read_from(site.get(PAGE)) == "default"


def test_editor_reads_from_the_primary(site, add_replica, admin_user):
    add_replica()
    site.force_login(admin_user)
    assert read_from(site.get(PAGE)) is None
    with connections["replica"].execute_wrapper(failing(AssertionError("asked the replica"))):
        assert site.get("/admin/").status_code == 200


def test_writes_go_to_the_primary_even_while_a_reader_reads():
    with databases.reading_from("replica"):
        assert databases.Router().db_for_read(Release) == "replica"
        assert databases.Router().db_for_write(Release) == "default"
    assert databases.Router().db_for_read(Release) == "default"


def test_replica_is_never_migrated():
    assert databases.Router().allow_migrate("default", "careers") is True
    assert databases.Router().allow_migrate("replica", "careers") is False


def test_reader_notices_nothing_of_a_replica_that_is_not_there(site, add_replica):
    add_replica(**missing())
    response = site.get(PAGE)
    assert (response.status_code, read_from(response)) == (200, "default")


def test_replica_that_was_lost_is_tried_again_after_five_seconds(site, add_replica, clock):
    add_replica()
    databases.lost("replica")
    assert read_from(site.get(PAGE)) == "default"
    clock.seconds += 5.1
    assert read_from(site.get(PAGE)) == "replica"


@pytest.mark.parametrize("error", [OperationalError("terminated"), InterfaceError("closed")])
def test_page_whose_replica_goes_away_half_way_is_read_again_from_the_primary(site, add_replica, error):
    add_replica()
    with connections["replica"].execute_wrapper(failing(error)):
        response = site.get(PAGE)
        assert (response.status_code, read_from(response)) == (200, "default")
        assert b"Medical Records Specialists" in response.content


def test_page_whose_connection_closes_half_way_is_read_again_from_the_primary(site, add_replica):
    """As when a server is killed: the connection is gone before the page's snapshot ends."""
    add_replica()
    queries = []

    def close(execute, sql, params, many, context):
        queries.append(sql)
        if len(queries) < 2:
            return execute(sql, params, many, context)
        connections["replica"].connection.close()
        raise OperationalError("server closed the connection unexpectedly")

    with connections["replica"].execute_wrapper(close):
        response = site.get(PAGE)
    assert (len(queries), response.status_code, read_from(response)) == (2, 200, "default")


def test_reader_reads_on_while_the_primary_is_away(site, add_replica):
    add_replica()
    with connection.execute_wrapper(failing(OperationalError("terminated"))):
        assert site.get(PAGE).status_code == 200
        assert site.get("/health/").json()["database"] == "not reachable"
        assert site.get("/health/").status_code == 200


def test_editor_is_told_that_nothing_was_saved_while_the_primary_is_away(site, add_replica, admin_user):
    add_replica()
    site.force_login(admin_user)
    with connection.execute_wrapper(failing(OperationalError("server closed the connection"))):
        response = site.post("/admin/careers/organization/add/", {"name": "A body"})
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "What you just sent was not saved" in response.content.decode()
    assert "server closed" not in response.content.decode()


def test_reader_is_told_in_words_while_no_database_answers(site):
    with connection.execute_wrapper(failing(OperationalError("server closed the connection"))):
        response = site.get(PAGE)
        api = site.get("/api/v1/releases/")
    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
    assert "try again in a minute" in response.content.decode()
    assert (api.status_code, api.json()["error"]["status"]) == (503, 503)


def test_other_faults_are_still_faults(site, monkeypatch):
    def fail():
        raise RuntimeError("a secret")

    monkeypatch.setattr(DataVersion, "now", fail)
    response = site.get(PAGE)
    assert response.status_code == 500
    assert "a secret" not in response.content.decode()


def test_health_tells_of_the_replica(site, add_replica, clock):
    add_replica(**missing())
    told = site.get("/health/").json()
    assert (told["status"], told["database"], told["replica"]) == ("ok", "ok", "not reachable")


def test_admin_says_what_does_not_answer(site, add_replica, admin_user):
    add_replica(**missing())
    site.force_login(admin_user)
    html = site.get("/admin/state/").content.decode()
    assert "Replica, which readers&#x27; pages are read from</th>\n<td><strong>Does not answer" in html
    assert "Primary database, which editors write to</th>\n<td>Answers" in html
    assert "Readers see the release of May 2025" in html


def test_what_is_away_is_tried_by_one_caller_at_a_time():
    clock = Clock()
    away = Away(5, now=clock)
    assert [away.is_worth_asking(), away.is_worth_asking()] == [True, True]
    away.lost()
    assert away.is_worth_asking() is False
    clock.seconds += 5
    assert [away.is_worth_asking(), away.is_worth_asking()] == [True, False]
    away.found()
    assert [away.is_worth_asking(), away.is_worth_asking()] == [True, True]
