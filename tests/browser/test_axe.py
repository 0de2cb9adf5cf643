"""Every kind of page against every rule of axe, in light and dark, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.world import RECORDS

KINDS = {
    "finding": [
        "/",
        "/search/",
        "/search/?q=medical+coder",
        "/search/?q=zzzzqqqq",
        "/search/?q=29-2071",
        "/occupations/",
        "/occupations/?q=records&sort=-annual_median",
        "/occupations/?q=zzzzqqqq",
        "/no-such-page/",
    ],
    "profile": [
        RECORDS,
        "/occupations/27-2011-actors/",
        "/occupations/29-1212-cardiologists/",
        "/occupations/11-1031-legislators/",
        "/occupations/29-0000-healthcare-practitioners-and-technical-occupations/",
        f"{RECORDS}pay/",
        f"{RECORDS}schools/",
    ],
    "weighing": [
        "/compare/",
        "/compare/?occupation=29-2072&occupation=29-9021&area=ohio",
        "/compare/?occupation=29-2072&area=ohio&area=california&area=akron-oh",
        "/compare/?occupation=29-2072&occupation=29-9021&view=handout",
        "/compare/?occupation=nothing+like+it",
        "/offer/",
        "/offer/?occupation=29-2072&area=akron-oh&amount=24.50&per=hour",
        "/offer/?occupation=29-1212&amount=400000&per=year",
        "/offer/?occupation=nothing&amount=lots",
    ],
    "places and schooling": [
        "/areas/",
        "/areas/ohio/",
        "/certifications/",
        "/certifications/rhit/",
        "/schools/",
        "/schools/200800-university-of-akron-main-campus/",
        "/programs/",
        "/programs/51.0707/",
    ],
    "the site": [
        "/releases/",
        "/releases/oews-2025/",
        "/releases/oews-2025/changes/",
        "/methods/",
        "/accessibility/",
        "/privacy/",
        "/styleguide/",
        "/admin/login/",
    ],
}
LOOKS = [(scheme, width) for width in (320, 1280) for scheme in ("light", "dark")]
READ = (
    "() => axe.run({resultTypes: ['violations']}).then(told => told.violations)"  # every rule, a short answer
)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_breaks_a_rule(browser, live_server, world, kind):
    context = browser.new_context(base_url=live_server.url)
    page, broken = context.new_page(), []
    for path in KINDS[kind]:
        page.goto(path)
        page.evaluate(Axe().axe_script)
        for scheme, width in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            broken += [(path, scheme, width, told(rule)) for rule in page.evaluate(READ)]
    context.close()
    assert broken == []


def told(rule):
    """A broken rule as a person wants to read it: its name, and the elements that break it."""
    return rule["id"], rule["help"], [node["html"][:120] for node in rule["nodes"][:3]]
