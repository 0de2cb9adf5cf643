"""Fill the database from data/: what is loaded already is not loaded again.

Editors' fields are never written. What an operator imported is left alone: a year of OEWS whose files
they brought, and an edition newer than the seed's.
"""

import gzip
import hashlib

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from careers.certifications import load_certifications
from careers.models import DataVersion, SeedTable
from careers.profiles import load_profiles
from careers.seed import (
    load_code_changes,
    load_occupations,
    load_outlook_words,
    load_published,
    load_schools_and_awards,
    load_sources,
    newer_edition,
)
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

# What is loaded, in this order, by what. A name is a table or a folder under data/, which the function
# gets as its path; where several names stand together it gets data/ itself. A function may return what
# it left to its editors.
TABLES = {
    "sources.csv": load_sources,
    "occupations.csv": load_occupations,
    "code_changes.csv": load_code_changes,
    "areas.csv": load_areas,
    "industries.csv": load_industries,
    "price_parities.csv": load_price_parities,
    "alternate_titles.csv.gz": load_published,
    "interests.csv": load_published,
    "job_zones.csv": load_published,
    "related_occupations.csv.gz": load_published,
    "technologies.csv.gz": load_published,
    "outlook_words.csv": load_outlook_words,
    "projections.csv": load_published,
    "education_attained.csv": load_published,
    "schools/programs.csv": load_published,
    "schools/program_occupations.csv": load_published,
    "schools/schools.csv.gz schools/awards_2024.csv.gz": load_schools_and_awards,
    "profiles": load_profiles,
    "organizations.csv certifications.csv certification_occupations.csv": load_certifications,
}


class Command(BaseCommand):
    help = "Load the tables under data/ that are new or have changed."

    def handle(self, *, verbosity, **options):
        with told_plainly("The tables seeded so far are whole; the same command goes on from there."):
            self.seed(verbosity)

    def seed(self, verbosity):
        self.loaded = dict(SeedTable.objects.values_list("path", "sha256"))
        tables = [names for names in TABLES if self.changed(paths_of(names)) and not self.is_newer(names)]
        years = self.years()
        paths = [path for names in tables for path in paths_of(names)]
        total = sum(rows(path) for path in [*paths, *(path for paths in years.values() for path in paths)])
        with tqdm(total=total, unit=" rows", unit_scale=True, disable=None if verbosity else True) as bar:
            for names in tables:
                bar.set_description(f"Seeding {names}")
                self.seed_table(names)
                bar.update(sum(map(rows, paths_of(names))))
            for year, paths in years.items():
                bar.set_description(f"Seeding May {year}")
                self.seed_year(year, paths, bar)
        if tables or years:
            call_command("make_roles")
        if verbosity:
            self.tell(tables, years)

    def years(self):
        """The years to load: those whose tables changed, but for those that an operator imported."""
        changed = {year: paths for year, paths in oews_tables(DATA / "oews").items() if self.changed(paths)}
        years = {year: paths for year, paths in changed.items() if not holds_an_operators_import(year)}
        for year in changed.keys() - years.keys():
            self.stdout.write(
                f"May {year} was imported by an operator; the seed's tables are not used for it."
            )
        return years

    def is_newer(self, names):
        """Whether the database holds a newer edition than the table's, which the seed would take back."""
        newer = next(filter(None, map(newer_edition, paths_of(names))), None)
        if newer:
            self.stdout.write(f"{names} is not used: the database holds a newer edition, {newer}.")
        return newer is not None

    def tell(self, tables, years):
        if tables:
            self.stdout.write(f"Seeded {', '.join(tables)}.")
        if years:
            self.stdout.write(f"Seeded May {', '.join(map(str, years))}.")
        if not (tables or years):
            self.stdout.write("The seed is loaded already.")

    def seed_table(self, names):
        paths = paths_of(names)
        try:
            with transaction.atomic():
                left = TABLES[names](paths[0] if len(paths) == 1 else DATA)
                name_occupations()  # a release that an operator published may be newer than the table
                self.remember(self.changed(paths))
                DataVersion.raise_number()
        except BadInput as bad:
            refuse(f"{names}: {bad.summary()}")
        if left:
            self.stdout.write(f"{names}: left as their editors have them: {', '.join(left)}.")

    def seed_year(self, year, paths, bar):
        try:
            with transaction.atomic():
                load_oews(year, paths, progress=bar.update)
                self.remember(self.changed(paths))
                DataVersion.raise_number()
        except BadInput as bad:
            refuse(bad.summary())

    def changed(self, paths):
        """{path relative to data/: sha256} of these tables, empty where all are loaded as they are."""
        digests = {path.relative_to(DATA).as_posix(): digest(path) for path in paths}
        return digests if any(self.loaded.get(path) != sha256 for path, sha256 in digests.items()) else {}

    def remember(self, digests):
        for path, sha256 in digests.items():
            SeedTable.objects.update_or_create(path=path, defaults={"sha256": sha256})


def refuse(why):
    raise CommandError(f"data/ cannot be loaded; restore it from the repository.\n{why}") from None


def paths_of(names):
    return [DATA / name for name in names.split()]


def digest(path):
    """The sha256 of a table, or of a folder's files and their names."""
    if not path.is_dir():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    told = [f"{digest(file)} {file.name}\n" for file in sorted(path.iterdir())]
    return hashlib.sha256("".join(told).encode()).hexdigest()


def rows(path):
    """How many rows a table has, or files a folder: how far a seed has come is counted in them."""
    if path.is_dir():
        return sum(1 for _ in path.iterdir())
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        return file.read().count(b"\n")
