"""The signer signs what is committed, never two histories, and makes lost files again."""

import shutil

import pytest

from hled.record.checkpoints import Checkpoint
from hled.record.log_files import CHECKPOINT, PENDING, read_folder
from hled.record.notes import SigningKey, parse_note
from hled.record.verify import verify_entries
from hled.web.nodes import actions
from hled.web.nodes.checks import own_log_can_go_on
from hled.web.nodes.errors import BehindError, ConfigurationError, DivergedError, NotBegunError
from hled.web.nodes.follower import Follower
from hled.web.nodes.home import Home
from hled.web.nodes.keyring import ALGORITHMS, LOG, Keyring
from hled.web.nodes.signer import LAST, Signer, last_signed, remember
from hled.web.record import queries
from hled.web.record.models import CheckpointRow, EntryRow
from tests.conftest import without_triggers
from tests.web.nodes.conftest import append, cut
from tests.web.nodes.other import OtherNode


@pytest.fixture
def local(nobody: Home) -> Home:
    """A local node with three entries, signed."""
    actions.begin_local(nobody)
    append(3)
    Signer(nobody).step()
    return nobody


def verified(home: Home, name: str = "local") -> Checkpoint:
    """The pending checkpoint, after verifying every file of the log against it."""
    folder = home.log(name)
    accepted = home.policy().signed(parse_note((folder / PENDING).read_bytes()))
    verify_entries(read_folder(folder), accepted.checkpoint)
    return accepted.checkpoint


def test_a_local_log_is_complete_at_once(local: Home) -> None:
    assert verified(local).size == 3
    assert (local.log("local") / CHECKPOINT).read_bytes() == (local.log("local") / PENDING).read_bytes()
    (row,) = CheckpointRow.objects.all()
    assert (row.size, row.complete) == (3, True)


def test_nothing_new_costs_one_query(local: Home, django_assert_num_queries) -> None:
    signer = Signer(local)
    assert signer.step() is not None  # after a start everything is compared once
    with django_assert_num_queries(1):
        assert signer.step() is None
    append(1, "more")
    signed = signer.step()
    assert signed is not None
    assert signed.size == 4
    assert verified(local).size == 4


def test_a_government_waits_for_the_other(joined: Home) -> None:
    assert verified(joined, "us").size == 5
    assert not (joined.log("us") / CHECKPOINT).exists()
    assert not CheckpointRow.objects.get().complete


def test_the_same_head_is_signed_alike_after_every_start(local: Home) -> None:
    before = (local.log("local") / PENDING).read_bytes()
    (local.log("local") / PENDING).unlink()
    Signer(local).step()
    assert (local.log("local") / PENDING).read_bytes() == before


@pytest.mark.parametrize("path", ["tile/0/000.p/3", "tile/entries/000.p/3"])
def test_lost_and_damaged_files_are_made_again(local: Home, path: str) -> None:
    place = local.log("local") / path
    whole = place.read_bytes()
    for wrong in (None, b"", whole[:-1], bytes(len(whole))):
        place.unlink() if wrong is None else place.write_bytes(wrong)
        Signer(local).step()
        assert place.read_bytes() == whole
    shutil.rmtree(local.log("local") / "tile")
    Signer(local).step()
    assert verified(local).size == 3


def test_a_restored_backup_is_refused_also_when_it_has_grown(local: Home) -> None:
    published = (local.log("local") / PENDING).read_bytes()
    cut(1)
    with pytest.raises(BehindError, match="hled node heal"):
        Signer(local).step()
    (found,) = own_log_can_go_on()
    assert found.id == "nodes.E002"
    append(2, "after")  # as many entries as before, but others
    with pytest.raises(DivergedError):
        Signer(local).step()
    append(4, "longer")
    with pytest.raises(DivergedError):
        Signer(local).step()
    assert (local.log("local") / PENDING).read_bytes() == published


def test_a_running_signer_refuses_as_well(local: Home) -> None:
    signer = Signer(local)
    signer.step()
    cut(2)
    with pytest.raises(BehindError):
        signer.step()


def test_rows_changed_by_hand_are_refused(local: Home) -> None:
    with without_triggers():
        row = EntryRow.objects.get(index=1)
        EntryRow.objects.filter(pk=row.pk).update(data=row.data.replace('"number":1', '"number":7'))
    with pytest.raises(DivergedError):
        Signer(local).step()
    append(1, "more")
    with pytest.raises(DivergedError):
        Signer(local).step()


def test_rows_that_contradict_the_head_are_not_signed(local: Home) -> None:
    append(1, "more")
    with without_triggers():
        EntryRow.objects.filter(index=3).update(data="{}")
    with pytest.raises(DivergedError, match="contradicts itself"):
        Signer(local).step()
    assert last_signed(local, queries.logs()[0].origin).size == 3


def test_what_was_signed_is_remembered_before_it_is_seen(
    local: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash between writing down and publishing leads to the same signature, never to another history."""
    append(1, "more")

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("hled.web.nodes.signer.publish", crash)
        with pytest.raises(KeyboardInterrupt):
            Signer(local).step()
    assert last_signed(local, queries.logs()[0].origin).size == 4
    assert Checkpoint.parse(parse_note((local.log("local") / PENDING).read_bytes()).text).size == 3
    Signer(local).step()
    assert verified(local).size == 4


def test_what_was_published_counts_where_the_note_is_lost(local: Home) -> None:
    (local.state / LAST).unlink()
    cut(1)
    with pytest.raises(BehindError):
        Signer(local).step()


def test_every_published_checkpoint_is_a_memory(joined: Home, mexico: OtherNode) -> None:
    """The note and the pending checkpoint are gone: what was cosigned, or completed, still binds."""
    Follower(joined).own_round()
    (joined.state / LAST).unlink()
    (joined.log("us") / PENDING).unlink()
    cut(2)
    append(4, "another-history")
    with pytest.raises(DivergedError):
        Signer(joined).step()
    place = joined.cosigned.place(queries.log("us").origin)
    place.rename(joined.log("us") / CHECKPOINT)
    with pytest.raises(DivergedError):
        Signer(joined).step()


def test_a_node_that_forgot_everything_signs_nothing_until_it_is_told(
    joined: Home, mexico: OtherNode
) -> None:
    shutil.copytree(joined.log("us"), mexico.folder / "us")
    append(2, "later")
    shutil.rmtree(joined.log("us"))
    (joined.state / LAST).unlink()
    with pytest.raises(DivergedError, match="hled node heal"):
        Signer(joined).step()
    assert actions.heal(joined, mexico.peer).missing == 0
    assert verified_step(joined) == 7


def test_what_heals_a_node_binds_it(joined: Home, mexico: OtherNode) -> None:
    append(2, "later")
    Signer(joined).step()
    shutil.copytree(joined.log("us"), mexico.folder / "us")
    shutil.rmtree(joined.log("us"))
    (joined.state / LAST).unlink()
    cut(5)
    append(6, "another-history")
    with pytest.raises(DivergedError):
        actions.heal(joined, mexico.peer)
    with pytest.raises(DivergedError):
        Signer(joined).step()


def verified_step(home: Home) -> int:
    signed = Signer(home).step()
    assert signed == verified(home, "us")
    return signed.size


@pytest.mark.parametrize("text", ["", "{}", '{"origin": "other", "size": 1, "root": ""}', "[]"])
def test_a_damaged_memory_signs_nothing(local: Home, text: str) -> None:
    (local.state / LAST).write_text(text)
    with pytest.raises(DivergedError, match="never an older one"):
        Signer(local).step()


def test_another_logs_memory_signs_nothing(local: Home) -> None:
    remember(local, Checkpoint("elsewhere.example/record/us", 1, bytes(32)))
    with pytest.raises(DivergedError):
        Signer(local).step()


def test_the_key_must_be_that_of_the_log(local: Home) -> None:
    ring = Keyring(local.keys)
    ring.place(LOG).unlink()
    with pytest.raises(NotBegunError):
        Signer(local).step()
    ring.create({LOG: SigningKey.generate("elsewhere.example/record/us", ALGORITHMS[LOG])})
    with pytest.raises(ConfigurationError, match="elsewhere"):
        Signer(local).step()


def test_partial_files_of_full_tiles_go(local: Home) -> None:
    signer = Signer(local)
    for number in range(3):
        append(100, f"part-{number}")
        signer.step()
    tiles = local.log("local") / "tile"
    assert verified(local).size == 303
    assert sorted(path.name for path in (tiles / "entries" / "000.p").iterdir()) == ["203"], (
        "of the checkpoint"
    )
    assert [path.name for path in (tiles / "entries" / "001.p").iterdir()] == ["47"]
    append(300, "more")
    signer.step()
    assert not list((tiles / "entries" / "001.p").glob("4[0-68-9]"))
    assert verified(local).size == 603


def test_two_signers_do_not_overtake_each_other(local: Home) -> None:
    first, second = Signer(local), Signer(local)
    for number, signer in enumerate((first, second, first, second, second, first)):
        append(1, f"turn-{number}")
        signed = signer.step()
        assert signed is not None
        assert signed.size == 4 + number
    first.step()
    assert verified(local).size == 9
    assert last_signed(local, queries.logs()[0].origin).size == 9


def test_a_home_without_a_log_signs_nothing(nobody: Home) -> None:
    with pytest.raises(NotBegunError):
        Signer(nobody).step()
