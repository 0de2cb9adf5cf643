"""What readers notice of a flood of wrong passwords: `python -m benchmarks.passwords`.

A site of its own database is served by granian on loopback, in production's settings. One reader asks
for pages, once quiet and once while sixteen clients each post wrong passwords for as long.
"""

import argparse
import http.client
import multiprocessing
import os
import re
import secrets
import sys
import time
from urllib.parse import urlencode

from benchmarks.measure import HOST, connect, free_port, get, median, serving

PAGES = ("/", "/occupations/29-2072-medical-records-specialists/", "/areas/")
CLIENTS = 16
TARGET = 3  # times the quiet 99th percentile


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", help="DATABASE_URL of a seeded database that may be written to")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=0, help="seconds that a client waits after a refusal")
    options = parser.parse_args()
    port = free_port()
    with serving(command(port), port, path="/health/", environment=environment(options.database)):
        for line in flood(port, options):
            print(line, flush=True)


def command(port):
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    options = "--workers 2 --blocking-threads 2 --http 1 --no-ws"
    return [*server, *options.split(), "config.wsgi:application"]


def environment(database):
    """Production's settings but for HTTPS; no rate a client, as all sixteen come from one address."""
    settings = {"WAYMARK_ENV": "production", "SECRET_KEY": secrets.token_urlsafe(50), "HTTPS": "0"}
    rates = {"EXPORT_RATE": "0", "SIGN_IN_RATE": "0"}
    return {**os.environ, **settings, **rates, "ALLOWED_HOSTS": HOST, "DATABASE_URL": database}


def flood(port, options):
    read(port, 2)  # what a first request has to load
    quiet = read(port, options.seconds)
    yield told("quiet", quiet)
    with multiprocessing.Pool(CLIENTS) as pool:
        posting = pool.starmap_async(
            guess, [(port, n, options.seconds + 2, options.pause) for n in range(CLIENTS)]
        )
        time.sleep(1)
        flooded = read(port, options.seconds)
        answers = [status for statuses in posting.get() for status in statuses]
    yield told("while 16 clients guess", flooded)
    ratio = percentile(flooded, 99) / percentile(quiet, 99)
    yield f"  readers' 99th percentile: {ratio:.1f} times the quiet one (target: at most {TARGET})"
    counts = {status: answers.count(status) for status in sorted(set(answers))}
    yield f"  guesses: {len(answers):,} in {options.seconds + 2:.0f} s, answered {counts}"


def read(port, seconds):
    """Milliseconds of each page that one reader gets, one after another, for so long."""
    connection, times, began = connect(port), [], time.perf_counter()
    while time.perf_counter() - began < seconds:
        for page in PAGES:
            start = time.perf_counter()
            status, _ = get(connection, page)
            assert status == http.client.OK, (page, status)
            times.append((time.perf_counter() - start) * 1000)
    connection.close()
    return times


def guess(port, number, seconds, pause):
    """The statuses of the wrong passwords that one client posts, each with a name of its own."""
    connection, statuses, began = connect(port), [], time.perf_counter()
    connection.request("GET", "/admin/login/")
    response = connection.getresponse()
    cookie = response.getheader("Set-Cookie").partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.read().decode())[1]
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    while time.perf_counter() - began < seconds:
        name = f"guess-{number}-{len(statuses)}"
        form = {"username": name, "password": "wrong", "csrfmiddlewaretoken": token}
        try:
            connection.request("POST", "/admin/login/", urlencode(form), headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):  # closed, as what it sent was left unread
            connection = connect(port)
            continue
        statuses.append(response.status)
        time.sleep(pause if response.status == http.client.TOO_MANY_REQUESTS else 0)
    return statuses


def told(what, times):
    figures = ", ".join(f"{n}th {percentile(times, n):.1f}" for n in (95, 99))
    return f"  {what:<24} {len(times):>6,} pages, median {median(times):.1f} ms, {figures}"


def percentile(values, n):
    return sorted(values)[min(len(values) - 1, len(values) * n // 100)]


if __name__ == "__main__":
    main()
