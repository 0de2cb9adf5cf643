"""The states as equal tiles, each about where it lies: a map on which the smallest can be read.

Numbers to coordinates; colours and marks are the template's. A tile's square is one unit of the
grid, in the drawing's own pixels.
"""

from typing import NamedTuple

TILE = 36  # pixels of a drawing 11 tiles wide
STEPS = 4

# Postal code: name, column, row. What lies outside the states has no tile and stands in the table.
STATES = {
    "AK": ("Alaska", 0, 0), "ME": ("Maine", 10, 0),
    "VT": ("Vermont", 9, 1), "NH": ("New Hampshire", 10, 1),
    "WA": ("Washington", 0, 2), "ID": ("Idaho", 1, 2), "MT": ("Montana", 2, 2),
    "ND": ("North Dakota", 3, 2), "MN": ("Minnesota", 4, 2), "IL": ("Illinois", 5, 2),
    "WI": ("Wisconsin", 6, 2), "MI": ("Michigan", 7, 2), "NY": ("New York", 8, 2),
    "RI": ("Rhode Island", 9, 2), "MA": ("Massachusetts", 10, 2),
    "OR": ("Oregon", 0, 3), "NV": ("Nevada", 1, 3), "WY": ("Wyoming", 2, 3),
    "SD": ("South Dakota", 3, 3), "IA": ("Iowa", 4, 3), "IN": ("Indiana", 5, 3),
    "OH": ("Ohio", 6, 3), "PA": ("Pennsylvania", 7, 3), "NJ": ("New Jersey", 8, 3),
    "CT": ("Connecticut", 9, 3),
    "CA": ("California", 0, 4), "UT": ("Utah", 1, 4), "CO": ("Colorado", 2, 4),
    "NE": ("Nebraska", 3, 4), "MO": ("Missouri", 4, 4), "KY": ("Kentucky", 5, 4),
    "WV": ("West Virginia", 6, 4), "VA": ("Virginia", 7, 4), "MD": ("Maryland", 8, 4),
    "DE": ("Delaware", 9, 4),
    "AZ": ("Arizona", 1, 5), "NM": ("New Mexico", 2, 5), "KS": ("Kansas", 3, 5),
    "AR": ("Arkansas", 4, 5), "TN": ("Tennessee", 5, 5), "NC": ("North Carolina", 6, 5),
    "SC": ("South Carolina", 7, 5), "DC": ("District of Columbia", 8, 5),
    "OK": ("Oklahoma", 3, 6), "LA": ("Louisiana", 4, 6), "MS": ("Mississippi", 5, 6),
    "AL": ("Alabama", 6, 6), "GA": ("Georgia", 7, 6),
    "HI": ("Hawaii", 0, 7), "TX": ("Texas", 3, 7), "FL": ("Florida", 8, 7),
}  # fmt: skip
ELSEWHERE = {
    "AS": "American Samoa", "FM": "Federated States of Micronesia", "GU": "Guam",
    "MH": "Marshall Islands", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "PW": "Palau", "VI": "Virgin Islands",
}  # fmt: skip
NAMES = {code: place[0] for code, place in STATES.items()} | ELSEWHERE
BY_NAME = sorted(NAMES, key=NAMES.get)


def postal_code(text):
    """The postal code of a state by its letters or its name; "" for anything else."""
    text = text.strip()
    names = {name.casefold(): code for code, name in NAMES.items()}
    code = names.get(text.casefold(), text.upper())
    return code if code in NAMES else ""


class Tile(NamedTuple):
    """One state: where its square and its two lines of lettering stand, and how dark it is, 0 to 4."""

    code: str
    text: str
    step: int
    is_chosen: bool
    x: int
    y: int
    middle: int
    first_line: int
    second_line: int


class TileMap(NamedTuple):
    """The drawing, what it shows in a sentence, and what each step of dark stands for."""

    tiles: list
    title: str
    summary: str
    legend: list
    width: int
    height: int
    elsewhere: str


def tile_map(counts, *, title, noun="school", chosen=""):
    """The map of `counts`, {postal code: number}; None where there is nothing to count.

    Steps hold about as many states each, so that one crowded state does not pale all others.
    """
    if not any(counts.values()):
        return None
    limits = _limits([counts[code] for code in STATES if counts.get(code)])
    tiles = [_tile(code, counts.get(code, 0), limits, chosen) for code in STATES]
    return TileMap(
        tiles,
        title,
        summary(counts, noun),
        _legend(limits),
        11 * TILE,
        8 * TILE,
        "; ".join(f"{ELSEWHERE[code]} {counts[code]:,}" for code in ELSEWHERE if counts.get(code)),
    )


def _limits(values):
    """The least value of each step, lowest first; fewer than four where values repeat."""
    values = sorted(values)
    return sorted({values[len(values) * step // STEPS] for step in range(STEPS)}) if values else []


def _tile(code, count, limits, chosen):
    _, column, row = STATES[code]
    x, y = column * TILE, row * TILE
    step = sum(limit <= count for limit in limits) if count else 0
    if step:
        step += STEPS - len(limits)
    half = TILE // 2
    return Tile(code, f"{count:,}", step, code == chosen, x + 1, y + 1, x + half, y + 15, y + 29)


def _legend(limits):
    """(step, words) of each step in use, the lightest first: "1 to 3", "4 to 8", "20 or more"."""
    first = STEPS - len(limits) + 1
    ends = [limit - 1 for limit in limits[1:]]
    words = [
        f"{low:,}" if low == high else f"{low:,} to {high:,}" for low, high in zip(limits, ends, strict=False)
    ]
    words += [f"{limits[-1]:,} or more"] if limits else []
    return [(first + place, text) for place, text in enumerate(words)]


def summary(counts, noun="school"):
    """The map in a sentence, for those who do not see it and for those who read words first."""
    ranked = ranking(counts)
    most, number = ranked[0]
    without = [code for code in STATES if not counts.get(code)]
    sentence = f"{NAMES[most]} has the most: {_counted(number, noun)}"
    if len(ranked) > 1:
        second, fewer = ranked[1]
        sentence += f", then {NAMES[second]} with {fewer:,}"
    if not without:
        return f"{sentence}. Every state has at least one."
    if len(without) <= 4:
        return f"{sentence}. None in {_listed([NAMES[code] for code in without])}."
    return f"{sentence}. {len(without)} of the states and the District of Columbia have none."


def ranking(counts):
    """(postal code, number), the most first; equals by name. Places without any are left out."""
    found = [(code, number) for code, number in counts.items() if number]
    return sorted(found, key=lambda pair: (-pair[1], NAMES.get(pair[0], pair[0])))


def _counted(number, noun):
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(names):
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
