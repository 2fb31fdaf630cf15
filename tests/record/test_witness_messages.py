"""Both ends of the conversation with a witness are read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.record.checkpoints import Checkpoint
from hled.record.errors import (
    CheckpointError,
    NoteError,
    ProofError,
    RecordError,
    RequestError,
    SignatureError,
)
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import Note
from hled.record.witness_messages import (
    MAX_BODY,
    AddCheckpoint,
    cosignatures_from,
    request_for,
    size_from,
)
from tests.record.logs import ALL, AT, LOG, MX, ORIGIN, STRANGER, US, US_PQ, cosigned, entries, log_of

LONG = log_of(entries(20))
NOTE = cosigned(Checkpoint(ORIGIN, 20, EMPTY_ROOT), ())


@given(st.integers(0, 10**15 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63))
def test_a_request_is_read_as_it_is_written(old, proof):
    request = AddCheckpoint(old, tuple(proof), NOTE)
    assert AddCheckpoint.parse(request.encode()) == request


def test_a_request_looks_as_the_specification_shows_it():
    first, second, gap, origin = AddCheckpoint(7, (bytes(32),), NOTE).encode().decode().split("\n")[:4]
    assert (first, gap, origin) == ("old 7", "", ORIGIN)
    assert second == "A" * 43 + "="


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: b"",
        lambda body: body[4:],
        lambda body: body.replace(b"old 7", b"Old 7"),
        lambda body: body.replace(b"old 7", b"old  7"),
        lambda body: body.replace(b"old 7", b"old 07"),
        lambda body: body.replace(b"old 7", b"old"),
        lambda body: body.replace(b"old 7", b"old -7"),
        lambda body: body.replace(b"old 7\n", b"old 7\r\n"),
        lambda body: body.replace(b"old 7\n", b"old 7\nAAAA\n"),
        lambda body: body.replace(b"old 7\n", b"old 7\n" + b"x" * 44 + b"\n"),
        lambda body: body.replace(b"old 7\n", b"old 7\n" + (b"A" * 43 + b"=\n") * 63),
        lambda body: body.split(b"\n\n")[0],
        lambda body: body[:-1],
        lambda body: body + b"\n",
        lambda body: body + b"\xff",
        lambda body: body + b" " * MAX_BODY,
    ],
)
def test_what_is_no_request_is_refused(spoil):
    body = AddCheckpoint(7, (bytes(32),), NOTE).encode()
    with pytest.raises((RequestError, NoteError)) as refused:
        AddCheckpoint.parse(spoil(body))
    assert refused.value.text("es") != refused.value.text("en")


def test_a_request_carries_the_proof_from_what_was_cosigned_last():
    for size in (8, 20):
        note = cosigned(log_of(entries(size)).checkpoint, ())
        for old in range(size + 1):
            request = request_for(old, note, LONG.reader)
            wanted = log_of(entries(size)).reader.consistency_proof(old) if old else ()
            assert (request.old, request.proof, request.note) == (old, wanted, note)


def test_a_witness_that_has_seen_more_than_the_log_has_is_said():
    with pytest.raises(ProofError, match="old copy") as refused:
        request_for(21, LONG.note, LONG.reader)
    assert "copia vieja" in refused.value.text("es")
    with pytest.raises(CheckpointError):
        request_for(0, Note("hello\n", ()), LONG.reader)


def test_cosignatures_of_known_keys_are_taken_and_others_ignored():
    text = LONG.checkpoint.text
    lines = [signer.sign(text, AT) for signer in (*ALL, STRANGER)]
    body = "".join(f"{line.line}\n" for line in lines).encode()
    keys = [US.verifier, US_PQ.verifier, MX.verifier]
    found = cosignatures_from(body, LONG.note, keys)
    assert found == (lines[0], lines[1], lines[2])
    with pytest.raises(SignatureError):
        cosignatures_from(body, LONG.note, [LOG.verifier])


def test_a_cosignature_of_another_checkpoint_is_refused():
    line = US.sign(log_of(entries(19)).checkpoint.text, AT).line
    with pytest.raises(SignatureError):
        cosignatures_from(f"{line}\n".encode(), LONG.note, [US.verifier])


@pytest.mark.parametrize(
    "spoil",
    [lambda b: b[:-1], lambda b: b"\n" + b, lambda b: b + b"\xff\n", lambda b: b * 101, lambda b: b * 2000],
)
def test_what_is_no_answer_is_refused(spoil):
    body = f"{US.sign(LONG.checkpoint.text, AT).line}\n".encode()
    with pytest.raises(RequestError, match="no answer of a witness"):
        cosignatures_from(spoil(body), LONG.note, [US.verifier])
    with pytest.raises(SignatureError):
        cosignatures_from(b"", LONG.note, [US.verifier])


def test_the_size_of_a_conflict():
    assert size_from(b"42\n") == 42
    for wrong in (b"", b"42", b"042\n", b"-1\n", b"4 2\n", b"\xff\n", b"9" * 100 + b"\n", b"42\n\n"):
        with pytest.raises(RecordError):
            size_from(wrong)
