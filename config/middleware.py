"""What every response says about being kept."""

from django.conf import settings
from django.utils.cache import patch_cache_control


def cache_headers(get_response):
    """Anonymous pages may be kept but are asked after (ETag, 304); an editor's are kept nowhere.

    A published release is then seen at once. Views that know better set Cache-Control themselves.
    """

    def middleware(request):
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            patch_cache_control(response, private=True, no_store=True)
        elif request.method in ("GET", "HEAD"):
            patch_cache_control(response, public=True, no_cache=True)
        return response

    return middleware
