"""Readers' pages, kept whole: the WSGI application around Django's.

A page is kept under the data version that it was made of, in this process's memory and, with CACHE_URL,
in a Redis that all processes share. A publication or an editor's save raises the version, and every page
is made anew: nobody has to be told. While no database answers, what is kept is still sent.

Only what is the same for every reader is kept: a 200 that says `public`, is HTML, varies by nothing, and
was asked for without a session. Words that were typed into a search, and the place that schools are looked
for near, are not kept.
"""

import functools
import gzip
import re
import sys
import threading
import time
from collections import OrderedDict
from typing import NamedTuple

import brotli
from django.conf import settings
from django.db import Error
from django.utils import timezone
from django.utils.http import parse_etags

from careers.models import DataVersion
from config import databases, observe
from config.middleware import READ_FROM
from config.turns import Rest, Turn

LOOK_EVERY = 0.05  # seconds for which a data version is believed
PATIENCE = 10  # seconds to wait for another thread that makes the same page
QUALITY = 5  # of brotli: a profile takes a millisecond
# Read once: Django's settings take longer to tell than a kept page to find.
SESSION, BEHIND_PROXY = settings.SESSION_COOKIE_NAME, settings.BEHIND_PROXY
PASSED = ("/static/", "/api/", "/health/", "/metrics", f"/{settings.ADMIN_PATH}")
# What readers type: words to search for, and where they are. A name in disguise is taken for one of them.
TYPED = re.compile(r"(?:^|&)(?:q|near|[^=&]*%[^=&]*)=")
REASONS = {200: "200 OK", 304: "304 Not Modified"}


class Pages:
    """`megabytes` bounds what is kept in memory; `shared` is a config.shared_pages.Shared, or None."""

    def __init__(self, application, megabytes, shared=None):
        self.application = application
        self.memory = Memory(megabytes * 1_000_000)
        self.shared = shared
        self.version = Version()
        self.making = {}
        self.lock = threading.Lock()
        self.turn = Turn()

    def __call__(self, environ, start_response):
        began = time.perf_counter()
        address = address_of(environ)
        version = self.version.now() if address else None
        if version is None:
            self.turn.leave()
            return self.application(environ, start_response)
        environ["HTTP_X_REQUEST_ID"] = name = observe.name_of(environ)  # Django's too, if it is asked
        key = (version.number, version.day, *address)
        found, source = self.memory.get(key), observe.MEMORY
        if not found:
            self.turn.leave()
            found, source = self.find(key, version, environ)
        if isinstance(found, Answer):
            return found.send(start_response)
        status, headers, body = found.answer(environ, self.memory)
        start_response(REASONS[status], [*headers, ("X-Request-ID", name)])
        if source != observe.MADE:  # of which Django itself tells
            seconds = time.perf_counter() - began
            observe.tell_kept(name, environ["PATH_INFO"], found.view, status, source, seconds)
        return [body] if self.turn.is_mine() else Rest(body, self.turn)

    def find(self, key, version, environ):
        """(the page or the Answer, where from) if not from memory: one thread asks, others wait for it."""
        with self.lock:
            done = self.making.get(key)
            is_maker = done is None
            if is_maker:
                done = self.making[key] = threading.Event()
        if not is_maker:
            done.wait(PATIENCE)
            page = self.memory.get(key)
            return (page, observe.MEMORY) if page else (self.make(key, version, environ), observe.MADE)
        try:
            page = self.find_shared(key)
            return (page, observe.SHARED) if page else (self.make(key, version, environ), observe.MADE)
        finally:
            del self.making[key]
            done.set()

    def find_shared(self, key):
        page = self.shared.get_or_claim(key) if self.shared else None
        if page:
            self.memory.put(key, page)
        return page

    def make(self, key, version, environ):
        """Ask Django: a Page, or the Answer where it may not be kept."""
        whole = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        answer = Answer(self.application, whole)
        # Another database may be behind the one that told the version.
        if not answer.may_be_kept() or whole.get(READ_FROM) != version.read_from:
            if self.shared:
                self.shared.give_up(key)
            return answer
        page = Page.made_of(whole[observe.VIEW], answer.headers, answer.read())
        self.memory.put(key, page)
        if self.shared:
            self.shared.put(key, page)
        return page


def address_of(environ):
    """What tells one page from another, or None where a reader's page is not what is asked for."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] != "GET" or path.startswith(PASSED):
        return None
    if (query and TYPED.search(query)) or SESSION in environ.get("HTTP_COOKIE", ""):
        return None
    forwarded = environ.get("HTTP_X_FORWARDED_PROTO") if BEHIND_PROXY else None
    return forwarded or environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), path, query


class Answer:
    """What Django answers, before anything of it is sent."""

    def __init__(self, application, environ):
        self.response = application(environ, self._note)

    def _note(self, status, headers, _exception=None):
        self.status, self.headers = status, headers

    def may_be_kept(self):
        said = {name.lower(): value for name, value in self.headers}
        is_page = self.status.startswith("200") and said.get("content-type", "").startswith("text/html")
        is_public = "public" in said.get("cache-control", "")
        return is_page and is_public and not said.keys() & {"set-cookie", "vary", "content-encoding"}

    def read(self):
        try:
            return b"".join(self.response)
        finally:
            self.response.close()

    def send(self, start_response):
        start_response(self.status, self.headers)
        return self.response


class Page:
    """A page's bytes, made small by brotli as most clients take them, and the headers that go with them.

    Other encodings are made for whoever asks first, and kept from then on.
    """

    def __init__(self, view, headers, small):
        self.view = view
        # Interned: most headers are the same for all pages, and each page came with strings of its own.
        kept = [pair for pair in headers if pair[0].lower() not in CHANGED]
        self.headers = [(sys.intern(name), sys.intern(value)) for name, value in kept]
        self.small = small
        said = next(value for name, value in headers if name.lower() == "etag")
        self.etag = said if said.startswith("W/") else f"W/{said}"  # weak: the same page in any encoding
        again = [pair for pair in self.headers if pair[0].lower() == "cache-control"]
        self.not_modified = 304, [*again, ("ETag", self.etag), ("Vary", "Accept-Encoding")], b""
        self.answers = {"br": self._answer("br", small)}
        self.is_held = False  # by a Memory, which counts its bytes

    @classmethod
    def made_of(cls, view, headers, body):
        return cls(view, headers, brotli.compress(body, mode=brotli.MODE_TEXT, quality=QUALITY))

    def answer(self, environ, memory):
        """(status, headers, body) for what this client takes."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self.is_known(known):
            return self.not_modified
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding not in self.answers:
            body = brotli.decompress(self.small)
            body = gzip.compress(body, compresslevel=6, mtime=0) if encoding == "gzip" else body
            memory.add(self, encoding, self._answer(encoding, body))
        return self.answers[encoding]

    def is_known(self, known):
        return known == self.etag or self.etag[2:] in (tag.removeprefix("W/") for tag in parse_etags(known))

    def _answer(self, encoding, body):
        headers = [*self.headers, ("ETag", self.etag), ("Vary", "Accept-Encoding")]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return 200, [*headers, ("Content-Length", str(len(body)))], body

    def size(self):
        return BESIDE + sum(len(body) for _, _, body in self.answers.values())


CHANGED = ("content-length", "etag", "x-request-id")  # headers that each answer has its own of
BESIDE = 2_500  # bytes that a page takes beside its bodies: its key, its headers and what holds them
ENCODINGS = ("br", "gzip")  # the better one first


@functools.lru_cache(maxsize=256)
def encoding_for(accepted):
    """The best of ENCODINGS that Accept-Encoding names, or "": `br;q=0` is a refusal."""
    offers = [offer.replace(" ", "").lower().partition(";q=") for offer in accepted.split(",")]
    taken = {name for name, _, weight in offers if weight.strip("0.") or not weight}
    return next((encoding for encoding in ENCODINGS if encoding in taken), "")


class Memory:
    """The pages that were asked for last, up to `most` bytes of them."""

    def __init__(self, most):
        self.most = most
        self.held = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()

    def get(self, key):
        try:  # without the lock: each of the two is one step for the interpreter
            self.held.move_to_end(key)
            return self.held[key]
        except KeyError:
            return None

    def put(self, key, page):
        with self.lock:
            if key not in self.held:
                self.held[key], page.is_held = page, True
                self.bytes += page.size()
            self._let_go()

    def add(self, page, encoding, answer):
        """Give a page another encoding, which counts where the page is held."""
        with self.lock:
            if encoding not in page.answers:  # two threads may have made it
                page.answers[encoding] = answer
                self.bytes += len(answer[2]) if page.is_held else 0
            self._let_go()

    def _let_go(self):
        while self.bytes > self.most and self.held:
            _, page = self.held.popitem(last=False)
            self.bytes -= page.size()
            page.is_held = False


class Told(NamedTuple):
    """The state of the data, and the database that told it."""

    number: int
    day: str  # a school that closes today is gone tomorrow
    read_from: str


class Version:
    """The data version as one look at the database every LOOK_EVERY seconds tells it."""

    def __init__(self, now=time.monotonic):
        self.clock = now
        self.told = None
        self.looked = float("-inf")
        self.lock = threading.Lock()

    def now(self):
        """A Told; None before any data were loaded. The last one known while no database answers."""
        if self.clock() - self.looked < LOOK_EVERY or not self.lock.acquire(blocking=self.told is None):
            return self.told
        try:
            self._look()
        finally:
            self.looked = self.clock()
            self.lock.release()
        return self.told

    def _look(self):
        for alias in dict.fromkeys((databases.for_readers(), databases.PRIMARY)):
            try:
                with databases.reading_from(alias):
                    number = DataVersion.now()
            except Error:
                databases.lost(alias)
            else:
                self.told = Told(number, str(timezone.localdate()), alias) if number else None
                return
