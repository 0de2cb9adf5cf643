"""Fill an empty database from a backup: manage.py migrate, then manage.py restore FILE."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from salaries.backup import BackupError, restore
from salaries.management.faults import told_plainly


class Command(BaseCommand):
    help = "Fill an empty, migrated database from a file that `backup` made: wholly, or not at all."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path, **options):
        try:
            with told_plainly("Nothing was restored."):
                rows = restore(path)
        except BackupError as error:
            raise CommandError(f"Nothing was restored: {error}") from None
        self.stdout.write(f"{sum(rows.values()):,} rows of {len(rows)} tables are back.")
