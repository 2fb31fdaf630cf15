"""Whatever is asked, every endpoint answers as the description says: schemathesis asks in process."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from hled.web.api.description import described
from hled.web.wsgi import application

# Their texts have rules that JSON Schema cannot say: a date that exists, an agency of the directory, a word
# to search for, a page that is there, a parameter of the question. They refuse such a text with 400.
CHOOSY = {"actions", "events", "search", "answer"}
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


def api(**phases: bool) -> schemathesis.BaseSchema:
    """The API as schemathesis sees it, with the given phases on or off."""
    config = schemathesis.Config.from_dict(
        {"phases": {name: {"enabled": enabled} for name, enabled in phases.items()}}
    )
    schema = schemathesis.openapi.from_dict(described(), config=config)
    schema.app = application
    return schema


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the connection, whose transaction the test rolls back, from one request to the next."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def call(case: schemathesis.Case) -> None:
    choosy = case.operation.definition.raw["operationId"] in CHOOSY
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"},
        excluded_checks=[positive_data_acceptance] if choosy else [],
    )


QUICK = api(coverage=False)
DEEP = api(coverage=True)


@QUICK.parametrize()
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_every_endpoint_answers_as_described(case):
    call(case)


@pytest.mark.slow
@DEEP.parametrize()
@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
def test_every_endpoint_answers_as_described_whatever_is_asked(case):
    call(case)
