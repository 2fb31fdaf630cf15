"""Few questions to the database: no public page needs more than eight on its first visit."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hled.web.meetings.views import TYPES
from hled.workplan.tables import TABLES
from tests.house import sampling

MOST = 8
WHOLE = 16  # the record as one file holds every list
MORE = [
    *(f"download/{section}.{form}" for section in TABLES for form in TYPES),
    "silent/?days=1",
    "actions/?text=frontera",
    "actions/?agency=us-ustr&silent-for=30d",
    "events/?kind=commitment&page=2",
    "search/?q=frontera&kind=event&page=2",
    "report-error/?sent=4",
    "nowhere/",
    "actions/no-such-action/",
    "actions/?line=99",
]


def asked(address: str) -> int:
    """How many queries a first visit makes; a new client has nothing kept."""
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_asks_more(loaded, language):
    counts = {address: asked(address) for address in sampling.pages(language).values()}
    assert len(counts) >= 20
    assert {address: count for address, count in counts.items() if count > MOST} == {}


@pytest.mark.parametrize("page", MORE)
def test_nor_with_parameters_nor_as_a_file(loaded, page):
    assert asked(f"/en/{page}") <= MOST


def test_the_whole_record_asks_once_for_each_list(loaded):
    assert asked("/en/download/record.json") <= WHOLE


def test_the_form_asks_nothing_of_its_own(loaded):
    assert asked("/es/report-error/") <= 1
