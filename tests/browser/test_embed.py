"""Data in a page and a card in another site's page, under the site's own policy, in a real browser."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.factories import MEDICAL_RECORDS, make_area, make_occupation, make_release, make_wage

STEM = "29-2072-medical-records-specialists"


@pytest.fixture
def complaints(page):
    """What the browser's console holds against a page: a breach of the policy is one."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def may_2025(transactional_db):
    make_wage(make_release(), make_area(), make_occupation(), **MEDICAL_RECORDS)


@pytest.fixture
def other_site():
    """A function that serves a page of HTML on another origin, and returns its address."""
    html = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            body = html[0].encode() if self.path == "/" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield lambda text: html.append(text) or f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_data_for_search_engines_breaks_no_policy(page, live_server, complaints, may_2025):
    page.goto(f"{live_server.url}/occupations/{STEM}/")
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert complaints == []


def test_another_site_may_frame_the_card(page, live_server, other_site, may_2025):
    page.goto(other_site(f'<iframe src="{live_server.url}/embed/{STEM}/"></iframe>'))
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "Medical Records Specialists"
    assert frame.locator("svg.ladder, figure.ladder svg").first.is_visible()


def test_another_site_may_frame_nothing_else(page, live_server, other_site, may_2025):
    page.goto(other_site(f'<iframe src="{live_server.url}/occupations/{STEM}/"></iframe>'))
    page.wait_for_load_state("networkidle")
    assert "Medical Records" not in page.frame_locator("iframe").locator("body").inner_text()


def test_another_site_may_read_the_api(page, live_server, other_site, may_2025):
    page.goto(other_site("<p>Another site</p>"))
    value = page.evaluate(
        "async (address) => (await (await fetch(address)).json()).figures.annual_median.value",
        f"{live_server.url}/api/v1/occupations/29-2072/",
    )
    assert value == 51140
