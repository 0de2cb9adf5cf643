"""What comes out of the printer: a comparison on one page, a profile unfolded, every source with its address.

The paper is US Letter and A4 with the browser's usual margins; at its width the page is laid out as in print.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import KINDS
from tests.browser.test_reflow import ASK, LAYOUT
from tests.browser.world import RECORDS, make_full_profile

FOUR = "/compare/?occupation=29-2072&occupation=29-9021&occupation=29-2099&occupation=29-1212"
PLACES = "/compare/?occupation=29-2072&area=ohio&area=california&area=akron-oh"
PAPERS = {"Letter": (739, 979), "A4": (717, 1046)}  # pixels between the margins, upright and across
MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "0.4in")
SCROLLS = """() => [...document.querySelectorAll(".scroll")].flatMap(it =>
    it.scrollHeight > it.clientHeight + 2 || it.scrollWidth > it.clientWidth + 2 ? ["a frame scrolls"] : []
  )"""
TO_CLICK = "nav, form:not(.preview form), .skip, .exports, .actions, .pager, .panel, button, input, select"


def print_page(page, paper):
    """How many pages the PDF's page tree counts."""
    pdf = page.pdf(format=paper, margin=MARGIN, prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    trees = re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", pdf)
    return max(map(int, trees))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_comparison_is_one_page(reader, paper):
    for address in (FOUR, PLACES):
        reader.goto(address)
        assert print_page(reader, paper) == 1, address


@pytest.mark.parametrize("paper", PAPERS)
def test_a_comparison_in_which_places_stand_in_for_others_is_two_pages_at_most(reader, paper):
    reader.goto(f"{FOUR}&area=ohio")
    assert print_page(reader, paper) <= 2


def test_a_handout_is_larger_than_the_comparison(reader):
    sizes = []
    for address in (FOUR, f"{FOUR}&view=handout"):
        reader.goto(address)
        reader.emulate_media(media="print")
        sizes.append(reader.locator("td").first.evaluate("it => parseFloat(getComputedStyle(it).fontSize)"))
    assert sizes[1] > 1.3 * sizes[0]
    expect(reader.get_by_text("Printed from Waymark on")).to_be_visible()


def test_pages_are_counted(reader):
    """The count above is not 1 whatever is printed."""
    reader.goto("/methods/")
    assert print_page(reader, "A4") > 1


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut_off_at_the_edge_of_the_paper(visit, kind):
    lost = []
    for path, page in visit(kind):
        if page.locator("#user-tools").count() == 0:  # Django's own pages are the desk's, not the reader's
            page.emulate_media(media="print")
            page.evaluate(LAYOUT)
            for paper, (upright, across) in PAPERS.items():
                width = across if page.locator(".wide").count() else upright  # the widest tables lie across
                page.set_viewport_size({"width": width, "height": 900})
                words = page.evaluate(ASK, ["sideways", "cut", "overlaps"]) + page.evaluate(SCROLLS)
                lost += [(path, paper, told) for told in words]
    assert lost == [], "\n".join(map(str, lost))


def test_what_is_folded_on_a_screen_is_open_on_paper(open_page, transactional_db):
    make_full_profile()
    page = open_page()
    for path in (RECORDS, f"{RECORDS}pay/"):
        page.goto(path)
        page.emulate_media(media="print")
        folded = page.locator("main details:not(nav *, form *)")
        heights = folded.evaluate_all(
            "all => all.map(it => it.lastElementChild.getBoundingClientRect().height)"
        )
        assert heights, path
        assert all(height > 10 for height in heights), path
    assert page.locator(".trend + details td").first.bounding_box()["height"] > 10


def test_a_profile_prints_the_addresses_of_its_sources(reader):
    reader.goto(RECORDS)
    reader.emulate_media(media="print")
    links = reader.locator('.sources a[href^="http"]')
    assert links.count() > 0
    for link in links.all():
        after = link.evaluate("it => getComputedStyle(it, '::after').content")
        assert link.get_attribute("href") in after


def test_pay_prints_the_lasting_address_of_its_figures(reader):
    reader.goto(f"{RECORDS}pay/")
    reader.emulate_media(media="print")
    citation = reader.locator(".cite-this dd").first
    assert citation.bounding_box()["height"] > 10
    assert "/r/oews-2025/occupations/29-2072-medical-records-specialists/" in citation.inner_text()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_only_to_click_is_printed(visit, kind):
    shown = []
    for path, page in visit(kind):
        if page.locator("#user-tools").count() == 0:
            page.emulate_media(media="print")
            places = page.locator(TO_CLICK).filter(visible=True).all()
            shown += [(path, place.evaluate("it => it.outerHTML.slice(0, 90)")) for place in places]
    assert shown == [], "\n".join(map(str, shown))
