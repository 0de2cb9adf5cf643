"""Load: rows made from IPEDS into the database, within the caller's transaction.

The rows are those of the tables under data/ and of an import alike.
"""

from django.db import connection

from careers.insert import insert
from careers.models import Award, Program, School, Source
from salaries.oews.problem import refuse

BATCH = 500
NULLS = ("latitude", "longitude", "closed")


def load_schools(rows, awards, awards_key):
    """Replace schools and awards together; `awards_key` is the awards' source. Raises BadInput.

    A school that stays keeps its primary key.
    """
    sources = dict(Source.objects.values_list("key", "id"))
    unknown = {row.source_key for row in rows} | {awards_key}
    if unknown := unknown - sources.keys():
        refuse("the rows", "no such source in data/sources.csv.", value=", ".join(sorted(unknown)))
    Award.objects.all().delete()
    gone = set(School.objects.values_list("unitid", flat=True)) - {int(row.unitid) for row in rows}
    School.objects.filter(unitid__in=gone).delete()
    schools = [_school(row, sources[row.source_key]) for row in rows]
    School.objects.bulk_create(
        schools,
        update_conflicts=True,
        unique_fields=["unitid"],
        update_fields=[f.name for f in School._meta.fields if f.name not in ("id", "unitid")],
        batch_size=BATCH,
    )
    _load_awards(awards, sources[awards_key])
    _tell_planner()


def _school(row, source_id):
    told = row._asdict() | {"is_open": bool(row.is_open), "source_id": source_id}
    del told["source_key"]
    for name in NULLS:
        told[name] = told[name] or None
    return School(**told, slug=School.make_slug(row.name))


def _load_awards(awards, source_id):
    schools = {str(unitid): key for unitid, key in School.objects.values_list("unitid", "id")}
    programs = dict(Program.objects.values_list("code", "id"))
    for name, known in (("unitid", schools), ("program_code", programs)):
        if unknown := sorted({getattr(row, name) for row in awards} - known.keys()):
            refuse("the rows", f"{len(unknown)} of the awards' are not known.", column=name, value=unknown[0])
    insert(
        Award,
        ("school_id", "program_id", "source_id", "level", "completions"),
        [
            (schools[unitid], programs[code], source_id, int(level), int(completions))
            for unitid, code, level, completions in awards
        ],
    )


def _tell_planner():
    """Tell the database's planner how large the tables are now."""
    with connection.cursor() as cursor:
        for model in (Award, School, Program):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
