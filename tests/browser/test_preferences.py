"""What a reader's device asks for: the reader's own colours, and no motion."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import KINDS
from tests.browser.world import RECORDS

LAYOUT = Path(__file__).with_name("layout.js").read_text()
BARE = "() => [...lost.faintMarks(), ...lost.ringless(), ...lost.unmarked()]"
MOVES = """() => [...document.querySelectorAll("*")].flatMap(it => ["", "::before", "::after"].map(part => {
    const {transitionDuration, animationDuration, animationName, scrollBehavior} = getComputedStyle(it, part);
    const longest = text => Math.max(...text.split(",").map(parseFloat));
    const isMoved = longest(transitionDuration) > .01
      || (animationName !== "none" && longest(animationDuration) > .01) || scrollBehavior === "smooth";
    return isMoved ? `${it.localName}${part} moves` : "";
  })).filter(Boolean).concat(document.getAnimations().map(one => `${one.animationName} runs`))"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_told_by_colour_alone_in_the_readers_own_colours(visit, kind):
    bare = []
    for path, page in visit(kind, forced_colors="active", reduced_motion="reduce"):
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        page.evaluate(LAYOUT)
        page.keyboard.press("Tab")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            bare += [(path, scheme, words) for words in page.evaluate(BARE)]
    assert bare == [], "\n".join(map(str, bare))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chosen_suggestion_has_a_ring_in_the_readers_own_colours(open_page, world, scheme):
    page = open_page(forced_colors="active", color_scheme=scheme)
    page.goto("/")
    box = page.get_by_label("Search occupations by title or code")
    box.press_sequentially("medical", delay=10)
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    chosen = page.locator('[role="option"][aria-selected="true"]')
    expect(chosen).to_have_count(1)
    ring = "it => `${getComputedStyle(it).outlineStyle} ${getComputedStyle(it).outlineWidth}`"
    assert chosen.evaluate(ring) == "solid 3px"
    assert {other.evaluate(ring).split()[0] for other in options.all()[1:]} <= {"none"}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_for_a_reader_who_wants_no_motion(visit, kind):
    moving = []
    for path, page in visit(kind, reduced_motion="reduce"):
        if page.locator("#user-tools").count() == 0:  # Django's own pages fade their links
            moving += [(path, words) for words in page.evaluate(MOVES)]
    assert moving == []


def test_going_to_a_part_of_the_page_is_one_step_without_motion(open_page, world):
    page = open_page(reduced_motion="reduce", viewport={"width": 1280, "height": 600})
    page.goto(RECORDS)
    page.evaluate("document.querySelector('nav.jump a[href=\"#outlook\"]').click()")
    assert page.evaluate("Math.abs(document.getElementById('outlook').getBoundingClientRect().top) < 120")
