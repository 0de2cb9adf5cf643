"""Which of an occupation's titles are kept, where the publishers have one more than once.

Nothing here imports Django.
"""

import re

KINDS = ("editor", "reported", "direct_match", "alternate")  # AlternateTitle.Kind, first wins
IN_BRACKETS = re.compile(r" \([^()]*\)$")


def merged(rows, own_titles):
    """One TitleRow for each of an occupation's titles, sorted by code and title.

    "Nurse Practitioner" and "Nurse Practitioner (NP)" are one title; the fuller is kept, since people
    look for NP too. Of titles written alike the first of KINDS is kept. `own_titles` is {code: title}:
    an occupation's own is left out.
    """
    short = {(row.occupation_code, row.title.casefold()) for row in rows if row.has_short_form}
    kept = {}
    for row in sorted(rows, key=lambda row: (KINDS.index(row.kind), row.title)):
        written = row.title.casefold()
        is_fuller = (row.occupation_code, written) in short
        said = IN_BRACKETS.sub("", written) if is_fuller else written
        if said == own_titles[row.occupation_code].casefold():
            continue
        key = (row.occupation_code, said)
        if key not in kept or (is_fuller and not kept[key].has_short_form):
            kept[key] = row._replace(has_short_form="1" if is_fuller else "")
    return sorted(kept.values(), key=lambda row: (row.occupation_code, row.title))
