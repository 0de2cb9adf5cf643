"""The groups that people of the admin belong to, and what each may do: manage.py make_roles.

seed runs it too. The groups are set to what stands here each time; for another mix of permissions make
a group of another name.
"""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

EDITORS = (
    "profile",
    "educationpath",
    "certification",
    "certificationuse",
    "organization",
    "licencerequirement",
)
# No form adds a Source or a Release: to have the permission is to be an importer (careers.admin.base).
ROLES = {
    "editor": [
        "change_occupation",
        *(f"{act}_{name}" for name in EDITORS for act in ("add", "change", "delete")),
    ],
    "importer": ["add_source", "add_release"],
    "publisher": ["change_release", "view_logentry"],
}
ACCOUNTS = ("auth", "otp_totp", "axes", "admin")  # an administrator's, over and above every other role's


class Command(BaseCommand):
    help = "Make the groups editor, importer, publisher and administrator, or set them right."

    @transaction.atomic
    def handle(self, **options):
        for role, codenames in ROLES.items():
            set_role(role, looking() | Permission.objects.filter(codename__in=codenames))
        every = Permission.objects.filter(content_type__app_label__in=("careers", "salaries", *ACCOUNTS))
        set_role("administrator", every)


def looking():
    """What every role may: look at all rows of the site, and at nobody's account."""
    looks = Permission.objects.filter(codename__startswith="view_")
    return looks.filter(content_type__app_label__in=("careers", "salaries"))


def set_role(name, permissions):
    Group.objects.get_or_create(name=name)[0].permissions.set(permissions)
