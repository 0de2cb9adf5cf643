"""What every response says about being kept, and what every reader's page is read from."""

import contextlib

from django.conf import settings
from django.db import Error, connections
from django.utils.cache import patch_cache_control

from config import databases, unavailable

# A transaction that sees the database as it was at its first query, and only reads.
BEGIN = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}

# Nothing on the site asks a browser for any of these, and nothing in a page may.
UNUSED = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED.split())

READ_FROM = "waymark.read_from"  # in request.META: the database that the page was read from


def permissions_policy(get_response):
    """The one header of the kind that Django does not send itself."""

    def middleware(request):
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return middleware


def cache_headers(get_response):
    """Anonymous pages may be kept but are asked after (ETag, 304); an editor's are kept nowhere.

    A published release is then seen at once. With CDN_SECONDS a network in front may answer for so
    long without asking, and once more while it asks. Views that know better set Cache-Control themselves.
    """
    public = {"public": True, "no_cache": True}
    if seconds := settings.CDN_SECONDS:
        public = {"public": True, "max_age": 0, "s_maxage": seconds, "stale_while_revalidate": seconds}

    def middleware(request):
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            patch_cache_control(response, private=True, no_store=True)
        elif request.method in ("GET", "HEAD"):
            patch_cache_control(response, **public)
        return response

    return middleware


def one_snapshot(get_response):
    """A reader's page is read from one moment of the database: a publication is before it or after it.

    Without this, a page that is being read while a release is published could show the new figures
    beside an occupation's old name. A page whose database went away half-way is read once more, from the
    primary. Editors' requests, which may write, are left alone.
    """

    def middleware(request):
        is_reader = request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES
        if not is_reader or request.path.startswith(f"/{settings.ADMIN_PATH}"):
            return get_response(request)
        response, is_lost = read(request, databases.for_readers())
        return read(request, databases.PRIMARY)[0] if is_lost else response

    def read(request, alias):
        """The response, and whether the database was lost on the way."""
        if connections[alias].in_atomic_block:
            return get_response(request), False
        request.META[READ_FROM] = alias
        snapshot = _Snapshot(connections[alias])
        try:
            with databases.reading_from(alias), connections[alias].execute_wrapper(snapshot):
                response = get_response(request)
        finally:
            snapshot.end()
        is_lost = snapshot.is_lost or unavailable.is_said_by(response)
        if is_lost:
            databases.lost(alias)
        return response, is_lost

    return middleware


class _Snapshot:
    """Begins with the first query, so that a page without one asks nothing of the database."""

    def __init__(self, connection):
        self.connection = connection
        self.cursor = None
        self.is_lost = False

    def __call__(self, execute, sql, params, many, context):
        try:
            if self.cursor is None:
                self.begin()
            return execute(sql, params, many, context)
        except databases.GONE:
            self.is_lost = True
            raise

    def begin(self):
        # Not transaction.atomic(): on SQLite that waits for writers, which a reader need not.
        with self.connection.wrap_database_errors:
            self.cursor = self.connection.connection.cursor()
            self.cursor.execute(BEGIN[self.connection.vendor])

    def end(self):
        if self.cursor is None:
            return
        # Where the database went away there is nothing to end.
        with contextlib.suppress(Error), self.connection.wrap_database_errors:
            self.cursor.execute("ROLLBACK")
            self.cursor.close()
