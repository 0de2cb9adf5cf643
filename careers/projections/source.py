"""How the Employment Projections are cited: the fields of their Source. Nothing here imports Django."""

PUBLISHER = "U.S. Bureau of Labor Statistics"
LICENCE = "Public domain (U.S. federal government work)"
PAGE = "https://www.bls.gov/emp/tables.htm"
TITLE = "Employment Projections"


def source_key(base_year, target_year):
    """ep-2024-34."""
    return f"ep-{base_year}-{target_year % 100:02d}"


def source_fields(base_year, target_year):
    """The fields of a Source, by name."""
    edition = f"{base_year}–{target_year % 100:02d}"
    return {
        "publisher": PUBLISHER,
        "short_name": "BLS EP",
        "title": TITLE,
        "edition": edition,
        "period": f"{base_year} to {target_year}",
        "url": PAGE,
        "licence": LICENCE,
        "attribution": f"{PUBLISHER}, {TITLE}, {edition}",
    }
