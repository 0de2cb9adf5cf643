"""Every kind of page against every rule of axe, in light and dark, on a phone and on a desk.

Axe leaves out one rule of WCAG 2.2 AA unless it is asked for: targets of 24 pixels. It is asked for.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.kinds import KINDS

LOOKS = [(scheme, width) for width in (320, 1280) for scheme in ("light", "dark")]
READ = """() => axe.run({resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
  .then(told => told.violations)"""


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_breaks_a_rule(visit, kind):
    broken = []
    for path, page in visit(kind):
        page.evaluate(Axe().axe_script)
        for scheme, width in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            broken += [(path, scheme, width, told(rule)) for rule in page.evaluate(READ)]
    assert broken == []


def told(rule):
    """A broken rule as a person wants to read it: its name, and the elements that break it."""
    return rule["id"], rule["help"], [node["html"][:120] for node in rule["nodes"][:3]]
