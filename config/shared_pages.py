"""Kept pages that every web process on every machine may use: the Redis at CACHE_URL.

It may go away at any time: pages are then made by each process, and after some seconds it is tried again.
"""

import functools
import hashlib
import json
import logging
import time

from django.conf import settings
from django.core.cache import caches
from redis.exceptions import RedisError

from config import pages
from config.away import Away

log = logging.getLogger("waymark.pages")

A_DAY = 24 * 60 * 60  # seconds
CLAIM = 5  # seconds for which who makes a page is waited for
WAIT = 0.02  # seconds between two looks
SECONDS_AWAY = 5
MADE_OF = ("config", "careers", "salaries", "templates", "static", "requirements")
SAID_IN_PAGES = ("SECRET_KEY", "SITE_CONTACT", "CDN_SECONDS", "ADMIN_PATH")


class Bytes:
    """What goes to Redis is bytes and comes back as bytes: nothing that Redis holds is ever run."""

    def dumps(self, value):
        return value

    def loads(self, value):
        return value


class Shared:
    def __init__(self, cache=None):
        self.cache = cache or caches["pages"]
        self.away = Away(SECONDS_AWAY)

    def get_or_claim(self, key):
        """The page; None where the caller is to make it, because nobody else is at it."""
        name = name_of(key)
        until = time.monotonic() + CLAIM
        while time.monotonic() < until:
            held = self._ask(self.cache.get, name)
            if held:
                return read(held)
            if self._ask(self.cache.add, f"{name}.making", b"1", CLAIM) is not False:
                return None
            time.sleep(WAIT)
        return None

    def put(self, key, page):
        name = name_of(key)
        self._ask(self.cache.set, name, written(page), A_DAY)
        self.give_up(key)

    def give_up(self, key):
        """Nobody is at this page any more: what was to be one may not be kept, or is there."""
        self._ask(self.cache.delete, f"{name_of(key)}.making")

    def _ask(self, command, *arguments):
        """What Redis answers; None while it does not."""
        if not self.away.is_worth_asking():
            return None
        try:
            answer = command(*arguments)
        except (RedisError, OSError) as error:
            log.warning("The shared cache does not answer: %s", error)
            self.away.lost()
            return None
        self.away.found()
        return answer


def asked():
    """Whether Redis answers just now, for health and the admin: "ok" or "not reachable"."""
    try:
        caches["pages"].get("health")
    except (RedisError, OSError):
        return "not reachable"
    return "ok"


def written(page):
    """A line of JSON, then the page's bytes as brotli made them small."""
    head = json.dumps({"view": page.view, "headers": [*page.headers, ("ETag", page.etag)]})
    return head.encode() + b"\n" + page.small


def read(held):
    head, _, small = held.partition(b"\n")
    told = json.loads(head)
    return pages.Page(told["view"], [tuple(pair) for pair in told["headers"]], small)


def name_of(key):
    """What the page is called in Redis: by its key and by what makes it."""
    return hashlib.sha256(f"{made_of()}{key}".encode()).hexdigest()


@functools.cache
def made_of():
    """A digest of code and settings: another version of the site, or another site, shares nothing."""
    said = [getattr(settings, name) for name in SAID_IN_PAGES]
    digest = hashlib.sha256(json.dumps(said).encode())
    for folder in MADE_OF:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(settings.BASE_DIR)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
