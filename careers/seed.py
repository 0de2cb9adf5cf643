"""The tables under data/ that say what occupations are: into the database, importers' fields only."""

import csv
import gzip
import re
from datetime import date
from typing import NamedTuple

from careers.cip import load as cip
from careers.cip.rows import LeadRow, ProgramRow
from careers.ipeds.load import load_schools
from careers.ipeds.rows import AwardRow, SchoolRow
from careers.ipeds.source import awards_key
from careers.models import (
    AlternateTitle,
    CodeChange,
    EducationAttained,
    InterestProfile,
    JobZone,
    Occupation,
    Program,
    ProgramOccupation,
    Projection,
    RelatedOccupation,
    School,
    Source,
    Technology,
)
from careers.onet import load as onet
from careers.onet import rows as onet_rows
from careers.projections import load as projections
from careers.projections import rows as projection_rows
from careers.projections.words import read_words

SOURCE_FIELDS = ["publisher", "short_name", "title", "edition", "period", "url", "licence", "attribution"]


class Published(NamedTuple):
    """A table made from one edition of a publisher's: its row, its load function, its model."""

    row: type
    load: object
    model: type


PUBLISHED = {
    "alternate_titles.csv.gz": Published(onet_rows.TitleRow, onet.load_titles, AlternateTitle),
    "interests.csv": Published(onet_rows.InterestRow, onet.load_interests, InterestProfile),
    "job_zones.csv": Published(onet_rows.JobZoneRow, onet.load_job_zones, JobZone),
    "related_occupations.csv.gz": Published(onet_rows.RelatedRow, onet.load_related, RelatedOccupation),
    "technologies.csv.gz": Published(onet_rows.TechnologyRow, onet.load_technologies, Technology),
    "projections.csv": Published(projection_rows.ProjectionRow, projections.load_projections, Projection),
    "education_attained.csv": Published(
        projection_rows.EducationRow, projections.load_education, EducationAttained
    ),
    "programs.csv": Published(ProgramRow, cip.load_programs, Program),
    "program_occupations.csv": Published(LeadRow, cip.load_leads, ProgramOccupation),
    "schools.csv.gz": Published(SchoolRow, load_schools, School),  # with its awards
}


def rows_of(path):
    """The rows of a csv or csv.gz as dicts of text."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load_published(path):
    """Replace a table that is made from an edition; an import loads its rows by the same function."""
    table = PUBLISHED[path.name]
    table.load([table.row(**row) for row in rows_of(path)])


def load_schools_and_awards(data):
    """Replace schools and their awards together, from data/schools/; a file's name tells its year."""
    (awards,) = (data / "schools").glob("awards_*.csv.gz")
    year = re.findall(r"\d{4}", awards.name)[0]
    load_schools(
        [SchoolRow(**row) for row in rows_of(data / "schools" / "schools.csv.gz")],
        [AwardRow(**row) for row in rows_of(awards)],
        awards_key(year),
    )


def load_outlook_words(path):
    """Replace the words of every edition; raises BadInput where a hand slipped."""
    projections.load_outlook_words(read_words(path))


def newer_edition(path):
    """The Source that an operator imported and that is newer than the table's, or None.

    Keys name publisher and edition: onet-31.0 is newer than onet-30.1, ep-2025-35 than ep-2024-34.
    """
    if path.name not in PUBLISHED:
        return None
    held = PUBLISHED[path.name].model.objects.order_by().values("source")
    editions = [_edition(key) for key in {row["source_key"] for row in rows_of(path)}]
    for source in Source.objects.filter(id__in=held):
        publisher, number = _edition(source.key)
        if any(publisher == ours and number > than for ours, than in editions):
            return source
    return None


def _edition(key):
    """("onet", [30, 1]) of onet-30.1."""
    return key.split("-")[0], [int(number) for number in re.findall(r"\d+", key)]


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
