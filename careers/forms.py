"""What readers ask the lists for. Forms are GET, and keep what was typed."""

import re
from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from careers.facets import has_choice, has_words, is_paid
from careers.models import CertificationUse, Level
from salaries.figures import TOP_CODE_BITS
from salaries.models import NATION
from salaries.picks import pick_areas

MOST_WORDS = 8
LEVELS = {
    Level.DETAILED: "Occupations",
    Level.BROAD: "Broad groups",
    Level.MINOR: "Minor groups",
    Level.MAJOR: "Major groups",
}
# "50,000", "$50 000", "50k"
_DOLLARS = re.compile(r"\$?([0-9]{1,9})(k?)", re.IGNORECASE | re.ASCII)


class Dollars(forms.CharField):
    """Whole dollars a year, as people write them; None where nothing was written."""

    def clean(self, value):
        text = re.sub(r"[\s,]", "", super().clean(value))
        if not text:
            return None
        match = _DOLLARS.fullmatch(text)
        if not match:
            raise forms.ValidationError("Write whole dollars a year, for example 50,000.")
        return int(match[1]) * (1000 if match[2] else 1)


class OccupationFilter(forms.Form):
    """What the list of occupations is narrowed by. What cannot be used is named in `errors` and left out.

    `groups` are rows with code and title, `facets` are careers.facets.Facet, of which several choices
    may be made each. The templates draw the fields themselves.
    """

    q = forms.CharField(required=False, max_length=100)
    group = forms.CharField(required=False, max_length=20)
    level = forms.CharField(required=False, max_length=20)
    area = forms.CharField(required=False, max_length=100)
    pay_from = Dollars(required=False, max_length=20)
    pay_to = Dollars(required=False, max_length=20)

    def __init__(self, data, groups, facets):
        super().__init__(data)
        self.groups, self.facets = groups, facets
        self.fields |= {facet.name: forms.Field(required=False) for facet in facets}
        self.area, self.near_areas = None, []
        self.is_valid()

    def clean_group(self):
        group = self.cleaned_data["group"]
        if group and group not in {g.code for g in self.groups}:
            raise forms.ValidationError("There is no such group, so all groups are shown.")
        return group

    def clean_level(self):
        level = self.cleaned_data["level"]
        if level and level not in LEVELS:
            raise forms.ValidationError("There is no such level, so occupations are shown.")
        return level

    def clean_area(self):
        text = self.cleaned_data["area"]
        picks = pick_areas([text] if text else [])
        for problem in picks.problems:
            self.near_areas = problem.near
            raise forms.ValidationError(f"No place is called “{text}”, so pay in the United States is shown.")
        self.area = next((area for area in picks.found if area.code != NATION), None)
        return text

    def clean(self):
        """Choices, of which those that exist are kept, and the range of pay."""
        for facet in self.facets:
            asked = {value for value in self.data.getlist(facet.name) if value}
            chosen = [value for value in facet.values if value in asked]
            if len(chosen) < len(asked):
                self.add_error(facet.name, "There is no such choice here, so it is left out.")
            self.cleaned_data[facet.name] = chosen
        least, most = self.asked("pay_from"), self.asked("pay_to")
        if least is not None and most is not None and least > most:
            self.add_error("pay_to", "This is less than the lower end, so no range of pay is used.")
            self.cleaned_data.pop("pay_from")

    def asked(self, name):
        """The cleaned value, None where it could not be used."""
        return self.cleaned_data.get(name)

    @property
    def problems(self):
        """(field, message) of everything that could not be used."""
        return [(name, message) for name, messages in self.errors.items() for message in messages]

    @property
    def chosen_level(self):
        return self.asked("level") or Level.DETAILED

    @property
    def level_words(self):
        return LEVELS[Level(self.chosen_level)]

    @property
    def chosen_group(self):
        return self.asked("group") or ""

    @property
    def words(self):
        """What was typed, as words: each must be in the title or in the code."""
        return (self.asked("q") or "").split()[:MOST_WORDS]

    @property
    def typed(self):
        """What was typed, to stand in the fields again; a place that was found by its name."""
        texts = {name: self.data.get(name, "").replace("\x00", "") for name in self.fields}
        return texts | ({"area": self.area.title} if self.area else {})

    def tests(self):
        """{filter in use: the test that a row of the list must pass}."""
        tests = {}
        if self.words:
            tests["q"] = has_words(self.words)
        if self.chosen_group:
            tests["group"] = has_choice("group", {self.chosen_group})
        if self.pays:
            tests["pay"] = is_paid(*self.pays, TOP_CODE_BITS["annual_median"])
        chosen = {facet.name: set(self.asked(facet.name)) for facet in self.facets}
        return tests | {name: has_choice(name, values) for name, values in chosen.items() if values}

    @property
    def pays(self):
        """The least and the most yearly median, None for an open end; None if neither was asked for."""
        pays = self.asked("pay_from"), self.asked("pay_to")
        return None if pays == (None, None) else pays

    @property
    def pairs(self):
        """(parameter, value, words) of everything that was chosen: what the address needs and no more."""
        pairs = [("q", self.asked("q"), f"“{self.asked('q')}”")] if self.words else []
        pairs += [("group", g.code, g.title) for g in self.groups if g.code == self.chosen_group]
        if self.chosen_level != Level.DETAILED:
            pairs.append(("level", self.chosen_level, self.level_words))
        if self.area:
            pairs.append(("area", self.area.slug, f"Pay in {self.area.title}"))
        for name, words in (("pay_from", "${:,} or more"), ("pay_to", "${:,} or less")):
            if self.asked(name) is not None:
                pairs.append((name, self.asked(name), words.format(self.asked(name))))
        for facet in self.facets:
            chosen = self.asked(facet.name)
            pairs += [(facet.name, o[0], o[3]) for o in facet.options if o[0] in chosen]
        return pairs

    def address(self, gone, *, order=()):
        """The list's address without the (parameter, value, words) in `gone`; `order` is kept with it."""
        pairs = [pair[:2] for pair in self.pairs if pair not in gone]
        query = urlencode([*pairs, *order])
        return f"/occupations/?{query}" if query else "/occupations/"

    def words_condition(self):
        """Every word in the publisher's title, the editor's title or the code."""
        condition = Q()
        for word in self.words:
            names = ("title", "display_title", "code")
            condition &= Q.create([(f"{name}__icontains", word) for name in names], connector=Q.OR)
        return condition


class CertificationFilter(forms.Form):
    """Text, and the major group of the occupations that ask for it."""

    q = forms.CharField(required=False, max_length=100)
    group = forms.CharField(required=False, max_length=20)

    def __init__(self, data, groups):
        super().__init__(data)
        self.groups = groups
        self.is_valid()

    def clean_group(self):
        group = self.cleaned_data["group"]
        if group and group not in {g.code for g in self.groups}:
            raise forms.ValidationError("There is no such group, so all groups are shown.")
        return group

    @property
    def typed(self):
        """What was typed, to stand in the field again."""
        return self.data.get("q", "").replace("\x00", "")

    @property
    def is_used(self):
        return bool(self.cleaned_data.get("q") or self.cleaned_data.get("group"))

    @property
    def group_options(self):
        chosen = self.cleaned_data.get("group", "")
        return [(g.code, g.title, g.code == chosen) for g in self.groups]

    def apply(self, certifications):
        """Every word in the name, the letters, a former name or the issuer's name."""
        for word in self.cleaned_data.get("q", "").split()[:MOST_WORDS]:
            names = (
                "name",
                "abbreviation",
                "former_names",
                "organization__name",
                "organization__abbreviation",
            )
            found = Q.create([(f"{name}__icontains", word) for name in names], connector=Q.OR)
            certifications = certifications.filter(found)
        if group := self.cleaned_data.get("group"):
            of_group = CertificationUse.objects.filter(occupation__code__startswith=group[:3])
            certifications = certifications.filter(id__in=of_group.values("certification"))
        return certifications
