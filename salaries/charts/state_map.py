"""What an occupation pays in the states, as a map of equal tiles and in words.

A number has one of five shades, each with about as many places. What is no number has a look of its
own: a bound is not shaded, since what lies above it may be any of the shades.
"""

from careers.state_tiles import (
    LOOKS,
    NAMES,
    STATES,
    TERRITORIES,
    TILE,
    TileMap,
    listed,
    place_tile,
    step_limits,
    step_of,
)
from salaries.figures import WORDS, Status, Unit
from salaries.places import spoken

SHADES = 5
MOST_NAMED = 3  # states that a sentence names; more are counted
OTHER_LOOKS = {
    Status.AT_LEAST: "bound",
    Status.HOURLY_ONLY: "other",
    Status.ANNUAL_ONLY: "other",
    Status.NOT_PUBLISHED: "withheld",
}
NOT_LISTED = "absent"
EVENLY = "Each shade has about as many places."
LEADS_ON = "A tile leads to the areas of its state."
UNITS = {
    Unit.DOLLARS_A_YEAR: "Median a year; k on a tile is a thousand dollars.",
    Unit.CENTS_AN_HOUR: "Median an hour, in dollars.",
}


def state_map(figures, *, title, urls=None, chosen=""):
    """The map of `figures`, {postal code: Figure} of one measure; None where none has a number.

    A state or territory that is not among them is not in the release. `urls` are where tiles lead.
    """
    if not any(figure.has_number for figure in figures.values()):
        return None
    first = next(iter(figures.values()))
    limits = step_limits([f.value for f in figures.values() if f.is_exact], SHADES)
    looks = {code: _look(figure, limits) for code, figure in figures.items()}
    urls = urls or {}
    tiles = [
        place_tile(
            code,
            _short(figures.get(code)),
            looks.get(code, NOT_LISTED),
            is_chosen=code == chosen,
            url=urls.get(code, ""),
            name=_name(code, figures.get(code), first.period),
        )
        for code in [*STATES, *TERRITORIES]
    ]
    legend = _legend(figures, looks, first.period)
    told = [UNITS[first.measure.unit], EVENLY if len(limits) > 1 else "", LEADS_ON if urls else ""]
    notes = " ".join(note for note in told if note)
    return TileMap(tiles, title, states_sentence(figures), legend, 11 * TILE, 9 * TILE, "", notes)


def _look(figure, limits):
    if figure.is_exact:
        return LOOKS[SHADES][step_of(figure.value, limits, SHADES)]
    return OTHER_LOOKS[figure.status]


def _short(figure):
    """What fits on a tile: "51k" a year, "24.59" an hour, "239k+" for a bound, a word, or nothing."""
    if figure is None or figure.status is Status.NOT_PUBLISHED:
        return ""
    if not figure.has_number:
        return "hourly" if figure.status is Status.HOURLY_ONLY else "yearly"
    if figure.measure.unit is Unit.DOLLARS_A_YEAR:
        text = f"{(figure.value + 500) // 1000}k"
    elif figure.value < 10_000:
        text = f"{figure.value / 100:.2f}"
    else:
        text = f"{(figure.value + 50) // 100}"
    return text if figure.is_exact else f"{text}+"


def _name(code, figure, period):
    """The tile in words: "Ohio (OH): $50,990 a year"."""
    if figure is None:
        return f"{NAMES[code]} ({code}): not listed in {period}"
    per = f" {figure.measure.unit}" if figure.has_number else ""
    return f"{NAMES[code]} ({code}): {figure.text}{per}"


def _legend(figures, looks, period):
    """(look, words) of each look in use: the shades lightest first, by the amounts that have them."""
    legend = []
    for look in LOOKS[SHADES][1:]:
        shade = [figures[code] for code in looks if looks[code] == look]
        if shade:
            low, high = _lowest(shade).amount, _highest(shade).amount
            legend.append((look, low if low == high else f"{low} to {high}"))
    for status, look in OTHER_LOOKS.items():
        told = [f for f in figures.values() if f.status is status]
        if told:
            words = f"at least {_lowest(told).amount}" if status is Status.AT_LEAST else WORDS[status]
            legend.append((look, words))
    if len(figures) < len(STATES) + len(TERRITORIES):
        legend.append((NOT_LISTED, f"not listed in {period}"))
    return legend


def ranked_states(figures):
    """The postal codes of `figures`, the highest first, equals by name, those without a number last.

    Bounds lead where each is more than every number. Where one may be less they cannot be ranked,
    and come after the numbers.
    """
    by_name = sorted(figures, key=lambda code: NAMES[code])
    exact = [code for code in by_name if figures[code].is_exact]
    exact.sort(key=lambda code: figures[code].value, reverse=True)
    bounds = [code for code in by_name if figures[code].status is Status.AT_LEAST]
    others = [code for code in by_name if not figures[code].has_number]
    if _are_above([figures[code] for code in bounds], [figures[code] for code in exact]):
        return [*bounds, *exact, *others]
    return [*exact, *bounds, *others]


def _are_above(bounds, exact):
    return not bounds or not exact or _lowest(bounds).value >= _highest(exact).value


def states_sentence(figures):
    """Where among the states the median is highest and lowest, which have a bound, and which no number.

    A bound may be more than the highest number, so it is told beside it and never as the highest.
    """
    states = {code: figures[code] for code in STATES if code in figures}
    exact = {code: f for code, f in states.items() if f.is_exact}
    bounds = {code: f for code, f in states.items() if f.status is Status.AT_LEAST}
    parts = [_range_words(exact), _bound_words(bounds, exact)]
    for status, words in WORDS.items():
        told = [code for code, f in states.items() if f.status is status]
        parts.append(f"In {_places(told)} it is {words}." if told else "")
    absent = [code for code in STATES if code not in states]
    parts.append(f"BLS lists no figures for {_places(absent)}." if absent else "")
    return " ".join(part for part in parts if part)


def _range_words(exact):
    if not exact:
        return ""
    low, high = _lowest(exact.values()), _highest(exact.values())
    bottom = [code for code, f in exact.items() if f.value == low.value]
    top = [code for code, f in exact.items() if f.value == high.value]
    if len(exact) == 1:
        return f"The only published median of a state in {low.period} is {_paid(low)} in {_places(top)}."
    if low.value == high.value:
        return f"Every published median of a state in {low.period} is {_paid(low)}."
    return (
        f"The highest published median of a state in {high.period} is {_paid(high)} in {_places(top)}, "
        f"the lowest {low.amount} in {_places(bottom)}."
    )


def _bound_words(bounds, exact):
    if not bounds:
        return ""
    lowest = _lowest(bounds.values())
    words = f"In {_places(list(bounds))} the median is at least {_paid(lowest)}"
    if not exact:
        return f"{words} ({lowest.period}); how much more is not published."
    if _are_above(bounds.values(), exact.values()):
        return f"{words}, which is more."
    if lowest.value < _lowest(exact.values()).value:
        return f"{words}, and may be lower or higher than in any other."
    return f"{words}, and may be higher than in any other."


def _paid(figure):
    return f"{figure.amount} {figure.measure.unit}"


def _lowest(figures):
    return min(figures, key=lambda f: f.value)


def _highest(figures):
    return max(figures, key=lambda f: f.value)


def _places(codes):
    """Up to three states by name, more by number."""
    if len(codes) > MOST_NAMED:
        return f"{len(codes)} states"
    return listed([spoken(name) for name in sorted(NAMES[code] for code in codes)])
