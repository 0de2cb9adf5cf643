"""Data quality: what a metric is, and the metrics that need only what editors write.

A metric is shared by `manage.py check_data` and the admin's page. It looks at evidence that is
asked of the database once for all of them (salaries.evidence.Evidence), and finds rows to mend.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from django.urls import reverse

from careers.contradictions import (
    CONTACTS,
    PROSE,
    Credentials,
    Written,
    certification_findings,
    findings,
    heading_of,
    letters_of,
    plain,
    typed_in,
)
from careers.models import Certification, Profile

YEAR = timedelta(days=365)


class Severity(StrEnum):
    """Whether a metric that finds something makes a scheduled job fail."""

    FAIL = "fail"
    INFORM = "inform"


class Row(NamedTuple):
    """One thing to mend: what, where to go for it (an address on this site), and what is the matter.

    Rows with the same `group` stand together.
    """

    what: str
    link: str
    detail: str = ""
    group: str = ""


@dataclass(frozen=True)
class Metric:
    """One question an editor would ask of the data; `find` answers it with rows, none where all is well."""

    key: str
    title: str
    why: str
    mend: str
    severity: Severity
    find: Callable
    note: Callable = lambda evidence: ""

    def check(self, evidence):
        return Result(self, self.find(evidence), self.note(evidence))


class Result(NamedTuple):
    """What a metric found, and what it says of its own reach."""

    metric: Metric
    rows: list
    note: str

    @property
    def has_failed(self):
        return bool(self.rows) and self.metric.severity is Severity.FAIL


def edit_link(occupation):
    """Where an editor changes an occupation."""
    return reverse("admin:careers_occupation_change", args=[occupation.pk])


def profile_link(profile):
    """Where an editor changes a profile."""
    return reverse("admin:careers_profile_change", args=[profile.pk])


def certification_link(certification):
    """Where an editor changes a certification."""
    return reverse("admin:careers_certification_change", args=[certification.pk])


def name_of(occupation):
    return f"{occupation.code} {occupation.name}"


# --- Profiles ---------------------------------------------------------------------------------------


def profiles_with_names(evidence):
    """(profile, its occupation's code and name), by code."""
    profiles = evidence.profiles
    return [(profiles[pk], name_of(o)) for pk, o in evidence.occupations.items() if pk in profiles]


def figures_typed_in(evidence):
    """Profiles that hold a figure or an outlook's word, with each that was found."""
    return [
        Row(name, profile_link(profile), words)
        for profile, name in profiles_with_names(evidence)
        if (words := typed_in("\n".join(getattr(profile, field) for field in PROSE), evidence.newest))
    ]


FIGURES_TYPED_IN = Metric(
    key="figures_typed_in",
    title="Profiles with a figure or an outlook typed in",
    why="The next release changes the figure, and the sentence goes on saying the old one.",
    mend="Take it out, or name it ({{ annual_median }}): the page shows it with its year and source "
    "(“growing” may also be said of crops: then leave it).",
    severity=Severity.INFORM,
    find=figures_typed_in,
)


def contradictions(evidence):
    """What the admin would ask about if each profile and certification were saved as it stands."""
    known = Credentials(c.abbreviation for c in evidence.certifications.values())
    found = [
        Row(name, profile_link(profile), f"{heading_of(finding.field)}: {finding.words}")
        for profile, name in profiles_with_names(evidence)
        for finding in findings(written_of(profile, evidence), known)
    ]
    return found + [
        Row(str(certification), certification_link(certification), finding.words)
        for certification in evidence.certifications.values()
        for finding in findings_of_certification(certification, evidence)
    ]


def findings_of_certification(certification, evidence):
    told = {name: getattr(certification, name) for name in ("site", "cost", "cost_checked", "status")}
    return certification_findings(
        **told,
        issuers_site=certification.organization.site,
        replaced_by=certification.replaced_by_id,
        today=evidence.today,
    )


def written_of(profile, evidence):
    """A profile as careers.contradictions looks at it."""
    occupation = profile.occupation_id
    uses = [evidence.certifications[pk] for pk in evidence.certified.get(occupation, ())]
    return Written(
        prose={field: getattr(profile, field) for field in PROSE},
        is_published=profile.status == Profile.Status.PUBLISHED,
        contacts={name: (getattr(profile, name), getattr(profile, f"{name}_reason")) for name in CONTACTS},
        paths=frozenset(evidence.paths.get(profile.pk, ())),
        entry_education=evidence.entry_education.get(occupation, ""),
        credentials=letters_of([(c.abbreviation, c.former_names) for c in uses]),
    )


CONTRADICTIONS = Metric(
    key="contradictions",
    title="Contradictions in profiles and certifications",
    why="A reader who meets two answers on one page believes neither.",
    mend="Open it and save: the admin asks the same, beside the words. What is meant may stand.",
    severity=Severity.INFORM,
    find=contradictions,
)

HEALTH = ("29-", "31-")


def without_full_text(evidence):
    """Health occupations whose published profile says no more than its summary, or that have none."""
    return [
        Row(name_of(o), profile_link(profile) if profile else add_link(o), group=o.code[:2])
        for o in evidence.single_occupations
        if o.code.startswith(HEALTH)
        and not ((profile := evidence.profiles.get(o.pk)) and is_public(profile) and profile.is_full)
    ]


def is_public(profile):
    return profile.status == Profile.Status.PUBLISHED


def add_link(occupation):
    """Where an editor begins an occupation's profile."""
    return f"{reverse('admin:careers_profile_add')}?occupation={occupation.pk}"


WITHOUT_FULL_TEXT = Metric(
    key="without_full_text",
    title="Health occupations without a full profile",
    why="These pages promise duties, ways in and what the day is like, and show a summary alone.",
    mend="Write the sections in the profile.",
    severity=Severity.INFORM,
    find=without_full_text,
)


def not_reviewed(evidence):
    """Published profiles whose facts were last checked over a year ago, or never."""
    return [
        Row(name, profile_link(profile), words_of(profile.reviewed))
        for profile, name in profiles_with_names(evidence)
        if is_public(profile) and (profile.reviewed is None or evidence.today - profile.reviewed > YEAR)
    ]


def words_of(reviewed):
    return f"last on {reviewed.day} {reviewed:%B %Y}" if reviewed else "never"


NOT_REVIEWED = Metric(
    key="not_reviewed",
    title="Profiles not reviewed for over a year",
    why="Schooling, licences and tasks change; a page should say when somebody last looked.",
    mend="Check the facts against the newest sources, name those, and set the review date.",
    severity=Severity.INFORM,
    find=not_reviewed,
)


# --- Certifications -----------------------------------------------------------------------------------


def certifications_unchecked(evidence):
    """Certifications still given of which no page of the issuer was read, by issuer."""
    unchecked = [
        c
        for c in evidence.certifications.values()
        if c.checked is None and c.status == Certification.Status.ACTIVE
    ]
    unchecked.sort(key=lambda c: (c.organization.name, c.name))
    return [Row(str(c), certification_link(c), group=c.organization.name) for c in unchecked]


CERTIFICATIONS_UNCHECKED = Metric(
    key="certifications_unchecked",
    title="Certifications not checked against the issuer’s page",
    why="Issuers rename, raise the fee and change the conditions; the page says that nobody has looked.",
    mend="Read the issuer’s page, mend what differs, and set the day in “checked”.",
    severity=Severity.INFORM,
    find=certifications_unchecked,
)


# --- Titles -----------------------------------------------------------------------------------------


def titles_shared(evidence):
    """Editors' titles that another occupation of today's classification goes by too."""
    bearers = {}
    for title, occupation, whose in titles_borne(evidence):
        bearers.setdefault(plain(title), {}).setdefault(occupation, whose)
    found = []
    for occupation, title in dict.fromkeys((o, plain(t)) for t, o, whose in editors_titles(evidence)):
        for other, whose in bearers[title].items():
            if other != occupation and not are_kin(occupation, other):
                detail = f"also the {whose} of {other.code}"
                found.append(Row(name_of(occupation), edit_link(occupation), detail))
    return sorted(found, key=lambda row: row.what)


def are_kin(one, other):
    """Whether one is the group of the other: such may be called the same."""
    return one.pk == other.parent_id or other.pk == one.parent_id


def editors_titles(evidence):
    """(title, occupation, whose) of the titles that editors gave to occupations of today."""
    for occupation in evidence.current:
        if occupation.display_title:
            yield occupation.display_title, occupation, "editor’s title"
    for pk, title in evidence.editors_titles:
        if not evidence.occupations[pk].is_retired:
            yield title, evidence.occupations[pk], "editor’s alternate title"


def titles_borne(evidence):
    """(title, occupation, whose) of every title that an editor's could be confused with."""
    for occupation in evidence.current:
        yield occupation.title, occupation, "publisher’s title"
    yield from editors_titles(evidence)
    for pk, title in evidence.alternate_titles_like_editors:
        if not evidence.occupations[pk].is_retired:
            yield title, evidence.occupations[pk], "alternate title"


TITLES_SHARED = Metric(
    key="titles_shared",
    title="Editors’ titles that two occupations bear",
    why="Readers cannot tell the two apart in a list or a search.",
    mend="Give one of them another title, or take it out to show the publisher’s.",
    severity=Severity.INFORM,
    find=titles_shared,
)
