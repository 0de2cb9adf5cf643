"""Killed, cut off, crowded out, or without room: the site and its database are as they were."""

import contextlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from tests.oews_rows import seed_rows
from tests.postgres import unprivileged_owner
from tests.salaries.faulty import IS_POSTGRESQL, Command, Postgresql, Sqlite, everything, prepare, processes
from tests.workbooks import LAYOUTS, write_oews

pytestmark = pytest.mark.own_database

MEDIANS = """
    SELECT r.revision, r.status, w.annual_median FROM salaries_wage w
    JOIN salaries_release r ON r.id = w.release_id JOIN salaries_area a ON a.id = w.area_id
    JOIN careers_occupation o ON o.id = w.occupation_id
    WHERE r.year = 2025 AND a.code = '0000000' AND o.code = '29-2072' ORDER BY r.revision
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Workbooks generated from May 2025's real figures: two years, and corrections of the second.

    One correction has every state, so that it needs a megabyte of the disk.
    """
    folder = tmp_path_factory.mktemp("files")
    places = {"0000000", *(f"{state:02}00000" for state in range(1, 57))}
    rows = seed_rows(settings.BASE_DIR / "data", areas=places, industries=False)
    rows = [row for row in rows if row["OCC_CODE"][:2] in ("00", "29")]
    right = [row | {"A_MEDIAN": 52_220} if row["OCC_CODE"] == "29-2072" else row for row in rows]

    def here(rows):
        return [row for row in rows if row["AREA"] in ("99", "39")]

    workbooks = {
        "before": (here(rows), 2024),
        "first": (here(rows), 2025),
        "corrected": (here(right), 2025),
        "large": (right, 2025),
    }
    paths = {}
    for name, (told, year) in workbooks.items():
        paths[name] = folder / name / f"all_data_M_{year}.xlsx"
        paths[name].parent.mkdir()
        write_oews(paths[name], told, LAYOUTS["all"], year=year)
    return paths


@pytest.fixture(scope="module")
def untouched(tmp_path_factory, files):
    site = (Postgresql if IS_POSTGRESQL else Sqlite)(tmp_path_factory.mktemp("untouched"))
    made = processes.Process(target=prepare, args=(site.address, [files["before"], files["first"]]))
    made.start()
    made.join()
    assert made.exitcode == 0
    yield site
    site.drop()


@pytest.fixture
def site(untouched, tmp_path):
    """May 2024 and May 2025 public: healthcare in the nation and Ohio."""
    site = untouched.copy(tmp_path)
    yield site
    site.drop()


@pytest.fixture
def staged(site, files):
    """The site, with May 2025's correction imported and waiting."""
    assert Command(site, "import_oews", files["corrected"]).wait()[0] == 0
    return site


def assert_import_works(site, files, name="corrected"):
    status, told = Command(site, "import_oews", files[name]).wait()
    assert (status, told.splitlines()[-2:]) == (
        0, ["May 2025, revision 2 is staged.", "Publish it with: manage.py publish_oews 2025"],
    )  # fmt: skip
    assert site.ask(MEDIANS) == [(1, "published", 51_140), (2, "staged", 52_220)]
    assert site.problems() == []


# kill -9 ----------------------------------------------------------------------------------------

IN_AN_IMPORT = [
    "kill salaries.oews.road.read",
    "kill salaries.oews.road.clean",
    "kill salaries.oews.road.load",
    "kill salaries.oews.load._save_titles",
    "kill salaries.oews.load.insert",
    "kill-after salaries.oews.load.insert",
    "kill salaries.oews.load.insert 2",
    "kill salaries.oews.load._save_changes",
    "kill salaries.oews.road.refresh_statistics",
    "kill django.db.backends.base.base.BaseDatabaseWrapper._commit",
]
IN_A_PUBLICATION = [
    "kill salaries.oews.publish._check_review",
    "kill salaries.models.Release.save",
    "kill-after salaries.models.Release.save",
    "kill salaries.oews.publish.name_occupations",
    "kill-after salaries.oews.publish.name_occupations",
    "kill django.db.backends.base.base.BaseDatabaseWrapper._commit",
]


@pytest.mark.parametrize("blow", IN_AN_IMPORT)
def test_killed_import_leaves_everything_as_it_was(site, files, blow):
    before = everything(site)
    assert Command(site, "import_oews", files["corrected"], blow=blow).wait()[0] == -9
    assert everything(site) == before
    assert site.problems() == []
    assert_import_works(site, files)


def test_import_killed_at_any_moment_leaves_everything_as_it_was(site, files):
    """Fifteen moments, spread over the time that an import takes; where it was done by then, it is done."""
    before = everything(site)
    for moment in range(15):
        command = Command(site, "import_oews", files["corrected"])
        time.sleep(0.02 * moment)
        command.process.kill()
        command.wait()
        if everything(site) != before:
            break
    assert site.problems() == []
    assert everything(site) == before or site.ask(MEDIANS)[1:] == [(2, "staged", 52_220)]
    Command(site, "import_oews", files["corrected"]).wait()
    assert site.ask(MEDIANS) == [(1, "published", 51_140), (2, "staged", 52_220)]


@pytest.mark.parametrize("blow", IN_A_PUBLICATION)
def test_killed_publication_leaves_everything_as_it_was(staged, blow):
    before = everything(staged)
    assert Command(staged, "publish_oews", 2025, blow=blow).wait()[0] == -9
    assert everything(staged) == before
    assert Command(staged, "publish_oews", 2025).wait()[0] == 0
    assert staged.ask(MEDIANS) == [(1, "retired", 51_140), (2, "published", 52_220)]


def test_publication_killed_after_its_commit_is_done(staged):
    blow = "kill-after django.db.backends.base.base.BaseDatabaseWrapper._commit"
    assert Command(staged, "publish_oews", 2025, blow=blow).wait()[0] == -9
    assert staged.ask(MEDIANS) == [(1, "retired", 51_140), (2, "published", 52_220)]
    assert Command(staged, "rollback_oews").wait()[0] == 0
    assert staged.ask(MEDIANS) == [(1, "published", 51_140), (2, "staged", 52_220)]


# Two at once ------------------------------------------------------------------------------------

WHILE_WRITING = "pause salaries.oews.load._save_changes"
REFUSAL = (
    r"CommandError: another one is at work on this database: process \d+ on \S+ "
    r"since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC, importing all_data_M_2025\.xlsx\. "
    r"Nothing was changed; do this again when that one has ended\.\n"
)


@pytest.mark.parametrize("pause", ["pause salaries.oews.road.read", WHILE_WRITING])
def test_second_import_is_told_who_is_at_it(site, files, pause):
    first = Command(site, "import_oews", files["corrected"], blow=pause)
    first.wait_until_here()
    status, told = Command(site, "import_oews", files["first"]).wait()
    assert status == 1
    assert re.fullmatch(REFUSAL, told)
    assert f"process {first.process.pid} on" in told
    first.let_go()
    assert first.wait()[0] == 0
    assert site.ask(MEDIANS) == [(1, "published", 51_140), (2, "staged", 52_220)]


@pytest.mark.parametrize("command", [("publish_oews", 2025), ("rollback_oews",)])
def test_nothing_is_published_or_taken_back_during_an_import(staged, files, command):
    before = everything(staged)
    first = Command(staged, "import_oews", files["first"], blow="pause salaries.oews.road.clean")
    first.wait_until_here()
    status, told = Command(staged, *command).wait()
    assert status == 1
    assert re.fullmatch(REFUSAL, told)
    first.process.kill()
    first.wait()
    assert everything(staged) == before


def test_rehearsal_needs_no_turn(site, files):
    first = Command(site, "import_oews", files["corrected"], blow=WHILE_WRITING)
    first.wait_until_here()
    status, told = Command(site, "import_oews", files["corrected"], "--dry-run").wait()
    assert (status, "A rehearsal: nothing was written." in told) == (0, True)
    first.let_go()
    assert first.wait()[0] == 0


def test_dead_import_s_lock_is_no_obstacle(site, files):
    first = Command(site, "import_oews", files["corrected"], blow=WHILE_WRITING)
    first.wait_until_here()
    first.process.kill()
    first.wait()
    everything(site)
    assert_import_works(site, files)


# The database goes away -------------------------------------------------------------------------


@pytest.mark.skipif(not IS_POSTGRESQL, reason="SQLite has no sessions to end")
@pytest.mark.parametrize("where", ["salaries.oews.road.clean", "salaries.oews.load._save_changes"])
def test_import_whose_session_is_ended_says_so_and_leaves_nothing(site, files, where):
    before = everything(site)
    command = Command(site, "import_oews", files["corrected"], blow=f"pause {where}")
    command.wait_until_here()
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    assert len(site.ask(f"SELECT pg_terminate_backend(pid) {others}")) == 2
    command.let_go()
    status, told = command.wait()
    assert status == 1
    assert told.startswith("CommandError: ")
    assert told.endswith(
        ": the database went away. Run the command again when it answers.\n"
        "Nothing was written, and the public site is as it was.\n"
    )
    assert everything(site) == before
    assert_import_works(site, files)


@pytest.mark.skipif(IS_POSTGRESQL, reason="PostgreSQL's writers do not lock each other out")
@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("import_oews", "Nothing was written, and the public site is as it was."),
        ("publish_oews", "Nothing was changed: the public site is as it was."),
    ],
)
def test_database_that_another_program_keeps_locked(staged, files, command, left):
    before = everything(staged)
    what = files["first"] if command == "import_oews" else 2025
    with contextlib.closing(sqlite3.connect(staged.file, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        status, told = Command(staged, command, what).wait()
    assert status == 1
    assert told == (
        "CommandError: database is locked: another program kept the database locked. "
        f"Run the command again when that has ended.\n{left}\n"
    )
    assert everything(staged) == before
    assert Command(staged, command, what).wait()[0] == 0


# A full disk ------------------------------------------------------------------------------------


@pytest.fixture
def small_disk():
    """A file system of 128 MB in memory, where a database's server can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="waymark-disk-"))
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        folder.rmdir()
        pytest.skip("only an administrator may mount a small disk here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


@pytest.fixture
def crowded(untouched, small_disk, tmp_path):
    """The site's database on that disk."""
    if not IS_POSTGRESQL:
        site = untouched.copy(small_disk)
        site.folder = tmp_path  # where the commands' words go
        yield site
        return
    owner = unprivileged_owner()
    if owner:
        shutil.chown(small_disk, owner["user"], owner["group"])
    try:
        untouched.order(f"CREATE TABLESPACE crowded LOCATION '{small_disk}'")
    except psycopg2.Error as error:
        pytest.skip(f"the server may not use a disk made here: {error}")
    site = untouched.copy(tmp_path, tablespace="crowded")
    yield site
    site.drop()
    untouched.order("DROP TABLESPACE crowded")


@pytest.mark.parametrize("left", [0, 65_536])
def test_full_disk_is_told_and_leaves_nothing(crowded, small_disk, files, left):
    """The import needs far more than is left: a server may still find some 100 kB of its own to free."""
    before = everything(crowded)
    filler = small_disk / "filler"
    fill(filler, left=left)
    status, told = Command(crowded, "import_oews", files["large"]).wait()
    assert status == 1
    full = "No space left on device|disk is full|disk I/O error|could not write init file"
    assert re.match(rf"CommandError: .*({full})", told)
    assert "and run the command again.\nNothing was written, and the public site is as it was.\n" in told
    filler.unlink()
    assert everything(crowded) == before
    assert_import_works(crowded, files, "large")


def fill(path, *, left):
    """Fill the disk but for some bytes."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(65_536)):
            pass
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - left)


@pytest.mark.skipif(IS_POSTGRESQL, reason="a server's files are its own")
def test_database_that_may_not_be_written_to(crowded, small_disk, files):
    before = everything(crowded)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    status, told = Command(crowded, "import_oews", files["corrected"]).wait()
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert status == 1
    assert "Nothing was written, and the public site is as it was." in told
    assert "Mend its" in told
    assert everything(crowded) == before
