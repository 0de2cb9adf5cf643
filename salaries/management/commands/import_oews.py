"""Import one year of OEWS from BLS's files into a staged release.

    manage.py import_oews oesm26nat.zip oesm26st.zip oesm26ma.zip            stage May 2026
    manage.py import_oews oesm26nat.zip --dry-run                            only say what would happen
    manage.py import_oews oesm26nat.zip oesm26st.zip oesm26ma.zip --publish  stage and publish

Give the files of one year together. Any problem stops the import: all are listed, nothing is
written, and the public site stays as it is. Exit status 1 then, 0 otherwise.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from tqdm import tqdm

from salaries.oews.problem import BadInput
from salaries.oews.publish import PublishError, publish
from salaries.oews.road import import_files
from salaries.oews.words import outcome_text


class Command(BaseCommand):
    help = "Import one year of BLS's OEWS files (zip, xlsx, xls, csv, csv.gz) into a staged release."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="files of one year, as BLS ships them")
        parser.add_argument("--year", type=int, help="the year, where the files do not say it")
        parser.add_argument("--dry-run", action="store_true", help="read, check and compare; write nothing")
        parser.add_argument("--publish", action="store_true", help="publish the release after loading it")
        parser.add_argument(
            "--industries", action="store_true", help="the files hold only national rows by industry"
        )

    def handle(self, *, paths, year, dry_run, publish, industries, verbosity, **options):
        bar = tqdm(unit=" rows", unit_scale=True, desc="Reading", disable=None if verbosity else True)

        def started(rows):
            bar.total = rows
            bar.refresh()

        try:
            with bar:
                outcome = import_files(
                    paths, year=year, dry_run=dry_run, industries_alone=industries,
                    started=started, progress=bar.update,
                )  # fmt: skip
        except BadInput as bad:
            count = len(bad.problems)
            problems = "1 problem" if count == 1 else f"{count:,} problems"
            raise CommandError(f"{problems}; nothing was written.\n{bad.summary()}") from None
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                f"{error}. Is the database set up? Run manage.py migrate, then seed."
            ) from error
        self.stdout.write(outcome_text(outcome) + "\n\n")
        self.finish(outcome, dry_run=dry_run, wants_publishing=publish)

    def finish(self, outcome, *, dry_run, wants_publishing):
        """Say what became of the rows, and publish if asked."""
        if outcome.unchanged:
            self.stdout.write(f"May {outcome.year} holds exactly these rows already; nothing changed.")
        if dry_run:
            self.stdout.write(
                "A rehearsal: nothing was written. Run it without --dry-run to stage the release."
            )
            return
        release = outcome.release
        if wants_publishing and release.status != release.Status.PUBLISHED:
            try:
                release = publish(release)
            except PublishError as error:
                raise CommandError(str(error)) from None
        state = "public" if release.status == release.Status.PUBLISHED else "staged"
        self.stdout.write(f"{release} is {state}.")
        if state == "staged":
            self.stdout.write(f"Publish it with: manage.py publish_oews {release.year}")
