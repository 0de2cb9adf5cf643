"""Other names of an occupation: the few that tell most, and all of them."""

from careers.models import AlternateTitle

Kind = AlternateTitle.Kind
ORDER = {Kind.EDITOR: 0, Kind.REPORTED: 1, Kind.DIRECT_MATCH: 2, Kind.ALTERNATE: 3}
FEW = 6
MOST = 40


def titles(rows, sources):
    """Names to show at once and names to fold away, with where they come from; None without any."""
    rows = sorted(rows, key=lambda row: (ORDER[row.kind], "(" in row.title, row.title.casefold()))
    if not rows:
        return None
    named = sorted({row.source_id for row in rows if row.source_id})
    return {
        "few": [row.title for row in rows[:FEW]],
        "all": sorted((row.title for row in rows[:MOST]), key=str.casefold) if len(rows) > FEW else [],
        "left_out": max(len(rows) - MOST, 0),
        "cited": " · ".join(sources[key].cited for key in named),
    }
