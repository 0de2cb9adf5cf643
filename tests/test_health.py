"""What a load balancer is told."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError

from careers.models import Source
from salaries.models import Release


@pytest.fixture
def release(db):
    source = Source.objects.create(
        key="oews-2025", short_name="BLS OEWS", edition="May 2025", licence="Public domain"
    )
    return Release.objects.create(
        year=2025, source=source, soc_version="2018", annual_top_code=239200, hourly_top_code_cents=11500
    )


def publish(release):
    release.status = Release.Status.PUBLISHED
    release.published_at = datetime(2026, 4, 1, tzinfo=UTC)
    release.save()


def test_site_with_a_published_release_is_ready(client, release):
    publish(release)
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "release": "May 2025",
        "data": {"BLS OEWS": "2026-05-31"},
    }


def test_the_newest_dated_edition_of_each_source_is_told(client, release):
    publish(release)
    for edition in ("2023-33", "2024-34"):
        day = f"{edition[:4]}-09-04"
        Source.objects.create(key=f"ep-{edition}", short_name="BLS EP", edition=edition, published=day)
    Source.objects.create(key="soc", short_name="SOC", edition="2018")
    Source.objects.filter(key="oews-2025").update(published="2026-04-08")
    assert client.get("/health/").json()["data"] == {"BLS EP": "2024-09-04", "BLS OEWS": "2026-04-08"}


def test_site_with_only_a_staged_release_is_not_ready(client, release):
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "ok", "release": "none published"}


def test_site_without_its_database_is_not_ready(client, db, monkeypatch):
    def fail(queryset):
        raise DatabaseError("connection refused")

    monkeypatch.setattr("salaries.models.release.ReleaseQuerySet.newest_published", fail)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "not reachable"}


def test_process_is_live_without_asking_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/health/live/")
    assert response.status_code == 200


def test_health_is_never_kept(client, release):
    assert "no-store" in client.get("/health/")["Cache-Control"]


def test_health_is_asked_over_plain_http(client, release, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/live/").status_code == 200
    assert client.get("/admin/").status_code == 301
