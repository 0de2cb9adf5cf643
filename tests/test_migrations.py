"""A migration may run while web processes of the version before still serve readers."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

# What a running version would miss when it reads. Taking away waits for the version after the one that
# stopped to read: docs/deploy.md.
TAKING = (
    migrations.DeleteModel, migrations.RemoveField, migrations.RenameField, migrations.RenameModel,
    migrations.AlterModelTable, migrations.RunSQL,
)  # fmt: skip
# Made before there was a version for anyone to run, and the removals that were looked at since:
# (app, migration).
LOOKED_AT = {("careers", f"000{n}") for n in range(1, 8)}


def taken(operations):
    return [type(operation).__name__ for operation in operations if isinstance(operation, TAKING)]


def test_no_migration_takes_away_what_the_version_before_reads():
    found = {
        (app, name): taken(migration.operations)
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in ("careers", "salaries")
    }
    assert ("careers", "0001_initial") in found
    assert {
        key: names for key, names in found.items() if names and (key[0], key[1][:4]) not in LOOKED_AT
    } == {}


@pytest.mark.parametrize(
    ("operation", "names"),
    [
        (migrations.RemoveField("wage", "area"), ["RemoveField"]),
        (migrations.RenameModel("Wage", "Pay"), ["RenameModel"]),
        (migrations.AddField("wage", "note", models.TextField(null=True)), []),
        (migrations.AddIndex("wage", models.Index(fields=["area"], name="by_area")), []),
    ],
)
def test_taking_away_is_told_from_adding(operation, names):
    assert taken([operation]) == names
