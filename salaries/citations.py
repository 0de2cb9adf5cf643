"""How to cite a page: in the words of APA (7th), MLA (9th) and Chicago (17th), at a frozen address."""

from django.utils.html import format_html


def citations(occupation, release, url):
    """(style, HTML) of each style. `url` is the whole address of the frozen page."""
    source, published = release.source, release.source.published
    told = {
        "who": source.publisher,
        "work": f"{source.title}, {release.period}",
        "what": f"{occupation.name} ({occupation.code})",
        "url": url,
        "year": published.year if published else "n.d.",
        "day_first": f"{published.day} {MONTHS[published.month - 1]} {published.year}"
        if published
        else "n.d.",
        "month_first": f"{published:%B} {published.day}, {published.year}" if published else "n.d.",
    }
    return [(style, format_html(html, **told)) for style, html in STYLES.items()]


MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()  # as MLA shortens them
STYLES = {
    "APA": "{who}. ({year}). <i>{work}: {what}</i> [Data set]. Waymark. {url}",
    "MLA": "{who}. “{what}.” <i>{work}</i>, {day_first}. <i>Waymark</i>, {url}.",
    "Chicago": "{who}. “{what}.” {work}. Published {month_first}. Waymark. {url}.",
}
