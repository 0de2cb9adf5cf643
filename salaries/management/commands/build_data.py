from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from salaries.oews import seed_sources, seed_tables


class Command(BaseCommand):
    help = "Makes the tables under data/ again from the publishers' files."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="The folder of the publishers' files (soc/, oews/).")
        parser.add_argument("--into", type=Path, default=settings.BASE_DIR / "data", help="Default: data/")

    def handle(self, *args, path, into, **options):
        work = seed_tables.Workspace(path, into)
        missing = seed_sources.missing_files(work)
        if missing:
            raise CommandError("These files are not there:\n  " + "\n  ".join(missing))
        tables = {
            f"national_{year}": lambda year=year: seed_tables.national_table(work, year)
            for year in seed_tables.YEARS
        }
        tables |= {
            "areas_2025": lambda: seed_tables.area_wages_table(work),
            "industries_2025": lambda: seed_tables.industry_wages_table(work),
            "areas": lambda: seed_tables.areas_table(work),
            "industries": lambda: seed_tables.industries_table(work),
            "occupations": lambda: seed_tables.occupations_table(work),
            "code_changes": lambda: seed_tables.code_changes_table(work),
            "releases": lambda: seed_tables.releases_table(work),
            "sources": lambda: seed_sources.sources_table(work),
        }
        counts = {}
        with tqdm(tables.items(), unit="table", disable=options["verbosity"] == 0) as progress:
            for name, make in progress:
                progress.set_postfix_str(name)
                counts[name] = make()
        for name, count in counts.items():
            self.stdout.write(f"{name:16} {count:9,} rows")
