"""A pay ladder: five percentiles as a range bar, open where only a bound is known."""

from dataclasses import dataclass, field

from salaries.figures import Status, Unit, format_value

# A ladder's marks stand between these percents of the width; outside them is room for the
# labels at both ends ("$742,310" is about 62 px, and the narrowest drawing is 280 px wide).
LEFT, RIGHT = 23.0, 77.0
MOST_BEYOND = 0.5  # an offer further from the ladder than this share of its length is not on the scale

_SHORT = {"p10": "10th", "p25": "25th", "median": "median", "p75": "75th", "p90": "90th"}


@dataclass(frozen=True)
class Scale:
    """A linear scale from the measure's own unit (dollars a year, cents an hour) to percent of width."""

    low: float
    high: float

    def x(self, value):
        if self.high == self.low:
            return round((LEFT + RIGHT) / 2, 2)
        share = (value - self.low) / (self.high - self.low)
        return round(LEFT + share * (RIGHT - LEFT), 2)


@dataclass(frozen=True)
class Mark:
    """One percentile that is a number: where it stands and what is written beside it."""

    name: str
    label: str
    text: str
    x: float
    label_x: float
    anchor: str


@dataclass(frozen=True)
class OpenEnd:
    """Where published numbers stop and only a bound is known."""

    x: float
    label_x: float
    text: str
    percentiles: str


@dataclass(frozen=True)
class OfferMark:
    """A reader's offer over the ladder. Far outside it there is no line, only which way it lies."""

    text: str
    x: float
    anchor: str
    beyond: str = ""


@dataclass(frozen=True)
class LadderChart:
    """A pay ladder as a range bar: a line from p10 to p90, a box from p25 to p75, the median across it.

    Parts that the figures do not give are None, and the template leaves them out.
    """

    title: str
    summary: str
    marks: dict = field(default_factory=dict)
    line_start: float | None = None
    line_width: float | None = None
    box_start: float | None = None
    box_width: float | None = None
    open_end: OpenEnd | None = None
    offer: OfferMark | None = None


def ladder_scale(ladders):
    """One scale for several ladders of the same unit; None when none of them has a number."""
    values = [f.value for figures in ladders for f in figures if f.has_number]
    return Scale(min(values), max(values)) if values else None


def ladder_chart(figures, scale=None, *, name="", offer=None):
    """The chart of five percentile figures, p10 to p90, of one wage; None without any number.

    `scale` aligns several charts; `name` (an occupation or an area) opens the title; `offer`, in
    the figures' own unit, is marked over the ladder.
    """
    scale = scale or ladder_scale([figures])
    if scale is None or not any(f.has_number for f in figures):
        return None
    mark = None
    if offer is not None:
        scale = _with_room(scale, offer)
        mark = _offer_mark(scale, offer, figures[0].measure.unit)
    exact = {_percentile(f): f for f in figures if f.is_exact}
    bounds = [f for f in figures if f.status is Status.AT_LEAST]
    open_end = _open_end(bounds, scale)
    start, width = _span([scale.x(f.value) for f in exact.values()], open_end)
    box_start, box_width = _box(exact, bounds, scale, open_end)
    return LadderChart(
        title=_title(figures[0], name),
        summary=ladder_sentence(figures),
        marks={key: _mark(key, f, scale) for key, f in exact.items()},
        line_start=start,
        line_width=width,
        box_start=box_start,
        box_width=box_width,
        open_end=open_end,
        offer=mark,
    )


def _with_room(scale, offer):
    """The scale, drawn out to an offer that is not far outside it."""
    room = MOST_BEYOND * (scale.high - scale.low)
    if scale.low - room <= offer <= scale.high + room:
        return Scale(min(scale.low, offer), max(scale.high, offer))
    return scale


def _offer_mark(scale, offer, unit):
    text = f"Your offer {format_value(offer, unit)}"
    if not scale.low <= offer <= scale.high:
        return OfferMark(text, *((2.0, "start", "left") if offer < scale.low else (98.0, "end", "right")))
    x = scale.x(offer)
    return OfferMark(text, x, "start" if x < 35 else "end" if x > 65 else "middle")


def ladder_sentence(figures):
    """The ladder in words, for those who do not see it and for those who read words first.

    "Half of these jobs pay less than $51,140 a year and half pay more; the middle half pay
    $43,490 to $64,820; one in ten pays $37,000 or less, and one in ten $81,150 or more."
    Of several bounds only the lowest percentile's is said: it says more than the others.
    """
    by_name = {_percentile(f): f for f in figures}
    parts = [
        _median_words(by_name["median"]),
        _middle_words(by_name["p25"], by_name["p75"]),
        _ends_words(by_name["p10"], by_name["p90"]),
        _bound_words([f for f in figures if f.status is Status.AT_LEAST]),
    ]
    sentence = "; ".join(part for part in parts if part)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _median_words(median):
    if not median.is_exact:
        return ""
    return f"half of these jobs pay less than {median.amount} {median.measure.unit} and half pay more"


def _middle_words(low, high):
    if low.is_exact and high.is_exact:
        return f"the middle half pay {low.amount} to {high.amount}"
    if low.is_exact:
        return f"a quarter pay {low.amount} or less"
    return f"a quarter pay {high.amount} or more" if high.is_exact else ""


def _ends_words(low, high):
    words = []
    if low.is_exact:
        words.append(f"one in ten pays {low.amount} or less")
    if high.is_exact:
        words.append(f"one in ten {'' if words else 'pays '}{high.amount} or more")
    return ", and ".join(words)


_SHARE_ABOVE = {
    "p10": "nine in ten pay",
    "p25": "three quarters pay",
    "median": "half pay",
    "p75": "a quarter pay",
    "p90": "one in ten pays",
}


def _bound_words(bounds):
    if not bounds:
        return ""
    lowest = bounds[0]
    share = _SHARE_ABOVE[_percentile(lowest)]
    return f"at least {share} {lowest.amount} or more, and BLS does not publish how much more"


def _percentile(figure):
    return figure.measure.name.split("_", 1)[1]


def _title(figure, name):
    per = "hour" if figure.measure.unit is Unit.CENTS_AN_HOUR else "year"
    about = f"{name}: pay" if name else "Pay"
    return f"{about} per {per}, 10th to 90th percentile, {figure.place}, {figure.period}"


def _mark(key, figure, scale):
    x = scale.x(figure.value)
    label_x, anchor = {
        "p10": (x - 1.5, "end"),
        "p25": (x, "end"),
        "median": (x, "middle"),
        "p75": (x, "start"),
        "p90": (x + 1.5, "start"),
    }[key]
    return Mark(key, _SHORT[key], figure.amount, x, round(label_x, 2), anchor)


def _open_end(bounds, scale):
    """The open end begins at the highest bound: nothing below it is known to be missing."""
    if not bounds:
        return None
    highest = max(bounds, key=lambda f: f.value)
    x = scale.x(highest.value)
    names = [_SHORT[_percentile(f)] for f in bounds]
    return OpenEnd(x, round(x + 3.5, 2), highest.amount, " and ".join(names))


def _span(places, open_end):
    """Start and width of the line from the lowest to the highest number."""
    if open_end:
        places = [*places, open_end.x]
    start = min(places)
    return start, round(max(places) - start, 2)


def _box(exact, bounds, scale, open_end):
    """Start and width of the box of the middle half; it ends at the open end when p75 is a bound."""
    if "p25" not in exact:
        return None, None
    start = scale.x(exact["p25"].value)
    if "p75" in exact:
        return start, round(scale.x(exact["p75"].value) - start, 2)
    if any(_percentile(f) == "p75" for f in bounds):
        return start, round(open_end.x - start, 2)
    return None, None
