"""Running things and timing them: children with their memory, servers with their pages."""

import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
HOST = "127.0.0.1"


class CannotMeasure(Exception):
    """Why there is no figure: what a command said before it failed, or what is missing."""


class Run(NamedTuple):
    """One run of a command: wall seconds, the most memory it held in MiB, what it printed."""

    seconds: float
    peak_mib: float
    output: str


def run_python(*arguments, **environment):
    """Run Python in the project's root to its end; raises CannotMeasure where it fails.

    The memory is that of the child and of the processes it starts, together, as looked at twenty
    times a second; a database server's is not in it.
    """
    with tempfile.TemporaryFile("w+") as output:
        began = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "WAYMARK_ENV": "local", **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        peak = 0
        while child.poll() is None:
            peak = max(peak, memory_of(child.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - began
        output.seek(0)
        printed = output.read()
    if child.returncode:
        raise CannotMeasure(f"{' '.join(map(str, arguments))} failed: {last_lines(printed)}")
    return Run(seconds, peak / 2**20, printed)


def memory_of(pid):
    """Resident bytes of a process and of its children; 0 of one that has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(memory_of, map(int, children)))


def last_lines(text, count=3):
    return " / ".join(text.strip().splitlines()[-count:])


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(command, port, *, path="/", within=300, cwd=ROOT, environment=None):
    """A server's process group, from when it answers `path` with 200 until the block ends.

    Yields the seconds that it took. Raises CannotMeasure where it ends or does not answer in time.
    """
    with tempfile.TemporaryFile("w+") as output:
        began = time.perf_counter()
        server = subprocess.Popen(
            list(map(str, command)),
            cwd=cwd,
            env=environment or {**os.environ, "WAYMARK_ENV": "local"},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            if not answers(port, path, server, began + within):
                output.seek(0)
                raise CannotMeasure(f"{command[0]} did not serve {path}: {last_lines(output.read())}")
            yield time.perf_counter() - began
        finally:
            stop(server)


def answers(port, path, server, deadline):
    """Whether a 200 comes before the deadline and before the server ends."""
    while time.perf_counter() < deadline and server.poll() is None:
        try:
            if get(connect(port), path)[0] == http.client.OK:
                return True
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.02)
    return False


def stop(server):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def connect(port):
    return http.client.HTTPConnection(HOST, port, timeout=60)


def get(connection, path):
    """(status, body) of one GET; the connection stays open for the next."""
    connection.request("GET", path, headers={"Accept": "text/html"})
    response = connection.getresponse()
    return response.status, response.read()


def requests_per_second(port, path, *, seconds, most=2_000):
    """How many GETs of `path` one connection gets through a second, in about `seconds`."""
    connection = connect(port)
    try:
        status, body = get(connection, path)
        if status != http.client.OK:
            raise CannotMeasure(f"{path} answered {status}: {last_lines(body.decode(errors='replace'))}")
        done, began = 0, time.perf_counter()
        while done < most and time.perf_counter() - began < seconds:
            get(connection, path)
            done += 1
        return done / (time.perf_counter() - began)
    finally:
        connection.close()


def median(values):
    return statistics.median(values)
