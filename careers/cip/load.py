"""Load: rows made from CIP into the database, within the caller's transaction.

The rows are those of the tables under data/ and of an import alike. Raises BadInput for a code or a
source that is not known.
"""

from careers.insert import insert
from careers.keys import known_keys
from careers.models import Award, Program, ProgramOccupation, Source
from salaries.oews.problem import BadInput, Problem

BATCH = 500


def load_programs(rows):
    """Replace the programs. Raises BadInput where schools give one that is not among the rows."""
    sources = dict(Source.objects.values_list("key", "id"))
    check_given({row.code for row in rows}, "programs.csv")
    Program.objects.bulk_create(
        [Program(code=row.code, title=row.title, source_id=sources[row.source_key]) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title", "source"],
        batch_size=BATCH,
    )
    gone = set(Program.objects.values_list("code", flat=True)) - {row.code for row in rows}
    Program.objects.filter(code__in=gone).delete()


def check_given(codes, file):
    """Refuse a list without a program of which the database holds awards."""
    given = Award.objects.order_by().values("program")
    missing = Program.objects.filter(id__in=given).exclude(code__in=codes)
    problems = [
        Problem(file, None, "code", program.code, f"{program.title} is gone, but schools give it. "
                "Give the list of codes, CIPCode2020.csv, as the second file.")
        for program in missing
    ]  # fmt: skip
    if problems:
        raise BadInput(problems)


def load_leads(rows):
    """Replace which programs lead to which occupations."""
    occupations, sources = known_keys(rows)
    programs = dict(Program.objects.values_list("code", "id"))
    problems = [
        Problem("the rows", line, "program_code", row.program_code, "no program has this code.")
        for line, row in enumerate(rows, 2)
        if row.program_code not in programs
    ]
    if problems:
        raise BadInput(problems)
    ProgramOccupation.objects.all().delete()
    insert(
        ProgramOccupation,
        ("program_id", "occupation_id", "source_id"),
        [(programs[r.program_code], occupations[r.occupation_code], sources[r.source_key]) for r in rows],
    )
