"""A profile page that is kept, against nginx sending the same bytes from a file: wrk, in turns.

Both have two processes on the same two cores, keep connections open and log no request. nginx has its
best: sendfile, files kept open. The site has production's settings and SQLite with every release loaded;
once more it is measured with the line of JSON for each request that its Dockerfile asks for, which nginx
has none of. Both are asked as readers ask: for the page, for
the page in brotli (nginx then sends a file of those very bytes), and with the ETag that they have.
"""

import contextlib
import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import HOST, VAR, CannotMeasure, connect, free_port, last_lines, median, run_python
from config.debian import find_nginx, find_wrk
from drills.load import memory
from drills.server import LOGS, Server
from drills.web import collect_static_files, nginx_configuration, production, web_server

PAGE = "/occupations/29-2072-medical-records-specialists/"
MOST_MB = 250  # of a web process
SITE = VAR / "site.sqlite3"
FILES = """\
  sendfile on;
  tcp_nopush on;
  open_file_cache max=100;
  default_type "text/html; charset=utf-8";
  server {{
    listen {host}:{port} reuseport;
    root {folder};
    location /page.br {{ add_header Content-Encoding br; }}
  }}"""


class Question(NamedTuple):
    """What is asked of both, nginx's file for it, and the share of nginx's speed that is the target."""

    name: str
    file: str
    encoding: str
    is_known: bool
    target: float


QUESTIONS = [
    Question("a profile page, kept", "/page.html", "identity", False, 1 / 4),
    Question("the same in brotli", "/page.br", "br", False, 1 / 4),
    Question("304 by its ETag", "/page.html", "identity", True, 1 / 3),
]


def measure_served(*, turns, seconds):
    """({question: {server: requests a second of each turn}}, MiB of the largest web process)."""
    for package, find in {"nginx": find_nginx, "wrk": find_wrk}.items():
        if not find():
            raise CannotMeasure(f"no {package} here: `make bench` as root installs it")
    url = f"sqlite:///{SITE}"
    run_python("manage.py", "migrate", "--verbosity", "0", DATABASE_URL=url)
    run_python("manage.py", "seed", DATABASE_URL=url)
    collect_static_files(url)
    LOGS.mkdir(parents=True, exist_ok=True)
    ports = {name: free_port() for name in ("waymark", "nginx", "logging")}
    with tempfile.TemporaryDirectory(prefix="waymark-served-") as folder, contextlib.ExitStack() as stack:
        site = web_server("served", ports["waymark"], production(url, LOG_FORMAT="line"), workers=2)
        logging = web_server(
            "served-logging", ports["logging"], production(url, LOG_FORMAT="json"), workers=2
        )
        for server in (site, logging):
            stack.callback(server.stop)
            server.start()
        files = files_server(Path(folder), ports)
        stack.callback(files.stop)
        files.start()
        speeds = {asked: take_turns(asked, ports, turns=turns, seconds=seconds) for asked in QUESTIONS}
        return speeds, max(resident for resident, _ in memory(site.pids).values())


def files_server(folder, ports):
    """nginx with the page as the site serves it just now; the files are read by an account of nginx's."""
    folder.chmod(0o755)
    for asked in QUESTIONS:
        (folder / asked.file[1:]).write_bytes(fetched(ports["waymark"], PAGE, asked.encoding)[0])
    configuration = folder / "nginx.conf"
    http = FILES.format(host=HOST, port=ports["nginx"], folder=folder)
    configuration.write_text(nginx_configuration(folder, http, workers=2))
    command = [find_nginx(), "-p", folder, "-e", "stderr", "-c", configuration]
    return Server("served-nginx", command, is_ready=lambda: fetched(ports["nginx"], "/page.html", "identity"))


def fetched(port, path, encoding):
    """(body as it was sent, ETag) of a page that is there."""
    connection = connect(port)
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise CannotMeasure(f"{path} answered {response.status}: {last_lines(body.decode(errors='replace'))}")
    return body, response.getheader("ETag")


def take_turns(asked, ports, *, turns, seconds):
    paths = {"waymark": PAGE, "nginx": asked.file, "logging": PAGE}
    bodies = {name: fetched(ports[name], paths[name], asked.encoding) for name in ports}
    if bodies["waymark"][0] != bodies["nginx"][0]:
        raise CannotMeasure(f"{asked.name}: nginx's file is not what the site sends")
    speeds = {name: [] for name in ports}
    for _ in range(turns):
        for name, port in ports.items():
            etag = bodies[name][1] if asked.is_known else None
            speeds[name].append(wrk(port, paths[name], asked.encoding, etag, seconds))
    return speeds


def wrk(port, path, encoding, etag, seconds):
    """Requests a second of sixteen connections, all of them answered."""
    headers = ["--header", f"Accept-Encoding: {encoding}"]
    headers += ["--header", f"If-None-Match: {etag}"] if etag else []
    command = [
        find_wrk(),
        "--threads",
        "1",
        "--connections",
        "16",
        "--duration",
        f"{max(1, round(seconds))}s",
    ]
    ran = subprocess.run(
        [*command, *headers, f"http://{HOST}:{port}{path}"], capture_output=True, text=True, check=False
    )
    found = re.search(r"Requests/sec:\s+([0-9.]+)", ran.stdout)
    if not found or "Non-2xx" in ran.stdout or "Socket errors" in ran.stdout:
        raise CannotMeasure(f"wrk: {last_lines(ran.stdout + ran.stderr)}")
    return float(found[1])


def served_lines(measured):
    """The part of the table: (what, figure, note, whether the target is met)."""
    speeds, mebibytes = measured
    for asked, by_server in speeds.items():
        ours, theirs = (median(by_server[name]) for name in ("waymark", "nginx"))
        share, logging = (of_nginx(by_server, name) for name in ("waymark", "logging"))
        note = f"at least {asked.target:.2f}; nginx with the same bytes as a file: {theirs:,.0f} /s"
        yield f"{asked.name}: Waymark", f"{ours:,.0f} /s", PAGE, None
        yield "    of nginx's speed", f"{share:.2f} x", note, share >= asked.target
        yield (
            "    with a line of log for each request",
            f"{median(by_server['logging']):,.0f} /s",
            f"{logging:.2f} x",
            None,
        )
    megabytes = mebibytes * 2**20 / 10**6
    yield "memory of a web process", f"{megabytes:.0f} MB", f"under {MOST_MB} MB", megabytes < MOST_MB


def of_nginx(by_server, name):
    """A server's share of nginx's speed: each turn beside nginx's next one, as machines change theirs."""
    return median([ours / theirs for ours, theirs in zip(by_server[name], by_server["nginx"], strict=True)])
