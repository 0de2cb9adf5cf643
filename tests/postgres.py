"""A PostgreSQL of the tests' own: made in a temporary folder, gone when they end."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2

from config.debian import find_postgresql

# Nothing here outlives the tests, so nothing is worth waiting for the disk.
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
SECONDS_TO_START = 30


@contextlib.contextmanager
def temporary_cluster():
    """The address of an empty database in a fresh cluster on a free port of 127.0.0.1."""
    programs = find_postgresql()
    folder = Path(tempfile.mkdtemp(prefix="waymark-postgres-"))
    server = None
    try:
        owner = unprivileged_owner()
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
        initialise(programs, folder / "data", owner)
        port = free_port()
        address = f"postgres://waymark@127.0.0.1:{port}/postgres"
        server = start(programs, folder, port, owner)
        wait_until_ready(server, address, folder / "log")
        yield address
    finally:
        stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_owner():
    """PostgreSQL refuses to run as root: subprocess arguments that drop to an account at hand."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    name = next(name for name in ("postgres", "nobody") if name in names)
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def initialise(programs, data, owner):
    command = [programs / "initdb", "--pgdata", data, "--username", "waymark", "--auth", "trust"]
    options = ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    made = subprocess.run([*command, *options], capture_output=True, text=True, cwd="/", check=False, **owner)
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stderr}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(programs, folder, port, owner):
    """The server, in a session of its own so that Ctrl-C reaches only those who stop it in order."""
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, "-h", "127.0.0.1", "-p", str(port)]
    with (folder / "log").open("w") as log:
        return subprocess.Popen(
            [*command, *FAST], stdout=log, stderr=log, cwd="/", start_new_session=True, **owner
        )


def wait_until_ready(server, address, log):
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(psycopg2.OperationalError):
            psycopg2.connect(address).close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def stop(server):
    """At once, dropping any connection left open: SIGINT is PostgreSQL's fast shutdown."""
    if server is None or server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
