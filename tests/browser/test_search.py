"""The search field as a combobox, by keyboard, and as a plain form without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from careers.models import AlternateTitle
from tests.factories import MEDICAL_RECORDS, make_area, make_occupation, make_release, make_source, make_wage


@pytest.fixture
def titles(transactional_db):
    current = make_occupation()
    make_wage(make_release(), make_area(), current, **MEDICAL_RECORDS)
    source = make_source("onet-30.1", short_name="O*NET")
    for occupation in (current, make_occupation("29-9021")):
        AlternateTitle.objects.create(
            occupation=occupation, title="Medical Coder", kind="alternate", source=source
        )


@pytest.fixture
def complaints(page):
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


CODER = "Medical Coder → Medical Records Specialists 29-2072"


def type_coder(page):
    """The field with the suggestions for all that was typed: where keys come slowly, others come before."""
    field = page.locator("input[role=combobox]")
    with page.expect_response(lambda response: response.url.endswith("?q=medical%20cod")):
        field.press_sequentially("medical cod")
    expect(page.locator("li[role=option]").first).to_have_text(CODER)
    expect(page.locator("li[role=option]")).to_have_count(2)
    return field


@pytest.mark.parametrize("path", ["/", "/areas/"], ids=["home", "header"])
def test_arrow_keys_choose_and_enter_opens(page, live_server, titles, complaints, path):
    page.goto(live_server.url + path)
    field = type_coder(page)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("ArrowDown")
    first = page.locator("li[role=option]").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(first).to_have_text(CODER)
    field.press("ArrowUp")
    field.press("ArrowUp")
    expect(page.locator("li[role=option]").last).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/occupations/29-2072-medical-records-specialists/")
    assert complaints == []


def test_what_is_chosen_stays_chosen_when_a_later_list_could_come(page, live_server, titles):
    page.goto(live_server.url)
    field = type_coder(page)
    field.press("e")  # its suggestions are not asked for yet
    field.press("ArrowDown")
    page.wait_for_timeout(800)
    expect(page.locator("li[role=option]").first).to_have_attribute("aria-selected", "true")


def test_escape_closes_and_enter_without_a_choice_searches(page, live_server, titles, complaints):
    page.goto(live_server.url)
    field = type_coder(page)
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("medical cod")
    field.press("Enter")
    page.wait_for_url("**/search/?q=medical+cod")
    assert complaints == []


def test_number_of_suggestions_is_announced(page, live_server, titles):
    page.goto(live_server.url)
    type_coder(page)
    expect(page.locator("form [role=status]")).to_have_text("2 suggestions")
    page.locator("input[role=combobox]").fill("zzzzqqqq")
    expect(page.locator("form [role=status]")).to_have_text("No suggestions")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_pointer_chooses(page, live_server, titles):
    page.goto(live_server.url)
    type_coder(page)
    page.locator("li[role=option]").last.click()
    page.wait_for_url("**/occupations/29-9021-*/")


def test_leaving_the_field_closes_the_list(page, live_server, titles):
    page.goto(live_server.url)
    type_coder(page).press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_form_still_searches_when_suggestions_fail(page, live_server, titles):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(live_server.url)
    page.route("**/search/suggest/**", lambda route: route.abort())
    field = page.locator("input[role=combobox]")
    with page.expect_event("requestfailed"):
        field.press_sequentially("medical coder")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Enter")
    page.wait_for_url("**/search/?q=medical+coder")
    assert errors == []


def test_search_works_without_scripts(browser, live_server, titles):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/")
    assert page.locator("input[role=combobox]").count() == 0
    page.get_by_role("searchbox").fill("medical coder")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Medical Records Specialists").click()
    assert page.url.endswith("/occupations/29-2072-medical-records-specialists/")
    context.close()


@pytest.mark.parametrize("path", ["/search/", "/search/?q=medical+coder", "/search/?q=zzzzqqqq"])
def test_search_page_breaks_no_accessibility_rule(page, live_server, titles, path):
    page.goto(live_server.url + path)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_open_list_breaks_no_accessibility_rule(page, live_server, titles):
    page.goto(live_server.url + "/areas/")
    type_coder(page).press("ArrowDown")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
