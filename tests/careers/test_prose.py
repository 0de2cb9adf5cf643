"""Editors' Markdown: safe as HTML, figures filled in, codes linked."""

import pytest

from careers.prose import html_of, named_figures

FIGURES = {"annual_median": "$51,140 a year (median, United States, May 2025, BLS OEWS)"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;\n"),
        ("A <b onclick=x>bold</b> word", "<p>A &lt;b onclick=x&gt;bold&lt;/b&gt; word</p>\n"),
        ("[here](javascript:alert(1))", "<p>[here](javascript:alert(1))</p>\n"),
        ("[here](JaVaScRiPt:alert(1))", "<p>[here](JaVaScRiPt:alert(1))</p>\n"),
        ("[here](data:text/html;base64,eA==)", "<p>[here](data:text/html;base64,eA==)</p>\n"),
        ("[here](vbscript:x)", "<p>[here](vbscript:x)</p>\n"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>\n"),
        ('[here](/methods/ "a\\"b")', '<p><a href="/methods/" title="a&quot;b">here</a></p>\n'),
        ("{% now 'Y' %} {{ request }}", "<p>{% now 'Y' %} not published</p>\n"),
    ],
)
def test_what_a_browser_could_run_is_shown_as_text(text, html):
    if text.startswith("<script"):
        html = f"<p>{html.strip()}</p>\n"
    assert html_of(text, FIGURES) == html


def test_lists_emphasis_and_paragraphs_are_html():
    assert html_of("One.\n\n- **Care**: why", {}) == (
        "<p>One.</p>\n<ul>\n<li><strong>Care</strong>: why</li>\n</ul>\n"
    )


@pytest.mark.parametrize("written", ["{{ annual_median }}", "{{annual_median}}", "{{  annual_median  }}"])
def test_named_figure_is_filled_in_with_its_citation(written):
    assert html_of(f"Half earn less than {written}.", FIGURES) == (
        "<p>Half earn less than $51,140 a year (median, United States, May 2025, BLS OEWS).</p>\n"
    )


def test_named_figure_without_words_is_not_published():
    assert html_of("It pays {{ hourly_median }}.", FIGURES) == "<p>It pays not published.</p>\n"


def test_figures_words_are_text_and_no_markup():
    assert html_of("{{ x }}", {"x": "<b>5</b>"}) == "<p>&lt;b&gt;5&lt;/b&gt;</p>\n"


def test_names_of_figures_are_found():
    assert named_figures("{{ openings }} and {{annual_mean}}, { x }") == ["openings", "annual_mean"]


def test_code_leads_to_its_page():
    assert html_of("See 29-9021.", {}) == '<p>See <a href="/occupations/29-9021/">29-9021</a>.</p>\n'


@pytest.mark.parametrize("text", ["129-9021", "29-90215", "29-9021-01"])
def test_what_only_looks_like_a_code_is_no_link(text):
    assert "<a" not in html_of(text, {})


def test_code_that_the_text_links_itself_is_linked_once():
    assert html_of("[29-9021](/x/)", {}) == '<p><a href="/x/">29-9021</a></p>\n'
