"""The site as a server runs it: in production unless WAYMARK_ENV says local."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def with_pages_kept(application):
    from django.conf import settings

    if not settings.PAGE_CACHE_MB:
        return application
    from config.pages import Pages

    shared = None
    if "pages" in settings.CACHES:
        from config.shared_pages import Shared

        shared = Shared()
    return Pages(application, settings.PAGE_CACHE_MB, shared)


application = with_pages_kept(get_wsgi_application())
