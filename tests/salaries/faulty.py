"""A copy of the site's database for each test to harm, and commands that are struck while they run.

Commands run in processes of their own, forked from one that has loaded everything (Python's fork
server), so that each costs milliseconds. `blow` says what strikes and where: "kill
salaries.oews.load.insert 2" kills the process as it enters that function for the second time. The
product knows nothing of it.
"""

import contextlib
import io
import multiprocessing
import os
import shutil
import signal
import sqlite3
import time
from importlib import import_module
from pathlib import Path

import django
import psycopg2
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.backends.sqlite3._functions import register

SECONDS = 30  # the longest that any command here may take
IS_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["pytest", "pandas", __name__])


class Command:
    """A manage.py command under way on a database; `wait()` gives its exit status and what it said."""

    def __init__(self, site, *arguments, blow=""):
        number = len(list(site.folder.glob("told-*")))
        self.told = site.folder / f"told-{number}"
        self.told.touch()
        self.here, self.go = site.folder / f"here-{number}", site.folder / f"go-{number}"
        blows = (blow, str(self.here), str(self.go))
        self.process = processes.Process(
            target=_run, args=(site.address, str(self.told), blows, [str(a) for a in arguments])
        )
        self.process.start()

    def wait(self):
        self.process.join(SECONDS)
        assert self.process.exitcode is not None, "the command did not end"
        return self.process.exitcode, self.told.read_text()

    def wait_until_here(self):
        """Until the command stands at the place that its blow "pause ..." names."""
        deadline = time.monotonic() + SECONDS
        while not self.here.exists():
            assert self.process.is_alive(), self.told.read_text()
            assert time.monotonic() < deadline, "the command never came there"
            time.sleep(0.005)

    def let_go(self):
        self.go.touch()


def _run(address, told, blows, arguments):
    """In the command's own process: exit status 0, or 1 with the words of a CommandError."""
    from django.db import connection

    from config.settings import database
    from salaries.oews import compare

    connection.settings_dict.update(database(address))
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict.get("OPTIONS", {}), **IMPATIENT}
    compare.FEWEST_ROWS = {}
    _arm(*blows)
    status = 0
    with Path(told).open("w") as out, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            call_command(*arguments, verbosity=0)
        except CommandError as error:
            out.write(f"CommandError: {error}\n")
            status = error.returncode
    raise SystemExit(status)


IMPATIENT = {} if IS_POSTGRESQL else {"timeout": 0.3}


def _load():
    """Everything that a command needs, so that what is forked from here has it."""
    if not django.apps.apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        django.setup()
        for name in ("import_oews", "publish_oews", "rollback_oews"):
            import_module(f"salaries.management.commands.{name}")


_load()


def _arm(blow, here, go):
    """Have the blow strike as its function is entered for the given time (the first unless it says)."""
    if not blow:
        return
    what, where, *rest = blow.split()
    left = int(rest[0]) if rest else 1
    owner, name = _owner_of(where)
    function = getattr(owner, name)

    def struck(*arguments, **options):
        nonlocal left
        left -= 1
        if left == 0 and what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if left == 0 and what == "pause":
            Path(here).touch()
            while not Path(go).exists():
                time.sleep(0.005)
        told = function(*arguments, **options)
        if left == 0 and what == "kill-after":
            os.kill(os.getpid(), signal.SIGKILL)
        return told

    setattr(owner, name, struck)


def _owner_of(where):
    """(what holds it, its name) of "package.module.function" or "package.module.Class.method"."""
    path, name = where.rsplit(".", 1)
    try:
        return import_module(path), name
    except ModuleNotFoundError:
        module, owner = path.rsplit(".", 1)
        return getattr(import_module(module), owner), name


# Databases to harm ------------------------------------------------------------------------------


class Sqlite:
    """A SQLite file of its own."""

    def __init__(self, folder):
        self.folder, self.file = folder, folder / "site.sqlite3"
        self.address = f"sqlite:///{self.file}"

    def copy(self, folder):
        for path in self.folder.glob("site.sqlite3*"):
            shutil.copy(path, folder)
        return Sqlite(folder)

    def ask(self, sql):
        with contextlib.closing(sqlite3.connect(self.file)) as database, database:
            register(database)  # what the tables' own checks call
            return database.execute(sql).fetchall()

    def tables(self):
        return [name for (name,) in self.ask("SELECT name FROM sqlite_schema WHERE type = 'table'")]

    def problems(self):
        """What the database says is wrong with itself."""
        told = [row for (row,) in self.ask("PRAGMA integrity_check") if row != "ok"]
        return told + self.ask("PRAGMA foreign_key_check")

    def is_quiet(self):
        return True

    def drop(self):
        pass


class Postgresql:
    """A database of its own beside the test database."""

    def __init__(self, folder, *, template="template0", tablespace="pg_default"):
        self.folder = folder
        self.name = f"faults_{os.getpid()}_{time.monotonic_ns()}"
        server, _, name = os.environ["DATABASE_URL"].partition("?")[0].rpartition("/")
        self.address, self.server = f"{server}/{self.name}", f"{server}/{name}"
        self.order(f"CREATE DATABASE {self.name} TEMPLATE {template} TABLESPACE {tablespace}")

    def copy(self, folder, **options):
        return Postgresql(folder, template=self.name, **options)

    def order(self, sql):
        with contextlib.closing(psycopg2.connect(self.server)) as database:
            database.autocommit = True
            database.cursor().execute(sql)

    def ask(self, sql):
        with contextlib.closing(psycopg2.connect(self.address)) as database, database:
            cursor = database.cursor()
            cursor.execute(sql)
            return cursor.fetchall()

    def tables(self):
        return [n for (n,) in self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]

    def problems(self):
        """Rows without what they refer to; the server itself checks its pages as it reads them."""
        lost = "SELECT w.id FROM salaries_wage w LEFT JOIN salaries_release r ON r.id = w.release_id"
        return self.ask(f"{lost} WHERE r.id IS NULL")

    def is_quiet(self):
        """Whether the server has noticed that the dead are gone."""
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        return self.ask(f"{others} AND pid <> pg_backend_pid()") == [(0,)]

    def drop(self):
        self.order(f"DROP DATABASE {self.name} WITH (FORCE)")


def everything(site):
    """Every row of every table: {table: rows}, once the server is done with the dead."""
    deadline = time.monotonic() + SECONDS
    while not site.is_quiet():
        assert time.monotonic() < deadline, "a session outlived its process"
        time.sleep(0.01)
    tables = [t for t in site.tables() if t not in ("sqlite_stat1", "sqlite_stat4", "sqlite_sequence")]
    return {table: sorted(map(repr, site.ask(f"SELECT * FROM {table}"))) for table in tables}


def prepare(address, files):
    """In a process of its own: a site with May 2024 and May 2025 public."""
    from django.db import connection

    from careers.seed import load_occupations, load_sources
    from config.settings import database
    from salaries.oews import compare
    from salaries.seed import load_areas

    connection.settings_dict.update(database(address))
    compare.FEWEST_ROWS = {}
    data = settings.BASE_DIR / "data"
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("migrate", verbosity=0)
        load_sources(data / "sources.csv")
        load_occupations(data / "occupations.csv")
        load_areas(data / "areas.csv")
        for file in files:
            call_command("import_oews", file, "--publish", verbosity=0)
