"""Occupations as lists and sentences about another one name them."""

from typing import NamedTuple

from django.utils.html import format_html, format_html_join

from careers.models.occupation import CURRENT_SOC

US = "United States"


class Relative(NamedTuple):
    """An occupation as lists and sentences about another one name it."""

    id: int
    code: str
    level: str
    title: str
    display_title: str
    slug: str
    soc_version: str
    parent_id: int | None

    @property
    def name(self):
        return self.display_title or self.title

    @property
    def code_slug(self):
        return f"{self.code}-{self.slug}"

    @property
    def is_retired(self):
        return self.soc_version != CURRENT_SOC

    @property
    def link(self):
        return format_html(
            '<a href="/occupations/{}/"><span class="code">{}</span> {}</a>',
            self.code_slug,
            self.code,
            self.name,
        )


def listed(relatives):
    """Links as a sentence has them: "a, b and c"."""
    links = [relative.link for relative in relatives]
    if len(links) < 2:
        return links[0] if links else ""
    head = format_html_join(", ", "{}", ((link,) for link in links[:-1]))
    return format_html("{} and {}", head, links[-1])


def listed_spans(spans, family):
    """Codes with their years: "29-2098 ... (May 2019 and 2020) and in 29-2071 ... (through May 2018)"."""
    names = [sorted((family[c] for c in span.codes), key=lambda r: r.code) for span in spans]
    parts = [format_html("{} ({})", listed(n), span.words) for n, span in zip(names, spans, strict=True)]
    return format_html_join(" and in ", "{}", ((part,) for part in parts))
