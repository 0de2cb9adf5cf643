"""The parts of a deployment, run natively on loopback: `python -m drills.cluster`.

    readers ─▶ nginx ─▶ web1, web2 (granian) ─▶ replica, for readers ─▶ primary, for editors
                                              └▶ Redis, what both have cached

It is what compose.yaml starts, for machines without Docker: PostgreSQL with a streaming replica,
Redis, two web processes in production's settings, and nginx in front of them. Ports are free ones of
127.0.0.1; the data are in a temporary folder, gone at the end; logs stay in var/drills/.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import psycopg2

from benchmarks.measure import HOST, ROOT, CannotMeasure, free_port, run_python
from config.alive import answers
from config.debian import find_nginx, find_postgresql, find_redis
from drills.server import LOGS, Server, Supervised
from drills.web import collect_static_files, nginx_configuration, production, web_server
from tests.postgres import initialise, unprivileged_owner

KEEP_WAL = "512MB"  # for a replica that was away

PROXY = """\
  upstream web {{
{servers}
    keepalive 16;
  }}
  server {{
    listen {host}:{port};
    location / {{
      proxy_pass http://web;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_connect_timeout 1s;
      proxy_read_timeout 30s;
      proxy_next_upstream error timeout;
      proxy_buffers 16 32k;
    }}
  }}"""


def proxy_configuration(folder, port, web_ports):
    """nginx in front of the web processes: a page that one does not answer is asked of the other.

    nginx does so for what may be asked twice (GET), and never for a form that was sent. It counts no
    failures (max_fails=0): for a while after a process came back it would ask only the other, and that
    may be the next to be started again. To be refused costs nothing.
    """
    servers = "\n".join(f"    server {HOST}:{web} max_fails=0;" for web in web_ports)
    return nginx_configuration(folder, PROXY.format(servers=servers, host=HOST, port=port))


class Cluster:
    """The servers and where they are; `start()` starts all, in order, and seeds the primary."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = {name: free_port() for name in ("primary", "replica", "redis", "web1", "web2", "proxy")}
        self.port = self.ports["proxy"]
        self.primary_url, self.replica_url = map(self._database, ("primary", "replica"))
        self.cache_url = f"redis://{HOST}:{self.ports['redis']}/0"
        self.environment = production(
            self.primary_url, BEHIND_PROXY="1", REPLICA_URL=self.replica_url, CACHE_URL=self.cache_url
        )
        self.owner = unprivileged_owner()
        self.primary = self._postgres("primary", self.primary_url)
        self.replica = self._postgres("replica", self.replica_url)
        self.redis = self._redis()
        self.web = [self._web("web1"), self._web("web2")]
        self.proxy = self._nginx()

    @property
    def servers(self):
        return [self.primary, self.replica, self.redis, *self.web, self.proxy]

    def start(self, say):
        say("making the primary")
        folder = self._folder("primary")
        initialise(find_postgresql(), folder, self.owner)
        self.primary.start()
        self.load(say)
        say("copying it to the replica")
        self.copy_primary()
        self.replica.start()
        say("starting Redis, two web processes and nginx")
        self.redis.start()
        for server in (*self.web, self.proxy):
            server.start()

    def load(self, say):
        """The site's tables and data; seeding takes most of the start, and shows how far it is."""
        local = {"DATABASE_URL": self.primary_url}
        run_python("manage.py", "migrate", "--verbosity", "0", **local)
        collect_static_files(self.primary_url)
        say("seeding")
        seeded = subprocess.run(
            [sys.executable, "manage.py", "seed"],
            cwd=ROOT,
            env={**os.environ, "WAYMARK_ENV": "local", **local},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if seeded.returncode:
            raise CannotMeasure("the primary could not be seeded")

    def copy_primary(self):
        """A standby that follows the primary; what was in its folder is forgotten."""
        folder = self._folder("replica")
        command = [find_postgresql() / "pg_basebackup", "--pgdata", folder, "--write-recovery-conf"]
        where = ["--host", HOST, "--port", str(self.ports["primary"]), "--username", "waymark"]
        made = subprocess.run(
            [*command, *where, "--checkpoint", "fast", "--no-sync"],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **self.owner,
        )
        if made.returncode:
            raise CannotMeasure(f"pg_basebackup failed: {made.stderr}")

    def manage(self, *arguments, **environment):
        """manage.py as an operator runs it here; what it printed."""
        return run_python("manage.py", *arguments, **self.environment, **environment).output

    def sql(self, query, *, on="primary"):
        """The rows of a query on the primary or on the replica; raises psycopg2.OperationalError."""
        url = self.primary_url if on == "primary" else self.replica_url
        with contextlib.closing(psycopg2.connect(url, connect_timeout=5)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()

    def stop(self):
        for server in reversed(self.servers):
            server.stop()

    def _database(self, name):
        return f"postgres://waymark@{HOST}:{self.ports[name]}/postgres"

    def _folder(self, name):
        """An empty folder of PostgreSQL's account, which alone may read it."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        if self.owner:
            shutil.chown(folder, self.owner["user"], self.owner["group"])
        return folder

    def _postgres(self, name, url):
        folder = self.folder / name
        where = ["-D", folder, "-k", folder, "-h", HOST, "-p", self.ports[name]]
        command = [find_postgresql() / "postgres", *where, "-c", f"wal_keep_size={KEEP_WAL}"]
        return Server(
            name, command, is_ready=lambda: connects(url), owner=self.owner, stop_signal=signal.SIGINT
        )

    def _redis(self):
        port = self.ports["redis"]
        command = [find_redis(), "--port", port, "--bind", HOST, "--dir", self.folder]
        memory = ["--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru"]
        nothing_on_disk = ["--save", "", "--appendonly", "no"]
        return Server(
            "redis", [*command, *memory, *nothing_on_disk], is_ready=lambda: redis(port, "PING") == "+PONG"
        )

    def _web(self, name):
        return web_server(name, self.ports[name], self.environment, workers=1, kind=Supervised)

    def _nginx(self):
        configuration = self.folder / "nginx.conf"
        web_ports = [self.ports["web1"], self.ports["web2"]]
        configuration.write_text(proxy_configuration(self.folder, self.port, web_ports))
        command = [find_nginx(), "-p", self.folder, "-e", "stderr", "-c", configuration]
        return Server("proxy", command, is_ready=lambda: answers(self.port, HOST))


NEEDED = {"postgresql": find_postgresql, "redis-server": find_redis, "nginx": find_nginx}


def connects(url):
    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


def redis(port, command):
    """The first line of Redis's answer: "+PONG" of PING, ":3" of DBSIZE."""
    with socket.create_connection((HOST, port), timeout=5) as connection:
        connection.sendall(f"{command}\r\n".encode())
        return connection.recv(4096).decode().partition("\r\n")[0]


@contextlib.contextmanager
def cluster(say):
    """A Cluster that runs; everything of it has ended when the block has, however that went."""
    for find, package in (
        (find_postgresql, "postgresql"),
        (find_redis, "redis-server"),
        (find_nginx, "nginx"),
    ):
        if not find():
            raise CannotMeasure(f"no {package} here: `make drills` installs it")
    LOGS.mkdir(parents=True, exist_ok=True)
    for log in LOGS.glob("*.log"):
        log.unlink()
    with tempfile.TemporaryDirectory(prefix="waymark-cluster-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's and nginx's accounts have their own folders in it
        made = Cluster(Path(folder))
        try:
            made.start(say)
            yield made
        finally:
            made.stop()


def main():
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        run_until(stop)
    except CannotMeasure as why:
        sys.exit(f"{why}\nLogs: {LOGS}")


def run_until(stop):
    with cluster(lambda text: print(f"... {text}", file=sys.stderr, flush=True)) as made:
        print(f"Waymark is at http://{HOST}:{made.port}/ (Ctrl-C stops it)")
        for name, port in made.ports.items():
            print(f"  {name:<8} {HOST}:{port}")
        for name in ("DATABASE_URL", "REPLICA_URL", "CACHE_URL"):
            print(f"  {name}={made.environment[name]}")
        print(f"  logs: {LOGS}", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
