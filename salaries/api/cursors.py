"""Pages of a list by cursor: where the last page ended, not how many rows came before.

A cursor is opaque to those who use it. It holds the list's name and the key of the last row, so that
it stays right when rows come and go between two requests.
"""

import base64
import binascii
from bisect import bisect_right
from urllib.parse import urlencode

from ninja.errors import HttpError

LONGEST = 400
BAD_CURSOR = "This cursor is not one of this list's. Start without a cursor, and follow “next”."


def page_of(request, rows, *, name, key, asked, tell):
    """One page of `rows`, which are sorted by `key(row)`, a text; `tell(row)` makes an item of a row.

    `asked` has `limit` and `cursor`. Raises HttpError 400 for a cursor that is not this list's.
    """
    start = bisect_right(rows, read_cursor(asked.cursor, name), key=key) if asked.cursor else 0
    shown = rows[start : start + asked.limit]
    more = len(rows) > start + asked.limit
    return {
        "count": len(rows),
        "items": [tell(row) for row in shown],
        "next": _next(request, make_cursor(key(shown[-1]), name)) if more else None,
    }


def make_cursor(key, name):
    return base64.urlsafe_b64encode(f"{name} {key}".encode()).decode().rstrip("=")


def read_cursor(cursor, name):
    """The key that a cursor of the named list holds."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        raise HttpError(400, BAD_CURSOR) from None
    found, _, key = text.partition(" ")
    if found != name or not key:
        raise HttpError(400, BAD_CURSOR)
    return key


def _next(request, cursor):
    """The address of the next page: this one's filters, another cursor."""
    pairs = [(k, v) for k, values in request.GET.lists() for v in values if k != "cursor"]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*pairs, ('cursor', cursor)])}")
