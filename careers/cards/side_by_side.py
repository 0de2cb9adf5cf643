"""What occupations are and take, side by side: rows of words for the comparison."""

from careers.cards.outlook import projection_of, verdict
from careers.cards.work import strongest
from careers.models import CertificationUse, Occupation, Profile
from careers.outlook import outlook_figures

WITH = ("profile", "interests", "projection", "parent__projection")
MOST_CERTIFICATIONS = 4
UNKNOWN = "not published"
UNWRITTEN = "not written yet"


def side_by_side(occupations, facts):
    """[(heading, [(label, [words])], citation)] for the occupations, in their order.

    `facts` is careers.kept.kept(). Two queries; rows and groups that none of them has are left out.
    """
    held = Occupation.objects.select_related(*WITH).in_bulk([o.pk for o in occupations])
    rows = [held[o.pk] for o in occupations]
    groups = [_takes(rows), _changes(rows, facts), _suits(rows), _contact(rows), _certifications(rows)]
    return [
        (heading, kept, _cited(rows, names, facts))
        for heading, lines, names in groups
        if (kept := _known(lines))
    ]


def _known(lines):
    """The rows that at least one of the occupations has words for."""
    return [(label, words) for label, words in lines if any(w not in (UNKNOWN, UNWRITTEN) for w in words)]


def _cited(rows, name, facts):
    """The sources of a group's facts, each once; empty for what editors wrote."""
    keys = dict.fromkeys(fact.source_id for row in rows if name and (fact := _fact(row, name)))
    return " · ".join(facts.sources[key].cited for key in keys)


def _fact(occupation, name):
    return projection_of(occupation) if name == "projection" else getattr(occupation, name, None)


def _takes(rows):
    labels = {
        "entry_education": "Typical schooling for entry",
        "experience": "Work in a related occupation before",
        "training": "Training on the job",
    }
    lines = [(label, [_choice(projection_of(row), name) for row in rows]) for name, label in labels.items()]
    return "What it takes", lines, "projection"


def _choice(fact, name):
    return (fact and getattr(fact, f"get_{name}_display")()) or UNKNOWN


def _changes(rows, facts):
    projections = [projection_of(row) for row in rows]
    told = [
        verdict(p, facts.sources[p.source_id], facts.outlook_words.get(p.source_id, [])) if p else None
        for p in projections
    ]
    openings = [
        outlook_figures(p, facts.sources[p.source_id])["openings"].text if p else UNKNOWN for p in projections
    ]
    lines = [
        ("Outlook", [words or UNKNOWN for words in told]),
        ("Openings a year, on average", openings),
    ]
    return "How it is changing", lines, "projection"


def _suits(rows):
    ratings = [getattr(row, "interests", None) for row in rows]
    words = [" and ".join(strongest(rating)) if rating else UNKNOWN for rating in ratings]
    return "Whom it suits", [("Strongest interests", words)], "interests"


def _contact(rows):
    profiles = [getattr(row, "profile", None) for row in rows]
    profiles = [p if p and p.status == Profile.Status.PUBLISHED else None for p in profiles]
    labels = {"patient_contact": "Contact with patients", "bodily_fluids": "Contact with bodily fluids"}
    lines = [
        (label, [(p and getattr(p, f"get_{name}_display")().lower()) or UNWRITTEN for p in profiles])
        for name, label in labels.items()
    ]
    return "Contact", lines, ""


def _certifications(rows):
    uses = CertificationUse.objects.filter(occupation__in=rows, certification__status="active")
    by_occupation = {}
    for use in sorted(
        uses.select_related("certification"), key=lambda use: (use.rank, use.certification.name)
    ):
        by_occupation.setdefault(use.occupation_id, []).append(use.certification)
    words = [_letters(by_occupation.get(row.pk, [])) for row in rows]
    return "Certifications", [("Held by people in it", words)], ""


def _letters(certifications):
    names = [c.abbreviation or c.name for c in certifications]
    if not names:
        return UNWRITTEN
    more = len(names) - MOST_CERTIFICATIONS
    return ", ".join(names[:MOST_CERTIFICATIONS]) + (f" and {more} more" if more > 0 else "")
