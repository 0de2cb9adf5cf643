"""The public page of an occupation with a profile that is not saved."""

from django.shortcuts import render

from careers.kept import kept
from careers.models import EducationPath, Occupation, Profile, Source
from careers.views.occupation_detail import WITH, OccupationPage, family_of


def preview_page(request, form, formset):
    """The page that readers would see; `form` is a ProfileForm that was asked whether it is valid.

    Fields that cannot be read as typed are shown as saved, and the page says so.
    """
    profile = _unsaved(form, formset)
    occupation = Occupation.objects.select_related(*WITH).get(pk=profile.occupation_id)
    occupation.profile = profile
    facts = kept()
    page = OccupationPage(occupation, facts, family_of(occupation, facts.lineage))
    complaints = [str(error) for errors in form.errors.values() for error in errors]
    if formset is not None and not formset.is_valid():
        complaints.append("A path cannot be read as typed: it is not shown.")
    context = page.context() | {"complaints": complaints}
    return render(request, "admin/careers/profile/preview.html", context)


def _unsaved(form, formset):
    """The form's profile as if it were saved and published: its paths and sources come from the form."""
    profile = form.instance
    profile.status = Profile.Status.PUBLISHED
    profile.pk = profile.pk or 0  # a profile without a key has no paths to ask for
    profile._prefetched_objects_cache = {
        "paths": _fetched(EducationPath, _paths(formset)),
        "sources": _fetched(Source, list(form.cleaned_data.get("sources") or [])),
    }
    return profile


def _fetched(model, rows):
    """A queryset that has its rows already, as Django's own prefetching leaves it."""
    queryset = model.objects.all()
    queryset._result_cache = rows
    return queryset


def _paths(formset):
    """The paths of the forms that can be read, in their order."""
    if formset is None:
        return []
    formset.is_valid()
    struck_out = formset.deleted_forms if hasattr(formset, "cleaned_data") else []
    forms = [f for f in formset.forms if f.is_valid() and f not in struck_out and f.cleaned_data.get("name")]
    return sorted((form.instance for form in forms), key=lambda path: path.position)
