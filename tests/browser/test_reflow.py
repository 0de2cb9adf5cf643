"""Nothing is lost at 320 pixels, at 400 % of a window of 1280 by 1024, or with wider text.

Four hundred percent leaves 320 by 256 pixels of the page, each drawn as sixteen. What is asked is in
layout.js: WCAG 1.4.10 (reflow), 1.4.12 (text spacing), 2.4.11 (focus not covered), 2.5.8 (targets).
"""

from pathlib import Path

import pytest

from tests.browser.kinds import KINDS

LAYOUT = Path(__file__).with_name("layout.js").read_text()
ALWAYS = ["sideways", "frames", "cut", "overlaps", "sticky"]
ONCE = ["hiddenFocus", "smallTargets"]
ASK = "names => names.flatMap(name => lost[name]().slice(0, 5).map(words => `${name}: ${words}`))"
SPACED = """() => {
  const wide = new CSSStyleSheet();
  wide.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [wide];
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_on_a_narrow_screen_or_at_four_hundred_percent(visit, kind):
    lost = []
    for path, page in visit(kind, device_scale_factor=4, reduced_motion="reduce"):
        page.evaluate(LAYOUT)
        page.keyboard.press("Tab")  # from here on the focus has its ring
        for height, asked in ((800, ALWAYS), (256, [*ALWAYS, *ONCE])):
            page.set_viewport_size({"width": 320, "height": height})
            lost += [(path, height, words) for words in page.evaluate(ASK, asked)]
    assert lost == [], "\n".join(map(str, lost))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_with_wider_text(visit, kind):
    lost = []
    for path, page in visit(kind, reduced_motion="reduce"):
        page.evaluate(LAYOUT)
        page.evaluate(SPACED)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            lost += [(path, width, words) for words in page.evaluate(ASK, ALWAYS)]
    assert lost == [], "\n".join(map(str, lost))
