"""The tables under data/ that say what occupations pay, by the importer's own road, and what places cost."""

import re
from collections import defaultdict

from careers.models import Source
from careers.seed import rows_of
from salaries.models import Area, Industry, PriceParity, Release
from salaries.oews.load import newest_of
from salaries.oews.publish import publish
from salaries.oews.road import import_files


def load_areas(path):
    """Create and update the areas; an area keeps the address it has."""
    rows = list(rows_of(path))
    Area.objects.bulk_create(
        [Area(**row, slug=slug) for row, slug in zip(rows, _slugs(rows), strict=True)],
        update_conflicts=True, unique_fields=["code"],
        update_fields=["area_type", "title", "primary_state"],
    )  # fmt: skip


def _slugs(rows):
    """A slug for each row, its code appended where two areas would share one; only new areas take theirs."""
    taken = set(Area.objects.values_list("slug", flat=True))
    for row in rows:
        slug = Area.make_slug(row["title"])
        slug = f"{slug}-{row['code']}" if slug in taken else slug
        taken.add(slug)
        yield slug


def load_industries(path):
    Industry.objects.bulk_create(
        [Industry(**row) for row in rows_of(path)],
        update_conflicts=True, unique_fields=["code"], update_fields=["title", "level"],
    )  # fmt: skip


def load_price_parities(path):
    """Replace the price parities whole: BEA revises every year with each edition."""
    areas = dict(Area.objects.values_list("code", "id"))
    sources = dict(Source.objects.values_list("key", "id"))
    PriceParity.objects.all().delete()
    PriceParity.objects.bulk_create(
        PriceParity(
            area_id=areas[row["area_code"]], year=row["year"], all_items=row["all_items"],
            source_id=sources[f"bea-rpp-{row['year']}"],
        )
        for row in rows_of(path)
    )  # fmt: skip


def oews_tables(folder):
    """The tables of each year, oldest first: {2012: [national_2012.csv.gz], ...}."""
    tables = defaultdict(list)
    for path in sorted(folder.glob("*_20[0-9][0-9].csv.gz")):
        tables[int(re.search(r"_(20\d\d)\.", path.name)[1])].append(path)
    return dict(sorted(tables.items()))


def holds_an_operators_import(year):
    """Whether an operator imported this year's files: the seed never replaces what they brought."""
    release = newest_of(year)
    return release is not None and release.source.key != f"oews-{year}"


def load_oews(year, paths, *, started=None, progress=None):
    """Import and publish one year of the seed; raises BadInput as any import does."""
    source = Source.objects.get(key=f"oews-{year}")
    outcome = import_files(paths, year=year, source=source, started=started, progress=progress)
    if outcome.release.status == Release.Status.STAGED:
        publish(outcome.release)
    return outcome
