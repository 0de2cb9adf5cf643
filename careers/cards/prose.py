"""What editors wrote of an occupation, as HTML; a section without words is not there."""

from typing import NamedTuple

from careers.models import SECTIONS, Contact
from careers.prose import html_of

# Sections with a place of their own on the page stand there; the rest follow one another.
CONTACTS = {
    "patient_contact": "Contact with patients",
    "bodily_fluids": "Contact with bodily fluids",
}
STEPS = [Contact.NONE, Contact.LIGHT, Contact.MODERATE, Contact.HEAVY]


class ContactScale(NamedTuple):
    """One scale of four steps, with the step that an occupation is on and why."""

    title: str
    step: str
    reason: str
    steps: list  # (label, is the step)


def prose(profile, figures):
    """{section: HTML} of a published profile, None without one; `figures` as careers.prose.html_of has it."""
    if profile is None:
        return None
    written = {name: getattr(profile, name) for name in ("summary", *SECTIONS)}
    return {name: html_of(text, figures) for name, text in written.items() if text}


def contacts(profile):
    """The scales of contact that the profile gives."""
    if profile is None:
        return []
    return [_scale(profile, name, title) for name, title in CONTACTS.items() if getattr(profile, name)]


def _scale(profile, name, title):
    step = Contact(getattr(profile, name))
    steps = [(each.label, each is step) for each in STEPS]
    return ContactScale(title, step.label, getattr(profile, f"{name}_reason"), steps)


def missing(profile, prose):
    """What has not been written yet, for a page that says so: headings in lower case, none if whole."""
    if profile is not None and profile.is_full:
        return []
    names = ("duties", "work_setting", "how_to_enter", "advancement")
    written = prose or {}
    return [SECTIONS[name].lower() for name in names if name not in written] + (
        [] if written.get("summary") else ["a summary"]
    )
