"""A fresh database for every run: what an import finds on a site that is a year old.

Each has all occupations, areas and industries, and the nation's May 2024 published. It is made
once (benchmarks/prepare.py) and copied.
"""

import contextlib
import os
import shutil
import sqlite3
from urllib.parse import urlsplit

from benchmarks.measure import VAR, CannotMeasure, run_python


class Sqlite:
    name = "SQLite"
    version = sqlite3.sqlite_version

    def __init__(self):
        self.template, self.copy = VAR / "template.sqlite3", VAR / "import.sqlite3"
        self.template.unlink(missing_ok=True)
        run_python("-m", "benchmarks.prepare", DATABASE_URL=f"sqlite:///{self.template}")

    def fresh(self):
        """The address of a new copy."""
        for leftover in VAR.glob(f"{self.copy.name}*"):
            leftover.unlink()
        shutil.copyfile(self.template, self.copy)
        return f"sqlite:///{self.copy}"


class Postgresql:
    name = "PostgreSQL"
    TEMPLATE, COPY = "waymark_bench_template", "waymark_bench_import"

    def __init__(self, address):
        self.address = address
        self.version = self.execute("SHOW server_version")[0][0].split()[0]
        self.recreate(self.TEMPLATE)
        run_python("-m", "benchmarks.prepare", DATABASE_URL=self.url(self.TEMPLATE))

    def fresh(self):
        """The address of a new copy."""
        self.recreate(self.COPY, template=self.TEMPLATE)
        return self.url(self.COPY)

    def url(self, database):
        return urlsplit(self.address)._replace(path=f"/{database}").geturl()

    def recreate(self, database, template="template0"):
        self.execute(f"DROP DATABASE IF EXISTS {database}")
        self.execute(f"CREATE DATABASE {database} TEMPLATE {template}")

    def drop(self):
        for database in (self.COPY, self.TEMPLATE):
            self.execute(f"DROP DATABASE IF EXISTS {database}")

    def execute(self, sql):
        import psycopg2

        with contextlib.closing(psycopg2.connect(self.address)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []


@contextlib.contextmanager
def postgresql():
    """The server that TEST_DATABASE_URL names, or one of our own until the block ends."""
    from config.debian import find_postgresql
    from tests.postgres import temporary_cluster

    with contextlib.ExitStack() as stack:
        address = os.environ.get("TEST_DATABASE_URL")
        if not address:
            if not find_postgresql():
                raise CannotMeasure("no PostgreSQL here: `make test` installs one, or set TEST_DATABASE_URL")
            address = stack.enter_context(temporary_cluster())
        database = Postgresql(address)
        stack.callback(database.drop)
        yield database
