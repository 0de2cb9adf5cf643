"""What readers ask the lists for. Forms are GET, and keep what was typed."""

import re
from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from careers.facets import has_choice, has_words, is_paid
from careers.models import CertificationUse, Level, Sector
from careers.places_near import NotFound
from careers.schools import SHORT_LEVELS, Wanted
from careers.state_tiles import NAMES, postal_code
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


class WordFilter(forms.Form):
    """Words, and one choice beside them, the field that `choice` names."""

    choice = ""
    q = forms.CharField(required=False, max_length=100)

    @property
    def words(self):
        """What was typed, word by word, in small letters."""
        return self.cleaned_data.get("q", "").casefold().replace(",", " ").split()[:MOST_WORDS]

    @property
    def chosen(self):
        return self.cleaned_data.get(self.choice, "")

    @property
    def typed(self):
        """What was typed, to stand in the field again."""
        return self.data.get("q", "").replace("\x00", "")

    @property
    def is_used(self):
        return bool(self.cleaned_data.get("q") or self.chosen)


class CertificationFilter(WordFilter):
    """Text, and the major group of the occupations that ask for it."""

    choice = "group"
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
    def group_options(self):
        return [(g.code, g.title, g.code == self.chosen) for g in self.groups]

    def apply(self, certifications):
        """Every word in the name, the letters, a former name or the issuer's name."""
        for word in self.words:
            names = (
                "name",
                "abbreviation",
                "former_names",
                "organization__name",
                "organization__abbreviation",
            )
            found = Q.create([(f"{name}__icontains", word) for name in names], connector=Q.OR)
            certifications = certifications.filter(found)
        if self.chosen:
            of_group = CertificationUse.objects.filter(occupation__code__startswith=self.chosen[:3])
            certifications = certifications.filter(id__in=of_group.values("certification"))
        return certifications


class SchoolFilter(forms.Form):
    """What the schools that teach some programs are narrowed by, and the place they are near.

    `index` is careers.schools.Schools; `programs` are the keys of the programs that the page is
    about. What cannot be used is named in `errors` and left out.
    """

    LISTS = ("level", "sector", "program")
    DISTANCES = (10, 25, 50, 100, 250)

    state = forms.CharField(required=False, max_length=40)
    near = forms.CharField(required=False, max_length=100)
    within = forms.CharField(required=False, max_length=10)

    def __init__(self, data, index, programs):
        super().__init__(data)
        self.index = index
        self.choices = {
            "level": {str(value): words.capitalize() for value, words in SHORT_LEVELS.items()},
            "sector": {str(value): label for value, label in Sector.choices},
            "program": {index.programs[key].code: index.programs[key].title for key in programs},
        }
        self.fields |= {name: forms.Field(required=False) for name in self.LISTS}
        self.place, self.near_texts = None, []
        self.is_valid()

    def clean_state(self):
        text = self.cleaned_data["state"].strip()
        if text.casefold() in ("", "all"):
            return ""
        code = postal_code(text)
        if not code:
            raise forms.ValidationError(f"No state is called “{text}”, so all states are shown.")
        return code

    def clean_within(self):
        text = self.cleaned_data["within"].strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 9999):
            raise forms.ValidationError("Write whole miles, for example 50: every distance is shown.")
        return int(text)

    def clean(self):
        """Lists, of which those choices that exist are kept, and the place."""
        for name in self.LISTS:
            asked = {value for value in self.data.getlist(name) if value}
            chosen = [value for value in self.choices[name] if value in asked]
            if len(chosen) < len(asked):
                self.add_error(name, "There is no such choice here, so it is left out.")
            self.cleaned_data[name] = chosen
        near = self.asked("near")
        if near:
            self._find(near)
        elif self.asked("within"):
            self.add_error("within", "A distance needs a place: write a ZIP code or a city.")

    def _find(self, text):
        try:
            self.place = self.index.places.find(text, state=self.asked("state") or "")
        except NotFound as problem:
            self.near_texts = problem.near
            self.add_error("near", problem.message)

    def asked(self, name):
        """The cleaned value, None where it could not be used."""
        return self.cleaned_data.get(name)

    @property
    def problems(self):
        """(field, message) of everything that could not be used."""
        return [(name, message) for name, messages in self.errors.items() for message in messages]

    @property
    def wanted(self):
        """What schools are narrowed by, without the distance."""
        keys = {row.code: key for key, row in self.index.programs.items()} if self.asked("program") else {}
        return Wanted(
            self.asked("state") or "",
            frozenset(map(int, self.asked("level"))),
            frozenset(map(int, self.asked("sector"))),
            frozenset(keys[code] for code in self.asked("program")),
        )

    @property
    def miles(self):
        """The distance asked for, None where none can be used."""
        return self.asked("within") if self.place else None

    @property
    def typed(self):
        """What was typed, to stand in the fields again."""
        return {name: self.data.get(name, "").replace("\x00", "") for name in ("state", "near", "within")}

    @property
    def pairs(self):
        """(parameter, value, words) of everything that was chosen: what the address needs and no more."""
        pairs = []
        if state := self.asked("state"):
            pairs.append(("state", state, NAMES[state]))
        if self.place:
            pairs.append(("near", self.asked("near"), f"Near {self.place.name}"))
        if self.miles:
            pairs.append(("within", self.miles, f"Within {self.miles:,} miles"))
        for name in self.LISTS:
            pairs += [(name, value, self.choices[name][value]) for value in self.asked(name)]
        return pairs

    def address(self, path, *, without=(), more=()):
        """The page's address without the parameters named in `without` or the pairs in it."""
        pairs = [pair[:2] for pair in self.pairs if pair[0] not in without and pair[:2] not in without]
        query = urlencode([*pairs, *more])
        return f"{path}?{query}" if query else path


class SchoolListFilter(WordFilter):
    """Words in a school's name or city, and its state."""

    choice = "state"
    state = forms.CharField(required=False, max_length=40)

    def __init__(self, data, states):
        super().__init__(data)
        self.states = states
        self.is_valid()

    def clean_state(self):
        text = self.cleaned_data["state"].strip()
        if text and text.upper() not in self.states:
            raise forms.ValidationError(f"No school is in a state “{text}”, so all states are shown.")
        return text.upper()

    def apply(self, schools):
        """Every word in the name, the city or the state's name or letters."""
        for school in schools:
            if self.chosen and school.state != self.chosen:
                continue
            text = f"{school.name} {school.city} {school.state} {NAMES.get(school.state, '')}".casefold()
            if all(word in text for word in self.words):
                yield school


class ProgramFilter(WordFilter):
    """Words in a program's title or its code, and its two-digit series."""

    choice = "series"
    series = forms.CharField(required=False, max_length=10)

    def __init__(self, data, series):
        super().__init__(data)
        self.known = series
        self.is_valid()

    def clean_series(self):
        text = self.cleaned_data["series"]
        if text and text not in self.known:
            raise forms.ValidationError("There is no such series, so all are shown.")
        return text

    def apply(self, programs):
        """Every word in the title or the code."""
        for program in programs:
            text = f"{program.title} {program.code}".casefold()
            if program.code.startswith(self.chosen) and all(word in text for word in self.words):
                yield program
