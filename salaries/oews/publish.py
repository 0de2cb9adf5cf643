"""Publish and take back: one pointer moves, in one transaction."""

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from careers.models import DataVersion, Occupation
from salaries.models import Area, Change, Release
from salaries.oews.lock import Busy, working_alone


class PublishError(Exception):
    """A release that cannot be published or taken back; the text says why and what to do."""


@contextmanager
def _alone(doing):
    """One transaction, and nobody else's import or publication meanwhile."""
    try:
        with working_alone(doing), transaction.atomic():
            yield
            DataVersion.raise_number()
    except Busy as busy:
        raise PublishError(str(busy)) from None


def publish(release, *, user=None):
    """Show a staged release to the public; a published revision of the same year retires."""
    with _alone(f"publishing {release}"):
        return _publish(release, user)


def _publish(release, user):
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.status == Release.Status.PUBLISHED:
        raise PublishError(f"{release} is published already.")
    if not release.levels:
        raise PublishError(f"{release} holds no rows; import its files first.")
    _check_review(release, user)
    Release.objects.published().filter(year=release.year).update(status=Release.Status.RETIRED)
    release.status = Release.Status.PUBLISHED
    release.published_at, release.published_by = timezone.now(), user
    release.save(update_fields=["status", "published_at", "published_by"])
    _rename_areas(release, "new")
    name_occupations()
    return release


def _check_review(release, user):
    """Where the site asks for a second person, raise PublishError unless one publishes.

    The tables under data/ were reviewed with the code: the seed's own releases need no second person.
    """
    if not settings.REQUIRE_REVIEW or release.source.key == f"oews-{release.year}":
        return
    if user is None:
        raise PublishError("REQUIRE_REVIEW is set: say who publishes (--by USERNAME, or use the admin).")
    if release.imported_by is None:
        raise PublishError(
            f"REQUIRE_REVIEW is set, and nobody is known to have imported {release}: import it again with "
            "--by USERNAME, so that somebody else can publish it."
        )
    if user == release.imported_by:
        raise PublishError(
            f"{user.get_username()} imported {release}; somebody else must look at it and publish it."
        )


def rollback(*, user=None):
    """Take back what was published last; returns (release taken back, release public instead).

    The second is the earlier revision of the same year, or the newest release of another year.
    Raises PublishError where nothing would be left to show.
    """
    with _alone("rolling back what was published last"):
        return _roll_back()


def _roll_back():
    published = list(Release.objects.select_for_update().published())
    last = max(published, key=lambda r: (r.published_at is not None, r.published_at, r.year), default=None)
    if last is None:
        raise PublishError("no release is published, so none can be taken back.")
    retired = Release.objects.filter(
        year=last.year, status=Release.Status.RETIRED, revision__lt=last.revision
    )
    before = retired.order_by("-revision").first()
    if before is None and len(published) == 1:
        raise PublishError(
            f"{last} is the only published release; taking it back would leave the site empty."
        )
    last.status = Release.Status.STAGED
    last.save(update_fields=["status"])
    if before is not None:
        before.status = Release.Status.PUBLISHED
        before.save(update_fields=["status"])
    _rename_areas(last, "old")
    if before is not None:
        _rename_areas(before, "new")
    name_occupations()
    return last, before or Release.objects.newest_published()


def name_occupations():
    """Titles and levels are those of the newest public release, until which nobody sees them."""
    newest = Release.objects.published().order_by("-year").first()
    if newest is None:
        return
    told = {t.occupation_id: (t.title, t.level) for t in newest.titles.all()}
    changed = []
    for occupation in Occupation.objects.filter(release_titles__release=newest):
        if told[occupation.id] != (occupation.title, occupation.level):
            occupation.title, occupation.level = told[occupation.id]
            occupation.slug = Occupation.make_slug(occupation.title)
            changed.append(occupation)
    Occupation.objects.bulk_update(changed, ["title", "level", "slug"], batch_size=500)


def _rename_areas(release, which):
    """Give the areas that the release renames their "new" titles, or back their "old" ones.

    A release of an earlier year than the newest public one renames nothing.
    """
    if Release.objects.published().filter(year__gt=release.year).exists():
        return
    for renamed in release.changes.filter(kind=Change.Kind.AREAS_RENAMED):
        Area.objects.filter(code=renamed.code).update(title=renamed.detail[which])
