"""The road in: the workbooks of the Employment Projections into the database, all or nothing.

    outcome = import_projections(["occupation.xlsx", "education.xlsx"])

Raises BadInput with every problem found; then nothing has been written.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from careers.models import DataVersion, Occupation, Source
from careers.projections.clean import Cleaned, clean
from careers.projections.load import load_education, load_outlook_words, load_projections
from careers.projections.read import Reading, read
from careers.projections.source import source_fields
from careers.projections.words import check_words, read_words
from salaries.oews.lock import working_alone
from salaries.oews.problem import refuse

WORDS = settings.BASE_DIR / "data" / "outlook_words.csv"


class Outcome(NamedTuple):
    """What was read, and the rows that were written or, in a rehearsal, would be."""

    reading: Reading
    cleaned: Cleaned


def import_projections(paths, *, dry_run=False):
    """Replace the projections, or the education, or both. Raises Busy where another import is at work."""
    names = ", ".join(Path(path).name for path in paths)
    with nullcontext() if dry_run else working_alone(f"importing {names}"):
        known = set(Occupation.objects.current().values_list("code", flat=True))
        if not known:
            refuse("the database", "it has no list of occupations yet. Run manage.py seed first.")
        reading = read(paths)
        outcome = Outcome(reading, clean(reading, known))
        words = read_words(WORDS)
        if outcome.cleaned.projections:
            check_words(words, outcome.cleaned.source_key, WORDS)
        if not dry_run:
            _write(outcome, words)
        return outcome


@transaction.atomic
def _write(outcome, words):
    reading, cleaned = outcome
    source = Source.objects.filter(key=cleaned.source_key).first()
    told = source_fields(reading.base_year, reading.target_year)
    told["files"] = (source.files if source else {}) | reading.files
    told["retrieved"] = timezone.localdate()
    Source.objects.update_or_create(key=cleaned.source_key, defaults=told)
    if cleaned.projections:
        load_outlook_words(words)
        load_projections(cleaned.projections)
    if cleaned.education:
        load_education(cleaned.education)
    DataVersion.raise_number()
