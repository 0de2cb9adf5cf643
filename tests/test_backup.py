"""A backup brings the same site back, into either database, or changes nothing and says why."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from careers.models import DataVersion, Occupation, Profile, Source
from config.debian import find_postgresql
from salaries.models import Release
from tests.factories import (
    MEDICAL_RECORDS,
    make_area,
    make_certification,
    make_occupation,
    make_profile,
    make_projection,
    make_release,
    make_wage,
)
from tests.postgres import temporary_cluster

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/",
    "/occupations/",
    "/occupations/29-2072-medical-records-specialists/",
    "/occupations/29-2072-medical-records-specialists/?_export=json",
    "/areas/",
    "/releases/oews-2025/",
    "/certifications/",
]


@pytest.fixture
def site():
    """A small site with a row of every kind that a database holds in a way of its own."""
    release = make_release(2025, levels={"1": {"rows": 1, "files": ["national_M2025_dl.xlsx"]}})
    occupation = make_occupation()
    make_wage(release, make_area(), occupation, **MEDICAL_RECORDS)
    make_projection(occupation)
    make_certification(occupations=[occupation])
    profile = make_profile(occupation)
    profile.save()
    User.objects.create_user("ada", password="a right password")


@pytest.fixture
def file(site, tmp_path):
    path = tmp_path / "site.zip"
    call_command("backup", path, verbosity=0)
    return path


def pages(client):
    return [client.get(address).content.decode() for address in PAGES]


def empty():
    call_command("flush", interactive=False, verbosity=0)


def test_a_restored_site_is_the_same_site(site, tmp_path, client):
    before = pages(client)
    assert "$51,140" in before[2]
    call_command("backup", tmp_path / "site.zip", verbosity=0)
    empty()
    assert "$51,140" not in client.get(PAGES[2]).content.decode()
    call_command("restore", tmp_path / "site.zip", verbosity=0)
    assert pages(client) == before
    assert User.objects.get().check_password("a right password")
    assert Profile.history.count() == 2
    assert Release.objects.get().levels == {"1": {"rows": 1, "files": ["national_M2025_dl.xlsx"]}}
    assert make_occupation("11-1011").pk > Occupation.objects.order_by("pk").first().pk


SHOW = """
import django, json, sys
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("restore", sys.argv[1], verbosity=0)
from django.test import Client
print(json.dumps([Client(SERVER_NAME="testserver").get(page).content.decode() for page in sys.argv[2:]]))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def other_database(request, tmp_path):
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/other.sqlite3"
    elif not find_postgresql():
        pytest.skip("PostgreSQL is not installed")
    else:
        with temporary_cluster() as address:
            yield address


def test_a_backup_of_one_database_fills_the_other(file, client, other_database):
    environment = {**os.environ, "DATABASE_URL": other_database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["ALLOWED_HOSTS"] = "testserver"
    command = [sys.executable, "-c", SHOW, str(file), *PAGES]
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout.splitlines()[-1]) == pages(client)


def test_a_backup_is_its_owners_alone_and_holds_no_sign_in(site, tmp_path):
    Client().force_login(User.objects.get())
    call_command("backup", tmp_path / "site.zip", verbosity=0)
    assert (tmp_path / "site.zip").stat().st_mode & 0o777 == 0o600
    names = zipfile.ZipFile(tmp_path / "site.zip").namelist()
    assert "salaries.Wage.jsonl" in names
    assert "careers.Profile_sources.jsonl" in names
    assert not [name for name in names if "Session" in name]
    assert [path.name for path in tmp_path.iterdir()] == ["site.zip"]


def test_a_backup_never_replaces_another(file):
    with pytest.raises(CommandError, match="is there already: name another"):
        call_command("backup", file, verbosity=0)


def refuses(file, words):
    with pytest.raises(CommandError, match=words):
        call_command("restore", file, verbosity=0)


def test_a_site_that_holds_something_is_not_written_over(file):
    refuses(file, "the database is not empty")
    assert Occupation.objects.count() == 1


def change(file, name, old, new):
    """The same backup with one member changed."""
    changed = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(changed, "w") as after:
        for member in before.namelist():
            text = before.read(member)
            assert member != name or old in text
            after.writestr(member, text.replace(old, new) if member == name else text)
    return changed


@pytest.mark.parametrize(("name", "old", "new", "words"), [
    ("salaries.Wage.jsonl", b"51140", b"91140", "salaries.Wage.jsonl is not as the manifest says"),
    ("manifest.json", b'"format": 1', b'"format": 9', "of format 9, and this version reads 1"),
    ("manifest.json", b'"0001_initial"', b'"0001_other"', "made with other migrations"),
    ("manifest.json", b'{', b'', "is no whole backup"),
])  # fmt: skip
def test_a_backup_that_was_changed_restores_nothing(file, name, old, new, words):
    changed = change(file, name, old, new)
    empty()
    refuses(changed, words)
    assert not Source.objects.exists()
    assert not User.objects.exists()


def test_half_a_file_restores_nothing(file):
    half = file.with_name("half.zip")
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    empty()
    refuses(half, "is no whole backup")
    assert not Source.objects.exists()


def test_a_row_that_breaks_a_rule_takes_everything_back(file, monkeypatch):
    """The last table fails: nothing of the tables before it stays."""
    empty()

    def fail(*_):
        raise ValueError("the disk went away")

    monkeypatch.setattr("salaries.backup.DataVersion.raise_number", fail)
    with pytest.raises(ValueError, match="the disk went away"):
        call_command("restore", file, verbosity=0)
    assert not Source.objects.exists()
    assert not User.objects.exists()


def test_number_of_the_data_never_comes_twice(db):
    """Pages are kept under it, and a backup may bring back a low one."""
    DataVersion.raise_number()
    first = DataVersion.now()
    DataVersion.raise_number()
    assert DataVersion.now() > first > 1_700_000_000
    DataVersion.objects.update(number=7)
    DataVersion.raise_number()
    assert DataVersion.now() >= first
