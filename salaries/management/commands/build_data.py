from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from salaries.oews import seed_sources, seed_tables
from salaries.oews.problem import BadInput


def tables_of(work):
    """Each table's name and the call that writes it and says how many rows it has."""
    yield from (
        (f"national_{year}", lambda year=year: seed_tables.national_table(work, year))
        for year in seed_tables.YEARS
    )
    yield "areas_2025", lambda: seed_tables.area_wages_table(work)
    yield "industries_2025", lambda: seed_tables.industry_wages_table(work)
    yield "areas", lambda: seed_tables.areas_table(work)
    yield "industries", lambda: seed_tables.industries_table(work)
    yield "occupations", lambda: seed_tables.occupations_table(work)
    yield "code_changes", lambda: seed_tables.code_changes_table(work)
    yield "price_parities", lambda: seed_tables.price_parities_table(work)
    yield "consumer_prices", lambda: seed_tables.consumer_prices_table(work)
    yield "alternate_titles", lambda: seed_tables.alternate_titles_table(work)
    yield "interests", lambda: seed_tables.interests_table(work)
    yield "job_zones", lambda: seed_tables.job_zones_table(work)
    yield "related_occupations", lambda: seed_tables.related_occupations_table(work)
    yield "technologies", lambda: seed_tables.technologies_table(work)
    yield "projections", lambda: seed_tables.projections_table(work)
    yield "education_attained", lambda: seed_tables.education_attained_table(work)
    yield "programs", lambda: seed_tables.programs_table(work)
    yield "program_occupations", lambda: seed_tables.program_occupations_table(work)
    yield "schools", lambda: seed_tables.schools_table(work)
    yield "awards_2024", lambda: seed_tables.awards_table(work)
    yield "releases", lambda: seed_tables.releases_table(work)
    yield "sources", lambda: seed_sources.sources_table(work)


class Command(BaseCommand):
    help = "Makes the tables under data/ again from the publishers' files (see data/README.md)."
    requires_system_checks = []  # it reads and writes files alone

    def add_arguments(self, parser):
        parser.add_argument(
            "path", type=Path,
            help="The folder of the publishers' files, in which are oews/, onet/, ooh/ and so on.",
        )  # fmt: skip
        parser.add_argument("--into", type=Path, default=settings.BASE_DIR / "data", help="Default: data/.")

    def handle(self, *args, path, into, verbosity, **options):
        work = seed_tables.Workspace(path, into)
        if missing := seed_sources.missing_files(work):
            raise CommandError("These files are not there:\n  " + "\n  ".join(missing))
        counts = {}
        with tqdm(list(tables_of(work)), unit="table", disable=verbosity == 0) as progress:
            for name, make in progress:
                progress.set_postfix_str(name)
                try:
                    counts[name] = make()
                except (BadInput, ValueError) as error:
                    raise CommandError(f"{name} cannot be made: {error}") from error
        for name, count in counts.items():
            self.stdout.write(f"{name:20} {count:9,} rows")
