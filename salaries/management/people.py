"""Who runs a command, where it is to be recorded: --by USERNAME."""

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def add_by(parser):
    parser.add_argument("--by", metavar="USERNAME", help="who does it, kept with the release")


def person(username):
    """The user of that name, None for no name; raises CommandError for a name nobody has."""
    if username is None:
        return None
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(
            f"nobody is called {username!r} here. Make the account in the admin, or mend the name."
        )
    return user
