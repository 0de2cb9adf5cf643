"""The feed of releases: who follows it learns of new figures and of corrections."""

import datetime

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from salaries.models import Release


class ReleasesFeed(Feed):
    feed_type = Atom1Feed
    title = "Waymark: releases of pay figures"
    link = "/releases/"
    subtitle = "New editions of the figures, and corrections of old ones."
    author_name = "Waymark"

    def items(self):
        return Release.objects.published().select_related("source").defer("report").order_by("-year")

    def item_title(self, release):
        return f"{release.source.short_name}, {release}"

    def item_description(self, release):
        source = release.source
        rows = sum(level.get("rows", 0) for level in release.levels.values())
        return f"{source.publisher}, {source.title}, {source.period}: {rows:,} rows. {source.licence}."

    def item_guid(self, release):
        return f"urn:waymark:{release.slug}:{release.revision}"

    def item_pubdate(self, release):
        """When the publisher gave it out: the same on every copy of this site."""
        published = release.source.published
        if published is None:
            return release.published_at
        return datetime.datetime.combine(published, datetime.time(), tzinfo=datetime.UTC)

    def item_updateddate(self, release):
        return release.published_at or release.imported_at
