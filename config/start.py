"""Everything between an installed environment and a served page, in one process: `make run`.

Each step looks before it acts, so that a second start repeats nothing.
"""

import hashlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

HOST = "127.0.0.1"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    port = int(os.environ.get("PORT", "8000"))
    refuse_port_in_use(port)
    django.setup()
    migrate()
    call_command("seed")
    collect_static_files()
    say_where(port)
    serve(port)


def refuse_port_in_use(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(f"Port {port} is in use. Choose another: make run PORT={port + 1}")


def migrate():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def collect_static_files():
    """Copy, name and compress the static files, unless the ones at hand were made from the same."""
    stamp = Path(settings.STATIC_ROOT, ".made-from")
    digest = static_digest()
    if not stamp.exists() or stamp.read_text() != digest:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest)


def static_digest():
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def say_where(port):
    from django.contrib.auth import get_user_model

    if not get_user_model().objects.filter(is_superuser=True).exists():
        print("To edit, make yourself an administrator: .venv/bin/python manage.py createsuperuser")
        print(f"and sign in at http://{HOST}:{port}/{settings.ADMIN_PATH}")
    print(f"Waymark is at http://{HOST}:{port}/ (Ctrl-C stops it)", flush=True)


def stop(*_):
    """Once: `make` sends on what it is sent, and a second signal must not cut the first one's work short."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    sys.exit()


def serve(port):
    """Serve until told to stop, which reaches the server once.

    It has a session of its own because granian's workers hang when Ctrl-C comes to them both from
    the terminal and from their parent.
    """
    connection.close()
    for number in STOPS:
        signal.signal(number, stop)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    options = "--workers 2 --blocking-threads 2 --http 1 --no-ws --log-level warning".split()
    options += ["--workers-kill-timeout", "3s"]  # for a worker that is told to stop while it starts
    server = subprocess.Popen([*command, *options, "config.wsgi:application"], start_new_session=True)
    try:
        sys.exit(server.wait())
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
