"""What a reader may ask of a page, in the query string. Templates write the fields by hand:
Django renders a list of 54 states with 54 templates.
"""

from django import forms

from salaries.figures import AreaType

AREA_KINDS = {
    "state": ("States and territories", {AreaType.STATE, AreaType.TERRITORY}),
    "metro": ("Metropolitan areas", {AreaType.METRO}),
    "nonmetro": ("Nonmetropolitan areas", {AreaType.NONMETRO}),
}
LEVELS = {
    "detailed": "Single occupations",
    "broad": "Broad occupations",
    "minor": "Minor groups",
    "major": "Major groups",
    "all": "Every level",
}


class SearchWords(forms.CharField):
    """Words to look for; each must occur, in any order and case."""

    def __init__(self):
        super().__init__(
            required=False,
            max_length=100,
            error_messages={"max_length": "Search for at most 100 letters."},
        )

    def clean(self, value):
        return super().clean(value).casefold().replace(",", " ").split()


def unknown(message):
    return {"invalid_choice": message}


class Filter(forms.Form):
    """A form in the query string: it keeps what was typed and answers what it understood."""

    def asked(self, name):
        """The cleaned value, or nothing where it could not be understood."""
        return None if name in self.errors else self.cleaned_data[name]

    @property
    def typed(self):
        """What stands in each field when the page comes back: the reader's own text."""
        return {name: self.data.get(name, "").replace("\0", "") for name in self.fields}

    @property
    def problems(self):
        return [message for messages in self.errors.values() for message in messages]

    @property
    def is_used(self):
        return any(self.typed.values())


class AreaFilter(Filter):
    """Areas by words of their name, kind and state. `states` maps postal codes to names."""

    q = SearchWords()
    type = forms.ChoiceField(
        required=False,
        choices=[(key, label) for key, (label, _) in AREA_KINDS.items()],
        error_messages=unknown("There is no such type of area, so all types are shown."),
    )
    state = forms.ChoiceField(
        required=False, error_messages=unknown("There is no such state, so all states are shown.")
    )

    def __init__(self, query, states):
        super().__init__(query)
        self.fields["state"].choices = list(states.items())

    def apply(self, rows):
        """The rows (area_title, area_type, area_state) that fit."""
        words, kind, state = self.asked("q"), self.asked("type"), self.asked("state")
        types = AREA_KINDS[kind][1] if kind else None
        return [
            row
            for row in rows
            if (types is None or row.area_type in types)
            and (not state or row.area_state == state)
            and (not words or has_words(row.area_title, words))
        ]


class OccupationFilter(Filter):
    """Occupations by words of their title or code, major group and level of the SOC."""

    q = SearchWords()
    group = forms.RegexField(
        r"^[0-9]{2}-0000$",
        required=False,
        error_messages={"invalid": "There is no such group, so all groups are shown."},
    )
    level = forms.ChoiceField(
        required=False,
        choices=list(LEVELS.items()),
        error_messages=unknown("There is no such level, so single occupations are shown."),
    )

    def apply(self, rows):
        """The rows (occupation_code, occupation_title, occupation_level) that fit."""
        words, group = self.asked("q"), self.asked("group")
        level = self.asked("level") or "detailed"
        return [
            row
            for row in rows
            if level in ("all", row.occupation_level)
            and (not group or row.occupation_code[:2] == group[:2])
            and (not words or has_words(f"{row.occupation_code} {row.occupation_title}", words))
        ]


def has_words(text, words):
    text = text.casefold()
    return all(word in text for word in words)
