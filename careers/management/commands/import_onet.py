"""Import O*NET's database: titles, interests, job zones, related occupations and technologies.

    manage.py import_onet db_30_1_text.zip              replace what the site holds of O*NET
    manage.py import_onet db_30_1_text.zip --dry-run    only say what would be written

The zip is "Text" on https://www.onetcenter.org/database.html. Any problem stops the import: all are
listed, and nothing is written. Titles that editors gave and the SOC's direct match titles stay.
"""

from django.core.management.base import BaseCommand, CommandError

from careers.onet.road import import_onet
from salaries.management.faults import told_plainly
from salaries.oews.problem import BadInput


class Command(BaseCommand):
    help = "Import O*NET's text zip in place of the edition that the site holds."

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="ZIP", help="O*NET's database as text, db_30_1_text.zip")
        parser.add_argument("--dry-run", action="store_true", help="read and check; write nothing")

    def handle(self, *, path, dry_run, **options):
        try:
            with told_plainly("Nothing was written."):
                outcome = import_onet(path, dry_run=dry_run)
        except BadInput as bad:
            raise CommandError(f"Nothing was written.\n{bad.summary()}") from None
        reading, cleaned = outcome
        self.stdout.write(f"O*NET {reading.edition}, {reading.period}:")
        for name, count in cleaned.counts.items():
            self.stdout.write(f"{count:9,} lines read of {name}")
        for why, count in cleaned.left_out.items():
            self.stdout.write(f"{count:9,} of them left out: they {why}")
        for name in ("titles", "interests", "job_zones", "related", "technologies"):
            self.stdout.write(f"{len(getattr(cleaned, name)):9,} rows of {name.replace('_', ' ')}")
        done = "A rehearsal: nothing was written." if dry_run else "It is public now."
        self.stdout.write(done)
