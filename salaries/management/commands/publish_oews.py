"""Publish a staged release: manage.py publish_oews 2026. The change is seen at once."""

from django.core.management.base import BaseCommand, CommandError

from salaries.management.faults import told_plainly
from salaries.management.people import add_by, person
from salaries.oews.load import newest_of
from salaries.oews.publish import PublishError, publish


class Command(BaseCommand):
    help = "Publish the staged OEWS release of a year."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        add_by(parser)

    def handle(self, *, year, by, **options):
        with told_plainly("Nothing was changed: the public site is as it was."):
            self.publish(year, by)

    def publish(self, year, by):
        release = newest_of(year)
        if release is None:
            raise CommandError(f"no release of May {year} is loaded; import its files first (import_oews).")
        try:
            release = publish(release, user=person(by))
        except PublishError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{release} is public now. Take it back with: manage.py rollback_oews")
