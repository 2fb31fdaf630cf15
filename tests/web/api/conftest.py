"""What the tests of the API share: the bundled record, and no limit on how often it is asked."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hled.web.evidence import queries

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def unlimited(loaded, settings, monkeypatch) -> None:
    """A loaded database, no rate limit, and no second spent waiting for a worker that is not there."""
    settings.RATE_LIMITS = False
    monkeypatch.setattr(queries, "WAIT_SECONDS", 0)


@pytest.fixture
def ask(client: Client) -> Ask:
    """Ask an address below /api/v1 and read its JSON."""

    def read(address: str) -> Any:
        response = client.get(f"/api/v1{address}")
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    return read
