"""What is told of a request, in the log and in the metrics, and that nobody's figures are in it."""

import json
import logging

import pytest
from django.db import DatabaseError

from config.logs import JsonLines
from tests.factories import MEDICAL_RECORDS, make_area, make_occupation, make_release, make_wage

PRIVATE = {"q": "my-own-rare-title", "amount": "61234", "wage": "61234"}


@pytest.fixture
def lines(caplog):
    """The lines logged, as a machine reads them."""
    caplog.set_level(logging.INFO, "waymark.requests")
    return lambda: [json.loads(JsonLines().format(record)) for record in caplog.records]


@pytest.mark.django_db
def test_a_request_is_a_line_of_json(client, lines):
    make_wage(make_release(), make_area(), make_occupation(), **MEDICAL_RECORDS)
    client.get("/occupations/")
    line = next(line for line in lines() if line["logger"] == "waymark.requests")
    assert line["message"] == "GET /occupations/ 200"
    assert (line["method"], line["path"], line["view"], line["status"]) == (
        "GET", "/occupations/", "occupation_list", 200,
    )  # fmt: skip
    assert line["ms"] > 0
    assert line["queries"] > 0
    assert set(line) == {
        *("time", "level", "logger", "request_id", "message"),
        *("method", "path", "view", "status", "ms", "queries"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/", "/offer/", "/compare/", "/no/such/page/"])
def test_nothing_that_was_asked_is_logged(client, lines, caplog, address):
    client.get(address, PRIVATE)
    client.post(address, PRIVATE)
    told = json.dumps(lines()) + caplog.text
    assert "61234" not in told
    assert "my-own-rare-title" not in told
    assert "127.0.0.1" not in told


@pytest.mark.parametrize("given", ["a-trace-of-mine.0001", "A" * 64])
def test_a_sane_request_id_is_kept(client, given):
    assert client.get("/health/live/", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "A" * 65, "two words here", 'a"quoted"one', "line\nbreak"])
def test_any_other_request_id_is_made_anew(client, given):
    made = client.get("/health/live/", headers={"X-Request-ID": given})["X-Request-ID"]
    assert made != given
    assert len(made) == 32


def test_an_exception_is_told_on_the_same_line(lines):
    try:
        int("seven")
    except ValueError:
        logging.getLogger("waymark").exception("It broke")
    line = lines()[-1]
    assert (line["level"], line["message"]) == ("ERROR", "It broke")
    assert "ValueError: invalid literal" in line["exception"]


# --- Metrics --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_metrics_count_requests_by_view(client):
    make_release(2025)
    name = 'waymark_request_seconds_count{method="GET",source="made",status="200",view="methods"}'
    before = sample(client, name)
    client.get("/methods/")
    client.get("/methods/?q=my-own-rare-title")
    assert sample(client, name) == before + 2
    text = client.get("/metrics").content.decode()
    assert 'waymark_source_age_days{source="BLS OEWS"}' in text
    assert 'waymark_last_import_timestamp_seconds{release="May 2025",status="published"}' in text
    assert "my-own-rare-title" not in text


def sample(client, name):
    lines = client.get("/metrics").content.decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


@pytest.mark.django_db
@pytest.mark.parametrize(("token", "meta", "status"), [
    ("", {}, 200),
    ("", {"REMOTE_ADDR": "192.0.2.7"}, 404),
    ("", {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 404),
    ("a-token", {}, 404),
    ("a-token", {"HTTP_AUTHORIZATION": "Bearer another"}, 404),
    ("a-token", {"HTTP_AUTHORIZATION": "Bearer a-token", "REMOTE_ADDR": "192.0.2.7"}, 200),
])  # fmt: skip
def test_metrics_are_for_who_holds_the_token_or_sits_there(client, settings, token, meta, status):
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", **meta).status_code == status


@pytest.mark.django_db
def test_metrics_go_on_without_the_database(client, monkeypatch):
    def fail(queryset):
        raise DatabaseError("connection refused")

    monkeypatch.setattr("salaries.models.release.ReleaseQuerySet.newest_published", fail)
    text = client.get("/metrics").content.decode()
    assert "waymark_request_seconds" in text
    assert "waymark_source_age_days{" not in text
