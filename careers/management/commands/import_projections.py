"""Import the Employment Projections: Tables 1.2, 1.10 and 5.3 of BLS's workbooks.

    manage.py import_projections occupation.xlsx education.xlsx    replace what the site holds of them
    manage.py import_projections occupation.xlsx --dry-run         only say what would be written

The workbooks are on https://www.bls.gov/emp/tables.htm. Any problem stops the import: all are listed,
and nothing is written. An edition needs its words in data/outlook_words.csv.
"""

from django.core.management.base import BaseCommand, CommandError

from careers.projections.road import import_projections
from salaries.management.faults import told_plainly
from salaries.oews.problem import BadInput


class Command(BaseCommand):
    help = "Import BLS's Employment Projections in place of the edition that the site holds."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="XLSX", help="occupation.xlsx, education.xlsx")
        parser.add_argument("--dry-run", action="store_true", help="read and check; write nothing")

    def handle(self, *, paths, dry_run, **options):
        try:
            with told_plainly("Nothing was written."):
                outcome = import_projections(paths, dry_run=dry_run)
        except BadInput as bad:
            raise CommandError(f"Nothing was written.\n{bad.summary()}") from None
        reading, cleaned = outcome
        self.stdout.write(f"Employment Projections, {reading.base_year} to {reading.target_year}:")
        for name, count in cleaned.counts.items():
            self.stdout.write(f"{count:9,} rows read of {name}")
        for table, count in cleaned.left_out.items():
            self.stdout.write(f"{count:9,} summaries of {table} left out: the site has no such group")
        self.stdout.write(f"{len(cleaned.projections):9,} rows of projections")
        self.stdout.write(f"{len(cleaned.education):9,} rows of education attained")
        self.stdout.write("A rehearsal: nothing was written." if dry_run else "They are public now.")
