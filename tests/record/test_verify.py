"""A whole log is checked: every entry, every tile, the root, the signatures, and what was seen before."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.language import DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.clocks import CLOCK_SLACK, timely
from hled.record.errors import (
    CheckpointError,
    ForkError,
    MissingFileError,
    ProofError,
    QuorumError,
    RollbackError,
    SignatureError,
    StaleError,
    TileError,
)
from hled.record.formats.v1.entry import EntryError
from hled.record.merkle import EMPTY_ROOT
from hled.record.policies import Policy
from hled.record.verify import (
    audit,
    check_continues,
    verify_entries,
    verify_growth,
    verify_log,
)
from tests.record.logs import AT, BOTH, ORIGIN, POLICY, US, cosigned, entries, log_of, reading

ACTS = entries(600)
BIG = log_of(ACTS)


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 512, 600])
def test_an_honest_log_is_verified_whole(size):
    log = log_of(ACTS[:size])
    seen: list[tuple[int, bytes]] = []
    found = verify_log(log.read, POLICY, note=log.note.encode(), each=lambda *act: seen.append(act))
    assert (found.entries, found.checkpoint) == (size, log.checkpoint)
    assert found.accepted.cosigned == {"us": AT, "mx": AT}
    assert seen == list(enumerate(ACTS[:size]))


@given(st.integers(0, 600), st.integers(0, 600))
def test_an_audit_counts_what_is_new(first, second):
    old, new = sorted((first, second))
    audited = audit(log_of(ACTS[:old]).checkpoint, log_of(ACTS[:new]).read, POLICY)
    assert (audited.new, audited.verified.entries) == (new - old, new)


def test_a_first_audit_has_seen_nothing():
    assert audit(None, BIG.read, POLICY).new == 600


def test_growth_is_verified_from_the_old_root_alone():
    old, taken = log_of(ACTS[:300]), []
    files = BIG.files | {path: old.files[path] for path in old.files if path != "checkpoint"}
    del files["tile/entries/000"]
    found = verify_growth(
        reading(files), BIG.checkpoint, old=old.checkpoint, each=lambda index, _act: taken.append(index)
    )
    assert found == 300
    assert taken == list(range(300, 600))
    assert verify_growth(BIG.read, BIG.checkpoint, old=Checkpoint(ORIGIN, 0, EMPTY_ROOT)) == 600
    assert verify_growth(BIG.read, BIG.checkpoint, old=BIG.checkpoint) == 0


def test_growth_from_another_history_is_a_fork():
    old = Checkpoint(ORIGIN, 512, log_of(entries(512, start=1)).checkpoint.root)
    with pytest.raises(ForkError):
        verify_growth(BIG.read, BIG.checkpoint, old=old)


@pytest.mark.parametrize("path", sorted(set(BIG.files) - {"checkpoint"}))
def test_a_file_that_is_missing_or_changed_is_named(path):
    files = {name: data for name, data in BIG.files.items() if name != path}
    shown = path.split(".p/")[0]
    with pytest.raises(MissingFileError, match=shown):
        verify_entries(reading(files), BIG.checkpoint)
    place = BIG.files[path].index(b"at") if "entries" in path else 7
    wrong = bytearray(BIG.files[path])
    wrong[place] ^= 1
    with pytest.raises(TileError) as refused:
        verify_entries(reading(BIG.files | {path: bytes(wrong)}), BIG.checkpoint)
    assert "tesela" in refused.value.text("es")


def test_the_changed_entry_is_named():
    path = "tile/entries/001"
    files = BIG.files | {path: BIG.files[path].replace(b'"n":300', b'"n":301')}
    with pytest.raises(TileError, match="at entry 300"):
        verify_entries(reading(files), BIG.checkpoint)
    upper = bytearray(BIG.files["tile/1/000.p/2"])
    upper[32] ^= 1
    with pytest.raises(TileError, match="at entry 256"):
        verify_entries(reading(BIG.files | {"tile/1/000.p/2": bytes(upper)}), BIG.checkpoint)


def test_files_that_agree_with_each_other_but_not_with_the_root_are_refused():
    other = log_of(entries(600, start=1))
    with pytest.raises(ProofError, match="root that was signed"):
        verify_entries(other.read, BIG.checkpoint)


@pytest.mark.parametrize(
    "act",
    [b"", b"{}", b"\xff", b'{"a":1.5}', ACTS[0].replace(b'"v":1', b'"v":2'), ACTS[0] + b" ", b'{"n": 1}'],
)
def test_an_entry_that_breaks_its_format_is_refused_though_it_was_signed(act):
    log = log_of([*ACTS[:3], act])
    with pytest.raises(EntryError, match="Entry 3: ") as refused:
        verify_log(log.read, POLICY, note=log.note.encode())
    assert refused.value.text("es").startswith("Asiento 3: ")


def test_a_canonical_entry_with_a_float_is_refused():
    value = json.loads(ACTS[0]) | {"content": {"n": 0.5}}
    act = json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
    log = log_of([act])
    with pytest.raises(EntryError):
        verify_entries(log.read, log.checkpoint)


def test_the_policy_is_asked_first():
    def unread(path: str) -> bytes:
        raise AssertionError(path)

    with pytest.raises(QuorumError):
        verify_log(unread, POLICY, note=cosigned(BIG.checkpoint, [US]).encode())
    with pytest.raises(SignatureError):
        verify_log(unread, Policy(), note=BIG.note.encode())


def test_what_was_seen_before_must_still_be_there():
    old = BIG.checkpoint
    shorter = log_of(ACTS[:599])
    with pytest.raises(RollbackError, match="ROLLBACK") as rolled:
        audit(old, shorter.read, POLICY)
    assert "599" in rolled.value.text("es")
    other = log_of([*ACTS[:598], *entries(2, start=700)])
    with pytest.raises(ForkError, match="FORK"):
        audit(old, other.read, POLICY)
    longer = log_of([*ACTS[:598], *entries(20, start=700)])
    with pytest.raises(ForkError) as forked:
        audit(old, longer.read, POLICY)
    assert "BIFURCACIÓN" in forked.value.text("es")


def test_a_truncated_log_is_refused():
    files = log_of(ACTS[:500]).files | {"checkpoint": BIG.files["checkpoint"]}
    with pytest.raises(MissingFileError):
        audit(None, reading(files), POLICY)


def test_two_logs_are_not_compared():
    other = Checkpoint("example.invalid/record/mx", 700, EMPTY_ROOT)
    with pytest.raises(CheckpointError, match="record/mx"):
        check_continues(BIG.checkpoint, other)
    check_continues(None, other)


def test_a_cosignature_of_tomorrow_is_left_out_and_said():
    note = cosigned(BIG.checkpoint, BOTH, at=AT)
    for now in (AT, AT - CLOCK_SLACK, AT + 10**9):
        assert timely(note, POLICY.keys, now=now) == (note, None)
    left, said = timely(note, POLICY.keys, now=AT - CLOCK_SLACK - 1)
    assert POLICY.signed(left).cosigned == {}
    assert said is not None
    assert "en el futuro" in said.text("es")
    assert timely(note, (), now=0) == (note, None), "of unknown keys nothing is known"


def test_every_refusal_is_one_of_the_dialogue():
    assert issubclass(EntryError, DialogueError)
    for kind in (RollbackError, ForkError, StaleError, MissingFileError):
        assert issubclass(kind, DialogueError)
        assert kind.code.startswith("record.")
