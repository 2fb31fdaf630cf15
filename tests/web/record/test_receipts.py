"""Receipts from the published files: right, small, quick to follow a new checkpoint, and never too early."""

import hashlib

import pytest

from hled.record.errors import MissingFileError
from hled.record.proofs import Receipt
from hled.web.record import queries, receipts
from hled.web.record.actions import Act, append
from hled.web.record.receipts import NotYetError

ACT = Act("agenda.action.corrected", "urn:hled:action:tested", {"title_en": "A", "title_es": "B"})


def log() -> queries.Log:
    (found,) = queries.logs()
    return found


def test_every_entry_has_a_receipt_that_verifies(local):
    policy = local.policy()
    for index in (0, 1, 255, 256, log().size // 2, log().size - 1):
        receipt = receipts.receipt(log().name, index)
        accepted = receipt.verify(queries.raw(log().name, index), policy)
        assert (accepted.checkpoint.size, accepted.cosigned) == (log().size, {})


def test_a_classic_receipt_is_small_and_a_hybrid_one_has_every_cosignature(cosigned):
    hybrid = receipts.receipt(log().name, 7)
    classic = hybrid.classic().encode()
    assert len(classic) <= 2048
    assert set(hybrid.verify(queries.raw(log().name, 7), cosigned.policy()).cosigned) == {
        "us",
        "mx",
        "us-pq",
        "mx-pq",
    }
    assert set(Receipt.parse(classic).verify(queries.raw(log().name, 7), cosigned.policy()).cosigned) == {
        "us",
        "mx",
    }


def test_before_any_checkpoint_there_is_no_receipt(loaded, home):
    with pytest.raises(NotYetError) as caught:
        receipts.receipt(log().name, 0)
    assert "waits for its log's next checkpoint" in caught.value.message.en
    assert receipts.policy() is None
    assert receipts.is_local()


def test_who_has_still_to_cosign_is_named(cosigned):
    size = log().size
    append([ACT])
    with pytest.raises(NotYetError, match="next checkpoint"):
        receipts.receipt(log().name, size)
    cosigned.publish("us")
    with pytest.raises(NotYetError) as caught:
        receipts.receipt(log().name, size)
    assert "cosignature of Mexico" in caught.value.message.en
    assert "firma conjunta de México" in caught.value.message.es
    receipts.receipt(log().name, size - 1).verify(queries.raw(log().name, size - 1), cosigned.policy())
    cosigned.publish()
    receipts.receipt(log().name, size).verify(queries.raw(log().name, size), cosigned.policy())


def test_the_state_changes_with_every_signature(cosigned):
    states = [receipts.state()]
    append([ACT])
    states.append(receipts.state())
    assert states[0] == states[1]
    for signing in (("us",), ("us", "mx")):
        cosigned.publish(*signing)
        states.append(receipts.state())
    assert len(set(states)) == 3


def test_when_the_quorum_was_reached_is_read_from_the_signatures(cosigned):
    signed = receipts.complete(log().name)
    assert signed is not None
    assert signed.since == 1_795_435_200
    assert signed.missing == ()
    cosigned.publish("us")
    waiting = receipts.pending(log().name)
    assert waiting is not None
    assert (waiting.since, waiting.missing) == (None, ("mx",))


@pytest.mark.parametrize("name", ["", "..", "../local", "a/b", "Local", "lo cal", "١", "x" * 21, "lo\0cal"])
def test_no_name_leads_out_of_the_folder(local, name):
    assert receipts.complete(name) is None
    with pytest.raises(NotYetError):
        receipts.receipt(name, 0)


@pytest.mark.parametrize("index", [-1, 10**18])
def test_no_receipt_for_a_place_that_is_none(local, index):
    with pytest.raises(NotYetError):
        receipts.receipt(log().name, index)


def test_a_missing_tile_is_named(local):
    for file in (local.record / log().name / "tile" / "0").rglob("*"):
        if file.is_file():
            file.unlink()
    with pytest.raises(MissingFileError, match="tile/0/"):
        receipts.receipt(log().name, 3)


def test_a_receipt_asks_no_database(local, django_assert_num_queries):
    name = log().name
    with django_assert_num_queries(0):
        data = receipts.receipt(name, 5).encode()
    assert hashlib.sha256(data).digest() == hashlib.sha256(receipts.receipt(name, 5).encode()).digest()
