"""The design system at a glance, for whoever changes it: shown on a developer's machine alone."""

import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404
from django.shortcuts import render

from careers.state_tiles import tile_map
from salaries.charts import ladder_chart, ladder_scale, state_map, trend_chart
from salaries.charts.bars import bars
from salaries.charts.trend import Year
from salaries.figures import MEASURES, Figure, Status

SHEET = "css/waymark.css"
TEXT, MARK = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11

# Which colour stands on which, and how far apart they must be at least.
PAIRS = [
    *((ink, paper, TEXT) for ink in ("ink", "soft", "accent") for paper in ("paper", "tint", "raised")),
    ("ink", "accent-tint", TEXT),
    ("accent", "accent-tint", TEXT),
    ("soft", "accent-tint", TEXT),
    ("on-accent", "accent", TEXT),
    ("ink", "warn-tint", TEXT),
    ("warn", "warn-tint", TEXT),
    ("warn", "tint", TEXT),
    *((mark, "paper", MARK) for mark in ("edge", "mark-1", "mark-3")),
    ("mark-1", "mark-2", MARK),
]


class Contrast(NamedTuple):
    """How far apart two colours are in light and dark, and how far they must be."""

    ink: str
    paper: str
    least: float
    light: float
    dark: float

    @property
    def is_enough(self):
        return min(self.light, self.dark) >= self.least


def styleguide(request):
    if not (settings.DEBUG or settings.IS_LOCAL):
        raise Http404
    tokens = colours(_sheet())
    context = {
        "crumbs": [("Style guide", "")],
        "contrasts": contrasts(*tokens),
        "colours": [(name, tokens[0][name], tokens[1][name]) for name in tokens[0]],
        "ladders": _ladders(),
        "trend": _trend(),
        "map": tile_map({"OH": 41, "TX": 88, "VT": 2, "CA": 120}, title="Schools by state"),
        "pay_map": _pay_map(),
        "figures": _figures(),
        "bar_groups": _bars(),
        "pages": {"page_links": [("1", "#pager", False), ("2", "#pager", True), ("…", "", False)]},
    }
    return render(request, "careers/styleguide.html", context)


def _sheet():
    return Path(finders.find(SHEET)).read_text(encoding="utf-8")


def colours(sheet):
    """({name: "#rrggbb"} in light, the same in dark) from the style sheet's custom properties."""
    blocks = re.findall(r":root\s*{([^}]*)}", sheet)[:2]
    light, dark = (dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\s*;", block)) for block in blocks)
    return light, light | dark


def contrasts(light, dark):
    return [
        Contrast(ink, paper, least, contrast(light[ink], light[paper]), contrast(dark[ink], dark[paper]))
        for ink, paper, least in PAIRS
    ]


def contrast(one, other):
    """WCAG's contrast ratio of two colours, 1 to 21, rounded down as WCAG would have it.

    >>> contrast("#000", "#fff")
    21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return int((lighter + 0.05) / (darker + 0.05) * 100) / 100


def _luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _figure(name, status, value):
    return Figure(MEASURES[name], status, value, "United States", "May 2025", "BLS OEWS")


def _figures():
    """A figure in each of its states."""
    told = [
        ("annual_median", Status.EXACT, 51_140),
        ("hourly_median", Status.EXACT, 2_459),
        ("annual_p90", Status.AT_LEAST, 239_200),
        ("annual_median", Status.NOT_PUBLISHED, None),
        ("annual_median", Status.HOURLY_ONLY, None),
        ("hourly_median", Status.ANNUAL_ONLY, None),
        ("annual_median", Status.NOT_LOADED, None),
    ]
    return [_figure(*one) for one in told]


def _bars():
    """Bars on a scale from 0, and on one with 0 inside it."""
    jobs = bars([194_800, 208_600], kinds=["", "then"])
    changes = bars([-36.1, 3.1], kinds=["", "all"])
    return [
        list(zip(("jobs now", "jobs to come"), jobs, strict=True)),
        list(zip(("change: a decline", "change: all occupations"), changes, strict=True)),
    ]


def _ladders():
    """Ladders on one scale: whole, open at a bound, with parts missing, and with an offer."""
    whole = _ladder(37_000, 43_490, 51_140, 64_820, 81_150)
    bounded = _ladder(107_190, 174_280, 239_200, 239_200, 239_200, top=239_200)
    partial = _ladder(None, 43_490, 51_140, None, None)
    scale = ladder_scale([whole, bounded, partial])
    named = {"whole": whole, "open at a bound": bounded, "partly published": partial}
    drawn = [(words, ladder_chart(figures, scale, name=words)) for words, figures in named.items()]
    return [*drawn, ("with an offer", ladder_chart(whole, name="with an offer", offer=48_000))]


def _ladder(*values, top=None):
    names = ("annual_p10", "annual_p25", "annual_median", "annual_p75", "annual_p90")
    status = {None: Status.NOT_PUBLISHED, top: Status.AT_LEAST} if top else {None: Status.NOT_PUBLISHED}
    told = zip(names, values, strict=True)
    return [_figure(name, status.get(value, Status.EXACT), value) for name, value in told]


def _pay_map():
    """States in every look: five shades, a bound, no number for either reason, and one not listed."""
    dollars = {
        "CA": 61_810,
        "WA": 58_200,
        "OR": 54_900,
        "NY": 52_300,
        "IL": 51_140,
        "OH": 50_990,
        "TX": 44_710,
    }
    figures = {code: _figure("annual_median", Status.EXACT, value) for code, value in dollars.items()}
    figures["MA"] = _figure("annual_median", Status.AT_LEAST, 239_200)
    figures["UT"] = _figure("annual_median", Status.NOT_PUBLISHED, None)
    figures["NV"] = _figure("annual_median", Status.HOURLY_ONLY, None)
    return state_map(figures, title="Pay by state", urls=dict.fromkeys(figures, "#facts"), chosen="OH")


def _trend():
    """A median through eight Mays: a new method breaks it, and the last is a bound."""
    nominal = (40_350, 42_820, 44_090, 46_660, 47_180, 48_780, 50_250)
    constant = (52_000, 53_900, 55_400, 55_720, 52_000, 51_700, 51_500)
    years = [
        Year(
            2018 + at, _figure("annual_median", Status.EXACT, dollars), real, "new method" if at == 3 else ""
        )
        for at, (dollars, real) in enumerate(zip(nominal, constant, strict=True))
    ]
    years.append(Year(2025, _figure("annual_median", Status.AT_LEAST, 60_000), None))
    chart = trend_chart(years, title="An example of a trend", base=2025)
    return {"chart": chart, "caption": "An example", "sources": "invented for this page", "unit": "a year"}
