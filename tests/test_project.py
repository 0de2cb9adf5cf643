"""What holds for the project as a whole."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from tests.factories import make_area, make_occupation, make_release, make_wage

REQUIREMENTS = sorted(Path(settings.BASE_DIR, "requirements").glob("*.txt"))


@pytest.mark.django_db
def test_models_have_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_hashed_pins_without_addresses(path):
    lines = [line.rstrip(" \\") for line in path.read_text().splitlines()]
    pin = re.compile(r"[a-z0-9-]+==[\w.]+( ; .+)?|    --hash=sha256:[0-9a-f]{64}")
    assert len(lines) > 10
    assert [line for line in lines if not pin.fullmatch(line)] == []


def test_sets_of_requirements_agree_on_versions():
    versions = {}
    for path in REQUIREMENTS:
        for name, version in re.findall(
            r"^([a-z0-9-]+)==(\S+(?: ; [^\\]+)?)", path.read_text(), re.MULTILINE
        ):
            versions.setdefault((name, version.partition(" ; ")[2]), set()).add(version)
    assert [found for found in versions.values() if len(found) > 1] == []


LISTS = ["home", "occupation_list", "area_list", "release_list", "methods", "compare"]


@pytest.mark.django_db
@pytest.mark.parametrize("loaded", [True, False], ids=["loaded", "empty"])
@pytest.mark.parametrize("name", LISTS)
def test_public_page_has_one_heading_and_sets_no_cookie(client, name, loaded):
    if loaded:
        make_wage(make_release(), make_area(), make_occupation())
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1
    assert not response.cookies
    assert response["Cache-Control"] == "public, no-cache"
    assert "Vary" not in response or "Cookie" not in response["Vary"]


@pytest.mark.django_db
def test_page_asked_for_again_is_not_sent_again(client):
    make_wage(make_release(), make_area(), make_occupation())
    etag = client.get("/occupations/")["ETag"]
    assert client.get("/occupations/", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.django_db
def test_address_that_leads_nowhere_is_explained(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert response.content.count(b"<h1") == 1


@pytest.mark.parametrize(
    "first", ["config.urls", "config.wsgi", "config.health", "config.observe", "config.pages"]
)
def test_a_process_may_begin_anywhere(first):
    """A command loads the addresses first, a server the application: neither may go in a circle."""
    code = f"import django; django.setup(); import {first}"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_no_page_waits_for_pandas_or_numpy():
    """It costs two seconds and 77 MiB; only imports of publishers' files may.

    numpy comes with openpyxl when an editor takes in a list, and redis where CACHE_URL says so.
    """
    code = (
        "import sys, config.wsgi\nfrom django.urls import get_resolver\nget_resolver().url_patterns\n"
        "print(sorted({'pandas', 'numpy', 'redis', 'tqdm', 'python_calamine'} & set(sys.modules)))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "[]", ran.stderr
