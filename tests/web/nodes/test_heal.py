"""A restored older database gets back what it had lost, from a mirror or from the node's own files."""

import shutil
from pathlib import Path

import pytest

from hled.cli.database import open_database
from hled.language import DialogueError
from hled.record.log_files import PENDING
from hled.web.nodes import actions
from hled.web.nodes.checks import own_log_can_go_on
from hled.web.nodes.errors import BehindError, NotBegunError
from hled.web.nodes.home import Home
from hled.web.nodes.peers import FolderPeer
from hled.web.nodes.signer import Signer, is_behind
from hled.web.record import queries
from hled.web.record.models import CheckpointRow, EntryRow, LogRow
from tests.conftest import without_triggers
from tests.web.nodes.conftest import append, cut
from tests.web.nodes.other import OtherNode


@pytest.fixture
def backup(joined: Home, tmp_path: Path) -> FolderPeer:
    """A copy of the published files, 45 entries long, made before the database was turned back to 5."""
    append(40, "lost")
    Signer(joined).step()
    shutil.copytree(joined.record, tmp_path / "copy" / "record")
    return FolderPeer(tmp_path / "copy")


def test_what_was_lost_comes_back(joined: Home, backup: FolderPeer) -> None:
    entries = queries.rows_after("us", 0, 100)
    cut(5)
    with pytest.raises(BehindError):
        Signer(joined).step()
    healed = actions.heal(joined, backup)
    assert (healed.log, healed.size, healed.restored, healed.missing) == ("us", 45, 40, 0)
    assert queries.rows_after("us", 0, 100) == entries
    assert Signer(joined).step() is not None
    append(1, "after")
    assert Signer(joined).step() is not None
    assert actions.heal(joined, backup).restored == 0


def test_the_own_published_files_are_enough(joined: Home) -> None:
    append(300, "lost")
    Signer(joined).step()
    cut(5)
    assert actions.heal(joined, FolderPeer(joined.root)).restored == 300
    assert Signer(joined).step() is not None


def test_a_database_that_was_lost_whole_comes_back(joined: Home) -> None:
    entries = queries.rows_after("us", 0, 100)
    assert not is_behind(joined)
    with without_triggers():
        for table in (CheckpointRow, EntryRow, LogRow):
            table.objects.all().delete()
    assert is_behind(joined)
    assert [error.id for error in own_log_can_go_on()] == ["nodes.E002"]
    assert open_database().appended == 0  # nothing is written where the lost entries belong
    assert actions.heal(joined, FolderPeer(joined.root)).restored == len(entries)
    assert queries.rows_after("us", 0, 100) == entries
    assert Signer(joined).step() is not None
    assert not is_behind(joined)


def test_what_is_still_missing_is_said(joined: Home, backup: FolderPeer) -> None:
    append(3, "newer")
    Signer(joined).step()
    cut(5)
    healed = actions.heal(joined, backup)
    assert (healed.restored, healed.missing) == (40, 3)
    with pytest.raises(BehindError):
        Signer(joined).step()


def test_entries_recorded_after_the_restore_stand_in_the_way(joined: Home, backup: FolderPeer) -> None:
    cut(5)
    append(1, "too-early")
    with pytest.raises(DialogueError, match=r"FORK|refused"):
        actions.heal(joined, backup)
    assert queries.log("us").size == 6


def test_a_damaged_copy_brings_nothing_back(joined: Home, backup: FolderPeer, tmp_path: Path) -> None:
    cut(5)
    shutil.rmtree(joined.log("us") / "tile")
    place = tmp_path / "copy" / "record" / "us" / "tile" / "entries" / "000.p" / "45"
    place.write_bytes(place.read_bytes().replace(b"lost-7", b"lost-8"))
    with pytest.raises(DialogueError):
        actions.heal(joined, backup)
    assert queries.log("us").size == 5


def test_a_copy_of_another_log_is_refused(joined: Home, mexico: OtherNode) -> None:
    mexico.folder.mkdir()
    with pytest.raises(NotBegunError, match="shows nothing"):
        actions.heal(joined, mexico.peer)
    assert (joined.log("us") / PENDING).is_file()


def test_a_log_that_was_taken_from_its_node_by_hand_is_noticed(joined: Home) -> None:
    with without_triggers():
        LogRow.objects.filter(own=True).update(own=False)
    assert [error.id for error in own_log_can_go_on()] == ["nodes.E002"]
