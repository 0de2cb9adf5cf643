"""What is told of each request: one line in the log, one count in the metrics; never what was asked.

The query string holds searches and offers, and the body passwords: neither is read here. Metrics are
this process's own; a scraper that sees several processes adds them up.
"""

import hmac
import logging
import random
import re
import time
from contextlib import ExitStack
from functools import lru_cache

from django.conf import settings
from django.db import Error, connections
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from config import health
from config.logs import request_id
from salaries.models import Release

log = logging.getLogger("waymark.requests")
SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

REGISTRY = CollectorRegistry()
LABELS = ("view", "method", "status", "source")
SECONDS = Histogram(
    "waymark_request_seconds",
    "Time to answer a request; source: memory or shared, where pages are kept, or made by Django.",
    LABELS, registry=REGISTRY,
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip
QUERIES = Counter("waymark_queries", "Database queries made by requests.", ("view",), registry=REGISTRY)
AGE = Gauge(
    "waymark_source_age_days", "Days since a source's newest edition.", ("source",), registry=REGISTRY
)
IMPORTED = Gauge(
    "waymark_last_import_timestamp_seconds", "When the newest release was imported.",
    ("release", "status"), registry=REGISTRY,
)  # fmt: skip


def requests(get_response):
    """Outermost middleware: name the request, time it, and tell of it once it is answered."""

    def middleware(request):
        name = name_of(request.META)
        token = request_id.set(name)
        began, queries = time.perf_counter(), _Count()
        try:
            with ExitStack() as stack:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(queries))
                response = get_response(request)
            tell(request, response, time.perf_counter() - began, queries.number)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response

    return middleware


def name_of(environ):
    """The name that the proxy gave a request, or a new one."""
    asked = environ.get("HTTP_X_REQUEST_ID")
    if asked and SANE_ID.fullmatch(asked):
        return asked
    # Not of the system's randomness: while that is asked for, another thread takes the interpreter.
    return random.getrandbits(128).to_bytes(16, "big").hex()


class _Count:
    """Counts queries as they pass; their text and parameters are not kept."""

    def __init__(self):
        self.number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


def tell(request, response, seconds, queries):
    """Of a request that Django answered."""
    match = request.resolver_match
    view = request.META[VIEW] = match.view_name or "unnamed" if match else "none"
    QUERIES.labels(view).inc(queries)
    method = request.method if request.method in KNOWN_METHODS else "other"
    seconds_of(view, method, response.status_code, MADE).observe(seconds)
    _log(method, request.path, view, response.status_code, seconds, queries)


def tell_kept(name, path, view, status, source, seconds):
    """Of the request of that name, answered from the pages that are kept (config/pages.py)."""
    seconds_of(view, "GET", status, source).observe(seconds)
    if log.isEnabledFor(logging.INFO):
        token = request_id.set(name)
        _log("GET", path, view, status, seconds, 0)
        request_id.reset(token)


# Labels are looked up more slowly than a kept page is found: what was found is held.
seconds_of = lru_cache(maxsize=1024)(SECONDS.labels)


def _log(method, path, view, status, seconds, queries):
    said = {"method": method, "path": path[:200], "view": view}
    said |= {"status": status, "ms": round(seconds * 1000, 1), "queries": queries}
    log.info("%s %s %s", method, said["path"], status, extra={"said": said})


MEMORY, SHARED, MADE = "memory", "shared", "made"  # where an answer comes from
VIEW = "waymark.view"  # in request.META: the name of the view that answered
KNOWN_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")


@require_safe
@never_cache
def metrics(request):
    """What a Prometheus scraper reads; to everybody else the page does not exist."""
    if not may_read(request):
        raise Http404
    read_data()
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def may_read(request):
    """Whoever holds METRICS_TOKEN; without one, this machine itself, if nobody else's proxy stands there."""
    if settings.METRICS_TOKEN:
        said = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(said, f"Bearer {settings.METRICS_TOKEN}".encode())
    is_near = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
    return is_near and "X-Forwarded-For" not in request.headers


def read_data():
    """Set the gauges that come from the database; while it is away they are left out."""
    AGE.clear()
    IMPORTED.clear()
    try:
        today = timezone.localdate()
        for source, day in health.newest_editions(Release.objects.newest_published()).items():
            AGE.labels(source).set((today - day).days)
        newest = Release.objects.defer("report").order_by("-imported_at").first()
        if newest:
            IMPORTED.labels(str(newest), newest.status).set(newest.imported_at.timestamp())
    except Error:
        log.warning("The database could not be read for the metrics.")
