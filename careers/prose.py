"""Editors' Markdown as safe HTML, its named figures filled in.

{{ annual_median }} in a text stands for the figure with its measure, place, period and source, so that
a sentence can never go on saying last year's. Text is never run as a template.
"""

import re

from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

# What a text may name: figures of the occupation's pay, and of its projection.
PAY_NAMES = ("annual_median", "hourly_median", "annual_mean", "hourly_mean", "employment")
PROJECTION_NAMES = (
    "projected_change_percent",
    "projected_employment",
    "openings",
    "outlook_word",
    "entry_education",
)
FIGURE_NAMES = PAY_NAMES + PROJECTION_NAMES
# A code in a text leads to its page, unless the text makes a link of it itself.
_CODE = re.compile(r"(?<![\w\[/-])(\d\d-\d{4})(?![\w\]-])")
_NAMED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
# Raw HTML in a text is shown as text; links may lead only where a browser is safe to go.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False})


def named_figures(text):
    """The names between {{ and }} in a text."""
    return _NAMED.findall(text)


def html_of(text, figures):
    """A Markdown text as HTML; `figures` maps a name to the words that stand for it.

    A name without words is told as "not published".
    """
    filled = _NAMED.sub(lambda match: figures.get(match[1], "not published"), text)
    filled = _CODE.sub(r"[\1](/occupations/\1/)", filled)
    return mark_safe(_MARKDOWN.render(filled))  # noqa: S308  # the renderer escapes raw HTML
