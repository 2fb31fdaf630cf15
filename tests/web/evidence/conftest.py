"""Toy questions instead of the real ones, a home for their answers, and a way to have them answered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from hled.evidence import fulfil, plan, registry
from hled.web.evidence import actions, parquet, queries
from tests.web.evidence.toys import register_toys


@pytest.fixture(autouse=True)
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know the toys only."""
    monkeypatch.setattr(registry, "_KNOWN", {})
    register_toys()


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep answers under an empty home, count no requests, and wait for no worker."""
    settings.HOME = tmp_path
    settings.RATE_LIMITS = False
    monkeypatch.setattr(queries, "WAIT_SECONDS", 0.0)
    return tmp_path


@pytest.fixture
def answer_all(db: None) -> Callable[[], int]:
    """Return a function that answers every waiting job in this process and says how many there were."""

    def answer() -> int:
        count = 0
        while task := actions.take():
            run, found = fulfil(plan(task.question, task.parameters), queries.store())
            parquet.write(queries.store(), run, found)
            actions.finish(task)
            count += 1
        return count

    return answer
