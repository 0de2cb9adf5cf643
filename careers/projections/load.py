"""Load: rows made from the Employment Projections into the database.

Each function replaces its table whole, within the caller's transaction. The rows are those of the
tables under data/ and of an import alike. Raises BadInput for a code or a source that is not known.
"""

from careers.keys import known_keys
from careers.models import EducationAttained, OutlookWord, Projection, Source

BATCH = 1_000


def load_projections(rows):
    """Replace the projections."""
    _replace(Projection, rows)


def load_education(rows):
    """Replace the shares of education attained."""
    _replace(EducationAttained, rows)


def load_outlook_words(rows):
    """Replace the words of every edition; an edition that is not imported yet waits for its import."""
    sources = dict(Source.objects.values_list("key", "id"))
    OutlookWord.objects.all().delete()
    OutlookWord.objects.bulk_create(
        OutlookWord(
            source_id=sources[row.source_key], word=row.word, slug=row.slug,
            at_least_percent=row.at_least_percent or None,
        )
        for row in rows
        if row.source_key in sources
    )  # fmt: skip


def _replace(model, rows):
    occupations, sources = known_keys(rows)
    is_text = {field.name for field in model._meta.fields if not field.null}
    model.objects.all().delete()
    model.objects.bulk_create(
        [
            model(
                occupation_id=occupations[row.occupation_code], source_id=sources[row.source_key],
                **{
                    name: value if name in is_text else value or None
                    for name, value in row._asdict().items()
                    if name not in ("source_key", "occupation_code")
                },
            )
            for row in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip
