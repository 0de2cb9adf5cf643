"""Places as a sentence names them."""

_WITH_ARTICLE = {"United States", "District of Columbia", "Virgin Islands"}


def spoken(title):
    """A place inside a sentence: the United States, Ohio, the Southern Ohio nonmetropolitan area."""
    if title in _WITH_ARTICLE or title.endswith(" area") or "nonmetropolitan area" in title:
        return f"the {title}"
    return title


def possessive(title):
    """A place as the owner of a figure: Ohio's, the United States', Kansas'."""
    name = spoken(title)
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def capital(words):
    """The first letter of a sentence."""
    return f"{words[:1].upper()}{words[1:]}"
