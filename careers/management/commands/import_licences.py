"""Import a list of what states ask of people before they may do the work.

    manage.py import_licences licences.csv --dry-run    say what it adds and changes; write nothing
    manage.py import_licences licences.csv              add and change

The columns are occupation_code, state, name, agency, site, note, checked. A row without a day in checked
is loaded unconfirmed: no reader sees it before an editor has confirmed it. Rows that the list leaves out
stay. Any problem stops the import: all are listed, and nothing is written.
"""

from django.core.management.base import BaseCommand, CommandError

from careers.licences import import_licences
from salaries.management.faults import told_plainly
from salaries.oews.problem import BadInput

SHOWN = 50  # rows that are listed of each kind


class Command(BaseCommand):
    help = "Import a list of states' licence requirements; rows without a day of checking stay unseen."

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="CSV", help="a list with the columns named above")
        parser.add_argument("--dry-run", action="store_true", help="read and compare; write nothing")

    def handle(self, *, path, dry_run, **options):
        try:
            with told_plainly("Nothing was written."):
                changes = import_licences(path, dry_run=dry_run)
        except BadInput as bad:
            raise CommandError(f"Nothing was written.\n{bad.summary()}") from None
        self.tell("added", [f"{row}: {confirmed(row)}" for row in changes.added])
        self.tell("changed", [f"{change.row}: {words(change)}" for change in changes.changed])
        left = [f"{change.row}: confirmed here on {change.held.checked}" for change in changes.left]
        self.tell("left as they are, since the list's row was not checked as late", left)
        self.stdout.write(f"{len(changes.unchanged):9,} unchanged")
        self.stdout.write("A rehearsal: nothing was written." if dry_run else "Done.")

    def tell(self, word, lines):
        self.stdout.write(f"{len(lines):9,} {word}")
        for line in lines[:SHOWN]:
            self.stdout.write(f"          {line}")
        if len(lines) > SHOWN:
            self.stdout.write(f"          and {len(lines) - SHOWN:,} more")


def confirmed(row):
    return f"checked on {row.checked}" if row.checked else "not confirmed yet"


def words(change):
    """Each field that changes, before and after."""
    return "; ".join(
        f"{name} {before or 'nothing'} becomes {getattr(change.row, name) or 'nothing'}"
        for name, before in change.before.items()
    )
