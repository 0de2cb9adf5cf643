"""What the site says of itself, and the style guide that only its developers see."""

import pytest

from careers.views.styleguide import PAIRS, _sheet, colours, contrast, contrasts
from tests.careers.pages import page


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/"])
@pytest.mark.django_db
class TestStatements:
    def test_every_page_leads_there(self, client, address):
        assert f'<a href="{address}">' in page(client, "/methods/").split("<footer")[1]

    def test_an_e_mail_address_is_a_link(self, client, settings, address):
        settings.SITE_CONTACT = "help@example.org"
        assert 'Write to <a href="mailto:help@example.org">help@example.org</a>.' in page(client, address)

    def test_a_page_to_write_to_is_a_link(self, client, settings, address):
        settings.SITE_CONTACT = "https://example.org/help"
        assert 'Write to <a href="https://example.org/help">' in page(client, address)

    def test_words_to_write_to_are_no_link(self, client, settings, address):
        settings.SITE_CONTACT = "the desk in room 4"
        assert "Write to the desk in room 4." in page(client, address)

    def test_without_a_contact_words_say_so(self, client, settings, address):
        settings.SITE_CONTACT = ""
        assert "has not named an address to write to" in page(client, address)


@pytest.mark.django_db
def test_readers_get_no_cookie(client):
    for address in ("/", "/occupations/", "/search/?q=coder", "/offer/", "/privacy/"):
        assert not client.get(address).cookies, address


@pytest.mark.django_db
def test_style_guide_is_shown_locally_and_nowhere_else(client, settings):
    assert "Style guide" in page(client, "/styleguide/")
    settings.IS_LOCAL = settings.DEBUG = False
    page(client, "/styleguide/", status=404)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000", "#fff", 21.0), ("#777777", "#ffffff", 4.47), ("#fff", "#fff", 1.0), ("#0000ff", "#fff", 8.59)],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert contrast(one, other) == contrast(other, one) == expected


def test_style_sheets_colours_are_found_in_light_and_dark():
    light, dark = colours(
        "@layer base { :root { --paper: #fff; --ink: #111; } x { :root { --paper: #000; } } }"
    )
    assert light == {"paper": "#fff", "ink": "#111"}
    assert dark == {"paper": "#000", "ink": "#111"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]} on {pair[1]}")
def test_every_colour_stands_out_from_what_it_is_on(pair):
    found = next(c for c in contrasts(*colours(_sheet())) if (c.ink, c.paper) == pair[:2])
    assert found.is_enough, found
