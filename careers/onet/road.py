"""The road in: O*NET's text zip into the database, all or nothing.

    outcome = import_onet("db_30_1_text.zip")

Raises BadInput with every problem found; then nothing has been written.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from careers.models import DataVersion, Occupation, Source
from careers.onet.clean import Cleaned, clean
from careers.onet.load import (
    load_interests,
    load_job_zones,
    load_related,
    load_technologies,
    load_titles,
)
from careers.onet.read import Reading, read
from careers.onet.rows import TitleRow
from careers.onet.source import source_fields, source_key
from careers.seed import rows_of
from salaries.oews.lock import working_alone
from salaries.oews.problem import refuse

TITLES = settings.BASE_DIR / "data" / "alternate_titles.csv.gz"


class Outcome(NamedTuple):
    """What was read, and the rows that were written or, in a rehearsal, would be."""

    reading: Reading
    cleaned: Cleaned


def import_onet(path, *, dry_run=False):
    """Replace what the database holds of O*NET. Raises Busy where another import is at work."""
    with nullcontext() if dry_run else working_alone(f"importing {Path(path).name}"):
        own_titles = dict(Occupation.objects.current().values_list("code", "title"))
        if not own_titles:
            refuse("the database", "it has no list of occupations yet. Run manage.py seed first.")
        reading = read(path)
        outcome = Outcome(reading, clean(reading, own_titles))
        if not dry_run:
            _write(outcome, own_titles)
        return outcome


@transaction.atomic
def _write(outcome, own_titles):
    """The titles of the SOC stay: they are merged again with O*NET's."""
    reading, cleaned = outcome
    told = source_fields(reading) | {"files": {reading.file: reading.sha256}}
    told["retrieved"] = timezone.localdate()
    Source.objects.update_or_create(key=source_key(reading), defaults=told)
    load_titles([*cleaned.titles, *_direct_matches(own_titles)])
    load_interests(cleaned.interests)
    load_job_zones(cleaned.job_zones)
    load_related(cleaned.related)
    load_technologies(cleaned.technologies)
    DataVersion.raise_number()


def _direct_matches(own_titles):
    rows = (TitleRow(**row) for row in rows_of(TITLES))
    return [row for row in rows if row.kind == "direct_match" and row.occupation_code in own_titles]
