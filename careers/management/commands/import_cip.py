"""Import programs of study, CIP, and which occupations they lead to.

    manage.py import_cip CIP2020_SOC2018_Crosswalk.xlsx CIPCode2020.csv    replace what the site holds
    manage.py import_cip CIP2020_SOC2018_Crosswalk.xlsx --dry-run          only say what would be written

Both are on https://nces.ed.gov/ipeds/cipcode/resources.aspx?y=56. The list of codes may be left out:
then programs have the crosswalk's titles. Any problem stops the import: all are listed, and nothing is
written.
"""

from django.core.management.base import BaseCommand, CommandError

from careers.cip.road import import_cip
from salaries.management.faults import told_plainly
from salaries.oews.problem import BadInput

SHOWN = 10  # codes that are listed


class Command(BaseCommand):
    help = "Import NCES's list of programs (CIP), and the occupations that they lead to."

    def add_arguments(self, parser):
        parser.add_argument("crosswalk", metavar="XLSX", help="CIP2020_SOC2018_Crosswalk.xlsx")
        parser.add_argument(
            "code_list", metavar="CSV", nargs="?", help="CIPCode2020.csv, all codes and titles"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and check; write nothing")

    def handle(self, *, crosswalk, code_list, dry_run, **options):
        try:
            with told_plainly("Nothing was written."):
                outcome = import_cip(crosswalk, code_list, dry_run=dry_run)
        except BadInput as bad:
            raise CommandError(f"Nothing was written.\n{bad.summary()}") from None
        reading = outcome.reading
        self.stdout.write(f"Programs of CIP {reading.edition}:")
        self.stdout.write(f"{len(reading.programs):9,} programs")
        self.tell("new", outcome.programs_new)
        self.tell("gone", outcome.programs_gone)
        self.tell("under another title", outcome.programs_renamed)
        self.stdout.write(f"{reading.unmatched:9,} of the crosswalk's lead to no occupation")
        self.stdout.write(f"{len(reading.leads):9,} times a program leads to an occupation")
        self.stdout.write(f"{outcome.leads_new:9,} of them new, {outcome.leads_gone:,} gone")
        self.stdout.write("A rehearsal: nothing was written." if dry_run else "They are public now.")

    def tell(self, word, codes):
        more = f" and {len(codes) - SHOWN:,} more" if len(codes) > SHOWN else ""
        listed = f": {', '.join(codes[:SHOWN])}{more}" if codes else ""
        self.stdout.write(f"{len(codes):9,} of them {word}{listed}")
