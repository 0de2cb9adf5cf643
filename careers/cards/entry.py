"""What it takes to get in: BLS's assignments, the paths that editors describe, and who is in now."""

from typing import NamedTuple

from django.utils.text import capfirst

from careers.models import EducationPath
from careers.outlook import education_figures
from salaries.charts.bars import Bar, bars


class Path(NamedTuple):
    """One education path as the table tells it; empty words where the profile gives none."""

    level: str
    standing: str
    name: str
    length: str
    courses: str
    leads_to: str


class Share(NamedTuple):
    """One level of schooling: its share of the workers, as text and as a bar."""

    label: str
    text: str
    bar: Bar


def entry(projection, sources):
    """What BLS assigns as typical for entry: (label, words) pairs, and where they come from."""
    if projection is None or not projection.entry_education:
        return None
    facts = [
        ("Typical schooling for entry", projection.get_entry_education_display()),
        ("Work in a related occupation before", projection.get_experience_display()),
        ("Training on the job", projection.get_training_display()),
    ]
    source = sources[projection.source_id]
    return {
        "facts": [(label, words) for label, words in facts if words],
        "education": projection.get_entry_education_display(),
        "alike": f"/occupations/?entry_education={projection.entry_education}",
        "cited": f"United States · {source.cited}",
    }


def paths(rows):
    """The education paths of a profile, in the editor's order."""
    return [
        Path(
            EducationPath.Level(row.level).label,
            EducationPath.Standing(row.standing).label,
            row.name,
            row.length,
            ", ".join(row.courses),
            row.leads_to,
        )
        for row in rows
    ]


def attained(row, sources):
    """The schooling of those who do the work today, or None where BLS gives none."""
    if row is None:
        return None
    figures = list(education_figures(row, row.period, sources[row.source_id]).values())
    largest = max(figures, key=lambda figure: figure.value)
    return {
        "shares": [
            Share(capfirst(f.measure.label), f.text, bar)
            for f, bar in zip(figures, bars([f.value for f in figures]), strict=True)
        ],
        "most": largest.measure.label,
        "cited": f"{largest.place} · {largest.period} · {largest.source}",
    }
