"""No byte of a log, a receipt, a request or a change of keys can be changed without being noticed.

The normal run changes every byte in three ways (a bit, the case bit, the high bit), the slow one in all 255.
The policy asks for every signature on the checkpoint: signatures that nobody asks for may be unknown.
"""

import json

import pytest

from hled.language import DialogueError
from hled.record.canonical import canonical
from hled.record.notes import Note, parse_note
from hled.record.policies import Group, Policy
from hled.record.proofs import Receipt
from hled.record.rotations import rotate, verify
from hled.record.verify import verify_entries, verify_log
from hled.record.witness import FileStore, Witness
from hled.record.witness_messages import request_for
from tests.record.logs import ALL, AT, LOG, POLICY, US, changed, cosigned, entries, key, log_of, reading
from tests.record.small_log import POLICY as SMALL_POLICY
from tests.record.small_log import SmallLog

SMALL = log_of(entries(5))
SOME, EVERY = (0x01, 0x20, 0x80), range(1, 256)
patience = pytest.mark.timeout(1800)


@pytest.fixture(params=[SOME, pytest.param(EVERY, marks=[pytest.mark.slow, patience])], ids=["some", "every"])
def values(request):
    return request.param


def test_every_byte_of_a_checkpoint(values):
    data = SMALL.files["checkpoint"]
    verify_log(SMALL.read, POLICY, note=data)
    for wrong in changed(data, values):
        with pytest.raises(DialogueError):
            verify_log(SMALL.read, POLICY, note=wrong)


def test_every_byte_of_tiles_and_bundles(values):
    paths = sorted(set(SMALL.files) - {"checkpoint"})
    assert paths == ["tile/0/000.p/5", "tile/entries/000.p/5"]
    verify_entries(SMALL.read, SMALL.checkpoint)
    for path in paths:
        for wrong in changed(SMALL.files[path], values):
            with pytest.raises(DialogueError):
                verify_entries(reading(SMALL.files | {path: wrong}), SMALL.checkpoint)


def test_every_byte_of_the_higher_tiles():
    big = log_of(entries(257))
    for wrong in changed(big.files["tile/1/000.p/1"], SOME):
        with pytest.raises(DialogueError):
            verify_entries(reading(big.files | {"tile/1/000.p/1": wrong}), big.checkpoint)


def test_every_byte_of_a_receipt(values):
    data, entry = SMALL.receipt(2).encode(), SMALL.entries[2]
    Receipt.parse(data).verify(entry, POLICY)
    for wrong in changed(data, values):
        with pytest.raises(DialogueError):
            Receipt.parse(wrong).verify(entry, POLICY)


def test_every_byte_of_an_entry_with_its_receipt():
    receipt, entry = SMALL.receipt(2), SMALL.entries[2]
    for wrong in changed(entry, SOME):
        with pytest.raises(DialogueError):
            receipt.verify(wrong, POLICY)


def test_every_byte_of_a_receipt_that_others_made(values):
    small, policy = SmallLog(), Policy.parse(SMALL_POLICY)
    data, entry = small.receipt(2), small.entries[2]
    Receipt.parse(data).verify(entry, policy)
    for wrong in changed(data, values):
        with pytest.raises(DialogueError):
            Receipt.parse(wrong).verify(entry, policy)


@pytest.mark.slow
@patience
def test_every_byte_of_a_checkpoint_with_ml_dsa_cosignatures():
    both = (Group("all", 2, ("governments", "governments-pq")),)
    policy = Policy(POLICY.logs, POLICY.witnesses, POLICY.groups + both, "all")
    data = cosigned(SMALL.checkpoint, ALL).encode()
    policy.accept(parse_note(data))
    for wrong in changed(data, SOME):
        with pytest.raises(DialogueError):
            policy.accept(parse_note(wrong))


def test_every_byte_of_a_request_to_a_witness(values, tmp_path):
    witness = Witness((US,), (LOG.verifier,), FileStore(tmp_path), clock=lambda: AT)
    first, second = (log_of(entries(size)) for size in (3, 5))
    notes = [Note(log.checkpoint.text, (LOG.sign(log.checkpoint.text),)) for log in (first, second)]
    assert witness.add_checkpoint(request_for(0, notes[0], first.reader).encode()).status == 200
    body = request_for(3, notes[1], second.reader).encode()
    assert {witness.add_checkpoint(wrong).status for wrong in changed(body, values)} <= {
        400,
        403,
        404,
        409,
        422,
    }
    assert witness.add_checkpoint(body).status == 200


def test_every_byte_of_a_change_of_keys(values):
    data = canonical(rotate(US, key(US.name, US.algorithm, 1), role="cosigner", party="US"))
    verify(json.loads(data))
    for wrong in changed(data, values):
        try:
            content = json.loads(wrong)
        except ValueError:
            continue
        with pytest.raises(DialogueError):
            verify(content)
