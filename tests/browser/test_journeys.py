"""Ten things that people come to do, each done in a browser as they would do it.

Every page is watched: a word in the console or a request to another host fails the test.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.world import RECORDS
from tests.factories import MEDICAL_RECORDS, make_area, make_occupation, make_release, make_wage

NAME = "Medical Records Specialists"


def heading(page):
    return page.get_by_role("heading", level=1)


def test_find_an_occupation_by_a_laymans_word(reader):
    reader.goto("/")
    reader.get_by_label("Search occupations by title or code").fill("medical coder")
    reader.get_by_role("button", name="Search").click()
    expect(reader.get_by_role("listitem").filter(has_text=NAME)).to_contain_text("Medical Coder →")
    reader.get_by_role("link", name=NAME).click()
    expect(heading(reader)).to_have_text(NAME)


def test_read_what_the_work_is_pays_takes_and_comes_to(reader):
    reader.goto(RECORDS)
    glance = reader.locator("dl.glance")
    expect(glance).to_be_in_viewport(ratio=0.9)
    for words in ("$51,140", "United States · May 2025", "A certificate after high school.", "+7.1% in jobs"):
        expect(glance).to_contain_text(words)
    reader.get_by_role("navigation", name="On this page").get_by_role("link", name="What it pays").click()
    expect(reader.get_by_role("heading", name="What it pays")).to_be_in_viewport()
    expect(reader.get_by_role("navigation", name="On this page")).to_be_in_viewport()


def test_compare_three_occupations(reader):
    reader.goto(RECORDS)
    reader.get_by_role("link", name="Compare", exact=True).last.click()
    for code in ("29-9021", "29-1212"):
        reader.get_by_label("Add an occupation").fill(code)
        reader.get_by_role("button", name="Compare").click()
    expect(reader.locator("table.compare thead th a")).to_have_text(
        [NAME, "Health Information Technologists and Medical Registrars", "Cardiologists"]
    )
    reader.get_by_role("link", name="Remove Cardiologists").click()
    expect(reader.locator("table.compare thead th a")).to_have_count(2)


def test_check_an_offer(reader):
    reader.goto(RECORDS)
    reader.get_by_role("main").get_by_role("link", name="Check an offer", exact=True).click()
    expect(reader.get_by_label("Occupation", exact=True)).to_have_value(NAME)
    reader.get_by_label("Place").fill("Ohio")
    reader.get_by_label("Amount before taxes, in dollars").fill("48,000")
    reader.get_by_role("button", name="Check the offer").click()
    expect(reader.locator("#answer")).to_have_text("Between the 25th percentile and the median in Ohio")


def test_sort_and_filter_and_go_back(reader):
    reader.goto("/occupations/")
    names = reader.locator("table.figures tbody th")
    everyone = names.all_inner_texts()
    reader.get_by_role("link", name="Median a year").click()
    expect(reader.get_by_role("columnheader", name="Median a year")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(names.first).to_have_text("Cardiologists")
    reader.get_by_label("Title or code").fill("records")
    reader.get_by_role("button", name="Apply").first.click()
    expect(names).to_have_text([NAME])
    expect(reader.get_by_label("Title or code")).to_have_value("records")
    reader.go_back()
    expect(names).to_have_count(len(everyone))
    reader.go_back()
    assert names.all_inner_texts() == everyone


def test_follow_an_old_code(reader):
    reader.goto("/search/?q=29-2071")
    expect(reader.locator("main > [role=status]")).to_contain_text("29-2071 is an earlier code")
    reader.goto("/occupations/29-2071/")
    assert reader.url.endswith(RECORDS)
    expect(reader.get_by_role("region", name="Year by year")).to_be_visible()


def test_print_a_profile(reader):
    reader.goto(RECORDS)
    reader.emulate_media(media="print")
    for gone in (".site-header nav", ".header-search", ".breadcrumb", ".jump", ".exports"):
        assert not any(place.is_visible() for place in reader.locator(gone).all()), gone
    assert reader.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    for place in reader.locator(".scroll").all():
        assert place.evaluate("it => it.scrollHeight <= it.clientHeight + 2"), "a table is cut"
    link = reader.locator('.sources a[href^="http"]').first
    assert "https://" in link.evaluate("it => getComputedStyle(it, '::after').content")
    assert reader.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("width", [320, 375])
def test_read_on_a_phone(open_page, world, width):
    page = open_page(viewport={"width": width, "height": 812}, has_touch=True, is_mobile=True)
    for path in ("/", "/occupations/", RECORDS, f"{RECORDS}pay/", "/offer/", "/compare/?occupation=29-2072"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
    page.goto(RECORDS)
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_text("On this page").tap()
    contents.get_by_role("link", name="Year by year").tap()
    expect(page.get_by_role("heading", name="Year by year")).to_be_in_viewport()


def test_find_and_read_by_keyboard_alone(reader):
    reader.goto("/areas/")
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    assert is_focus_seen(reader)
    reader.keyboard.press("Enter")
    expect(reader.locator("main")).to_be_focused()
    while reader.evaluate("document.activeElement.name") != "q":
        reader.keyboard.press("Shift+Tab")
    reader.keyboard.type("29-2072")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/search/**")
    link = reader.get_by_role("link", name=NAME)
    for _ in range(30):
        reader.keyboard.press("Tab")
        assert is_focus_seen(reader)
        if link.evaluate("it => it === document.activeElement"):
            break
    reader.keyboard.press("Enter")
    expect(heading(reader)).to_have_text(NAME)


def test_every_stop_of_the_keyboard_is_seen_on_a_profile(open_page, world):
    reader = open_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    reader.goto(RECORDS)
    stops = reader.locator("a[href], button, input, select, summary, [tabindex='0']").count()
    for _ in range(stops):
        reader.keyboard.press("Tab")
        assert is_focus_seen(reader), reader.evaluate("document.activeElement.outerHTML")


def is_focus_seen(page):
    """Whether what has the focus has an outline, is on the screen, and nothing lies over its middle."""
    return page.evaluate(
        """() => {
          const it = document.activeElement;
          if (it === document.body) return true;
          const box = it.getClientRects()[0];
          const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
          const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), y);
          const seen = box.bottom > 0 && box.top < innerHeight && it.matches(":focus-visible");
          const bare = getComputedStyle(it).outlineStyle === "none";
          return seen && !bare && (it.contains(top) || top.contains(it));
        }"""
    )


def test_everything_works_with_scripts_off(open_page, world):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Search occupations by title or code").fill("medical coder")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("main").get_by_role("link", name="Compare", exact=True).click()
    page.get_by_label("Add an occupation").fill("29-9021")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("table.compare thead th a")).to_have_count(2)
    page.goto("/offer/?occupation=29-2072&area=ohio&amount=48000&per=year")
    expect(page.locator("#answer")).to_contain_text("in Ohio")


def test_nothing_moves_for_a_reader_who_wants_no_motion(open_page, world):
    page = open_page(reduced_motion="reduce")
    page.goto(RECORDS)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_long_title_fits_a_phone(open_page, transactional_db):
    title = (
        "Separating, Filtering, Clarifying, Precipitating, and Still Machine Setters, Operators, and Tenders"
    )
    occupation = make_occupation("51-9012", title)
    make_wage(make_release(), make_area(), occupation, **MEDICAL_RECORDS)
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(occupation.get_absolute_url())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(page.locator("dl.glance")).to_contain_text("$51,140")
