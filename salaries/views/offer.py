"""Where an offer of pay falls. What a reader types is in the page's address and is kept nowhere else."""

import re
from urllib.parse import urlencode

from django import forms
from django.shortcuts import render

from salaries.charts import ladder_chart
from salaries.figures import format_value, ladder_of
from salaries.forms import Filter, unknown
from salaries.models import NATION, Area, PriceParity, Release, Wage
from salaries.offers import (
    PER,
    Offer,
    at_the_nations_prices,
    parse_amount,
    parse_hours,
    per_of,
    position,
    rounded,
)
from salaries.picks import pick_areas, pick_occupations
from salaries.places import capital, spoken
from salaries.views.common import no_release

ADDRESS = "/offer/"
LABELS = {
    "occupation": "Occupation",
    "area": "Place",
    "amount": "Amount",
    "per": "Paid by the",
    "hours": "Hours a week",
}
_CODE_SLUG = re.compile(r"^([0-9]{2}-[0-9]{4})-[a-z0-9-]+$")


class ParsedField(forms.CharField):
    """Text read by a function that says in words what is wrong with it."""

    def __init__(self, parse):
        super().__init__(required=False, max_length=40)
        self.parse = parse

    def clean(self, value):
        try:
            return self.parse(str(value or "")[:40])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class OfferForm(Filter):
    """What is offered. Occupation and place are read by salaries.picks."""

    occupation = forms.CharField(required=False)
    area = forms.CharField(required=False)
    amount = ParsedField(parse_amount)
    per = forms.ChoiceField(
        required=False,
        choices=[(key, key) for key in PER],
        error_messages=unknown("An offer is paid by the hour, week, month or year."),
    )
    hours = ParsedField(parse_hours)

    @property
    def is_asked(self):
        """Whether there is an offer to check, or only the form to show."""
        return "amount" in self.data

    def offer(self):
        return Offer(self.asked("amount"), self.asked("per") or "year", self.asked("hours"))


def offer(request):
    response = _page(request)
    response["Cache-Control"] = "no-store"  # what was typed stays out of every cache
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(request):
    release = Release.objects.newest_shown()
    if release is None:
        return no_release(request, section="offer")
    form = OfferForm(request.GET)
    occupations = pick_occupations([_code_of(form.typed["occupation"])], freely=True)
    areas = pick_areas([form.typed["area"]], freely=True)
    problems = _problems(form, occupations, areas)
    context = {
        "section": "offer",
        "crumbs": [("Check an offer", "")],
        "release": release,
        "typed": _typed(form, occupations, areas),
        "problems": problems,
        "read": occupations.read + areas.read,
        "errors": {name: message for name, message, _ in problems},
        "pers": list(PER),
        "answer": _answer(form.offer(), occupations.found[0], areas.found, release)
        if form.is_asked and not problems
        else None,
    }
    return render(request, "salaries/offer.html", context)


def _code_of(text):
    """The code of an occupation's address, 29-2072-medical-records-specialists; other text as it is."""
    match = _CODE_SLUG.match(text.strip())
    return match[1] if match else text


def _typed(form, occupations, areas):
    """What stands in the fields: the names of what was found, else the reader's own text."""
    typed = form.typed | {"per": form.typed["per"] if form.typed["per"] in PER else "year"}
    if occupations.found:
        typed["occupation"] = occupations.found[0].name
    if areas.found:
        typed["area"] = areas.found[0].title
    typed["hours"] = typed["hours"] or "40"
    return typed


def _problems(form, occupations, areas):
    """(field, message, [(name, code, address)]) for each field that cannot be used."""
    told = []
    if occupations.problems:
        problem = occupations.problems[0]
        near = [(o.name, o.code, _address(form, occupation=o.code)) for o in problem.near]
        told.append(("occupation", problem.message, near))
    elif form.is_asked and not occupations.found:
        told.append(("occupation", "Write an occupation: its title or its code.", []))
    if areas.problems:
        problem = areas.problems[0]
        near = [(a.title, "", _address(form, area=a.slug)) for a in problem.near]
        told.append(("area", problem.message, near))
    if form.is_asked:
        told += [
            (name, form.errors[name][0], []) for name in ("amount", "per", "hours") if name in form.errors
        ]
    return told


def _address(form, **changed):
    return f"{ADDRESS}?{urlencode({n: form.typed[n] for n in form.fields if form.typed[n]} | changed)}"


def _answer(offer, occupation, areas, release):
    """What the page says of the offer: against the nearest place with figures, and against each around it."""
    around = {area.code: area for area in Area.objects.states_and_nation()}
    states = {area.primary_state: area for area in around.values() if area.is_state}
    asked = [(area, states.get(area.primary_state)) for area in areas[:1]]
    places = _each_once(*(area for pair in asked for area in pair), around.get(NATION))
    rows = {w.area_code: w for w in Wage.objects.for_comparison([occupation], places, release)}
    found = next((p for p in places if _has_ladder(rows.get(p.code), release)), None)
    if found is None:
        return {
            "none": _nothing(occupation, places, release),
            "name": occupation.name,
            "occupation": occupation,
        }
    return Answer(offer, occupation, places, found, rows, release).context()


def _each_once(*places):
    """The place asked for, its state and the nation: a state is its own state."""
    return list({place.code: place for place in places if place}.values())


def _has_ladder(wage, release):
    return any(f.has_number for per in ("annual", "hourly") for f in ladder_of(wage, per, release, ""))


def _nothing(occupation, places, release):
    where = " or ".join(spoken(place.title) for place in places) or "any place"
    return f"BLS publishes no pay for {occupation.name} in {where} in {release.period}."


class Answer:
    """An offer against the ladders of one occupation. `places` are the one asked for and those around it,
    `found` the nearest of them that has figures, `wages` their rows by area code."""

    def __init__(self, offer, occupation, places, found, wages, release):
        self.offer, self.occupation, self.release = offer, occupation, release
        self.asked, self.places, self.found, self.wages = places[0], places, found, wages
        self.per = per_of(offer, self.ladder(found, "annual"), self.ladder(found, "hourly"))
        self.figures = self.ladder(found, self.per)
        self.unit = self.figures[0].measure.unit
        self.value = rounded(offer.value(self.unit))  # as it is shown: nothing is laid apart that looks alike
        self.position = position(self.value, self.figures)

    def ladder(self, place, per):
        return ladder_of(self.wages.get(place.code), per, self.release, place.title)

    def context(self):
        chart = ladder_chart(self.figures, name=self.occupation.name, offer=self.value)
        return {
            "occupation": self.occupation,
            "place": self.found.title,
            "headline": f"{capital(self.position.bracket)} in {spoken(self.found.title)}",
            "position": self.position,
            "compared": self._compared(),
            "fallback": self._fallback(),
            "by_the_hour": self._by_the_hour(),
            "oddity": self.offer.oddity,
            "chart": chart,
            "caption": self._caption(),
            "rows": [(place, self._cell(place), self.ladder(place, self.per)) for place in self.places],
            **self._prices(),
        }

    def _compared(self):
        """What was laid against what: the reader's amount as it was typed and, if need be, converted."""
        amount = self.offer.text_in(self.unit)
        if amount == self.offer.text:
            return f"Your offer: {amount}."
        return f"Your offer: {self.offer.text}, which is {amount} at {self.offer.week}.{self._only()}"

    def _only(self):
        """Why an offer by the year is compared by the hour, or the other way round."""
        if self.per == "hourly":
            return f" BLS publishes pay for {self.occupation.name} by the hour only."
        if self.offer.per == "hour":
            return f" BLS publishes pay for {self.occupation.name} by the year only."
        return ""

    def _fallback(self):
        if self.found is self.asked:
            return ""
        missing = f"{capital(spoken(self.asked.title))} has no published figure for {self.occupation.name}"
        return f"{missing}; the figures here are for {spoken(self.found.title)}."

    def _by_the_hour(self):
        """A second look where the week is not full time: a yearly figure is for 2,080 hours of work."""
        hourly = self.ladder(self.found, "hourly")
        if self.per == "hourly" or self.offer.hours == 40:
            return ""
        unit = hourly[0].measure.unit
        where = position(rounded(self.offer.value(unit)), hourly)
        if where is None:
            return ""
        closer = f", {where.estimate}" if where.estimate else ""
        return (
            "BLS’s yearly figures are for a year of full-time work, 2,080 hours. By the hour your offer is "
            f"{self.offer.text_in(unit)}: {where.bracket}{closer}."
        )

    def _cell(self, place):
        """Where the offer falls in a place; the word for no number where there is none."""
        figures = self.ladder(place, self.per)
        where = position(self.value, figures)
        if where is None:
            return {"word": figures[2].text}
        return {"bracket": capital(where.bracket), "estimate": where.estimate, "limit": where.limit}

    def _caption(self):
        release = self.release
        return (
            f"Pay {self.unit} of {self.occupation.name} and where {self.offer.text_in(self.unit)} falls, "
            f"by place, {release.period}, {release.source.short_name}"
        )

    def _prices(self):
        """What the offer buys where prices differ from the nation's, place by place; none for the nation."""
        local = [place for place in self.places if place.code != NATION]
        rows = PriceParity.objects.filter(area__in=local).select_related("source").order_by("year")
        parities = {row.area_id: row for row in rows}
        return {
            "prices": [self._price(place, parities.get(place.pk)) for place in local],
            "parity": next(iter(parities.values()), None),
        }

    def _price(self, place, parity):
        if parity is None:
            return {"place": place, "words": f"BEA publishes no price level for {spoken(place.title)}."}
        buys = at_the_nations_prices(self.value, parity.all_items)
        step = 10 if self.per == "annual" else 1
        buys = rounded(buys / step) * step
        where = position(buys, self.ladder(self.places[-1], self.per))
        return {
            "place": place,
            "parity": parity,
            "level": f"{parity.all_items:.1f}",
            "buys": f"{format_value(buys, self.unit)} {self.unit}",
            "where": where.bracket if where else "",
        }
