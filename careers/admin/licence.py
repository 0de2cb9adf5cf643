"""What states ask of people before they may do the work: by hand; many at once in licence_file.py."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from careers.admin.base import EditorsAdmin, HistoryAdmin, WithFiles
from careers.ipeds.states import STATES
from careers.models import DataVersion, LicenceRequirement
from careers.quality import YEAR


class LicenceForm(forms.ModelForm):
    def clean_state(self):
        state = self.cleaned_data["state"].upper()
        if state not in STATES:
            raise ValidationError("Expected a postal code, OH.")
        return state

    def clean_checked(self):
        checked = self.cleaned_data["checked"]
        if checked and checked > timezone.localdate():
            raise ValidationError("This day is still to come.")
        return checked


class Confirmed(admin.SimpleListFilter):
    title = "confirmed at the agency"
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [
            ("recent", "Within a year"),
            ("old", "Over a year ago"),
            ("never", "Not yet: no reader sees it"),
        ]

    def queryset(self, request, queryset):
        since = timezone.localdate() - YEAR
        wanted = {"recent": Q(checked__gte=since), "old": Q(checked__lt=since), "never": Q(checked=None)}
        return queryset.filter(wanted.get(self.value(), Q()))


@admin.register(LicenceRequirement)
class LicenceRequirementAdmin(WithFiles, EditorsAdmin, HistoryAdmin):
    form = LicenceForm
    file_admin = "careers.admin.licence_file.LicenceFileAdmin"
    list_display = ("name", "state", "occupation", "agency", "checked")
    list_filter = (Confirmed, "state")
    list_select_related = ("occupation",)
    search_fields = ("name", "agency", "occupation__code", "occupation__title")
    search_help_text = "The licence, the agency, or an occupation's code or title."
    ordering = ("occupation__code", "state", "name")
    autocomplete_fields = ("occupation",)
    actions = ("confirm_today",)
    fieldsets = (
        (None, {"fields": ("occupation", "state", "name", "agency", "site", "note")}),
        (
            "Confirmed",
            {
                "fields": ("checked",),
                "description": "Readers see the requirement once it has a day here: the day on which you "
                "read it on the agency's own page.",
            },
        ),
    )

    @admin.action(description="Confirm today, having read the agency's pages", permissions=["change"])
    def confirm_today(self, request, queryset):
        """One by one, so that each has its history."""
        confirmed = 0
        for requirement in queryset:
            requirement.checked = timezone.localdate()
            requirement._change_reason = "Confirm today"
            requirement.save()
            confirmed += 1
        DataVersion.raise_number()
        self.message_user(request, f"Confirmed today: {confirmed}.", messages.SUCCESS)
