"""The road in: a year of IPEDS into the database, all or nothing.

    outcome = import_ipeds("HD2024.zip", "C2024_A.zip")

Raises BadInput with every problem found; then nothing has been written.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from careers.ipeds.clean import Cleaned, clean
from careers.ipeds.compare import Changes, Held, compare
from careers.ipeds.load import load_schools
from careers.ipeds.read import read
from careers.ipeds.source import awards_fields, awards_key, schools_fields, schools_key
from careers.models import Award, DataVersion, Program, School, Source
from salaries.oews.lock import working_alone
from salaries.oews.problem import refuse


class Outcome(NamedTuple):
    """The two files, their rows, and what they change; `changes` is None where there was nothing."""

    tables: list
    cleaned: Cleaned
    changes: Changes | None


def import_ipeds(hd, completions, *, dry_run=False):
    """Replace schools and awards. Raises Busy where another import is at work."""
    names = f"{Path(hd).name}, {Path(completions).name}"
    with nullcontext() if dry_run else working_alone(f"importing {names}"):
        programs = set(Program.objects.values_list("code", flat=True))
        if not programs:
            refuse("the database", "it has no programs yet. Run manage.py seed or import_cip first.")
        tables = read(hd, completions)
        cleaned = clean(*tables, programs=programs)
        held = _held()
        outcome = Outcome(tables, cleaned, compare(held, cleaned) if held.names else None)
        if not dry_run:
            _write(outcome)
        return outcome


def _held():
    rows = list(School.objects.order_by().values_list("unitid", "name", "is_open", "closed"))
    offers = Award.objects.order_by().values_list("school__unitid", "program__code").distinct()
    return Held(
        {str(unitid): name for unitid, name, _, _ in rows},
        {str(unitid) for unitid, _, is_open, closed in rows if closed or not is_open},
        {(str(unitid), code) for unitid, code in offers},
    )


@transaction.atomic
def _write(outcome):
    hd, completions = outcome.tables
    _save_source(schools_key(hd.year), schools_fields(hd.year), hd)
    key = awards_key(completions.year)
    _save_source(key, awards_fields(completions.year), completions)
    load_schools(outcome.cleaned.schools, outcome.cleaned.awards, key)
    DataVersion.raise_number()


def _save_source(key, fields, table):
    told = fields | {"files": {table.file: table.sha256}, "retrieved": timezone.localdate()}
    Source.objects.update_or_create(key=key, defaults=told)
