"""What holds for every address under /api/: any site may read, nobody may hurry, errors are words.

The middleware stands before the one that makes 304s, so that those too say who may read them.
"""

from functools import cache

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from config.limits import Rate, client_address

PATH = "/api/"
METHODS = "GET, HEAD, OPTIONS"
WORDS = {
    400: "This request cannot be read.",
    404: "There is nothing at this address. /api/ lists the addresses that there are.",
    405: "This is for reading alone: GET, HEAD and OPTIONS.",
    413: "What was sent is too large.",
    414: "This address is too long.",
    500: "Something went wrong here. It is not your request's fault.",
    503: "The site cannot answer just now. Try again in a minute.",
}


def door(get_response):
    """Middleware for paths under /api/; others pass."""

    def middleware(request):
        if not request.path.startswith(PATH):
            return get_response(request)
        response = _refusal(request) or _in_words(get_response(request))
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    return middleware


def told(status, message, **more):
    """An error as JSON. Sample: {"error": {"status": 404, "message": "There is no such school."}}"""
    return JsonResponse({"error": {"status": status, "message": message, **more}}, status=status)


def _refusal(request):
    """The answer to what never reaches a view; None for all else."""
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in ("GET", "HEAD"):
        response = told(405, WORDS[405])
        response["Allow"] = METHODS
        return response
    if "\0" in request.path or any("\0" in v for k, vs in request.GET.lists() for v in (k, *vs)):
        return told(400, "The address holds a NUL character, which no name or code has.")
    return _too_many(request)


def _preflight():
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


@cache
def _rate(a_minute):
    """The count of this process; another where a test sets another API_RATE."""
    return Rate(a_minute)


def _too_many(request):
    wait = _rate(settings.API_RATE).wait(client_address(request))
    if not wait:
        return None
    message = (
        f"More than {settings.API_RATE} requests came from your address within a minute. Try again in "
        f"{wait} s, or download whole tables: every list on the site is also a file."
    )
    response = told(429, message)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def _in_words(response):
    """The site's error pages are for people: a program gets the same as JSON."""
    if response.status_code < 400 or response["Content-Type"].startswith("application/json"):
        return response
    answer = told(response.status_code, WORDS.get(response.status_code, WORDS[400]))
    for name in ("Allow", "Cache-Control", "Retry-After"):
        if response.has_header(name):
            answer[name] = response[name]
    return answer
