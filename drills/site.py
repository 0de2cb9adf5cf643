"""A running cluster with its readers and its editor, and what must not be lost of it."""

import http.client
import secrets
import time
from contextlib import contextmanager
from functools import cached_property

import psycopg2

from benchmarks.measure import CannotMeasure, connect, get
from drills.addresses import addresses
from drills.editor import CERTIFICATION, Editor
from drills.load import Readers

WITHIN = 60  # seconds to wait for anything
TABLES = """
    SELECT tablename FROM pg_tables
    WHERE tablename LIKE 'careers\\_%' OR tablename LIKE 'salaries\\_%' ORDER BY 1
"""
CAUGHT_UP = "SELECT pg_last_wal_replay_lsn() >= '{}'::pg_lsn"
STREAMING = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE client_port > 0 AND pid <> pg_backend_pid()"


class Site:
    """`number` readers at once; `seconds` that an outage lasts."""

    def __init__(self, cluster, *, number, seconds):
        self.cluster, self.number, self.seconds = cluster, number, seconds

    @cached_property
    def addresses(self):
        return addresses(self.cluster.port)

    @cached_property
    def editor(self):
        """Signed in, with a form open."""
        password = secrets.token_urlsafe(16)
        options = ["--noinput", "--username", "editor", "--email", "editor@waymark.example"]
        self.cluster.manage("createsuperuser", *options, DJANGO_SUPERUSER_PASSWORD=password)
        editor = Editor(self.cluster.port, "editor", password)
        status, text = editor.sign_in()
        if status != 302:
            raise CannotMeasure(f"the editor could not sign in: {status} {text[:200]}")
        editor.open_form()
        return editor

    def readers(self, found=None):
        return Readers(self.cluster.port, found or self.addresses, number=self.number)

    @contextmanager
    def outage(self):
        """Readers that read before, during and after the block, which lasts `seconds` at least."""
        with self.readers() as readers:
            time.sleep(2)
            began = time.monotonic()
            yield readers
            time.sleep(max(2, 2 + self.seconds - (time.monotonic() - began)))

    def page(self, path=CERTIFICATION):
        """A reader's page, through the proxy."""
        status, body = get(connect(self.cluster.port), path)
        return body.decode() if status == 200 else ""

    # What must not be lost --------------------------------------------------------------------------

    def contents(self, on="primary"):
        """{table: (rows, checksum of all values)} of all that the site holds."""
        tables = [name for (name,) in self.cluster.sql(TABLES, on=on)]
        query = " UNION ALL ".join(
            f"SELECT '{name}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {name} t"  # noqa: S608
            for name in tables
        )
        return {name: (rows, checksum) for name, rows, checksum in self.cluster.sql(query, on=on)}

    def lost(self, before):
        """What of `before` is not there any more, on the primary or, once it has caught up, the replica."""
        self.wait_for_replica()
        found = []
        for on in ("primary", "replica"):
            now = self.contents(on)
            found += [f"{name} on the {on}" for name in before if now.get(name) != before[name]]
        return ", ".join(found)

    def wait_for_replica(self):
        """Wait until the replica holds all that the primary does; the seconds that took."""
        [(position,)] = self.cluster.sql("SELECT pg_current_wal_lsn()")
        query = CAUGHT_UP.format(position)
        return wait(lambda: self.cluster.sql(query, on="replica")[0][0], "the replica to catch up")

    def is_streaming(self):
        return self.cluster.sql(STREAMING)[0][0] == 1

    def replica_is_read(self):
        """Whether web processes have connections to the replica."""
        return self.cluster.sql(SESSIONS, on="replica")[0][0] > 0


def wait(condition, what):
    """Seconds until `condition()` is true; raises CannotMeasure where it does not come to be."""
    began = time.monotonic()
    while time.monotonic() - began < WITHIN:
        if holds(condition):
            return time.monotonic() - began
        time.sleep(0.05)
    raise CannotMeasure(f"waited {WITHIN} s for {what}, in vain")


def holds(condition):
    """Whether it is true; a server that is away does not say so."""
    try:
        return bool(condition())
    except (OSError, http.client.HTTPException, psycopg2.Error):
        return False
