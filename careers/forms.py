"""What readers ask the lists for. Forms are GET, and keep what was typed."""

from django import forms
from django.db.models import Q

from careers.models import CertificationUse, Level

MOST_WORDS = 8
LEVELS = {
    Level.DETAILED: "Occupations",
    Level.BROAD: "Broad groups",
    Level.MINOR: "Minor groups",
    Level.MAJOR: "Major groups",
}


class OccupationFilter(forms.Form):
    """Text, major group and level. A value that cannot be used is named in `errors` and left out.

    `groups` are rows with code and title; the templates draw the fields themselves.
    """

    q = forms.CharField(required=False, max_length=100)
    group = forms.CharField(required=False, max_length=20)
    level = forms.CharField(required=False, max_length=20)

    def __init__(self, data, groups):
        super().__init__(data)
        self.groups = groups
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

    @property
    def chosen_level(self):
        return self.cleaned_data.get("level") or Level.DETAILED

    @property
    def level_words(self):
        return LEVELS[Level(self.chosen_level)]

    @property
    def chosen_group(self):
        return self.cleaned_data.get("group", "")

    @property
    def words(self):
        """What was typed, as words: each must be in the title or in the code."""
        return self.cleaned_data.get("q", "").split()[:MOST_WORDS]

    @property
    def typed(self):
        """What was typed, to stand in the field again."""
        return self.data.get("q", "").replace("\x00", "")

    @property
    def is_used(self):
        return bool(self.words or self.chosen_group)

    @property
    def group_options(self):
        return [(g.code, g.title, g.code == self.chosen_group) for g in self.groups]

    @property
    def level_options(self):
        return [(value, label, value == self.chosen_level) for value, label in LEVELS.items()]

    def words_condition(self, prefix):
        """Every word in the publisher's title, the editor's title or the code."""
        condition = Q()
        for word in self.words:
            names = ("title", "display_title", "code")
            condition &= Q.create([(f"{prefix}{name}__icontains", word) for name in names], connector=Q.OR)
        return condition

    def apply(self, wages):
        if self.chosen_group:
            wages = wages.filter(occupation__code__startswith=self.chosen_group[:3])
        return wages.filter(self.words_condition("occupation__")) if self.words else wages


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
