"""One at a time: an import, a publication or a roll-back of one database.

    with working_alone("importing oesm26nat.zip"):
        ...

Whoever comes second is refused and told who is at it. The lock is held by a connection (PostgreSQL) or
by an open file (SQLite), so it ends with the process that took it: a killed import is no obstacle.
"""

import contextlib
import fcntl
import os
import socket
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils import timezone

KEY = 20_120_529  # of PostgreSQL's advisory lock; any number that nobody else locks on
LONGEST = 400  # characters told of a holder; PostgreSQL keeps 1,024 bytes of a statement

# The server looks after 30 s of silence whether the holder's machine is still there, not after two hours.
KEEP = "SET idle_session_timeout = 0; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10"
TAKE = "SELECT pg_try_advisory_lock(%s), %s"
LEAVE = "SELECT pg_advisory_unlock(%s)"
HOLDER = """
    SELECT query FROM pg_stat_activity JOIN pg_locks USING (pid)
    WHERE locktype = 'advisory' AND granted AND (classid, objid, objsubid) = (0, %s, 1)
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Busy(Exception):
    """Another process is changing the figures; the text says which, and what to do."""


def working_alone(doing):
    """Hold the database's lock for `doing` ("importing oesm26nat.zip"); raises Busy where it is held."""
    since = timezone.now()
    who = f"process {os.getpid()} on {socket.gethostname()} since {since:%Y-%m-%d %H:%M:%S} UTC, {doing}"
    if connection.vendor == "postgresql":
        return _locked_in_postgresql(who[:LONGEST])
    if connection.is_in_memory_db():  # no other process can see it
        return contextlib.nullcontext()
    return _locked_file(Path(f"{connection.settings_dict['NAME']}.lock"), who[:LONGEST])


def _refuse(holder):
    raise Busy(
        f"another one is at work on this database: {holder or 'it does not say who it is'}. "
        "Nothing was changed; do this again when that one has ended."
    )


@contextlib.contextmanager
def _locked_in_postgresql(who):
    """An advisory lock on a connection of its own, whose last statement tells the others who has it."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(KEEP)
            cursor.execute(TAKE, [KEY, who])
            if not cursor.fetchone()[0]:
                cursor.execute(HOLDER, [KEY])
                _refuse(_who_says(cursor.fetchone()))
        try:
            yield
        finally:
            _leave(own)
    finally:
        own.close()


def _leave(own):
    """Say that the lock is free: the server would notice the closed connection a moment too late for
    the publication that comes right behind an import."""
    with contextlib.suppress(DatabaseError), own.cursor() as cursor:
        cursor.execute(LEAVE, [KEY])


def _who_says(row):
    """The holder's words out of its statement; empty where it has just ended, or is another role's."""
    return row[0].partition(", '")[2].rstrip("'").replace("''", "'") if row else ""


@contextlib.contextmanager
def _locked_file(path, who):
    """A lock on a file beside the database. The file stays: were it removed, two could hold 'the' lock."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            _refuse(file.read())
        _say(file, who)
        try:
            yield
        finally:
            _say(file, "")


def _say(file, who):
    """Leave word in the file; on a full disk the lock holds without it."""
    with contextlib.suppress(OSError):
        file.truncate(0)
        file.write(who)
        file.flush()
