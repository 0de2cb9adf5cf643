"""The site in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import make_occupation


@pytest.fixture
def complaints(page):
    """What the browser's console holds against a page: a broken file, a breach of the policy."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def reader_without_scripts(browser, live_server):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_home_opens_without_complaints(page, live_server, complaints):
    page.goto(live_server.url)
    assert page.locator("h1").count() == 1
    assert complaints == []


def test_home_leads_to_occupations_without_scripts(reader_without_scripts):
    page = reader_without_scripts
    page.goto("/")
    page.get_by_role("link", name="Occupations").first.click()
    assert page.url.endswith("/occupations/")
    assert page.locator("h1").count() == 1


def test_home_breaks_no_accessibility_rule(page, live_server):
    page.goto(live_server.url)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_admin_works_under_the_sites_policy(page, live_server, complaints, django_user_model):
    django_user_model.objects.create_superuser("editor", password="a right password")
    occupation = make_occupation()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a right password")
    page.get_by_role("button", name="Log in").click()
    page.goto(f"{live_server.url}/admin/careers/occupation/")
    page.goto(f"{live_server.url}/admin/careers/occupation/{occupation.pk}/change/")
    page.get_by_label("Display title").fill("Keepers of records")
    page.get_by_role("button", name="Save", exact=True).click()
    occupation.refresh_from_db()
    assert occupation.display_title == "Keepers of records"
    assert complaints == []
