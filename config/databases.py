"""Which database a page is read from: readers' from the replica while it answers, all else from the primary.

Without REPLICA_URL there is the primary alone, and readers read from it too.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import Error, InterfaceError, OperationalError, connections

from config.away import Away

log = logging.getLogger("waymark.databases")

REPLICA = "replica"
NAMES = {PRIMARY: "primary database", REPLICA: "replica"}
GONE = (OperationalError, InterfaceError)  # how a database that went away shows itself
SECONDS_AWAY = 5

_reading = ContextVar("reading", default=PRIMARY)
_away = {PRIMARY: Away(SECONDS_AWAY), REPLICA: Away(SECONDS_AWAY)}


class Router:
    """Django's door to the choice: reads go where `reading_from` says, writes to the primary."""

    def db_for_read(self, model, **hints):
        return _reading.get()

    def db_for_write(self, model, **hints):
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True  # the replica's rows are the primary's

    def allow_migrate(self, db, app_label, **hints):
        return db == PRIMARY


def for_readers():
    """The name of the database that readers' pages should be read from now."""
    return REPLICA if REPLICA in settings.DATABASES and answers(REPLICA) else PRIMARY


def answers(alias):
    """Whether it can be connected to; costs nothing where it already is, or did not answer just now."""
    if not _away[alias].is_worth_asking():
        return False
    try:
        connections[alias].ensure_connection()
    except GONE:
        lost(alias)
        return False
    _away[alias].found()
    return True


def lost(alias):
    """Say that a database failed a page, so that the next ones are read from the other."""
    connections[alias].close()
    _away[alias].lost()
    log.warning("The %s does not answer.", NAMES[alias])


@contextmanager
def reading_from(alias):
    """Within this, what is read is read from there."""
    token = _reading.set(alias)
    try:
        yield
    finally:
        _reading.reset(token)


def asked(alias):
    """Whether the database answers just now, for health and the admin: "ok" or "not reachable"."""
    if not answers(alias):
        return "not reachable"
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        lost(alias)
        return "not reachable"
    return "ok"
