"""The weight budget: what a reader's first visit may cost, in bytes before compression and in requests.

The fullest occupation stands for all: it has every card, each as long as the site lets it grow.
"""

import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.seeded import seed_occupation
from tests.browser.world import RECORDS, make_full_profile

PROFILE = 42_000  # the heaviest of the site's own has 39.4 kB
COLD_VISIT = 80_000
STYLE = 30_000
SCRIPTS = 12_000
REQUESTS = 6  # the page, its style, its script, its icon; two to spare

HANDBOOK = settings.BASE_DIR.parent / "shared/data/ooh/ooh_html_2025-08.zip"
HANDBOOKS_PAGE = "html/medical-records-and-health-information-technicians.html"
WATCH = """
  window.shift = 0; window.largest = null;
  new PerformanceObserver(l => l.getEntries().forEach(e => { shift += e.value; }))
    .observe({type: "layout-shift", buffered: true});
  new PerformanceObserver(l => l.getEntries().forEach(e => { largest = e.element; }))
    .observe({type: "largest-contentful-paint", buffered: true});
"""


@pytest.fixture
def full(transactional_db):
    return make_full_profile()


@pytest.fixture
def visit(full, open_page):
    """A first visit of the fullest profile: the page, and (address, body) of each file that came."""
    page, answers = open_page(viewport={"width": 1280, "height": 900}), []

    def note(answer):
        answers.append(answer)  # Playwright takes no built-in function

    page.on("response", note)
    page.add_init_script(WATCH)
    page.goto(RECORDS, wait_until="networkidle")
    return page, [(answer.url, answer.body()) for answer in answers]


def test_fullest_profile_is_within_its_weight(client, full):
    html = client.get(RECORDS).content
    for card in ("entry", "pay", "schools", "years", "employers", "states", "outlook", "ratings", "similar"):
        assert f'id="{card}"'.encode() in html, card
    assert len(html) < PROFILE


def test_cold_visit_is_within_its_weight(visit):
    _, files = visit
    assert sum(len(body) for _, body in files) < COLD_VISIT
    assert len(files) <= REQUESTS


def test_a_page_takes_one_style_sheet(visit):
    _, files = visit
    assert len([address for address, _ in files if address.endswith(".css")]) == 1


@pytest.mark.parametrize(("folder", "most"), [("css", STYLE), ("js", SCRIPTS)])
def test_all_first_party_files_are_within_their_weight(folder, most):
    files = list((Path(settings.BASE_DIR) / "static" / folder).glob(f"*.{folder}"))
    assert files
    assert sum(file.stat().st_size for file in files) < most


def test_nothing_moves_while_the_page_comes_in(visit):
    page, _ = visit
    assert page.evaluate("window.shift") == 0


def test_largest_paint_is_of_text_that_came_with_the_page(visit):
    page, files = visit
    painted = page.evaluate("window.largest.innerText")
    sent = re.sub(r"<[^>]+>|\s+", " ", files[0][1].decode())
    assert " ".join(painted.split()[:8]) in " ".join(sent.split())


@pytest.mark.skipif(not HANDBOOK.exists(), reason="the Handbook's stored pages are not beside this project")
class TestBesideTheHandbook:
    """Its page for medical records specialists. The files that its page asks for are not stored."""

    @pytest.fixture
    def handbook(self):
        with zipfile.ZipFile(HANDBOOK) as pages:
            return pages.read(HANDBOOKS_PAGE)

    @pytest.fixture
    def real(self, transactional_db, tmp_path, monkeypatch):
        """The site's own page for the same occupation, from data/."""
        seed_occupation("29-2072", tmp_path / "data", monkeypatch)

    def test_page_weighs_a_third_of_its_html_at_most(self, client, real, handbook):
        html = client.get(RECORDS).content
        for card in ("work", "setting", "entry", "schools", "pay", "years", "employers", "states", "outlook"):
            assert f'id="{card}"'.encode() in html, card
        assert b"$51,140" in html
        assert b"+7.1%" in html
        assert len(html) <= len(handbook) / 3

    def test_whole_visit_weighs_less_than_its_html_alone(self, visit, handbook):
        assert sum(len(body) for _, body in visit[1]) < len(handbook)

    def test_visit_takes_a_third_of_its_requests_at_most(self, visit, handbook):
        tags = re.findall(
            rb'<(?:script|img)[^>]*\ssrc="([^"]+)"|<link[^>]*stylesheet[^>]*href="([^"]+)"', handbook
        )
        asked = {"".join(part.decode() for part in tag) for tag in tags}
        assert len(visit[1]) <= (1 + len(asked)) / 3
