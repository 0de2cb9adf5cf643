"""Import a year of IPEDS: the schools, and the awards that they gave by program and level.

    manage.py import_ipeds HD2024.zip C2024_A.zip              replace what the site holds of schools
    manage.py import_ipeds HD2024.zip C2024_A.zip --dry-run    only say what would change

Both are "Complete data files" on https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx: Institutional
Characteristics, Directory information (HD), and Completions, Awards/degrees conferred by program (C_A).
Where a zip holds a revision, hd2024_rv.csv, that is taken. Any problem stops the import: all are listed,
and nothing is written.
"""

from django.core.management.base import BaseCommand, CommandError

from careers.ipeds.road import import_ipeds
from salaries.management.faults import told_plainly
from salaries.oews.problem import BadInput

SHOWN = 20  # schools that are listed of each kind
KINDS = {
    "opened": "new: they listed no programs before",
    "closed": "closed",
    "merged": "merged into another",
    "without_awards": "no longer here: open, but without programs",
    "not_listed": "no longer in the directory",
    "renamed": "renamed",
}


class Command(BaseCommand):
    help = "Import IPEDS's directory of schools and their completions in place of the year that is held."

    def add_arguments(self, parser):
        parser.add_argument("hd", metavar="HD", help="HD2024.zip or hd2024.csv")
        parser.add_argument("completions", metavar="C", help="C2024_A.zip or c2024_a.csv")
        parser.add_argument("--dry-run", action="store_true", help="read, check and compare; write nothing")

    def handle(self, *, hd, completions, dry_run, **options):
        try:
            with told_plainly("Nothing was written."):
                outcome = import_ipeds(hd, completions, dry_run=dry_run)
        except BadInput as bad:
            raise CommandError(f"Nothing was written.\n{bad.summary()}") from None
        self.tell_read(outcome)
        self.tell_changes(outcome.changes)
        self.stdout.write("A rehearsal: nothing was written." if dry_run else "They are public now.")

    def tell_read(self, outcome):
        tables, cleaned, _ = outcome
        year = tables[0].year
        self.stdout.write(f"IPEDS {year}, awards of July {year - 1} to June {year}:")
        for table in tables:
            revised = ", the publisher's revision" if table.is_revision else ""
            self.stdout.write(f"{cleaned.lines[table.name]:9,} lines read of {table.name}{revised}")
        for why, count in cleaned.left_out.items():
            self.stdout.write(f"{count:9,} of them left out: they {why}")
        self.stdout.write(f"{len(cleaned.schools):9,} schools that list programs")
        for unitid, address in cleaned.unusable_sites:
            self.stdout.write(f"          {unitid} without its site: {address!r} is none")
        self.stdout.write(f"{len(cleaned.awards):9,} rows of awards")

    def tell_changes(self, changes):
        if changes is None:
            self.stdout.write("There were no schools before.")
            return
        for name, words in KINDS.items():
            told = getattr(changes, name)
            self.stdout.write(f"{len(told):9,} {words}")
            for line in told[:SHOWN]:
                self.stdout.write(f"          {line}")
            if len(told) > SHOWN:
                self.stdout.write(f"          and {len(told) - SHOWN:,} more")
        for word, (programs, schools) in (("begun", changes.begun), ("ended", changes.ended)):
            self.stdout.write(
                f"{programs:9,} programs {word}, at {schools:,} of the schools that are in both years"
            )
