"""What a first visit costs a reader, in Chromium over loopback: bytes, requests, shifts, the largest paint.

Bytes are those of the answers before compression. Shifts and paints are told by the browser's own timeline,
so that they are known with scripts off too. `budget.json` holds what a page may cost, in Lighthouse's format:
sizes in KiB, times in milliseconds, and of the paths that match a page the last counts.
"""

import contextlib
import json
import os
import re
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.measure import (
    HOST,
    ROOT,
    VAR,
    CannotMeasure,
    connect,
    free_port,
    get,
    median,
    run_python,
    serving,
)
from config.debian import find_chromium

BUDGET = Path(__file__).with_name("budget.json")
SITE = VAR / "site.sqlite3"
HANDBOOK = ROOT.parent / "shared/data/ooh/ooh_html_2025-08.zip"
HANDBOOKS_PAGE = "html/medical-records-and-health-information-technicians.html"
RECORDS = "/occupations/29-2072-medical-records-specialists/"
COMPARED = "&".join(f"occupation={code}" for code in ("29-2072", "29-9021", "29-1141", "29-1212"))
PAGES = {
    "home": "/",
    "list of occupations": "/occupations/",
    "profile, medical records specialists": RECORDS,
    "profile, the heaviest": None,  # looked for
    "pay in all areas": "/occupations/13-2011-accountants-and-auditors/pay/",
    "four occupations compared": f"/compare/?{COMPARED}",
}
SCREENS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 812}}
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
KIB = 1024
PATIENCE = 50  # tenths of a second
TYPES = ("document", "stylesheet", "script", "image", "font", "media")


class File(NamedTuple):
    """One answer of a visit: its address, what it is in Lighthouse's words, its bytes uncompressed."""

    address: str
    kind: str
    size: int


class Visit(NamedTuple):
    """A first visit: the files, the layout shift in all, the largest paint's element and milliseconds."""

    files: list
    shift: float
    largest: str
    milliseconds: float

    @property
    def hosts(self):
        return {urlsplit(file.address).hostname for file in self.files}

    def sizes(self):
        """Bytes by kind, with "total"."""
        return self._sums(lambda file: file.size)

    def counts(self):
        """Requests by kind, with "total" and "third-party"."""
        own = urlsplit(self.files[0].address).hostname
        strangers = sum(urlsplit(file.address).hostname != own for file in self.files)
        return self._sums(lambda file: 1) | {"third-party": strangers}

    def _sums(self, value):
        sums = defaultdict(int)
        for file in self.files:
            sums[file.kind] += value(file)
            sums["total"] += value(file)
        return sums


def budget_of(path):
    """The budget's entry for a page: the last whose path matches, as in robots.txt (* and a final $)."""
    entries = json.loads(BUDGET.read_text())
    return [entry for entry in entries if _matches(entry["path"], path)][-1]


def _matches(pattern, path):
    parts = ".*".join(map(re.escape, pattern.removesuffix("$").split("*")))
    return re.match(f"{parts}$" if pattern.endswith("$") else parts, path) is not None


def over_budget(visit, path):
    """What of a visit's sizes and counts is over its page's budget, in words."""
    budget, over = budget_of(path), []
    for what, found, unit in (("resourceSizes", visit.sizes(), KIB), ("resourceCounts", visit.counts(), 1)):
        for line in budget[what]:
            kind, most = line["resourceType"], line["budget"] * unit
            if found[kind] > most:
                over.append(f"{path}: {kind} is {found[kind]}, at most {most:.0f}")
    return over


def allowed(path, what, kind):
    """A single figure of a page's budget: bytes, requests, milliseconds or a shift."""
    key = "metric" if what == "timings" else "resourceType"
    figure = next(line["budget"] for line in budget_of(path)[what] if line[key] == kind)
    return figure * KIB if what == "resourceSizes" else figure


def first_visit(browser, base, path, *, screen="desk", scripts=True):
    """A visit of a page by a browser that has kept nothing. Raises CannotMeasure unless it answers 200."""
    context = browser.new_context(base_url=base, viewport=SCREENS[screen], java_script_enabled=scripts)
    with contextlib.closing(context):
        page, answers, told = context.new_page(), [], []
        timeline = context.new_cdp_session(page)

        def note(answer):
            answers.append(answer)  # Playwright takes no built-in function

        page.on("response", note)
        timeline.on("PerformanceTimeline.timelineEventAdded", lambda message: told.append(message["event"]))
        timeline.send(
            "PerformanceTimeline.enable", {"eventTypes": ["largest-contentful-paint", "layout-shift"]}
        )
        status = page.goto(path, wait_until="networkidle").status
        if status != 200:
            raise CannotMeasure(f"{path} answered {status}")
        for _ in range(PATIENCE):  # a paint is told some time after it
            page.wait_for_timeout(100)
            if any(event["type"] == "largest-contentful-paint" for event in told):
                break
        files = [File(one.url, _kind(one.request), len(one.body())) for one in answers if one.status == 200]
        shift = sum(event["layoutShiftDetails"]["value"] for event in told if event["type"] == "layout-shift")
        paints = [event["lcpDetails"] for event in told if event["type"] == "largest-contentful-paint"]
        if not paints:
            raise CannotMeasure(f"{path} told no largest paint")
        began = page.evaluate("performance.timeOrigin") / 1000
        return Visit(files, shift, _element(timeline, paints[-1]), (paints[-1]["renderTime"] - began) * 1000)


def _kind(request):
    return request.resource_type if request.resource_type in TYPES else "other"


def _element(timeline, paint):
    """The painted element as it stands in the page: <div class="lede">."""
    node = timeline.send("DOM.describeNode", {"backendNodeId": paint["nodeId"]})["node"]
    pairs = zip(node["attributes"][::2], node["attributes"][1::2], strict=True)
    told = "".join(f' {name}="{value}"' for name, value in pairs if name in ("class", "id"))
    return f"<{node['localName']}{told}>"


def measure_browser(*, turns):
    """{name: (path, [Visit of the desk with scripts, ...], {(screen, scripts): [Visit, ...]})}."""
    from playwright.sync_api import sync_playwright

    chromium = find_chromium()
    if not chromium:
        raise CannotMeasure("no Chromium here: `make test` installs one")
    url, port = f"sqlite:///{SITE}", free_port()
    run_python("manage.py", "migrate", "--verbosity", "0", DATABASE_URL=url)
    run_python("manage.py", "seed", DATABASE_URL=url)
    environment = {**os.environ, "WAYMARK_ENV": "local", "DATABASE_URL": url, "PORT": str(port)}
    with serving([sys.executable, "-m", "config.start"], port, environment=environment):
        pages = {name: path or heaviest_profile(port) for name, path in PAGES.items()}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
            with contextlib.closing(browser):
                return {name: (path, _visits(browser, port, path, turns)) for name, path in pages.items()}


def _visits(browser, port, path, turns):
    """{(screen, scripts): visits}; one more beforehand, so that the server has made the page once."""
    base, ways = f"http://{HOST}:{port}", [(screen, on) for screen in SCREENS for on in (True, False)]
    first_visit(browser, base, path)
    visits = {way: [] for way in ways}
    for _ in range(turns):
        for screen, on in ways:
            visits[screen, on].append(first_visit(browser, base, path, screen=screen, scripts=on))
    return visits


def heaviest_profile(port):
    """The path of the profile with the most bytes of HTML, of all that the site map names."""
    connection = connect(port)
    paths = re.findall(
        rb"<loc>[^<]*?(/occupations/[^</]+/)</loc>", get(connection, "/sitemap-occupations.xml")[1]
    )
    if not paths:
        raise CannotMeasure("the site map names no occupation")
    return max((path.decode() for path in paths), key=lambda path: len(get(connection, path)[1]))


def browser_lines(measured):
    for name, (path, visits) in measured.items():
        every = [visit for turns in visits.values() for visit in turns]
        heaviest = max(every, key=lambda visit: visit.sizes()["total"])
        yield from _weight_lines(name, path, heaviest)
        yield from _paint_lines(path, visits, every)
    yield from handbook_lines(*measured["profile, medical records specialists"])


def _weight_lines(name, path, visit):
    html, most = visit.sizes()["document"], allowed(path, "resourceSizes", "document")
    yield f"{name}: HTML", f"{html / 1000:.1f} kB", f"at most {most / 1000:.1f} kB; {path}", html <= most
    size, most = visit.sizes()["total"], allowed(path, "resourceSizes", "total")
    number, requests = visit.counts()["total"], allowed(path, "resourceCounts", "total")
    what = f"    cold visit, {number} requests, {len(visit.hosts)} host"
    is_met = not over_budget(visit, path)
    yield what, f"{size / 1000:.1f} kB", f"at most {most / 1000:.1f} kB and {requests} requests", is_met


def _paint_lines(path, visits, every):
    shift, most = max(visit.shift for visit in every), allowed(path, "timings", "cumulative-layout-shift")
    note = f"at most {most}; desk and phone, scripts on and off"
    yield "    layout shift", f"{shift:.3f}", note, shift <= most
    most = allowed(path, "timings", "largest-contentful-paint")
    for screen in SCREENS:
        on, off = (visits[screen, is_on] for is_on in (True, False))
        with_scripts, without = (median(visit.milliseconds for visit in turns) for turns in (on, off))
        same = "the same" if on[0].largest == off[0].largest else off[0].largest
        note = f"at most {most}; scripts off: {without:.0f} ms, {same}"
        is_met = max(with_scripts, without) <= most
        yield f"    largest paint, {screen}: {on[0].largest}", f"{with_scripts:.0f} ms", note, is_met


def handbook_lines(path, visits):
    """The Handbook's page for the same occupation. What its files weigh is not stored: only their number."""
    if not HANDBOOK.exists():
        raise CannotMeasure("the Handbook's stored pages are not beside this project")
    with zipfile.ZipFile(HANDBOOK) as pages:
        page = pages.read(HANDBOOKS_PAGE)
    tags = re.findall(rb'<(?:script|img)[^>]*\ssrc="([^"]+)"|<link[^>]*stylesheet[^>]*href="([^"]+)"', page)
    asked = 1 + len({b"".join(tag) for tag in tags})
    visit = visits["desk", True][0]
    html, total, number = visit.sizes()["document"], visit.sizes()["total"], visit.counts()["total"]
    note = f"at most a third of its {len(page) / 1000:.1f} kB; {HANDBOOKS_PAGE}"
    yield "HTML beside the Handbook's page", f"{html / len(page):.2f} x", note, html <= len(page) / 3
    note = f"of its HTML alone, {len(page) / 1000:.1f} kB; what its files weigh is not stored"
    yield f"the whole visit, {total / 1000:.1f} kB, beside that", f"{total / len(page):.2f} x", note, None
    note = f"at most a third of the {asked} that its HTML names"
    yield (
        f"requests, {number}, beside the Handbook's page",
        f"{number / asked:.2f} x",
        note,
        number <= asked / 3,
    )
