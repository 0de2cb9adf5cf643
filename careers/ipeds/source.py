"""How IPEDS is cited: the fields of its Sources. Nothing here imports Django."""

PUBLISHER = "National Center for Education Statistics"
SHORT_NAME = "NCES IPEDS"
LICENCE = "Public domain (U.S. federal government work)"
PAGE = "https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx"


def schools_key(year):
    """ipeds-hd-2024."""
    return f"ipeds-hd-{year}"


def awards_key(year):
    """ipeds-c-2024."""
    return f"ipeds-c-{year}"


def schools_fields(year):
    """The fields of the Source of institutions, by name."""
    title = "IPEDS, Institutional Characteristics: directory information (HD)"
    return _fields(title, str(year), f"academic year {_span(year)}")


def awards_fields(year):
    """The fields of the Source of awards, by name; IPEDS's year 2024 ends with June 2024."""
    title = "IPEDS, Completions: awards by program and level (C_A)"
    return _fields(title, _span(year - 1), f"July {year - 1} to June {year}")


def _span(year):
    return f"{year}–{(year + 1) % 100:02d}"


def _fields(title, edition, period):
    return {
        "publisher": PUBLISHER,
        "short_name": SHORT_NAME,
        "title": title,
        "edition": edition,
        "period": period,
        "url": PAGE,
        "licence": LICENCE,
        "attribution": f"{PUBLISHER}, {title}, {edition}",
    }
