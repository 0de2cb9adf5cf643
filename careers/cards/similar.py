"""The occupations that O*NET holds to be like another, with their pay and entry education."""

from careers.cards.names import US
from careers.models import EntryEducation
from careers.tables.occupations import Entry, SimilarTable


def similar(rows, wages, release, sources):
    """The table, or None without rows; `wages` maps an occupation's key to its newest wage."""
    if not rows or release is None:
        return None
    entries = [_entry(row, wages) for row in rows]
    cited = f"{US}, {release.period}, {release.source.short_name}"
    source = sources[rows[0].source_id]
    return {
        "table": SimilarTable(entries, caption=f"Median pay and jobs, {cited}", release=release),
        "cited": f"Likeness: {source.cited}",
    }


def _entry(row, wages):
    name = row.other__display_title or row.other__title
    address = f"/occupations/{row.other__code}-{row.other__slug}/"
    education = row.other__projection__entry_education
    words = EntryEducation(education).label if education else "not published"
    return Entry(name, address, wages.get(row.other_id), words)
