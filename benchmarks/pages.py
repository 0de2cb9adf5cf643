"""Pages a second, against Datasette showing the same rows of the same release, in the same run.

One connection, kept open, on the loopback; the servers take turns, and medians of the turns are
compared. The site runs as `make run` runs it, on SQLite with every release loaded, nothing cached.
Datasette has its best: an immutable file with its rows counted beforehand, indexes on what is
asked for, no facets suggested, no hand-over to a thread for each query. It is measured as it comes as
well, which suggests facets; the targets stand beside both.
"""

import contextlib
import json
import os
import sys
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.measure import VAR, CannotMeasure, free_port, median, requests_per_second, run_python, serving
from benchmarks.queries import PATHS

SITE, WIDE, COUNTS = VAR / "site.sqlite3", VAR / "pay.db", VAR / "pay.counts.json"
OCCUPATION = "13-2011"  # Accountants and Auditors: published in every state, metro and other area
MOST_QUERIES = {"occupation": 14}  # the profile has a dozen parts; every other page at most 12
DATASETTES = {
    "Datasette as it comes": [],
    "Datasette at its best": ["--setting", "suggest_facets", "off", "--setting", "num_sql_threads", "0"],
}


class Pair(NamedTuple):
    """A page here, the same rows there, and by how much the page here should be faster."""

    name: str
    path: str
    theirs: str
    target: float


def wide_page(**query):
    return f"/pay/pay?{urlencode(query)}"


PAIRS = [
    Pair(
        "occupation page", PATHS["occupation"], wide_page(occupation_code=OCCUPATION, area_type="state"), 1.5
    ),
    Pair("pay in all areas", PATHS["pay"], wide_page(occupation_code=OCCUPATION, _size="max"), 4.0),
    Pair("list of occupations", PATHS["occupations"], wide_page(area_code="0000000", _size=50), 8.0),
]


def prepare():
    """A site with every release of the seed, and the newest as one wide table for the peer."""
    url = f"sqlite:///{SITE}"
    run_python("manage.py", "migrate", "--verbosity", "0", DATABASE_URL=url)
    run_python("manage.py", "seed", DATABASE_URL=url)
    run_python("-m", "benchmarks.wide", SITE, WIDE)
    run_python("-m", "datasette", "inspect", WIDE, "--inspect-file", COUNTS)
    return url


def measure_pages(url, *, turns, seconds):
    """{pair: {server: requests a second of each turn}}."""
    with contextlib.ExitStack() as stack:
        ports = {"waymark": free_port()}
        site = {**os.environ, "WAYMARK_ENV": "local", "DATABASE_URL": url, "PORT": str(ports["waymark"])}
        site["PAGE_CACHE_MB"] = "0"  # every page is made anew
        stack.enter_context(
            serving([sys.executable, "-m", "config.start"], ports["waymark"], environment=site)
        )
        for name, options in DATASETTES.items():
            ports[name] = free_port()
            command = [sys.executable, "-m", "datasette", "serve", "-i", WIDE, "--inspect-file", COUNTS]
            stack.enter_context(serving([*command, "--port", ports[name], *options], ports[name]))
        return {pair: take_turns(pair, ports, turns=turns, seconds=seconds) for pair in PAIRS}


def take_turns(pair, ports, *, turns, seconds):
    speeds = {name: [] for name in ports}
    for _ in range(turns):
        for name, port in ports.items():
            path = pair.path if name == "waymark" else pair.theirs
            speeds[name].append(requests_per_second(port, path, seconds=seconds))
    return speeds


def page_lines(measured):
    """The pages' part of the table: (what, figure, target, whether it is met)."""
    for pair, speeds in measured.items():
        ours = median(speeds["waymark"])
        yield f"{pair.name}: Waymark", f"{ours:,.1f} /s", pair.path, None
        for name in DATASETTES:
            theirs = median(speeds[name])
            times, target = ours / theirs, f"at least {pair.target} x; {pair.theirs}"
            yield f"    {name}, {theirs:,.1f} /s: faster by", f"{times:.1f} x", target, times >= pair.target


def query_lines(url):
    """Each page's milliseconds and queries, inside one process."""
    output = run_python("-m", "benchmarks.queries", DATABASE_URL=url).output
    for page in json.loads(output.splitlines()[-1]):
        if page["status"] != 200:
            raise CannotMeasure(f"{page['path']} answered {page['status']}")
        figure = f"{page['milliseconds']:.1f} ms, {page['queries']} queries"
        most = MOST_QUERIES.get(page["page"], 12)
        note = f"{page['bytes'] / 1000:,.0f} kB; at most {most} queries"
        yield f"page: {page['page']}", figure, note, page["queries"] <= most
