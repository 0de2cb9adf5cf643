"""A publisher of zips on this machine, which behaves as BLS's server does, well or badly.

    with Publisher() as publisher:
        publisher.files["oesm26nat.zip"] = data
        publisher.next("500")
        fetch(2026, ["national"], base_url=publisher.url, ...)
        publisher.asked[0].headers["User-Agent"]

Without a word it does everything right: 403 to clients that do not say who they are, ETag, Range with
If-Range, 304. `next` names how it answers the requests to come, one word each.
"""

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

HTML = b"<html><head><title>Page not found</title></head></html>"


class Asked(NamedTuple):
    path: str
    headers: dict


class Publisher:
    """`files` maps names to bytes; `headers` are added to, or replace, those of a good answer."""

    def __init__(self):
        self.files, self.headers, self.asked, self._behaviours = {}, {}, [], []
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/oes/"

    def next(self, *behaviours):
        self._behaviours += behaviours

    def behaviour(self):
        return self._behaviours.pop(0) if self._behaviours else "good"

    def wait(self):
        """Keep a client waiting until the test is over."""
        self._over.wait()

    def etag(self, name):
        return self.headers.get("ETag", f'"{hash(self.files[name]):x}"')

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *raised):
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        return type("Handler", (_Handler,), {"publisher": self})


class _Handler(BaseHTTPRequestHandler):
    publisher = None

    def do_GET(self):
        self.publisher.asked.append(Asked(self.path, dict(self.headers)))
        behaviour = self.publisher.behaviour()
        if "@" not in self.headers.get("User-Agent", ""):
            behaviour = "403"
        if behaviour.isdecimal():
            self._send(int(behaviour), HTML, {"Content-Type": "text/html"})
        else:
            with suppress(BrokenPipeError, ConnectionResetError):  # the client may go
                getattr(self, f"_{behaviour}")()

    def log_message(self, *_):
        pass

    def _send(self, status, body, headers, *, length=None):
        self.send_response(status)
        for name, value in {"Content-Length": len(body) if length is None else length, **headers}.items():
            if value is not None:
                self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self):
        """(status, body, headers) of a good answer."""
        name = self.path.rsplit("/", 1)[-1]
        if name not in self.publisher.files:
            return 404, HTML, {"Content-Type": "text/html"}
        data, etag = self.publisher.files[name], self.publisher.etag(name)
        headers = {"Content-Type": "application/zip", "ETag": etag, **self.publisher.headers}
        if etag and self.headers.get("If-None-Match") == etag:
            return 304, b"", headers
        return self._range(data, headers) or (200, data, headers)

    def _range(self, data, headers):
        asked, version = self.headers.get("Range"), self.headers.get("If-Range")
        if not asked or version not in (headers["ETag"], headers.get("Last-Modified")):
            return None
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        if start >= len(data):
            return 416, b"", headers
        return 206, data[start:], headers | {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}

    def _good(self):
        self._send(*self._answer())

    def _half(self):
        """Half of what the Content-Length says, and the connection closes."""
        status, body, headers = self._answer()
        self._send(status, body[: len(body) // 2], headers, length=len(body))

    def _stall(self):
        """Half of it, and then nothing more, the connection open."""
        self._half()
        self.wfile.flush()
        self.publisher.wait()

    def _silence(self):
        self.publisher.wait()

    def _trickle(self):
        """A byte at a time for as long as the client stays."""
        status, body, headers = self._answer()
        self._send(status, b"", headers, length=len(body))
        for byte in body:
            self.wfile.write(bytes([byte]))

    def _page(self):
        self._send(200, HTML, {"Content-Type": "text/html; charset=utf-8"})

    def _page_as_zip(self):
        self._send(200, HTML, {"Content-Type": "application/zip"})

    def _unsaid_length(self):
        status, body, headers = self._answer()
        self._send(status, body, headers | {"Content-Length": None})

    def _half_of_unsaid_length(self):
        status, body, headers = self._answer()
        self._send(status, body[: len(body) // 2], headers | {"Content-Length": None})

    def _another_host(self):
        self._send(302, b"", {"Location": "http://elsewhere.example/oesm26nat.zip"})

    def _another_port(self):
        self._send(302, b"", {"Location": "http://127.0.0.1:1/oesm26nat.zip"})

    def _moved(self):
        self._send(301, b"", {"Location": f"/moved/{self.path.rsplit('/', 1)[-1]}"})

    def _rest_of_another(self):
        """A careless server: the range asked for, of whatever it has now, and its ETag but not its size."""
        self._rest({"ETag": self.publisher.etag(self.path.rsplit("/", 1)[-1])}, size="*")

    def _rest_of_another_size(self):
        """The same, and its size but not its ETag."""
        self._rest({}, size=len(self.publisher.files[self.path.rsplit("/", 1)[-1]]))

    def _rest(self, headers, *, size):
        data = self.publisher.files[self.path.rsplit("/", 1)[-1]]
        start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        said = {"Content-Type": "application/zip", "Content-Range": f"bytes {start}-{len(data) - 1}/{size}"}
        self._send(206, data[start:], said | headers)
