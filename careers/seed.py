"""The tables under data/ that say what occupations are: into the database, importers' fields only."""

import csv
from datetime import date

from careers.models import CodeChange, Occupation, Source

SOURCE_FIELDS = ["publisher", "short_name", "title", "edition", "period", "url", "licence", "attribution"]


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load_sources(path):
    """One Source an edition; the rows of a key say which files it was read from, with their sha256."""
    sources = {}
    for row in rows_of(path):
        told = sources.setdefault(row["key"], {name: row[name] for name in SOURCE_FIELDS} | {"files": {}})
        told["files"][row["file"]] = row["sha256"]
        for day in ("published", "retrieved"):
            told[day] = date.fromisoformat(row[day]) if row[day] else told.get(day)
    for key, told in sources.items():
        Source.objects.update_or_create(key=key, defaults=told)


def load_occupations(path):
    """Create and update codes, levels, titles and the tree; editors' fields are never written."""
    rows = list(rows_of(path))
    fields = ["level", "title", "soc_version", "slug"]
    Occupation.objects.bulk_create(
        [
            Occupation(
                code=row["code"], level=row["level"], title=row["title"],
                soc_version=row["soc_version"], slug=Occupation.make_slug(row["title"]),
            )
            for row in rows
        ],
        update_conflicts=True, unique_fields=["code"], update_fields=fields, batch_size=500,
    )  # fmt: skip
    ids = dict(Occupation.objects.values_list("code", "id"))
    Occupation.objects.bulk_update(
        [Occupation(id=ids[row["code"]], parent_id=ids.get(row["parent_code"])) for row in rows],
        ["parent"], batch_size=500,
    )  # fmt: skip


def load_code_changes(path):
    """Replace the history of codes whole."""
    ids = dict(Occupation.objects.values_list("code", "id"))
    CodeChange.objects.all().delete()
    CodeChange.objects.bulk_create(
        CodeChange(old_id=ids[row["old_code"]], new_id=ids[row["new_code"]], year=row["year"])
        for row in rows_of(path)
    )
