"""Fill the database from data/: what is loaded already is not loaded again.

Editors' fields are never written, and a year whose files an operator imported is left alone.
"""

import gzip
import hashlib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from careers.models import SeedTable
from careers.seed import load_code_changes, load_occupations, load_sources
from salaries.management.faults import told_plainly
from salaries.oews.problem import BadInput
from salaries.oews.publish import name_occupations
from salaries.seed import (
    holds_an_operators_import,
    load_areas,
    load_industries,
    load_oews,
    load_price_parities,
    oews_tables,
)

DATA = settings.BASE_DIR / "data"
TABLES = {
    "sources.csv": load_sources,
    "occupations.csv": load_occupations,
    "code_changes.csv": load_code_changes,
    "areas.csv": load_areas,
    "industries.csv": load_industries,
    "price_parities.csv": load_price_parities,
}


class Command(BaseCommand):
    help = "Load the tables under data/ that are new or have changed."

    def handle(self, *, verbosity, **options):
        with told_plainly("The years seeded so far are whole; the same command goes on from there."):
            self.seed(verbosity)

    def seed(self, verbosity):
        self.loaded = dict(SeedTable.objects.values_list("path", "sha256"))
        for name, load in TABLES.items():
            if changed := self.changed([DATA / name]):
                with transaction.atomic():
                    load(DATA / name)
                    name_occupations()  # a release that an operator published may be newer than the table
                    self.remember(changed)
        changed = {year: paths for year, paths in oews_tables(DATA / "oews").items() if self.changed(paths)}
        years = {year: paths for year, paths in changed.items() if not holds_an_operators_import(year)}
        for year in changed.keys() - years.keys():
            self.stdout.write(
                f"May {year} was imported by an operator; the seed's tables are not used for it."
            )
        total = sum(rows(path) for paths in years.values() for path in paths)
        with tqdm(total=total, unit=" rows", unit_scale=True, disable=None if verbosity else True) as bar:
            for year, paths in years.items():
                bar.set_description(f"Seeding May {year}")
                self.seed_year(year, paths, bar)
        if verbosity:
            self.stdout.write(
                f"Seeded May {', '.join(map(str, years))}." if years else "The seed is loaded already."
            )

    def seed_year(self, year, paths, bar):
        try:
            with transaction.atomic():
                load_oews(year, paths, progress=bar.update)
                self.remember(self.changed(paths))
        except BadInput as bad:
            raise CommandError(
                f"data/ cannot be loaded; restore it from the repository.\n{bad.summary()}"
            ) from None

    def changed(self, paths):
        """{path relative to data/: sha256} of these tables, empty where all are loaded as they are."""
        digests = {p.relative_to(DATA).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}
        return digests if any(self.loaded.get(path) != digest for path, digest in digests.items()) else {}

    def remember(self, digests):
        for path, digest in digests.items():
            SeedTable.objects.update_or_create(path=path, defaults={"sha256": digest})


def rows(path):
    with gzip.open(path, "rb") as file:
        return file.read().count(b"\n")
