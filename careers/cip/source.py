"""How CIP and its crosswalk are cited: the fields of their Sources. Nothing here imports Django."""

PUBLISHER = "National Center for Education Statistics"
LICENCE = "Public domain (U.S. federal government work)"
PAGE = "https://nces.ed.gov/ipeds/cipcode/resources.aspx?y=56"
LIST = "Classification of Instructional Programs"


def list_key(edition):
    """cip-2020."""
    return f"cip-{edition}"


def crosswalk_key(edition):
    """cip-soc-2020."""
    return f"cip-soc-{edition}"


def list_fields(edition):
    """The fields of the Source of codes and titles, by name."""
    return _fields(LIST, "CIP", edition, f"in use since {edition}")


def crosswalk_fields(edition):
    """The fields of the Source that joins programs and occupations; NCES made it together with BLS."""
    return _fields(f"CIP {edition} to SOC 2018 crosswalk", "CIP-SOC crosswalk", edition, str(edition))


def _fields(title, short_name, edition, period):
    return {
        "publisher": PUBLISHER,
        "short_name": short_name,
        "title": title,
        "edition": str(edition),
        "period": period,
        "url": PAGE,
        "licence": LICENCE,
        "attribution": f"{PUBLISHER}, {title}, {edition}",
    }
