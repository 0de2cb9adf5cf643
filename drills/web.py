"""The programs that the site is served with, as a deployment starts them: granian, and nginx in front."""

import os
import secrets
import sys

from benchmarks.measure import HOST, run_python
from config.alive import answers
from drills.server import Server

# Of the settings, only the rates are not production's: every reader here has the same address.
PRODUCTION = {"WAYMARK_ENV": "production", "HTTPS": "0", "ALLOWED_HOSTS": HOST, "LOG_FORMAT": "json"}
# As the Dockerfile has it: two threads need no more arenas, and large pages give their memory back.
MALLOC = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072"}
RATES = {"API_RATE": "0", "EXPORT_RATE": "0", "SIGN_IN_RATE": "0"}
STATIC = (
    "import django; django.setup()\nfrom config.start import collect_static_files\ncollect_static_files()"
)

NGINX = """\
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  keepalive_requests 1000000000;
{http}
}}
"""


def production(database, **more):
    """The environment of a web process in production's settings, but for HTTPS."""
    own = {"SECRET_KEY": secrets.token_urlsafe(50), "DATABASE_URL": database}
    return {**os.environ, **PRODUCTION, **MALLOC, **RATES, **own, **more}


def collect_static_files(database):
    """What pages in production's settings name; nothing to do where it was done."""
    run_python("-c", STATIC, DJANGO_SETTINGS_MODULE="config.settings", DATABASE_URL=database)


def web_server(name, port, environment, *, workers, kind=Server):
    """granian as the Dockerfile starts it; `kind` is Server, or one that starts it again when it ends.

    Where a worker is killed the whole ends, and is that one's to start again. With a single worker that
    is better than granian's own respawn, which leaves readers waiting at an open door meanwhile.
    """
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", port]
    options = f"--workers {workers} --blocking-threads 2 --http 1 --no-ws --workers-kill-timeout 3s"
    return kind(
        name,
        [*command, *options.split(), "config.wsgi:application"],
        is_ready=lambda: answers(port, HOST),
        environment=environment,
    )


def nginx_configuration(folder, http, *, workers=1):
    """A whole nginx.conf that keeps everything in `folder`; `http` is what its http block adds."""
    return NGINX.format(folder=folder, workers=workers, http=http)
