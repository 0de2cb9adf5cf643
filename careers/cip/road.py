"""The road in: NCES's crosswalk and list of codes into the database, all or nothing.

    outcome = import_cip("CIP2020_SOC2018_Crosswalk.xlsx", "CIPCode2020.csv")

Raises BadInput with every problem found; then nothing has been written.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from careers.cip.load import check_given, load_leads, load_programs
from careers.cip.read import Reading, read
from careers.cip.source import crosswalk_fields, crosswalk_key, list_fields, list_key
from careers.models import DataVersion, Occupation, Program, ProgramOccupation, Source
from salaries.oews.lock import working_alone
from salaries.oews.problem import refuse


class Outcome(NamedTuple):
    """What was read, and how it differs from what the database held: codes and pairs of codes."""

    reading: Reading
    programs_new: list
    programs_gone: list
    programs_renamed: list
    leads_new: int
    leads_gone: int


def import_cip(crosswalk, code_list=None, *, dry_run=False):
    """Replace programs and what they lead to. Raises Busy where another import is at work."""
    with nullcontext() if dry_run else working_alone(f"importing {Path(crosswalk).name}"):
        known = set(Occupation.objects.current().values_list("code", flat=True))
        if not known:
            refuse("the database", "it has no list of occupations yet. Run manage.py seed first.")
        reading = read(crosswalk, code_list, known=known)
        check_given({row.code for row in reading.programs}, Path(crosswalk).name)
        outcome = _compared(reading)
        if not dry_run:
            _write(reading)
        return outcome


def _compared(reading):
    before = dict(Program.objects.values_list("code", "title"))
    now = {row.code: row.title for row in reading.programs}
    pairs = set(ProgramOccupation.objects.order_by().values_list("program__code", "occupation__code"))
    pairs_now = {(row.program_code, row.occupation_code) for row in reading.leads}
    return Outcome(
        reading,
        programs_new=sorted(now.keys() - before.keys()),
        programs_gone=sorted(before.keys() - now.keys()),
        programs_renamed=sorted(code for code in now.keys() & before.keys() if now[code] != before[code]),
        leads_new=len(pairs_now - pairs),
        leads_gone=len(pairs - pairs_now),
    )


@transaction.atomic
def _write(reading):
    today = {"retrieved": timezone.localdate()}
    told = list_fields(reading.edition) | {"files": reading.list_files} | today
    Source.objects.update_or_create(key=list_key(reading.edition), defaults=told)
    told = crosswalk_fields(reading.edition) | {"files": reading.crosswalk_files} | today
    Source.objects.update_or_create(key=crosswalk_key(reading.edition), defaults=told)
    load_programs(reading.programs)
    load_leads(reading.leads)
    DataVersion.raise_number()
