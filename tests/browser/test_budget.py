"""Pages against the budget in the repository, benchmarks/budget.json: sizes and counts, never times."""

import json

import pytest

from benchmarks.browser import BUDGET, File, Visit, budget_of, first_visit, over_budget
from tests.browser.world import RECORDS, make_full_profile, make_world

COMPARED = "/compare/?occupation=29-2072&occupation=29-2099&occupation=29-1212&occupation=27-2011"
KIB = 1024
# What Lighthouse knows: https://github.com/GoogleChrome/lighthouse, core/config/budget.js.
TYPES = {"stylesheet", "image", "media", "font", "script", "document", "other", "total", "third-party"}
METRICS = {"cumulative-layout-shift", "largest-contentful-paint"}


def visit_of(*sizes):
    return Visit([File(f"http://127.0.0.1{path}", kind, size) for path, kind, size in sizes], 0, "<p>", 100)


def test_the_budget_is_in_lighthouses_format():
    for entry in json.loads(BUDGET.read_text()):
        assert entry["path"].startswith("/")
        assert {line["resourceType"] for line in entry["resourceSizes"] + entry["resourceCounts"]} <= TYPES
        assert {line["metric"] for line in entry["timings"]} == METRICS


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/", "/$"),
        ("/areas/", "/*"),
        (RECORDS, "/*"),
        (f"{RECORDS}pay/", "/occupations/*/pay/$"),
        ("/occupations/", "/occupations/$"),
        (COMPARED, "/compare/"),
    ],
)
def test_the_last_path_that_matches_counts(path, entry):
    assert budget_of(path)["path"] == entry


@pytest.mark.parametrize(
    ("kind", "most"), [("document", 60_000), ("total", 110_000), ("stylesheet", 30_000), ("script", 12_000)]
)
def test_a_profile_may_cost_what_the_site_promises(kind, most):
    sizes = {line["resourceType"]: line["budget"] for line in budget_of(RECORDS)["resourceSizes"]}
    assert sizes[kind] * KIB < most


def test_what_is_over_is_told():
    files = [("/", "document", 13 * KIB), ("/a.css", "stylesheet", 10), ("/b.css", "stylesheet", 10)]
    assert over_budget(visit_of(*files), "/") == [
        "/: document is 13312, at most 12288",
        "/: stylesheet is 2, at most 1",
    ]


def test_another_host_is_over():
    files = [File("http://127.0.0.1/", "document", 10), File("https://fonts.example/a", "font", 10)]
    assert over_budget(Visit(files, 0, "<p>", 100), "/") == ["/: third-party is 1, at most 0"]


def test_no_first_visit_is_over_its_budget(browser, live_server, transactional_db):
    make_world()
    over = []
    for path in ("/", "/occupations/", RECORDS, f"{RECORDS}pay/", COMPARED, "/areas/ohio/", "/offer/"):
        over += over_budget(first_visit(browser, live_server.url, path), path)
    assert over == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_fullest_profile_is_within_its_budget(browser, live_server, transactional_db, scripts):
    make_full_profile()
    visit = first_visit(browser, live_server.url, RECORDS, scripts=scripts)
    assert over_budget(visit, RECORDS) == []
    assert visit.shift == 0
    assert visit.counts()["document"] == 1
    assert visit.counts()["script"] == (1 if scripts else 0)
