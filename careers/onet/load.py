"""Load: rows made from O*NET, and the SOC's direct match titles, into the database.

Each function replaces its table whole, within the caller's transaction. The rows are those of the
tables under data/ and of an import alike. Raises BadInput for a code or a source that is not known.
"""

from careers.insert import insert
from careers.keys import known_keys
from careers.models import (
    AlternateTitle,
    InterestProfile,
    JobZone,
    Occupation,
    RelatedOccupation,
    Technology,
)
from careers.onet.rows import TitleRow
from careers.onet.titles import merged

BATCH = 2_000


def load_titles(rows):
    """Replace the titles that name a source; a title that an editor gave stands for the publisher's."""
    occupations, sources = known_keys(rows)
    held = AlternateTitle.objects.filter(source=None).values_list("occupation__code", "kind", "title")
    editors = [TitleRow("", code, kind, title, "") for code, kind, title in held]
    own = dict(Occupation.objects.values_list("code", "title"))
    AlternateTitle.objects.exclude(source=None).delete()
    kept = [row for row in merged([*rows, *editors], own) if row.source_key]
    insert(
        AlternateTitle,
        ("occupation_id", "title", "kind", "source_id"),
        [(occupations[r.occupation_code], r.title, r.kind, sources[r.source_key]) for r in kept],
    )


def load_interests(rows):
    """Replace the ratings of interests."""
    _replace(InterestProfile, rows, "realistic investigative artistic social enterprising conventional "
             "strongest made_by period")  # fmt: skip


def load_job_zones(rows):
    """Replace the job zones."""
    _replace(JobZone, rows, "zone made_by period")


def load_related(rows):
    """Replace the related occupations."""
    occupations, sources = known_keys(rows, columns=("occupation_code", "other_code"))
    RelatedOccupation.objects.all().delete()
    insert(
        RelatedOccupation,
        ("occupation_id", "other_id", "source_id", "rank", "tier"),
        [
            (
                occupations[r.occupation_code],
                occupations[r.other_code],
                sources[r.source_key],
                int(r.rank),
                r.tier,
            )
            for r in rows
        ],
    )


def load_technologies(rows):
    """Replace the technologies."""
    occupations, sources = known_keys(rows)
    Technology.objects.all().delete()
    insert(
        Technology,
        ("occupation_id", "source_id", "name", "category", "is_hot", "is_in_demand"),
        [
            (
                occupations[r.occupation_code],
                sources[r.source_key],
                r.name,
                r.category,
                bool(r.is_hot),
                bool(r.is_in_demand),
            )
            for r in rows
        ],
    )


def _replace(model, rows, columns):
    """Replace a table whose columns are the rows' own text."""
    occupations, sources = known_keys(rows)
    model.objects.all().delete()
    model.objects.bulk_create(
        [
            model(
                occupation_id=occupations[row.occupation_code], source_id=sources[row.source_key],
                **{name: getattr(row, name) for name in columns.split()},
            )
            for row in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip
