"""The states as equal tiles, each about where it lies: a map on which the smallest can be read.

Numbers to coordinates; colours and marks are the template's. A tile's square is one unit of the
grid, in the drawing's own pixels.
"""

from typing import NamedTuple

TILE = 36  # pixels of a drawing 11 tiles wide
WIDE = 4  # letters that a tile holds in the usual size: "656k", "12.76" is wider
STEPS = 4
LOOKS = {4: ("s0", "s1", "s2", "s4", "s5"), 5: ("s0", "s1", "s2", "s3", "s4", "s5")}  # by number of steps

# Postal code: name, column, row.
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
TERRITORIES = {"GU": ("Guam", 0, 8), "PR": ("Puerto Rico", 9, 8), "VI": ("Virgin Islands", 10, 8)}
# Where schools are, but no tile of theirs: what lies outside the states stands in their table.
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
    """One state: its letters, the line under them, the class of its look, and where its square stands.

    `url` is where a click leads and `name` what it is called for those who do not see it.
    """

    code: str
    text: str
    look: str
    is_chosen: bool
    x: int
    y: int
    url: str = ""
    name: str = ""

    @property
    def is_wide(self):
        return len(self.text) > WIDE


class TileMap(NamedTuple):
    """The drawing, what it shows in a sentence, and (look, words) of what each look stands for."""

    tiles: list
    title: str
    summary: str
    legend: list
    width: int
    height: int
    elsewhere: str
    unit: str

    @property
    def has_links(self):
        return any(tile.url for tile in self.tiles)


def tile_map(counts, *, title, noun="school", chosen="", url_of=None):
    """The map of `counts`, {postal code: number}; None where there is nothing to count.

    `url_of` makes the address that a state's tile leads to, of its postal code; none where it has none.

    Steps hold about as many states each, so that one crowded state does not pale all others.
    """
    if not any(counts.values()):
        return None
    limits = step_limits([counts[code] for code in STATES if counts.get(code)], STEPS)
    looks = LOOKS[STEPS]
    tiles = [
        place_tile(
            code,
            f"{n:,}",
            looks[step_of(n, limits, STEPS)],
            is_chosen=code == chosen,
            url=url_of(code) if url_of and n else "",
            name=f"{NAMES[code]}: {n:,} {noun}{'' if n == 1 else 's'}" if url_of and n else "",
        )
        for code, n in ((code, counts.get(code, 0)) for code in STATES)
    ]
    return TileMap(
        tiles,
        title,
        summary(counts, noun),
        [(looks[step], words) for step, words in _legend(limits)],
        11 * TILE,
        8 * TILE,
        "; ".join(f"{ELSEWHERE[code]} {counts[code]:,}" for code in ELSEWHERE if counts.get(code)),
        f"{noun}s",
    )


def step_limits(values, steps):
    """The least value of each step, lowest first; fewer than `steps` where values repeat."""
    values = sorted(values)
    return sorted({values[len(values) * step // steps] for step in range(steps)}) if values else []


def step_of(value, limits, steps):
    """Which step a value is on, 1 to `steps`; 0 for none. Few steps are the dark ones."""
    step = sum(limit <= value for limit in limits) if value else 0
    return step + steps - len(limits) if step else 0


def place_tile(code, text, look, *, is_chosen=False, url="", name=""):
    """The tile of a state or territory where it lies."""
    _, column, row = STATES.get(code) or TERRITORIES[code]
    return Tile(code, text, look, is_chosen, column * TILE + 1, row * TILE + 1, url, name)


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
        return f"{sentence}. None in {listed([NAMES[code] for code in without])}."
    return f"{sentence}. {len(without)} of the states and the District of Columbia have none."


def ranking(counts):
    """(postal code, number), the most first; equals by name. Places without any are left out."""
    found = [(code, number) for code, number in counts.items() if number]
    return sorted(found, key=lambda pair: (-pair[1], NAMES.get(pair[0], pair[0])))


def _counted(number, noun):
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(names):
    """Names in a sentence: "Ohio", "Ohio and Utah", "Iowa, Ohio and Utah"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
