"""The whole database as one file that either database can be filled from.

A zip of one member a table, a line of JSON a row, and manifest.json:

    {"format": 1, "made": "2026-11-22T03:00:00+00:00", "migrations": [["careers", "0001_initial"], ...],
     "tables": {"careers.Source": {"fields": ["id", "key", ...], "rows": 31, "sha256": "..."}, ...}}

Sign-ins under way are left out; accounts, their password hashes and their devices' keys are in it.
"""

import hashlib
import json
import os
import zipfile
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from careers.models import DataVersion, Occupation, Source
from config.middleware import BEGIN

FORMAT = 1
LEFT_OUT = {"sessions.Session"}
BATCH = 2_000  # rows
# What JSON and both databases hold alike; every other kind of field converts its values itself.
PLAIN = {
    *("AutoField", "BigAutoField", "SmallIntegerField", "PositiveSmallIntegerField", "IntegerField"),
    *("PositiveIntegerField", "BigIntegerField", "BooleanField", "CharField", "SlugField", "TextField"),
    *("ForeignKey", "OneToOneField"),
}


class BackupError(Exception):
    """Why there is no backup, or why one cannot be restored, and how to mend it."""


def models():
    """Every table's model, by its label; the ones that join two others included."""
    every = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
    return {label: model for label, model in sorted(every.items()) if label not in LEFT_OUT}


def migrations():
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


# --- Out ------------------------------------------------------------------------------------------------


def backup(path):
    """Write the database as it is at one moment to `path`; returns {label: rows}.

    The file appears under its name only when it is whole, and only its owner may read it.
    """
    part, every = Path(f"{path}.part"), models()
    handle = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(handle, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as out,
        ):
            tables = at_one_moment(
                lambda: {label: write(out, label, model) for label, model in every.items()}
            )
            told = {"format": FORMAT, "made": timezone.now().isoformat(), "migrations": migrations()}
            out.writestr("manifest.json", json.dumps(told | {"tables": tables}, indent=1))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return {label: table["rows"] for label, table in tables.items()}


def at_one_moment(read):
    """What `read` returns of one snapshot of the database; writers go on meanwhile."""
    if connection.in_atomic_block:
        return read()
    connection.ensure_connection()
    with connection.connection.cursor() if connection.vendor == "postgresql" else Raw() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            return read()
        finally:
            cursor.execute("ROLLBACK")


class Raw:
    """SQLite's cursor, which is no context of its own."""

    def __enter__(self):
        return connection.connection.cursor()

    def __exit__(self, *_):
        return None


def write(out, label, model):
    """Write one table; returns its entry in the manifest."""
    fields = [field.attname for field in model._meta.concrete_fields]
    rows, digest = 0, hashlib.sha256()
    with out.open(member(label), "w", force_zip64=True) as file:
        for row in model._base_manager.order_by("pk").values_list(*fields).iterator(chunk_size=BATCH):
            line = json.dumps(row, default=as_text, ensure_ascii=False).encode() + b"\n"
            file.write(line)
            digest.update(line)
            rows += 1
    return {"fields": fields, "rows": rows, "sha256": digest.hexdigest()}


def as_text(value):
    """Days, times and decimals, exactly."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def member(label):
    return f"{label}.jsonl"


# --- In -------------------------------------------------------------------------------------------------


def restore(path):
    """Fill an empty, migrated database from `path`, wholly or not at all; returns {label: rows}."""
    try:
        with zipfile.ZipFile(path) as file:
            tables = checked(file)
            with transaction.atomic():
                fill(file, tables)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BackupError(f"{path} is no whole backup ({error}): take another.") from None
    ContentType.objects.clear_cache()
    return {label: table["rows"] for label, table in tables.items()}


def checked(file):
    """The manifest's tables, once everything is known to be as it says and to fit this database."""
    told = json.loads(file.read("manifest.json"))
    if told["format"] != FORMAT:
        raise BackupError(f"the backup is of format {told['format']}, and this version reads {FORMAT}.")
    refuse_other_migrations(told["migrations"])
    if Source.objects.exists() or Occupation.objects.exists() or apps.get_model("auth.User").objects.exists():
        raise BackupError("the database is not empty: restore into a new one, after manage.py migrate.")
    for label, table in told["tables"].items():
        refuse_damage(file, label, table)
    if set(told["tables"]) != set(models()):
        raise BackupError("the backup holds other tables than this version of the site.")
    return told["tables"]


def refuse_other_migrations(theirs):
    here = migrations()
    if theirs == here:
        return
    differ = [".".join(pair) for pair in theirs if pair not in here]
    differ += [".".join(pair) for pair in here if pair not in theirs]
    raise BackupError(
        f"the backup was made with other migrations ({', '.join(differ[:5])}). Restore it with the version "
        "of the site that made it, then run the newer version's migrate."
    )


def refuse_damage(file, label, table):
    digest, rows = hashlib.sha256(), 0
    with file.open(member(label)) as lines:
        for line in lines:
            digest.update(line)
            rows += 1
    if (rows, digest.hexdigest()) != (table["rows"], table["sha256"]):
        raise BackupError(f"{member(label)} is not as the manifest says: the file was damaged or changed.")


def fill(file, tables):
    """Empty every table, which migrate left with its own rows, and fill it; foreign keys wait for the end."""
    by_label = models()
    with connection.cursor() as cursor:
        for model in by_label.values():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for label, table in tables.items():
            load(cursor, by_label[label], table["fields"], file)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(by_label.values())):
            cursor.execute(statement)
    DataVersion.raise_number()  # whatever was kept of the empty site is not this one's


def load(cursor, model, names, file):
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if set(names) != set(fields):
        raise BackupError(f"{model._meta.label} has other columns here than in the backup.")
    fields = [fields[name] for name in names]
    with file.open(member(model._meta.label)) as lines:
        while batch := [converted(fields, json.loads(line)) for line in islice(lines, BATCH)]:
            insert(cursor, model, [field.column for field in fields], batch)


def converted(fields, row):
    """A row as this database's driver takes it."""
    return [
        value
        if field.get_internal_type() in PLAIN
        else field.get_db_prep_save(field.to_python(value), connection)
        for field, value in zip(fields, row, strict=True)
    ]


def insert(cursor, model, columns, rows):
    names = ", ".join(map(connection.ops.quote_name, columns))
    into = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES"
    if connection.vendor == "postgresql":
        from psycopg2.extras import execute_values

        with connection.wrap_database_errors:
            execute_values(cursor.cursor, f"{into} %s", rows, page_size=BATCH)
    else:
        cursor.executemany(f"{into} ({', '.join(['%s'] * len(columns))})", rows)
