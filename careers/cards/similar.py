"""The occupations that O*NET holds to be like another, with their pay and entry education."""

from careers.cards.names import US
from careers.tables.occupations import SCHOOLING, Entry, SimilarTable

MOST_TOLD = 5  # with their pay; those less alike are named


def similar(rows, wages, release, sources):
    """The table, or None without rows; `wages` maps an occupation's key to its newest wage."""
    if not rows or release is None:
        return None
    entries = [_entry(row, wages) for row in rows]
    told, named = entries[:MOST_TOLD], entries[MOST_TOLD:]
    cited = f"{US}, {release.period}, {release.source.short_name}"
    source = sources[rows[0].source_id]
    return {
        "table": SimilarTable(told, caption=f"Median pay, {cited}", release=release, exclude=("employment",)),
        "named": named,
        "cited": f"Likeness: {source.cited}",
    }


def _entry(row, wages):
    name = row.other__display_title or row.other__title
    address = f"/occupations/{row.other__code}-{row.other__slug}/"
    education = row.other__projection__entry_education
    words = SCHOOLING.get(education, "not published")
    return Entry(name, address, wages.get(row.other_id), words)
