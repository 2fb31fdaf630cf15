"""The rules of C2SP tlog-witness: one history, kept before it is answered, whoever asks at the same time."""

import hashlib
import multiprocessing
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hled.record.checkpoints import Checkpoint
from hled.record.errors import (
    CheckpointError,
    ForkError,
    ProofError,
    RequestError,
    SignatureError,
    WitnessStateError,
)
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import Algorithm, Note, parse_note, verify_note
from hled.record.witness import Answer, ConflictError, FileStore, UnknownLogError, Witness
from hled.record.witness_messages import AddCheckpoint, cosignatures_from, request_for
from tests.record.logs import AT, LOG, ORIGIN, STRANGER, US, US_PQ, Memory, entries, key, log_of

ACTS = entries(300)
NAME = hashlib.sha256(ORIGIN.encode()).hexdigest()


def witness_in(folder: Path) -> Witness:
    return Witness((US, US_PQ), (LOG.verifier,), FileStore(folder), clock=lambda: AT)


@pytest.fixture
def witness(tmp_path) -> Witness:
    return witness_in(tmp_path)


def by_log(log: Memory) -> Note:
    return Note(log.checkpoint.text, (LOG.sign(log.checkpoint.text),))


def asked(size: int, old: int) -> AddCheckpoint:
    log = log_of(ACTS[:size])
    return request_for(old, by_log(log), log.reader)


def told(witness: Witness, request: AddCheckpoint) -> Answer:
    return witness.add_checkpoint(request.encode())


def test_a_log_that_grows_is_cosigned_by_both_keys(witness):
    old = 0
    for size in (1, 5, 256, 257, 300):
        request = asked(size, old)
        answer = told(witness, request)
        assert (answer.status, answer.content_type) == (200, "text/plain; charset=utf-8")
        lines = cosignatures_from(answer.body, request.note, [US.verifier, US_PQ.verifier])
        whole = request.note.with_signatures(lines)
        keys = [LOG.verifier, US.verifier, US_PQ.verifier]
        assert verify_note(whole, keys) == {LOG.verifier: None, US.verifier: AT, US_PQ.verifier: AT}
        assert witness.published(NAME) == whole.encode()
        old = size


def test_the_same_checkpoint_can_be_cosigned_again(witness):
    assert told(witness, asked(7, 0)).status == 200
    assert told(witness, asked(7, 7)).status == 200
    assert told(witness, asked(0, 0)).status == 409


def test_an_empty_log_can_be_cosigned(witness):
    assert told(witness, asked(0, 0)).status == 200
    assert told(witness, asked(3, 0)).status == 200
    other = Checkpoint(ORIGIN, 0, bytes(32))
    fresh = Witness(witness.keys, witness.logs, FileStore(witness.store.folder / "other"))
    request = AddCheckpoint(0, (), Note(other.text, (LOG.sign(other.text),)))
    assert told(fresh, request).status == 422


def test_another_size_than_the_last_one_is_a_conflict_that_names_it(witness):
    assert told(witness, asked(7, 0)).status == 200
    for old in (0, 3, 8):
        answer = told(witness, asked(9, old))
        assert answer == Answer(409, b"7\n", "text/x.tlog.size")
    assert told(witness, asked(9, 7)).status == 200


def test_a_rollback_is_refused(witness):
    assert told(witness, asked(9, 0)).status == 200
    assert told(witness, asked(7, 0)).body == b"9\n"
    back = AddCheckpoint(9, (), by_log(log_of(ACTS[:7])))
    assert told(witness, back).status == 400
    with pytest.raises(RequestError, match="larger"):
        witness.cosign(back)


def test_a_split_view_is_refused(witness):
    assert told(witness, asked(9, 0)).status == 200
    other = log_of([*ACTS[:8], *entries(1, start=500)])
    split = AddCheckpoint(9, (), by_log(other))
    assert told(witness, split).status == 422
    with pytest.raises(ForkError, match="FORK"):
        witness.cosign(split)
    assert (
        Checkpoint.parse(parse_note(witness.published(NAME) or b"").text).root
        == log_of(ACTS[:9]).checkpoint.root
    )


def test_a_forged_history_is_refused(witness):
    assert told(witness, asked(7, 0)).status == 200
    other = log_of([*ACTS[:5], *entries(10, start=500)])
    forged = request_for(7, by_log(other), other.reader)
    honest = asked(15, 7)
    for proof in (forged.proof, honest.proof, honest.proof[:-1], (), (bytes(32),) * 63):
        assert told(witness, AddCheckpoint(7, proof, forged.note)).status == 422
    for proof in (honest.proof[:-1], (*honest.proof, bytes(32)), ()):
        assert told(witness, AddCheckpoint(7, proof, honest.note)).status == 422
    assert told(witness, honest).status == 200


def test_a_first_checkpoint_comes_without_a_proof(witness):
    request = asked(7, 0)
    assert told(witness, AddCheckpoint(0, (bytes(32),), request.note)).status == 422
    with pytest.raises(ProofError, match="without a proof"):
        witness.cosign(AddCheckpoint(0, (bytes(32),), request.note))
    assert told(witness, asked(7, 0)).status == 200
    assert told(witness, AddCheckpoint(7, (bytes(32),), request.note)).status == 422


def test_only_watched_logs_are_cosigned(witness):
    other = key("example.invalid/record/mx", Algorithm.ED25519)
    text = Checkpoint(other.name, 3, EMPTY_ROOT).text
    request = AddCheckpoint(0, (), Note(text, (other.sign(text),)))
    assert told(witness, request).status == 404
    with pytest.raises(UnknownLogError) as refused:
        witness.cosign(request)
    assert "bitácora" in refused.value.text("es")
    assert list(witness.store.folder.iterdir()) == []


def test_only_the_key_of_the_log_signs_for_it(witness):
    text = log_of(ACTS[:3]).checkpoint.text
    impostor = key(ORIGIN, Algorithm.ED25519, number=1)
    spoilt = LOG.sign(text.replace("\n3\n", "\n4\n"))
    for signatures in (
        (impostor.sign(text),),
        (STRANGER.sign(text, AT),),
        (spoilt,),
        (LOG.sign(text), spoilt),
    ):
        request = AddCheckpoint(0, (), Note(text, signatures))
        assert told(witness, request).status == 403
        with pytest.raises(SignatureError):
            witness.cosign(request)
    more = AddCheckpoint(0, (), Note(text, (impostor.sign(text), LOG.sign(text), STRANGER.sign(text, AT))))
    assert told(witness, more).status == 200
    kept = parse_note(witness.published(NAME) or b"")
    assert [item.name for item in kept.signatures] == [LOG.name, US.name, US_PQ.name]


def test_what_is_no_request_or_no_checkpoint_is_a_bad_request(witness):
    good = asked(7, 0).encode()
    hello = AddCheckpoint(0, (), Note("hello\n", (LOG.sign("hello\n"),)))
    for body in (b"", b"\xff", good[:-1], good.replace(b"old 0", b"old 00"), b"x" + good, hello.encode()):
        answer = witness.add_checkpoint(body)
        assert answer.status == 400
        assert answer.body.decode().count("\n") == 2
    with pytest.raises(CheckpointError):
        witness.cosign(hello)


@pytest.mark.parametrize("size", [0, 3, 9])
def test_a_witness_whose_state_is_damaged_cosigns_nothing(witness, size):
    assert told(witness, asked(5, 0)).status == 200
    place = witness.store.place(ORIGIN)
    good = place.read_bytes()
    older = log_of(ACTS[:size]).checkpoint.text.encode() + b"\n" + good.split(b"\n\n")[1]
    for wrong in (b"", good[:-1], good.replace(b"\n5\n", b"\n3\n"), older):
        place.write_bytes(wrong)
        assert told(witness, asked(9, 5)).status == 500
        assert place.read_bytes() == wrong
    with pytest.raises(WitnessStateError, match="cosigns nothing"):
        witness.cosign(asked(9, 5))
    place.write_bytes(good)
    assert told(witness, asked(9, 5)).status == 200


def test_a_state_of_another_log_is_no_state(tmp_path):
    other = key("example.invalid/record/mx", Algorithm.ED25519)
    witness = Witness((US,), (LOG.verifier, other.verifier), FileStore(tmp_path))
    assert told(witness, asked(5, 0)).status == 200
    theirs = tmp_path / hashlib.sha256(other.name.encode()).hexdigest() / "checkpoint"
    theirs.parent.mkdir()
    theirs.write_bytes(witness.store.place(ORIGIN).read_bytes())
    text = Checkpoint(other.name, 5, log_of(ACTS[:5]).checkpoint.root).text
    assert told(witness, AddCheckpoint(5, (), Note(text, (other.sign(text),)))).status == 500


def test_a_state_that_cannot_be_written_is_not_answered_with_a_cosignature(witness, monkeypatch):
    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hled.record.objects.os.fsync", full)
    assert told(witness, asked(5, 0)).status == 500
    monkeypatch.undo()
    assert witness.published(NAME) is None
    assert told(witness, asked(5, 0)).status == 200


def test_only_names_of_watched_logs_are_published(witness):
    assert told(witness, asked(5, 0)).status == 200
    for name in ("", "0" * 64, NAME.upper(), f"../{NAME}", f"{NAME}/"):
        assert witness.published(name) is None


def test_keys_can_be_changed_one_at_a_time(tmp_path):
    assert told(witness_in(tmp_path), asked(5, 0)).status == 200
    new = key(US.name, Algorithm.COSIGNATURE_ED25519, number=1)
    changed = Witness((new,), (LOG.verifier,), FileStore(tmp_path))
    assert told(changed, asked(9, 5)).status == 200
    stranger = Witness((US,), (key(ORIGIN, Algorithm.ED25519, number=1).verifier,), FileStore(tmp_path))
    with pytest.raises(SignatureError):
        stranger.cosign(asked(12, 9))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.booleans()), max_size=12))
def test_the_kept_size_never_goes_back(tmp_path_factory, steps):
    witness, kept = witness_in(tmp_path_factory.mktemp("witness")), 0
    for old, size, honest in steps:
        log = log_of(ACTS[:size] if honest else entries(size, start=1000))
        if old > size:
            continue
        answer = told(witness, request_for(old, by_log(log), log.reader))
        if answer.status == 200:
            assert (old, size >= kept) == (kept, True)
            kept = size
        last = witness.published(NAME)
        assert (Checkpoint.parse(parse_note(last).text).size if last else 0) == kept


def test_the_rollback_race_of_the_specification_between_threads(tmp_path):
    sizes = range(1, 41)
    answers: dict[int, int] = {}

    def ask(size: int) -> None:
        witness, old = witness_in(tmp_path), 0
        while True:
            if old > size:
                answers[size] = 409
                return
            answer = told(witness, asked(size, old))
            if answer.status != 409:
                answers[size] = answer.status
                return
            old = int(answer.body)

    threads = [threading.Thread(target=ask, args=(size,)) for size in sizes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers[40] == 200
    assert set(answers.values()) <= {200, 409}
    assert Checkpoint.parse(parse_note(witness_in(tmp_path).published(NAME) or b"").text).size == 40


def climb(folder: str, start: int, queue) -> None:
    """Another process that brings its own sizes to the same witness."""
    witness, cosigned = witness_in(Path(folder)), []
    for size in range(start, 61, 2):
        old = 0
        while (answer := told(witness, asked(size, old))).status == 409 and int(answer.body) <= size:
            old = int(answer.body)
        if answer.status == 200:
            cosigned.append(size)
    queue.put(cosigned)


def test_the_rollback_race_between_processes(tmp_path):
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    others = [context.Process(target=climb, args=(str(tmp_path), start, queue)) for start in (1, 2)]
    for other in others:
        other.start()
    cosigned = [queue.get(timeout=60) for _ in others]
    for other in others:
        other.join()
        assert other.exitcode == 0
    assert max(size for sizes in cosigned for size in sizes) == 60
    assert Checkpoint.parse(parse_note(witness_in(tmp_path).published(NAME) or b"").text).size == 60


def test_who_holds_the_state_holds_it_alone(tmp_path):
    store, order = FileStore(tmp_path), []
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with store.held(ORIGIN):
            inside.set()
            leave.wait(10)
            order.append("first")

    def second() -> None:
        inside.wait(10)
        with FileStore(tmp_path).held(ORIGIN):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    with store.held("another origin"):
        order.append("another")
    leave.set()
    for thread in threads:
        thread.join()
    assert order == ["another", "first", "second"]


def test_a_conflict_carries_its_size(witness):
    assert told(witness, asked(5, 0)).status == 200
    with pytest.raises(ConflictError) as conflict:
        witness.cosign(asked(9, 3))
    assert conflict.value.size == 5
    assert "5" in conflict.value.text("es")
