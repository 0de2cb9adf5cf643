"""Schemathesis asks every address of the OpenAPI document for anything, and holds it to its word."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application
from tests.salaries.test_api import make_school, make_site

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def site(db):
    """The test's transaction outlives each request, as with Django's own client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    make_site()
    make_school()
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_document_describes(case):
    """Status, content type and body; a name of nothing (`?area=xyz`) may be refused with 400."""
    response = case.call(headers={"Host": "localhost"})
    if response.status_code != 414:  # the server's limit on the whole address, not a parameter's
        case.validate_response(response, excluded_checks=[positive_data_acceptance])
