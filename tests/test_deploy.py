"""The files that a deployment is made of say what the settings ask for."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from config.alive import answers

ROOT = Path(settings.BASE_DIR)


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_compose_names_the_parts_of_a_site(services):
    assert set(services) == {
        "proxy", "web1", "web2", "prepare", "db", "replica", "cache", "backup",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["web1", "web2", "prepare", "backup"])
def test_the_sites_containers_run_read_only_and_without_powers(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in service


def test_compose_holds_no_secret(services):
    environment = services["web1"]["environment"]
    for name in ("SECRET_KEY", "METRICS_TOKEN"):
        assert environment[name].startswith(f"${{{name}:?")
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert services["db"]["environment"]["REPLICATION_PASSWORD"].startswith("${REPLICATION_PASSWORD:?")


def test_only_the_proxy_is_reached_from_outside(services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_readers_pages_come_from_the_replica_and_the_shared_cache(services):
    environment = services["web1"]["environment"]
    assert environment["REPLICA_URL"].endswith("@replica/waymark")
    assert environment["CACHE_URL"] == "redis://cache:6379/0"
    assert services["web1"] == services["web2"]


def test_every_variable_that_compose_sets_is_in_the_readme(services):
    readme = (ROOT / "README.md").read_text()
    assert [name for name in services["web1"]["environment"] if f"| `{name}` |" not in readme] == []


def test_every_variable_that_the_settings_read_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    code = (ROOT / "config" / "settings.py").read_text()
    names = set(re.findall(r'(?:environ\.get|is_on|whole_number)\("([A-Z0-9_]+)"', code))
    assert "SECRET_KEY" in names
    assert {name for name in names if f"| `{name}` |" not in readme} == set()


def test_the_image_is_run_by_nobody_in_particular_from_pins_with_hashes():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "\nUSER 10001\n" in dockerfile
    assert "--require-hashes -r requirements/run.txt" in dockerfile
    assert "HEALTHCHECK" in dockerfile
    for folder in re.findall(r"^COPY (\w+) \1$", dockerfile, re.MULTILINE):
        assert (ROOT / folder).is_dir()
        assert f"!{folder}\n" in (ROOT / ".dockerignore").read_text()


@pytest.mark.django_db(transaction=True)
def test_a_site_that_answers_is_told_from_one_that_does_not(live_server):
    port = live_server.thread.port
    assert answers(port, "localhost", "/health/live/") is True
    assert answers(port, "localhost", "/health/") is False  # nothing is published
    assert answers(port, "elsewhere.example", "/health/live/") is False
    assert answers(1, "localhost") is False
