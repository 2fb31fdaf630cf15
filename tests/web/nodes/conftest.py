"""The United States' node, its home in a folder of the test and its log in the test's database; Mexico's."""

from pathlib import Path

import pytest
from pytest_django import Settings

from hled.record.merkle import Frontier, leaf_hash
from hled.web.nodes import actions
from hled.web.nodes.home import Configuration, Home
from hled.web.nodes.signer import Signer
from hled.web.record import actions as record
from hled.web.record import queries
from hled.web.record.heads import frontier_text
from hled.web.record.models import CheckpointRow, EntryRow, LogRow
from tests.conftest import without_triggers
from tests.web.nodes.other import OtherNode

US = Configuration("US", "https://us.example")


@pytest.fixture
def nobody(empty: None, settings: Settings, tmp_path: Path) -> Home:
    """A home that is nobody's node yet."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Home(settings.HOME)


@pytest.fixture
def mexico(tmp_path: Path) -> OtherNode:
    return OtherNode(tmp_path / "mexico")


@pytest.fixture
def joined(nobody: Home, mexico: OtherNode, tmp_path: Path) -> Home:
    """The United States' node, joined with Mexico's, with five entries of its own that its signer signed."""
    actions.begin(nobody, US)
    actions.join(nobody, [mexico.card(tmp_path / "mx.card")])
    append(5)
    Signer(nobody).step()
    return nobody


def append(count: int, says: str = "ours") -> None:
    """Append acts to the own log."""
    record.append(
        record.Act("other.act.done", f"urn:hled:own:{says}-{number}", {"number": number})
        for number in range(count)
    )


def cut(size: int) -> None:
    """Turn the database back, as a restored backup does."""
    with without_triggers():
        EntryRow.objects.filter(log__own=True, index__gte=size).delete()
        CheckpointRow.objects.filter(log__own=True, size__gt=size).delete()
        _head(size)


def _head(size: int) -> None:
    frontier = Frontier()
    for data in queries.rows_after(queries.logs()[0].name, 0, 1000):
        frontier.append(leaf_hash(data))
    assert frontier.size == size
    LogRow.objects.filter(own=True).update(
        size=size, root=frontier.root().hex(), frontier=frontier_text(frontier)
    )
