"""Batches: many people's acts as one entry, and for each of them a receipt that verifies by itself."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.record import CanonicalError, Entry, EntryError, batches, encode
from hled.record.batches import Batch, ItemProof, verify_item
from hled.record.canonical import canonical
from hled.record.errors import ProofError, QuorumError, RecordError
from hled.record.merkle import leaf_hash, root_of
from hled.record.proofs import Receipt
from tests.record import logs

VOTES = [{"statement": number % 3, "vote": "agree"} for number in range(11)]


@pytest.fixture(scope="module")
def batch() -> Batch:
    return Batch.of("votes", VOTES)


@pytest.fixture(scope="module")
def entry(batch) -> bytes:
    return encode(
        Entry("forum.votes.counted", "urn:hled:batch:one", "2026-01-01T00:00:00Z", batch.to_content())
    )


@pytest.fixture(scope="module")
def receipt(entry) -> Receipt:
    return logs.log_of([*logs.entries(4), entry, *logs.entries(4, 5)]).receipt(4)


def test_the_entry_says_how_many_of_what_and_their_root(batch):
    assert batch.to_content() == {"kind": "votes", "root": batch.root.hex(), "size": 11}
    assert batch.root == root_of(map(leaf_hash, batch.items))
    assert [batch.receipt(number).value for number in range(11)] == VOTES


def test_equal_acts_look_different(batch):
    again = Batch.of("votes", VOTES)
    assert len(set(batch.items) | set(again.items)) == 22
    assert batch.root != again.root
    assert Batch.of_items("votes", batch.items) == batch


@given(st.integers(1, 70), st.data())
def test_each_item_is_proven_and_no_other(size, data):
    made = Batch.of_items("votes", [str(number).encode() for number in range(size)])
    index = data.draw(st.integers(0, size - 1))
    proof = made.receipt(index)
    verify_item(proof.item, index, proof.path, made.root, size)
    for wrong in ((b"x", index), (proof.item, index + 1), (proof.item, index - 1)):
        with pytest.raises(ProofError):
            verify_item(*wrong, proof.path, made.root, size)
    with pytest.raises(ProofError):
        verify_item(proof.item, index, proof.path, bytes(32), size)


@pytest.mark.parametrize("index", [-1, 11, 2**40])
def test_there_is_no_receipt_for_nobody(batch, index):
    with pytest.raises(ProofError):
        batch.receipt(index)


def test_an_empty_batch_is_none():
    with pytest.raises(ProofError):
        Batch.of("votes", [])


def test_a_value_needs_a_canonical_form():
    with pytest.raises(CanonicalError):
        Batch.of("votes", [1.5])


@pytest.mark.parametrize("index", range(11))
def test_a_persons_receipt_verifies_by_itself(batch, entry, receipt, index):
    own = Receipt.parse(batches.personal(receipt, batch.receipt(index), entry).encode())
    accepted, proof = batches.verify_personal(own, logs.POLICY)
    assert proof.value == VOTES[index]
    assert set(accepted.cosigned) >= {"us", "mx"}
    own.verify(entry, logs.POLICY)  # and is still the receipt of the whole batch
    assert len(own.classic().encode()) < 2_048


def test_the_receipt_of_another_batch_proves_nothing(batch, entry, receipt):
    other = Batch.of("votes", VOTES)
    forged = batches.personal(receipt, other.receipt(3), entry)
    with pytest.raises(ProofError):
        batches.verify_personal(forged, logs.POLICY)
    theirs = encode(dataclasses.replace(json_entry(entry), content=other.to_content()))
    with pytest.raises(ProofError):
        batches.verify_personal(batches.personal(receipt, other.receipt(3), theirs), logs.POLICY)


def json_entry(data: bytes) -> Entry:
    found = json.loads(data)
    return Entry(found["type"], found["id"], found["at"], found["content"], found["prev"])


def test_a_receipt_without_cosignatures_is_no_receipt(batch, entry, receipt):
    note = dataclasses.replace(receipt.checkpoint, signatures=receipt.checkpoint.signatures[:1])
    own = batches.personal(dataclasses.replace(receipt, checkpoint=note), batch.receipt(0), entry)
    with pytest.raises(QuorumError):
        batches.verify_personal(own, logs.POLICY)


WRONG = {
    "v": 2,
    "item": None,
    "index": -1,
    "size": "11",
    "path": ["AAAA"],
    "entry": 7,
}


@pytest.mark.parametrize("key", WRONG)
def test_a_malformed_extra_is_refused(batch, entry, key):
    good = json.loads(batch.receipt(2).carried(entry))
    assert batches.read_extra(canonical(good)) == (batch.receipt(2), entry)
    with pytest.raises(ProofError):
        batches.read_extra(canonical({**good, key: WRONG[key]}))
    with pytest.raises(ProofError):
        batches.read_extra(canonical({name: value for name, value in good.items() if name != key}))
    with pytest.raises(ProofError):
        batches.read_extra(json.dumps(good, indent=1).encode())


@pytest.mark.parametrize(
    "content", [{}, {"size": 11}, {"size": 11, "root": "x" * 64}, {"size": 11, "root": 1}]
)
def test_an_entry_that_is_no_batch_is_refused(batch, content):
    data = encode(Entry("forum.votes.counted", "urn:hled:batch:one", "2026-01-01T00:00:00Z", content))
    own = batches.personal(logs.log_of([data]).receipt(0), batch.receipt(2), data)
    with pytest.raises(ProofError):
        batches.verify_personal(own, logs.POLICY)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with pytest.raises((RecordError, EntryError)):
        batches.read_extra(data)


def test_every_byte_of_an_extra_counts(batch, entry, receipt):
    extra = batch.receipt(2).carried(entry)
    for place in range(len(extra)):
        changed = extra[:place] + bytes([extra[place] ^ 1]) + extra[place + 1 :]
        with pytest.raises((RecordError, EntryError)):
            batches.verify_personal(dataclasses.replace(receipt, extra=changed), logs.POLICY)


def test_the_proof_holds_the_exact_bytes(batch):
    proof = batch.receipt(5)
    assert proof == ItemProof(batch.items[5], 5, 11, proof.path)
