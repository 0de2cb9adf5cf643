"""Take back the release that was published last; the one before is public again at once."""

from django.core.management.base import BaseCommand, CommandError

from salaries.management.faults import told_plainly
from salaries.oews.publish import PublishError, rollback


class Command(BaseCommand):
    help = "Take back the OEWS release that was published last."

    def handle(self, **options):
        try:
            with told_plainly("Nothing was changed: the public site is as it was."):
                taken_back, now = rollback()
        except PublishError as error:
            raise CommandError(str(error)) from None
        instead = (
            f"{now} is public again" if now.year == taken_back.year else f"the newest public release is {now}"
        )
        self.stdout.write(f"{taken_back} is taken back and staged; {instead}.")
