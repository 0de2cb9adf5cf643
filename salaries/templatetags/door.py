"""What a page's head says to other programs, and how a page is cited: `{% load door %}`."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from salaries.citations import citations
from salaries.jsonld import occupation_document

register = template.Library()

# Their content is in the query: without it they are other pages.
ASKED_FOR = ("/compare/", "/offer/", "/search/")
_IN_A_SCRIPT = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


class Told(template.Node):
    """A block of the page that the head says twice: to the browser, and to those who share the page."""

    def __init__(self, nodelist, html):
        self.nodelist, self.html = nodelist, html

    def render(self, context):
        text = self.nodelist.render(context).strip().replace('"', "&quot;")
        return mark_safe(self.html.format(text))  # noqa: S308 (escaped by the block)


@register.tag
def told_title(parser, token):
    nodelist = parser.parse(["end_told_title"])
    parser.delete_first_token()
    return Told(nodelist, '<title>{0} · Waymark</title>\n<meta property="og:title" content="{0}">')


@register.tag
def told_description(parser, token):
    nodelist = parser.parse(["end_told_description"])
    parser.delete_first_token()
    html = '<meta name="description" content="{0}">\n<meta property="og:description" content="{0}">'
    return Told(nodelist, html)


@register.simple_tag(takes_context=True)
def addresses(context):
    """The page's one address, as a canonical link and for Open Graph; none of an error page."""
    request = context.get("request")
    if request is None or not (path := canonical_path(context, request)):
        return ""
    html = '<link rel="canonical" href="{0}">\n<meta property="og:url" content="{0}">'
    return format_html(html, request.build_absolute_uri(path))


def canonical_path(context, request):
    """Filters, order and page are not part of it: the page without them leads to all they show."""
    if canonical := context.get("canonical"):
        return canonical
    is_page = context.get("crumbs") or request.path == "/"
    is_query = request.path in ASKED_FOR and request.META.get("QUERY_STRING")
    return request.path if is_page and not is_query else ""


@register.simple_tag(takes_context=True)
def occupation_jsonld(context):
    """schema.org's Occupation, as data: no browser runs a script of this type."""
    url = context["request"].build_absolute_uri(context["occupation"].get_absolute_url())
    document = occupation_document(context["occupation"], url, context.get("pay"), context.get("entry"))
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_IN_A_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>\n')  # noqa: S308 (escaped above)


@register.inclusion_tag("salaries/_cite.html", takes_context=True)
def cite_this(context, *, is_open=False):
    """The page in three styles, at its frozen address; nothing of a release that is not public yet."""
    occupation, release = context["occupation"], context.get("release")
    if release is None or getattr(context["request"], "preview", None):
        return {"styles": []}
    address = f"/r/{release.frozen_slug}/occupations/{occupation.code_slug}/"
    url = context["request"].build_absolute_uri(address)
    styles = citations(occupation, release, url)
    return {"styles": styles, "frozen": address, "release": release, "occupation": occupation} | {
        "is_open": is_open
    }
