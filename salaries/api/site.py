"""The API itself: its addresses, its OpenAPI document, and how it says what is wrong."""

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from salaries.api import certifications, occupations, pay, releases, schools
from salaries.api.common import Unusable
from salaries.api.door import told

DESCRIPTION = """\
Read-only, without a key, for any site. Every figure has its value, status, measure, unit, place, \
period and source; where “status” is at_least the value is a bound, and where there is no number it \
says why. Money is in dollars. Lists come in pages: follow “next”. Answers have an ETag: send it back \
in If-None-Match. Errors are JSON with a message in words."""
# What was wrong with a parameter, by pydantic's name for it; its own words are for programmers.
WORDS = {
    "missing": "This is needed.",
    "int_parsing": "Write a whole number.",
    "int_parsing_size": "This number is too large.",
    "greater_than_equal": "Write {ge} or more.",
    "less_than_equal": "Write {le} or less.",
    "string_too_short": "Write something.",
    "string_too_long": "Write at most {max_length} letters.",
    "too_long": "Give at most {max_length} of these.",
    "too_short": "Give at least {min_length} of these.",
    "literal_error": "Choose one of {expected}.",
}

api = NinjaAPI(
    title="Waymark",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
for part in (occupations, pay, certifications, schools, releases):
    api.add_router("", part.router)


@api.exception_handler(Unusable)
def unusable(request, error):
    return told(error.status_code, error.message, fields=error.fields, near=error.near)


@api.exception_handler(HttpError)
def http_error(request, error):
    return told(error.status_code, error.message)


@api.exception_handler(Http404)
def not_found(request, error):
    return told(404, "There is nothing at this address.")


@api.exception_handler(ValidationError)
def invalid(request, error):
    """A parameter of the wrong kind, named, in words of our own."""
    fields = {}
    for problem in error.errors:
        name = next((str(part) for part in reversed(problem["loc"]) if not isinstance(part, int)), "")
        words = WORDS.get(problem["type"], "This cannot be used.")
        fields.setdefault(name, []).append(words.format(**problem.get("ctx", {})))
    message = " ".join(f"{name}: {' '.join(words)}" for name, words in fields.items())
    return told(400, message, fields=fields)
