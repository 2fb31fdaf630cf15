"""What somebody might do to the record, class by class: all is refused, and honest histories never are."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hled.language import DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.errors import (
    ForkError,
    MissingFileError,
    ProofError,
    QuorumError,
    RollbackError,
    SignatureError,
    TileError,
)
from hled.record.merkle import verify_consistency
from hled.record.notes import Algorithm, Note
from hled.record.tiles import pack
from hled.record.verify import audit
from hled.record.witness import FileStore, Witness
from hled.record.witness_messages import request_for
from tests.record.logs import (
    LOG,
    MX,
    ORIGIN,
    POLICY,
    STRANGER,
    US,
    Memory,
    cosigned,
    entries,
    key,
    log_of,
    reading,
)

ACTS = entries(300)
HONEST = log_of(ACTS)
SEEN = log_of(ACTS[:290]).checkpoint
OTHERS = entries(300, start=1000)

Rewrite = Callable[[Sequence[bytes]], list[bytes]]
REWRITES: dict[str, Rewrite] = {
    "reordered": lambda acts: [acts[1], acts[0], *acts[2:]],
    "reordered at the end": lambda acts: [*acts[:-2], acts[-1], acts[-2]],
    "reordered across bundles": lambda acts: [*acts[:255], acts[256], acts[255], *acts[257:]],
    "dropped": lambda acts: [*acts[:7], *acts[8:]],
    "dropped and filled up": lambda acts: [*acts[:7], *acts[8:], OTHERS[0]],
    "doubled": lambda acts: [*acts[:8], *acts[7:]],
    "doubled in place of another": lambda acts: [*acts[:8], acts[7], *acts[9:]],
    "replaced": lambda acts: [*acts[:7], OTHERS[7], *acts[8:]],
    "put before": lambda acts: [OTHERS[0], *acts],
    "added": lambda acts: [*acts, OTHERS[0]],
    "truncated": lambda acts: list(acts[:-1]),
    "emptied": lambda acts: [],
}

AFTER = {"added", "truncated", "reordered at the end"}  # beyond entry 290, the last that was seen


@pytest.mark.parametrize("name", REWRITES)
def test_rewritten_entries_under_the_signed_checkpoint(name):
    """A mirror rewrites entries and recomputes every tile, but cannot sign."""
    rewritten = log_of(REWRITES[name](ACTS))
    files = rewritten.files | {"checkpoint": HONEST.files["checkpoint"]}
    with pytest.raises((ProofError, TileError)):
        audit(None, reading(files), POLICY)


@pytest.mark.parametrize("name", sorted(REWRITES.keys() - AFTER))
def test_rewritten_entries_signed_by_everybody_again(name):
    """Log and both governments together rewrite what somebody has seen: that is a fork or a rollback."""
    rewritten = log_of(REWRITES[name](ACTS))
    with pytest.raises((ForkError, RollbackError)):
        audit(SEEN, rewritten.read, POLICY)


@pytest.mark.parametrize("name", sorted(AFTER))
def test_what_nobody_has_seen_yet_may_still_be_ordered(name):
    """Before it is cosigned, an entry is not on the record: there is nothing to contradict."""
    later = log_of(REWRITES[name](ACTS))
    assert audit(SEEN, later.read, POLICY).new == later.checkpoint.size - SEEN.size


@pytest.mark.parametrize("name", sorted(REWRITES.keys() - AFTER))
def test_rewritten_entries_are_not_cosigned(tmp_path, name):
    witness = Witness((US,), (LOG.verifier,), FileStore(tmp_path))
    ask(witness, log_of(ACTS[:290]), 0)
    rewritten = log_of(REWRITES[name](ACTS))
    with pytest.raises(DialogueError):
        ask(witness, rewritten, 290)
    ask(witness, HONEST, 290)


def ask(witness: Witness, log: Memory, old: int) -> None:
    note = Note(log.checkpoint.text, (LOG.sign(log.checkpoint.text),))
    witness.cosign(request_for(old, note, log.reader))


def test_a_bundle_that_is_rewritten_alone_is_named():
    files = HONEST.files | {"tile/entries/000": pack(REWRITES["reordered"](ACTS[:256]))}
    with pytest.raises(TileError, match="at entry 0"):
        audit(None, reading(files), POLICY)


@pytest.mark.parametrize("path", sorted(set(HONEST.files)))
def test_a_file_that_is_kept_back(path):
    with pytest.raises(MissingFileError, match="missing"):
        audit(None, reading({name: data for name, data in HONEST.files.items() if name != path}), POLICY)


def test_an_older_state_than_was_seen():
    with pytest.raises(RollbackError, match="290"):
        audit(SEEN, log_of(ACTS[:289]).read, POLICY)


def test_two_histories_of_the_same_size():
    for changed_at in (0, 255, 256, 289):
        split = log_of([*ACTS[:changed_at], OTHERS[0], *ACTS[changed_at + 1 : 290]])
        with pytest.raises(ForkError, match="publish both checkpoints"):
            audit(SEEN, split.read, POLICY)
        before, proof = log_of(ACTS[:200]).checkpoint.root, split.reader.consistency_proof(200)
        with pytest.raises(ProofError):
            verify_consistency(200, 290, proof, old_root=before, new_root=SEEN.root)


@pytest.mark.parametrize(
    "log",
    [
        key(ORIGIN, Algorithm.ED25519, 1),
        key("example.invalid/record/other", Algorithm.ED25519),
    ],
    ids=["same name", "another name"],
)
def test_another_key_in_place_of_the_log(log):
    swapped = log_of(ACTS[:10], log=log)
    with pytest.raises(SignatureError):
        audit(None, swapped.read, POLICY)


def test_another_key_in_place_of_a_government():
    for impostor in (key(US.name, US.algorithm, 1), STRANGER, key("us", US.algorithm)):
        note = cosigned(HONEST.checkpoint, [impostor, MX])
        with pytest.raises(QuorumError, match="us"):
            audit(None, reading(HONEST.files | {"checkpoint": note.encode()}), POLICY)


def test_one_government_publishes_alone():
    for alone in ([US], [MX], [US, US], []):
        note = cosigned(HONEST.checkpoint, alone)
        with pytest.raises((QuorumError, SignatureError)):
            audit(None, reading(HONEST.files | {"checkpoint": note.encode()}), POLICY)


def test_signatures_moved_from_an_older_checkpoint():
    older = cosigned(SEEN)
    moved = Note(HONEST.checkpoint.text, (LOG.sign(HONEST.checkpoint.text), *older.signatures[1:]))
    with pytest.raises(SignatureError):
        audit(None, reading(HONEST.files | {"checkpoint": moved.encode()}), POLICY)
    copied = Note(HONEST.checkpoint.text, older.signatures)
    with pytest.raises(SignatureError):
        POLICY.accept(copied)


HISTORIES = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["log", "cosign", "audit"])), max_size=12)


@settings(deadline=None)
@given(HISTORIES)
def test_honest_histories_raise_no_alarm(steps):
    live(steps)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(max_examples=3_000, deadline=None)
@given(HISTORIES)
def test_thousands_of_honest_histories_raise_no_alarm(steps):
    live(steps)


def live(steps: Sequence[tuple[int, str]]) -> None:
    """A log that only grows is accepted by every auditor, whoever looks when."""
    size, seen = 0, None
    for more, what in steps:
        size = min(size + more, len(ACTS))
        log = log_of(ACTS[:size])
        if what == "audit":
            audited = audit(seen, log.read, POLICY)
            assert audited.new == size - (seen.size if seen else 0)
            seen = audited.verified.checkpoint
        elif what == "cosign" and seen is not None and seen.size:
            proof = log.reader.consistency_proof(seen.size)
            verify_consistency(seen.size, size, proof, old_root=seen.root, new_root=log.checkpoint.root)
        elif size:
            log.receipt(size // 2).verify(ACTS[size // 2], POLICY)


@settings(max_examples=200, deadline=None)
@given(st.permutations(range(12)), st.integers(0, 12))
def test_any_other_order_is_another_history(order, count):
    acts = [ACTS[place] for place in order][:count]
    log = log_of(acts)
    checkpoint = Checkpoint(ORIGIN, count, log_of(ACTS[:count]).checkpoint.root)
    files = log.files | {"checkpoint": cosigned(checkpoint).encode()}
    if list(order[:count]) == list(range(count)):
        assert audit(None, reading(files), POLICY).new == count
    else:
        with pytest.raises(ProofError):
            audit(None, reading(files), POLICY)
