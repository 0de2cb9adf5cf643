"""How O*NET is cited: the fields of its Source, from what the zip itself says of its edition.

Nothing here imports Django.
"""

PUBLISHER = "U.S. Department of Labor, Employment and Training Administration"
LICENCE = "Creative Commons Attribution 4.0 International (CC BY 4.0)"
LICENCE_PAGE = "https://creativecommons.org/licenses/by/4.0/"
PAGE = "https://www.onetcenter.org/database.html"


def source_key(reading):
    """onet-30.1."""
    return f"onet-{reading.edition}"


def source_fields(reading):
    """The fields of a Source, by name; the attribution is the one that the licence asks for."""
    return {
        "publisher": PUBLISHER,
        "short_name": "O*NET",
        "title": "O*NET Database",
        "edition": reading.edition,
        "period": reading.period,
        "url": PAGE,
        "licence": LICENCE,
        "attribution": (
            f"O*NET {reading.edition} Database by the {PUBLISHER} (USDOL/ETA), used under the CC BY 4.0 "
            f"licence ({LICENCE_PAGE}). O*NET® is a trademark of USDOL/ETA. The data are modified by this "
            "project; USDOL/ETA has not approved, endorsed, or tested these modifications."
        ),
    }
