"""Data quality: what a metric is, and the metrics that need only what editors write.

A metric is shared by `manage.py check_data` and the admin's page. It looks at evidence that is
asked of the database once for all of them (salaries.evidence.Evidence), and finds rows to mend.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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
    return f"/admin/careers/occupation/{occupation.pk}/change/"


def name_of(occupation):
    return f"{occupation.code} {occupation.name}"


# --- Figures in prose -------------------------------------------------------------------------------

# Figures that a release changes, as people type them, and the words of BLS's outlooks. "29-2072" is
# a code, not a year.
TYPED_IN = re.compile(
    r"""
      \$\s?\d+(?:,\d{3})*(?:\.\d+)?(?:\s(?:thousand|million|billion)\b)?
    | \b\d+(?:,\d{3})*(?:\.\d+)?\s(?:U\.?S\.?\s)?dollars\b
    | (?:\b\d+(?:\.\d+)?\s?)?(?:%|\bper\s?cent\b)
    | (?:\bMay\s)?(?<!\b\d\d-)\b(?P<year>(?:19|20)\d\d)s?\b
    | \b\d{1,3}(?:,\d{3})+\b
    | \b\d{5,}\b
    | \b(?:much\s)?(?:faster|slower)\sthan\s(?:the\s)?average\b
    | \bas\sfast\sas\s(?:the\s)?average\b
    | \blittle\sor\sno\schange\b
    | \b(?:growing|growth|declin(?:e|es|ing)|shrink(?:s|ing)?|projected|job\soutlook)\b
    | \bin\s(?:high\s|strong\s|great\s)?demand\b
    | \bexpected\sto\s(?:grow|rise|increase|fall|shrink)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def figures_typed_in(evidence):
    """Summaries that hold a figure or an outlook's word, with each that was found."""
    return [
        Row(name_of(occupation), edit_link(occupation), words)
        for occupation in evidence.occupations.values()
        if (words := typed_in(occupation.summary, evidence.newest))
    ]


def typed_in(text, newest):
    """The figures and outlook's words of a text: “$50,250”, “May 2024” (before May 2025), “growing”."""
    found = {}
    for match in TYPED_IN.finditer(" ".join(text.split())):
        is_older = newest and match["year"] and int(match["year"]) < newest.year
        found[match[0].strip()] = f" (before {newest.period})" if is_older else ""
    return ", ".join(f"“{words}”{remark}" for words, remark in found.items())


FIGURES_TYPED_IN = Metric(
    key="figures_typed_in",
    title="Summaries with a figure or an outlook typed in",
    why="The next release changes the figure, and the sentence goes on saying the old one.",
    mend="Take it out of the summary: the page shows the figure beside it, with its year and source "
    "(“growing” may also be said of crops: then leave it).",
    severity=Severity.INFORM,
    find=figures_typed_in,
)


# --- Titles -----------------------------------------------------------------------------------------


def titles_shared(evidence):
    """Editors' titles that another occupation of today's classification goes by too."""
    current = [o for o in evidence.occupations.values() if not o.is_retired]
    bearers = {}
    for occupation in current:
        bearers.setdefault(plain(occupation.title), []).append((occupation, "publisher’s"))
        if occupation.display_title:
            bearers.setdefault(plain(occupation.display_title), []).append((occupation, "editor’s"))
    return [
        Row(name_of(occupation), edit_link(occupation), f"also the {whose} title of {other.code}")
        for occupation in current
        if occupation.display_title
        for other, whose in bearers[plain(occupation.display_title)]
        if other is not occupation and occupation.pk != other.parent_id and other.pk != occupation.parent_id
    ]


def plain(title):
    """A title as a reader compares it."""
    return " ".join(title.casefold().split())


TITLES_SHARED = Metric(
    key="titles_shared",
    title="Editors’ titles that two occupations bear",
    why="Readers cannot tell the two apart in a list or a search.",
    mend="Give one of them another title, or leave it empty to show the publisher’s.",
    severity=Severity.INFORM,
    find=titles_shared,
)
