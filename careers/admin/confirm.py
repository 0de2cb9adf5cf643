"""A form that asks before it saves what looks like a mistake: warnings, then "save anyway"."""

from django import forms
from django.core.exceptions import ValidationError

SAVE_ANYWAY = "save_anyway"


class AskingForm(forms.ModelForm):
    """Errors of `findings()` stop a save; warnings stop it until "save anyway" is ticked.

    The box is hidden until there is a warning, so that nobody ticks it beforehand.
    """

    save_anyway = forms.BooleanField(
        required=False,
        widget=forms.HiddenInput,
        label="Save anyway",
        help_text="I have read the warnings above, and it is meant as it stands.",
    )

    def findings(self):
        """Yields careers.contradictions.Finding for what was typed in."""
        raise NotImplementedError

    def clean(self):
        cleaned = super().clean()
        found = list(self.findings())
        for finding in found:
            if finding.is_error:
                self.add_error(finding.field if finding.field in self.fields else None, finding.words)
        warnings = [finding for finding in found if not finding.is_error]
        if warnings:
            self.fields[SAVE_ANYWAY].widget = forms.CheckboxInput()
            if not self.cleaned_data.get(SAVE_ANYWAY):
                raise ValidationError([self._words_of(finding) for finding in warnings])
        return cleaned

    @property
    def changed_data(self):
        """Without the box, which is no part of the row."""
        return [name for name in super().changed_data if name != SAVE_ANYWAY]

    def _words_of(self, finding):
        if finding.field not in self.fields:
            return f"Is this meant? {finding.words}"
        return f"Is this meant? {self.fields[finding.field].label}: {finding.words}"


def posted_rows(data, prefix, names):
    """The named values of an inline's rows as they were posted, those struck out aside."""
    for number in range(int(data.get(f"{prefix}-TOTAL_FORMS") or 0)):
        row = f"{prefix}-{number}"
        if not data.get(f"{row}-DELETE"):
            yield {name: data.get(f"{row}-{name}", "") for name in names}


class RowOnceForm(forms.ModelForm):
    """An inline's row, held against constraints that name its parent: a form's own check leaves it out."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)
