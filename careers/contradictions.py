"""What contradicts itself in what editors write: looked for on every save, and by check_data.

Pure functions over what is about to be saved; the database is asked by whoever calls them.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from careers.models import SECTIONS, EducationPath, EntryEducation
from careers.prose import FIGURE_NAMES, named_figures

PROSE = ("summary", *SECTIONS)
CONTACTS = {"patient_contact": "contact with patients", "bodily_fluids": "contact with bodily fluids"}


class Finding(NamedTuple):
    """One contradiction: the form's field it stands in, and words for an editor.

    An error stops the save; a warning asks whether it is meant.
    """

    field: str
    words: str
    is_error: bool = False


@dataclass(frozen=True)
class Written:
    """A profile as it stands or is about to be saved, and what it is held against.

    `paths` are levels of EducationPath; `entry_education` is the projection's, "" where it has none;
    `credentials` are the letters of the certifications of the occupation.
    """

    prose: dict
    is_published: bool = True
    contacts: dict = field(default_factory=dict)
    paths: frozenset = frozenset()
    entry_education: str = ""
    credentials: frozenset = frozenset()


def findings(written, known):
    """Every Finding of a profile; `known` is a Credentials.

    figures_typed_in is not among them: it needs the newest release, and check_data lists it by itself.
    """
    return [
        *empty_sections(written),
        *unknown_figures(written),
        *contacts_without_a_reason(written),
        *other_education(written),
        *others_credentials(written, known),
    ]


def heading_of(name):
    """How an editor knows a field of prose, or a scale's reason."""
    scale = CONTACTS.get(name.removesuffix("_reason"))
    return scale.capitalize() if scale else SECTIONS.get(name, "Summary")


# --- Errors -----------------------------------------------------------------------------------------


def empty_sections(written):
    """A summary that is missing from a published profile, and marks or headings with nothing to them."""
    if written.is_published and not written.prose.get("summary", "").strip():
        yield Finding("summary", "A published profile needs a summary: write it, or save a draft.", True)
    for name, text in written.prose.items():
        if text.strip() and not has_words(text):
            yield Finding(name, "Nothing but marks is written here: write the section, or empty it.", True)
        for heading in empty_headings(text):
            words = f"Nothing is written under the heading “{heading}”: write it, or take the heading out."
            yield Finding(name, words, True)


def has_words(text):
    return any(character.isalpha() for character in text)


def empty_headings(text):
    """The headings of a Markdown text that another heading or the end follows at once."""
    lines = [line for line in text.splitlines() if line.strip()]
    for line, following in pairwise([*lines, "#"]):
        if line.startswith("#") and following.startswith("#"):
            yield line.lstrip("# ")


def unknown_figures(written):
    for name, text in written.prose.items():
        for figure in named_figures(text):
            if figure not in FIGURE_NAMES:
                words = f"No figure is called {{{{ {figure} }}}}; known are {', '.join(FIGURE_NAMES)}."
                yield Finding(name, words, True)


def contacts_without_a_reason(written):
    """`written.contacts` maps the name of a scale to its (step, reason)."""
    for name, (step, reason) in written.contacts.items():
        if step and not reason.strip():
            words = f"Say why in one sentence: readers see {CONTACTS[name]} with its reason."
            yield Finding(f"{name}_reason", words, True)


# --- Warnings ---------------------------------------------------------------------------------------

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


def typed_in(text, newest):
    """The figures and outlook's words of a text: “$50,250”, “May 2024” (before May 2025), “growing”."""
    found = {}
    for match in TYPED_IN.finditer(" ".join(text.split())):
        is_older = newest and match["year"] and int(match["year"]) < newest.year
        found[match[0].strip()] = f" (before {newest.period})" if is_older else ""
    return ", ".join(f"“{words}”{remark}" for words, remark in found.items())


def figures_typed_in(written, newest):
    for name, text in written.prose.items():
        if words := typed_in(text, newest):
            yield Finding(name, f"{words}: the next release or edition may make this untrue.")


# The schooling that a text names, as the level of EducationPath.
NAMED_EDUCATION = {
    EducationPath.Level.ASSOCIATE: re.compile(
        r"\bassociate(?:[’']s)?(?:\s+\w+)?\s+degrees?\b", re.IGNORECASE
    ),
    EducationPath.Level.BACHELOR: re.compile(
        r"\bbachelor(?:[’']?s)?\b|\bfour-year degrees?\b", re.IGNORECASE
    ),
    EducationPath.Level.MASTER: re.compile(
        r"\bmaster(?:[’']s|s)?\s+(?:\w+\s+)?(?:degrees?|programs?)\b", re.IGNORECASE
    ),
    EducationPath.Level.DOCTORATE: re.compile(
        r"\bdoctora(?:te|l)s?\b|\bph\.?d\b|\bmedical degrees?\b", re.IGNORECASE
    ),
}
SAME_LEVEL = {
    EntryEducation.HIGH_SCHOOL: EducationPath.Level.SCHOOL,
    EntryEducation.CERTIFICATE: EducationPath.Level.CERTIFICATE,
    EntryEducation.ASSOCIATE: EducationPath.Level.ASSOCIATE,
    EntryEducation.BACHELOR: EducationPath.Level.BACHELOR,
    EntryEducation.MASTER: EducationPath.Level.MASTER,
    EntryEducation.DOCTORATE: EducationPath.Level.DOCTORATE,
}


def other_education(written):
    """A degree that the way in is said to ask for, and neither a path nor the projection knows."""
    projected = SAME_LEVEL.get(written.entry_education)
    known = written.paths | ({projected} if projected else set())
    if not known:
        return
    told = " and ".join(
        [f"the paths say {_labels(written.paths)}"] * bool(written.paths)
        + [f"BLS says {EntryEducation(projected_words).label.lower()}"
           for projected_words in [written.entry_education] if projected_words]
    )  # fmt: skip
    for name in ("summary", "how_to_enter"):
        for level, pattern in NAMED_EDUCATION.items():
            match = pattern.search(written.prose.get(name, ""))
            if match and level not in known and not is_step(level, known):
                words = " ".join(match[0].split())
                yield Finding(name, f"“{words}” is named here as if it led in, while {told}.")


def is_step(level, known):
    """Whether a degree comes before one that leads in: a bachelor's before a master's."""
    order = list(EducationPath.Level)
    return any(order.index(other) > order.index(level) for other in known & GRADUATE)


GRADUATE = {
    EducationPath.Level.MASTER,
    EducationPath.Level.DOCTORATE,
    EducationPath.Level.POSTDOCTORAL,
}


def _labels(levels):
    return ", ".join(
        EducationPath.Level(level).label.lower() for level in EducationPath.Level if level in levels
    )


class Credentials:
    """The letters of every certification: what a text is searched for."""

    fewest_letters = 3  # CT is also a scan, CA a state

    def __init__(self, letters):
        named = sorted({word for word in letters if len(word) >= self.fewest_letters}, key=len, reverse=True)
        either = "|".join(map(re.escape, named))
        self._pattern = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])") if named else None

    def named_in(self, text):
        """The letters in a text, the longest that fit, each once."""
        return list(dict.fromkeys(self._pattern.findall(text))) if self._pattern else []


def letters_of(rows):
    """The letters that certifications go by now or went by once, of rows (abbreviation, former names).

    CMA (AAMA) is written CMA too.
    """
    letters = {abbreviation for abbreviation, _ in rows} | {a.split("(")[0].strip() for a, _ in rows}
    former = {word for _, names in rows for word in re.split(r"[\s;()]+", names) if word.isupper()}
    return frozenset(letters | former) - {""}


def others_credentials(written, known):
    """Letters of a certification that the occupation's page does not list."""
    for name, text in written.prose.items():
        for letters in known.named_in(text):
            if letters not in written.credentials:
                words = f"“{letters}” is a certification that is not linked to this occupation."
                yield Finding(name, f"{words} Link it there if it belongs, or take it out here.")


# --- Titles and certifications ------------------------------------------------------------------------


def plain(title):
    """A title as a reader compares it."""
    return " ".join(title.casefold().split())


def titles_of_others(titles, bearers):
    """Warnings for an editor's titles; `bearers` maps a plain title to the names of others that bear it."""
    for title in titles:
        others = bearers.get(plain(title), [])
        if others:
            named = " and ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
            yield Finding("", f"“{title}” is also a title of {named}: a search for it leads to both.")


def certification_findings(*, site, issuers_site, cost, cost_checked, status, replaced_by, today):
    """What is wrong with a certification; `site` and `issuers_site` may be empty, dates may be None."""
    if not site and not issuers_site:
        yield Finding("site", "Give the issuer's site, here or with the organization.", True)
    if cost and not cost_checked:
        yield Finding("cost_checked", "A cost needs the date on which it was read.", True)
    if cost_checked and cost_checked > today:
        yield Finding("cost_checked", "This day has not come yet.", True)
    if status == "renamed" and not replaced_by:
        yield Finding("replaced_by", "Say which certification it is called now.")
