"""What the list of occupations is narrowed by, and how many each choice would leave.

A list has at most some 850 rows, so it is narrowed and counted here, over slim rows that
careers/kept.py holds: one rule says both what stands in the table and what is counted beside a
choice, and the word for an outlook is worked out in one place.
"""

from collections import Counter
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from careers.models import Contact, EntryEducation, Interest, Level, Occupation, Profile
from careers.models.occupation import CURRENT_SOC
from careers.outlook import outlook_word, unrounded_percent

# O*NET's job zones, in its own words for how much preparation the work takes.
JOB_ZONES = {"1": "little or none", "2": "some", "3": "medium", "4": "considerable", "5": "extensive"}
# What a student may not know by BLS's words.
PLAIN_SCHOOLING = {EntryEducation.CERTIFICATE: "a certificate after high school"}
# What is asked of every occupation's row.
ASKED = (
    "id",
    "level",
    "soc_version",
    "parent_id",
    "parent__level",
    "projection__id",
    "projection__source_id",
    "projection__base_year",
    "projection__target_year",
    "projection__change_percent",
    "projection__change",
    "projection__employment",
    "projection__entry_education",
    "interests__strongest",
    "profile__patient_contact",
    "profile__status",
)


class Facts(NamedTuple):
    """What publishers and editors say of an occupation, as far as lists are narrowed and sorted by it.

    `choices` has, for each facet, the values that the occupation has: none where nobody tells.
    `projection` is the key of its Projection, or of that of the code in which BLS counts it.
    """

    choices: dict
    projection: int | None = None
    source_id: int | None = None
    span: str = ""
    change_percent: Decimal | None = None
    outlook: str = ""


NO_FACTS = Facts(dict.fromkeys(("entry_education", "outlook", "job_zone", "interest", "patient_contact"), ()))


class Listed(NamedTuple):
    """A row of the list: an occupation's names, its wage in the place shown, and its facts.

    `text` is what words are looked for in; `choices` are those of its facts, and its group.
    """

    code: str
    slug: str
    name: str
    text: str
    wage: object
    facts: Facts
    choices: dict


class Facet(NamedTuple):
    """A kind of choice. `options` are (value, words, further words, words of the link that undoes it).

    `missing` tells of occupations that have no such fact: "59 without a job zone".
    """

    name: str
    label: str
    hint: str
    options: list
    missing: str

    @property
    def values(self):
        return [option[0] for option in self.options]


def facts_of_all(outlook_words, job_zones, lineage):
    """{an occupation's primary key: Facts}, in one query besides what is given."""
    rows = {row.id: row for row in Occupation.objects.order_by().values_list(*ASKED, named=True)}
    return {
        key: _facts(row, rows, outlook_words, job_zones.get(key, []), lineage) for key, row in rows.items()
    }


def _facts(row, rows, outlook_words, zones, lineage):
    projected = _projected(row, rows, lineage)
    percent = projected.projection__change_percent
    words = outlook_words.get(projected.projection__source_id)
    jobs = projected.projection__change, projected.projection__employment
    word = outlook_word(unrounded_percent(percent, *jobs), words) if words and percent is not None else None
    is_public = row.profile__status == Profile.Status.PUBLISHED
    choices = {
        "entry_education": _known(projected.projection__entry_education),
        "outlook": _known(word and word.slug),
        "job_zone": tuple(str(zone.zone) for zone in zones),
        "interest": _known(row.interests__strongest),
        "patient_contact": _known(is_public and row.profile__patient_contact),
    }
    span = f"{projected.projection__base_year} to {projected.projection__target_year}"
    return Facts(
        choices,
        projected.projection__id,
        projected.projection__source_id,
        span if projected.projection__id else "",
        percent,
        word.word if word else "",
    )


def _known(value):
    return (value,) if value else ()


def _projected(row, rows, lineage):
    """The row whose projection holds: its own, or that of the code in which BLS counts the occupation."""
    if row.projection__id or row.soc_version != CURRENT_SOC or row.level != Level.DETAILED:
        return row
    if row.parent__level == Level.DETAILED:
        return rows[row.parent_id]
    later = lineage.after(row.id)
    return rows[later[-1].codes[0]] if later and len(later[-1].codes) == 1 else row


def listed(wages, facts):
    """The rows of a list, from those of WageQuerySet.for_occupation_list."""
    return [_listed(wage, facts.get(wage.occupation_id, NO_FACTS)) for wage in wages]


def _listed(wage, facts):
    title, shown, code = wage.occupation__title, wage.occupation__display_title, wage.occupation__code
    return Listed(
        code,
        wage.occupation__slug,
        shown or title,
        f"{title}\n{shown}\n{code}".casefold(),
        wage,
        facts,
        {"group": (f"{code[:2]}-0000",), **facts.choices},
    )


def facets(outlook_words, span):
    """The kinds of choice with several answers; `outlook_words` are those of the edition in use."""
    return [
        Facet(
            "entry_education",
            "Typical schooling for entry",
            "What BLS gives as usual for a first job of the kind.",
            [
                (value, label, PLAIN_SCHOOLING.get(value, ""), label)
                for value, label in EntryEducation.choices
            ],
            "without a typical schooling",
        ),
        Facet(
            "outlook",
            f"Outlook, {span}" if span else "Outlook",
            "BLS’s word for how the number of jobs will change.",
            [(word.slug, word.word, "", word.word) for word in reversed(outlook_words)],
            "without a projection",
        ),
        Facet(
            "job_zone",
            "Preparation",
            "O*NET’s job zones. Some occupations are in several.",
            [(zone, f"{zone}: {words}", "", f"Job zone {zone}") for zone, words in JOB_ZONES.items()],
            "without a job zone",
        ),
        Facet(
            "interest",
            "Strongest interest",
            "As O*NET rates it.",
            [(value, *label.split(": "), label.split(": ")[0]) for value, label in Interest.choices],
            "without a rated interest",
        ),
        Facet(
            "patient_contact",
            "Contact with patients",
            "Our editors’ rating, of health occupations.",
            [(value, label, "", f"Patient contact: {label.lower()}") for value, label in Contact.choices],
            "not rated for contact with patients",
        ),
    ]


class Narrowed(NamedTuple):
    """What fits, and what one filter alone keeps out.

    `near` has for each filter the rows that fit all others; `unknown` counts for each filter the
    rows that lack its fact and break no other filter, and `left_out` those rows, each once.
    """

    fits: list
    near: dict
    unknown: Counter
    left_out: int

    def counts(self, name):
        """{value: how many of the rows that fit all other filters have it}."""
        return Counter(chain.from_iterable(r.choices[name] for r in self.fits + self.near.get(name, [])))


def narrow(rows, tests):
    """Put each row to every test, {name: function}: True fits, False does not, None is not known."""
    narrowed = Narrowed([], {name: [] for name in tests}, Counter(), 0)
    left_out = 0
    for row in rows:
        failed = {name: fit for name, test in tests.items() if not (fit := test(row))}
        if not failed:
            narrowed.fits.append(row)
            continue
        if len(failed) == 1:
            narrowed.near[next(iter(failed))].append(row)
        if all(fit is None for fit in failed.values()):
            left_out += 1
            narrowed.unknown.update(failed.keys())
    return narrowed._replace(left_out=left_out)


def has_choice(name, chosen):
    """The test of a facet: whether a row has one of the chosen values."""

    def test(row):
        values = row.choices[name]
        return any(value in chosen for value in values) if values else None

    return test


def has_words(words):
    """The test of a text: every word in a title or in the code."""
    words = [word.casefold() for word in words]
    return lambda row: all(word in row.text for word in words)


def is_paid(least, most, bit):
    """The test of a range of yearly medians, in whole dollars, either end None for open.

    `bit` tells a median at the top code, which counts as above every number. Pay that BLS publishes by
    the hour only is not turned into a year's: whether it fits is not known.
    """

    def test(row):
        median = row.wage.annual_median
        if median is not None:
            return (least is None or median >= least) and (most is None or median <= most)
        return most is None if row.wage.top_coded & bit else None

    return test
