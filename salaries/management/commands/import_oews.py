"""Import one year of OEWS from BLS's files into a staged release.

    manage.py import_oews oesm26nat.zip oesm26st.zip oesm26ma.zip            stage May 2026
    manage.py import_oews oesm26nat.zip --dry-run                            only say what would happen
    manage.py import_oews oesm26nat.zip oesm26st.zip oesm26ma.zip --publish  stage and publish
    manage.py import_oews --fetch 2026                                       download the three, and stage
    manage.py import_oews --fetch 2026 national --dry-run                    download one, and only say

Give the files of one year together, or have them downloaded; it is one or the other. Any problem
stops the import: all are listed, nothing is written to the database, and the public site stays as it
is. Exit status 1 then, 2 where the arguments do not fit together, 0 otherwise. Downloads are kept in
OEWS_FOLDER either way, and a second --fetch takes them from there unless BLS has changed them.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from salaries.management.faults import told_plainly
from salaries.management.people import add_by, person
from salaries.oews.fetch import PARTS, FetchError, fetch
from salaries.oews.problem import BadInput
from salaries.oews.publish import PublishError, publish
from salaries.oews.road import import_files
from salaries.oews.words import outcome_text

FETCHED = ("national", "state", "metro")  # the levels that the site shows; "all" holds industries too


class Command(BaseCommand):
    help = "Import one year of BLS's OEWS files (zip, xlsx, xls, csv, csv.gz) into a staged release."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="*", metavar="PATH", help="files of one year, as BLS ships them")
        parser.add_argument(
            "--fetch", nargs="+", metavar=("YEAR", "PART"),
            help=f"download the year's zips from BLS and import them. PART is {', '.join(PARTS)}; without "
            f"one: {' '.join(FETCHED)}. Needs OEWS_CONTACT, an e-mail address",
        )  # fmt: skip
        parser.add_argument("--year", type=int, help="the year, where the files do not say it")
        parser.add_argument("--dry-run", action="store_true", help="read, check and compare; write nothing")
        parser.add_argument("--publish", action="store_true", help="publish the release after loading it")
        parser.add_argument(
            "--industries", action="store_true", help="the files hold only national rows by industry"
        )
        add_by(parser)
        self.usage_error = parser.error

    def handle(self, *, paths, fetch, year, dry_run, publish, industries, by, verbosity, **options):
        if bool(paths) == bool(fetch):
            self.usage_error("give the files as PATH, or have them downloaded with --fetch YEAR; not both.")
        user = person(by)
        if settings.REQUIRE_REVIEW and user is None and not dry_run:
            raise CommandError("REQUIRE_REVIEW is set: say who imports, with --by USERNAME.")
        if fetch:
            year, parts = self.what_to_fetch(fetch, year)
            paths = self.download(year, parts, quiet=not verbosity)
        outcome = self.import_paths(
            paths, year, dry_run=dry_run, industries_alone=industries, user=user, quiet=not verbosity
        )
        self.stdout.write(outcome_text(outcome) + "\n\n")
        self.finish(outcome, dry_run=dry_run, wants_publishing=publish, user=user)

    def what_to_fetch(self, words, year):
        """(2026, ["national"]) from --fetch's words; ends with the usage where they make no sense."""
        told, *parts = words
        if not (told.isdecimal() and 2000 < int(told) < 2100):
            self.usage_error(f"--fetch {told}: give the year first, with four digits: --fetch 2026.")
        if year not in (None, int(told)):
            self.usage_error(f"--fetch {told} and --year {year} contradict each other; --fetch will do.")
        if unknown := [part for part in parts if part not in PARTS]:
            self.usage_error(f"--fetch {told} {unknown[0]}: no such part; there are {', '.join(PARTS)}.")
        if "all" in parts and len(set(parts)) > 1:
            self.usage_error(f"--fetch {told}: all holds the other parts; fetch it alone.")
        return int(told), list(dict.fromkeys(parts or FETCHED))

    def download(self, year, parts, *, quiet):
        """The paths of the year's zips, downloaded where BLS has newer ones than those kept."""
        bar = tqdm(unit="B", unit_scale=True, unit_divisor=1024, disable=True if quiet else None)
        on_the_way = None

        def came(name, received, total):
            nonlocal on_the_way
            if name != on_the_way:
                on_the_way = name
                bar.reset(total)
                bar.set_description(name, refresh=False)
            bar.update(received - bar.n)

        try:
            with bar:
                fetched = fetch(
                    year, parts, folder=settings.OEWS_FOLDER, contact=settings.OEWS_CONTACT,
                    base_url=settings.OEWS_URL, progress=came,
                )  # fmt: skip
        except FetchError as error:
            raise CommandError(f"{error}\nNothing was imported.") from None
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. What came is kept; the same command goes on from there.", returncode=130
            ) from None
        self.stdout.writelines(map(_origin_line, fetched))
        return [file.path for file in fetched]

    def import_paths(self, paths, year, *, quiet, **how):
        """The outcome of the import; CommandError where the input or the database is not fit for one."""
        bar = tqdm(unit=" rows", unit_scale=True, desc="Reading", disable=True if quiet else None)

        def started(rows):
            bar.total = rows
            bar.refresh()

        try:
            with told_plainly("Nothing was written, and the public site is as it was."), bar:
                return import_files(paths, year=year, started=started, progress=bar.update, **how)
        except BadInput as bad:
            count = len(bad.problems)
            problems = "1 problem" if count == 1 else f"{count:,} problems"
            raise CommandError(f"{problems}; nothing was written.\n{bad.summary()}") from None

    def finish(self, outcome, *, dry_run, wants_publishing, user):
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
                with told_plainly(f"{release} is loaded and staged; the public site is as it was."):
                    release = publish(release, user=user)
            except PublishError as error:
                raise CommandError(str(error)) from None
        state = "public" if release.status == release.Status.PUBLISHED else "staged"
        self.stdout.write(f"{release} is {state}.")
        if state == "staged":
            self.stdout.write(f"Publish it with: manage.py publish_oews {release.year}")


def _origin_line(file):
    how = "fetched from" if file.is_new else f"unchanged since it was fetched on {file.note.day} from"
    return f"{file.path.name}: {file.note.bytes:,} bytes, {how} {file.note.url}\n"
