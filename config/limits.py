"""What is refused before any page is asked for: too long, too much, too often. Each refusal says why.

The counts are kept in the memory of each web process: they hold a flood off, they do not bill anyone.
"""

import ipaddress
import math
import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.http import HttpResponse

from salaries.exports import PARAMETER as EXPORT

ADDRESS = 1_000  # characters of a path; the longest of the site's own is under 200
QUERY = 2_000  # bytes behind the question mark; a comparison of ten occupations takes under 300
READERS_BODY = 64 * 1024  # bytes
EDITORS_BODY = 10 * 1024 * 1024  # bytes: a workbook of certifications
CLIENTS = 10_000  # counted at once; the one that came longest ago is forgotten first


def size(get_response):
    """Refuse an address or a body that no page of the site asks for."""

    def middleware(request):
        if len(request.path) > ADDRESS or len(request.META.get("QUERY_STRING", "")) > QUERY:
            return refusal(414, f"This address is too long: at most {QUERY:,} characters after the “?”.")
        most = EDITORS_BODY if request.path.startswith(f"/{settings.ADMIN_PATH}") else READERS_BODY
        if body_length(request) > most:
            return refusal(413, f"What was sent is too large: at most {most:,} bytes.")
        return get_response(request)

    return middleware


def body_length(request):
    """What the client says it sends, in bytes; no more than that is ever read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0


def exports(get_response):
    """Refuse a client that takes more than EXPORT_RATE files a minute; 0 is no limit."""
    rate = Rate(settings.EXPORT_RATE)

    def middleware(request):
        wait = rate.wait(client_address(request)) if EXPORT in request.GET else 0
        if wait:
            return refusal(429, f"Too many files in a minute: the next one in {wait} seconds.", wait)
        return get_response(request)

    return middleware


def sign_ins(get_response):
    """Let one password be checked at a time, and only so many a minute for each client.

    A password is made slow to check on purpose. Sixteen wrong ones at once would hold every worker,
    and readers would wait for them; here whoever comes second is told at once to try again.
    """
    is_free = threading.Semaphore(1)
    rate = Rate(settings.SIGN_IN_RATE)

    def middleware(request):
        if request.method != "POST" or request.path != f"/{settings.ADMIN_PATH}login/":
            return get_response(request)
        wait = rate.wait(client_address(request))
        if wait:
            return refusal(429, f"Too many sign-ins: the next one in {wait} seconds.", wait)
        if not is_free.acquire(blocking=False):
            return refusal(429, "Somebody else is just signing in: go back and try again.", 1)
        try:
            return get_response(request)
        finally:
            is_free.release()

    return middleware


def refusal(status, words, wait=None):
    """A page of plain words, made without a template or a query: a flood must be cheap to refuse."""
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    if wait:
        response["Retry-After"] = str(wait)
    return response


class Rate:
    """So many a minute for each client, all at once or one by one; 0 is no limit."""

    def __init__(self, a_minute, now=time.monotonic):
        self.a_minute = a_minute
        self.now = now
        self.lock = threading.Lock()
        self.left = OrderedDict()  # client: (how many are left, when that was so)

    def wait(self, client):
        """Count one and return 0, or the whole seconds until the next is allowed."""
        if not self.a_minute:
            return 0
        with self.lock:
            left, when = self.left.pop(client, (self.a_minute, self.now()))
            left = min(self.a_minute, left + (self.now() - when) * self.a_minute / 60)
            is_allowed = left >= 1
            self.left[client] = (left - is_allowed, self.now())
            if len(self.left) > CLIENTS:
                self.left.popitem(last=False)
        return 0 if is_allowed else math.ceil((1 - left) * 60 / self.a_minute)


def client_address(request):
    """Who asks: an IPv4 address, or the 64-bit network of an IPv6 one, which is one client's.

    Behind a proxy it is the last of X-Forwarded-For, the only one that the proxy itself wrote.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", said).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
