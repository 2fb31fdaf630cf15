"""Old receipts stay valid under the keys of their time, and an old key signs nothing new."""

import json

import pytest

from hled.record import Entry
from hled.record.canonical import canonical
from hled.record.checkpoints import Checkpoint
from hled.record.errors import PolicyError, QuorumError, RotationError, SignatureError
from hled.record.key_history import KeyHistory, Placed, place
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import Algorithm
from hled.record.policies import Policy
from hled.record.rotations import TYPE, rotate
from tests.record.logs import LOG, MX, ORIGIN, POLICY, US, cosigned, key

NEW_LOG, NEW_US = key(ORIGIN, Algorithm.ED25519, 1), key(US.name, Algorithm.COSIGNATURE_ED25519, 1)
WHEN = 1_800_000_000
URN = "urn:hled:key:us"


def entry(old, new, *, at: str = "2027-01-15T08:00:00Z") -> Entry:
    role = "log" if old.algorithm is Algorithm.ED25519 else "cosigner"
    return Entry(TYPE, URN, at, rotate(old, new, role=role, party="US"))


def history() -> KeyHistory:
    """The log's key changed by entry 10, then the US cosigner's by entry 20."""
    return KeyHistory(POLICY, (place(ORIGIN, 10, entry(LOG, NEW_LOG)), place(ORIGIN, 20, entry(US, NEW_US))))


def checkpoint(size: int) -> Checkpoint:
    return Checkpoint(ORIGIN, size, EMPTY_ROOT)


def test_a_rotation_stands_at_its_place_and_time():
    placed = history().rotations[1]
    assert (placed.origin, placed.index, placed.at) == (ORIGIN, 20, WHEN)
    assert (placed.rotation.old, placed.rotation.new) == (US.verifier, NEW_US.verifier)


@pytest.mark.parametrize(
    ("log", "us", "size", "at"),
    [
        (NEW_LOG, NEW_US, 30, WHEN + 1),
        (NEW_LOG, NEW_US, 5, WHEN + 1),
        (NEW_LOG, US, 15, WHEN),
        (NEW_LOG, US, 30, WHEN - 1),
        (LOG, US, 10, WHEN),
        (LOG, US, 0, WHEN - 10**6),
    ],
)
def test_each_key_counts_in_its_time(log, us, size, at):
    accepted = history().accept(cosigned(checkpoint(size), [us, MX], log=log, at=at))
    assert accepted.checkpoint.size == size
    assert accepted.log.key == log.verifier
    assert accepted.cosigned == {"us": at, "mx": at}


@pytest.mark.parametrize(
    ("log", "us", "size", "at"),
    [
        (LOG, US, 11, WHEN - 1),
        (LOG, NEW_US, 30, WHEN + 1),
        (LOG, NEW_US, 5, WHEN + 1),
        (NEW_LOG, US, 30, WHEN + 1),
        (LOG, US, 5, WHEN + 1),
    ],
)
def test_an_old_key_signs_nothing_new(log, us, size, at):
    with pytest.raises((SignatureError, QuorumError)):
        history().accept(cosigned(checkpoint(size), [us, MX], log=log, at=at))


def test_the_quorum_is_asked_for_at_all_times():
    for log, us in ((NEW_LOG, NEW_US), (LOG, US)):
        with pytest.raises((SignatureError, QuorumError)):
            history().accept(cosigned(checkpoint(3), [us], log=log, at=WHEN))
    assert KeyHistory(POLICY).accept(cosigned(checkpoint(3))).checkpoint.size == 3


def test_the_policies_over_time():
    first, second, third = history().policies
    assert first == POLICY
    assert second.logs[0].key == third.logs[0].key == NEW_LOG.verifier
    assert (second.witnesses[0].key, third.witnesses[0].key) == (US.verifier, NEW_US.verifier)


def test_the_file_is_read_as_it_is_written():
    for known in (history(), KeyHistory(POLICY), KeyHistory(Policy())):
        assert KeyHistory.parse(known.encode()) == known
    assert list(json.loads(history().encode())) == ["policy", "rotations", "v"]


def test_a_log_changes_its_key_in_itself():
    with pytest.raises(RotationError):
        place("example.invalid/record/mx", 3, entry(LOG, NEW_LOG))
    with pytest.raises(RotationError):
        place(ORIGIN, -1, entry(LOG, NEW_LOG))
    with pytest.raises(RotationError):
        place(ORIGIN, 1, Entry("test.added", URN, "2027-01-15T08:00:00Z", entry(LOG, NEW_LOG).content))
    assert place("example.invalid/record/mx", 3, entry(US, NEW_US)).index == 3


def spoiled(change) -> bytes:
    value = json.loads(history().encode())
    change(value)
    return canonical(value)


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(v=2),
        lambda value: value.update(more=1),
        lambda value: value.pop("rotations"),
        lambda value: value.update(rotations={}),
        lambda value: value["rotations"].append(value["rotations"][0]),
        lambda value: value["rotations"].append(None),
        lambda value: value["rotations"][0].update(index="10"),
        lambda value: value["rotations"][0].update(index=True),
        lambda value: value["rotations"][0].update(index=-1),
        lambda value: value["rotations"][0].update(at="yesterday"),
        lambda value: value["rotations"][0].update(at="2027-02-30T00:00:00Z"),
        lambda value: value["rotations"][0].update(origin="example.invalid/record/mx"),
        lambda value: value["rotations"][0].update(more=1),
        lambda value: value["rotations"][0]["content"].update(party="MX"),
        lambda value: value.update(policy=value["policy"] + "# a comment\n"),
    ],
)
def test_a_spoilt_file_is_refused(change):
    data = spoiled(change)
    assert data != history().encode()
    with pytest.raises(RotationError):
        KeyHistory.parse(data)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b"1" * 5000, b" " + history().encode()]
)
def test_what_is_no_key_history_is_refused(data):
    with pytest.raises(RotationError):
        KeyHistory.parse(data)


def test_a_first_policy_that_is_none_is_refused():
    with pytest.raises(PolicyError):
        KeyHistory.parse(spoiled(lambda value: value.update(policy="quorum nobody\n")))


def test_a_file_with_a_policy_that_lacks_the_key_is_refused():
    with pytest.raises(RotationError):
        KeyHistory.parse(KeyHistory(Policy(), history().rotations).encode())
    assert isinstance(history().rotations[0], Placed)
