"""The list of what is on the page."""

# Anchor, words, and the parts of the context of which one must be there.
SECTIONS = [
    ("work", "What they do", ["prose.what_they_do", "prose.duties", "prose.specialties"]),
    ("setting", "Where and when", ["prose.work_setting", "contacts"]),
    ("entry", "How to become one", ["prose.how_to_enter", "entry", "paths", "certifications", "attained"]),
    ("schools", "Paths and schools", ["ladder"]),
    ("further", "Getting on", ["prose.advancement", "prose.qualities"]),
    ("pay", "What it pays", ["pay"]),
    ("children", "What the group holds", ["children"]),
    ("trend", "The median over time", ["trend"]),
    ("years", "Year by year", ["years"]),
    ("employers", "Who employs them", ["employers"]),
    ("states", "Where it pays what", ["states"]),
    ("outlook", "How it is changing", ["outlook", "prose.forces"]),
    ("ratings", "Whom it suits", ["interests", "job_zone", "technologies"]),
    ("similar", "Similar occupations", ["similar"]),
    ("neighbours", "Nearby in the classification", ["neighbours"]),
    ("titles", "Also called", ["titles"]),
    ("scope", "What the code covers", ["prose.scope"]),
    ("sources", "Sources", ["pay", "entry"]),
]


def contents(context):
    """(anchor, words) of the sections that the page has; none where it has hardly any."""
    found = [(anchor, words) for anchor, words, parts in SECTIONS if any(_has(context, p) for p in parts)]
    return found if len(found) > 2 else []


def _has(context, part):
    name, _, key = part.partition(".")
    value = context.get(name)
    return bool((value or {}).get(key)) if key else bool(value)
