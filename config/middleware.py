"""What every response says about being kept, and what every reader's page is read from."""

import contextlib

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.cache import patch_cache_control

# A transaction that sees the database as it was at its first query, and only reads.
BEGIN = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}

# Nothing on the site asks a browser for any of these, and nothing in a page may.
UNUSED = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED.split())


def permissions_policy(get_response):
    """The one header of the kind that Django does not send itself."""

    def middleware(request):
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return middleware


def cache_headers(get_response):
    """Anonymous pages may be kept but are asked after (ETag, 304); an editor's are kept nowhere.

    A published release is then seen at once. Views that know better set Cache-Control themselves.
    """

    def middleware(request):
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            patch_cache_control(response, private=True, no_store=True)
        elif request.method in ("GET", "HEAD"):
            patch_cache_control(response, public=True, no_cache=True)
        return response

    return middleware


def one_snapshot(get_response):
    """A reader's page is read from one moment of the database: a publication is before it or after it.

    Without this, a page that is being read while a release is published could show the new figures
    beside an occupation's old name. Editors' requests, which may write, are left alone.
    """

    def middleware(request):
        is_reader = request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES
        if not is_reader or request.path.startswith(f"/{settings.ADMIN_PATH}") or connection.in_atomic_block:
            return get_response(request)
        snapshot = _Snapshot()
        try:
            with connection.execute_wrapper(snapshot):
                return get_response(request)
        finally:
            snapshot.end()

    return middleware


class _Snapshot:
    """Begins with the first query, so that a page without one asks nothing of the database."""

    def __init__(self):
        self.cursor = None

    def __call__(self, execute, sql, params, many, context):
        if self.cursor is None:
            # Not transaction.atomic(): on SQLite that waits for writers, which a reader need not.
            self.cursor = connection.connection.cursor()
            self.cursor.execute(BEGIN[connection.vendor])
        return execute(sql, params, many, context)

    def end(self):
        if self.cursor is None:
            return
        # Where the database went away there is nothing to end.
        with contextlib.suppress(DatabaseError), connection.wrap_database_errors:
            self.cursor.execute("ROLLBACK")
            self.cursor.close()
