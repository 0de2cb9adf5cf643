"""The whole database as one file: manage.py backup waymark-2026-11-22.zip. Either database restores it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from salaries.backup import backup
from salaries.management.faults import told_plainly


class Command(BaseCommand):
    help = "Write everything that the database holds to one file, while the site goes on."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="a file that is not there yet")

    def handle(self, *, path, **options):
        if path.exists():
            raise CommandError(f"{path} is there already: name another, so that no backup is lost.")
        with told_plainly("No backup was made."):
            rows = backup(path)
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path}: {sum(rows.values()):,} rows of {len(rows)} tables, {size:,.1f} MB")
