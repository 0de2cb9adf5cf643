"""The page for what cannot be answered: a fault of ours (500), or a database that is away (503)."""

import sys

from django.conf import settings
from django.shortcuts import render
from django.views.defaults import server_error

from config.databases import GONE

SECONDS = 10  # after which to try again


def fault(request):
    """Django calls it while it handles the exception."""
    if not is_gone(sys.exception()):
        return server_error(request)
    is_editor = request.path.startswith(f"/{settings.ADMIN_PATH}")
    response = render(None, "503.html", {"is_editor": is_editor}, status=503)
    response["Retry-After"] = str(SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def is_gone(error):
    """Whether a fault came of a database that went away, if by way of other faults: a cursor closed late."""
    while error is not None and not isinstance(error, GONE):
        error = error.__context__
    return error is not None


def is_said_by(response):
    """Whether a response is this module's word that a database is away."""
    return response.status_code == 503 and response.has_header("Retry-After")
