"""Bytes from anywhere: every reader of the record takes them or refuses them with an error of the dialogue.

Three sources: bytes at random, texts at random, and good bytes that were cut, doubled, swapped or mixed.
"""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hled.language import DialogueError
from hled.record import Entry, canonical, decode, encode
from hled.record.batches import Batch, personal, verify_personal
from hled.record.checkpoints import Checkpoint
from hled.record.commitments import Disclosure, commit
from hled.record.commitments import verify as verify_commitment
from hled.record.key_history import KeyHistory, place
from hled.record.log_files import read_folder
from hled.record.merkle import verify_consistency, verify_inclusion
from hled.record.notes import SigningKey, VerifierKey, parse_note, parse_signature, verify_note
from hled.record.policies import Policy
from hled.record.proofs import Receipt
from hled.record.redactions import Authority, Basis, Erased, Redaction
from hled.record.rotations import TYPE, follow, rotate, verify
from hled.record.tiles import TileReader, is_tile_path, pack, unpack
from hled.record.verify import audit, verify_growth, verify_log
from hled.record.witness import FileStore, Witness
from hled.record.witness_messages import AddCheckpoint, cosignatures_from, size_from
from tests.record.logs import (
    ALL,
    AT,
    LOG,
    ORIGIN,
    POLICY,
    STRANGER,
    US,
    US_PQ,
    cosigned,
    entries,
    key,
    log_of,
    reading,
)

SMALL = log_of(entries(5))
OLD = log_of(entries(3))
KEYS = POLICY.keys
ROTATION = rotate(US, key(US.name, US.algorithm, 1), role="cosigner", party="US")
CHANGE = Entry(TYPE, "urn:hled:key:us", "2026-01-01T00:00:00Z", ROTATION)
HISTORY = KeyHistory(POLICY, (place(ORIGIN, 3, CHANGE),))
BODY = "".join(f"{signer.sign(SMALL.checkpoint.text, AT).line}\n" for signer in ALL).encode()
REQUEST = AddCheckpoint(3, SMALL.reader.consistency_proof(3), cosigned(SMALL.checkpoint, ALL))
BATCH = Batch.of("vote", [{"vote": number} for number in range(5)])
COUNTED = encode(Entry("vote.counted", "urn:hled:vote:1", "2026-01-01T00:00:00Z", BATCH.to_content()))
VOTES = log_of([*entries(2), COUNTED])
PERSONAL = personal(VOTES.receipt(2), BATCH.receipt(1), COUNTED)
COMMITTED, OPENED = commit({"name": "Ana"})
ERASED = Redaction((Erased("name", COMMITTED["name"]),), Basis.OTHER, Authority.BOTH)


def with_extra(extra: bytes) -> Receipt:
    return Receipt(2, PERSONAL.path, PERSONAL.checkpoint, extra)


def disclosed(value: object) -> object:
    """Open a commitment with whatever JSON says the field, the salt and the value are."""
    field, salt, opened = value if isinstance(value, list) and len(value) == 3 else ("name", "", value)
    return verify_commitment(COMMITTED["name"], Disclosure(str(field), str(salt), opened))


def as_text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    """Give a reader of texts any text, also one with lone surrogates."""
    return lambda data: read(data.decode(errors="surrogateescape"))


def as_json(read: Callable[[object], object]) -> Callable[[bytes], object]:
    """Give a reader of values what JSON gives; what is no JSON is not its affair."""

    def parsed(data: bytes) -> object:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return None
        return read(value)

    return parsed


def as_content(read: Callable[[dict[str, object]], object]) -> Callable[[object], object]:
    """Contents of entries are objects; anything else was refused before."""
    return lambda value: read(value) if isinstance(value, dict) else None


READERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "note": (lambda data: verify_note(parse_note(data), KEYS), cosigned(SMALL.checkpoint, ALL).encode()),
    "checkpoint": (as_text(Checkpoint.parse), SMALL.checkpoint.text.encode()),
    "signature": (as_text(parse_signature), US.sign(SMALL.checkpoint.text, AT).line.encode()),
    "vkey": (as_text(VerifierKey.parse), str(US.verifier).encode()),
    "ml-dsa vkey": (as_text(VerifierKey.parse), str(US_PQ.verifier).encode()),
    "private key": (as_text(SigningKey.parse), STRANGER.secret.encode()),
    "policy": (lambda data: Policy.parse(data).accept(SMALL.note), POLICY.text.encode()),
    "accepted": (lambda data: POLICY.accept(parse_note(data)), SMALL.note.encode()),
    "receipt": (lambda data: Receipt.parse(data).verify(SMALL.entries[2], POLICY), SMALL.receipt(2).encode()),
    "classic receipt": (lambda data: Receipt.parse(data).classic().encode(), SMALL.receipt(2).encode()),
    "bundle": (lambda data: unpack(data, 5), pack(SMALL.entries)),
    "tile path": (as_text(is_tile_path), b"tile/0/x001/234.p/7"),
    "entry": (decode, SMALL.entries[0]),
    "canonical": (as_json(canonical), SMALL.entries[0]),
    "request": (AddCheckpoint.parse, REQUEST.encode()),
    "answer": (lambda data: cosignatures_from(data, SMALL.note, KEYS), BODY),
    "conflict": (size_from, b"42\n"),
    "rotation": (as_json(verify), canonical(ROTATION)),
    "followed": (as_json(lambda value: follow(POLICY, [verify(value)])), canonical(ROTATION)),
    "personal receipt": (lambda data: verify_personal(Receipt.parse(data), POLICY), PERSONAL.encode()),
    "extra": (lambda data: verify_personal(with_extra(data), POLICY), PERSONAL.extra),
    "disclosure": (as_json(disclosed), canonical([OPENED[0].field, OPENED[0].salt, OPENED[0].value])),
    "redaction": (as_json(as_content(Redaction.from_content)), canonical(ERASED.to_content())),
    "keys.json": (lambda data: KeyHistory.parse(data).accept(SMALL.note), HISTORY.encode()),
}


@st.composite
def spoiled(draw: st.DrawFn, good: bytes) -> bytes:
    """Good bytes, then cut, doubled, swapped or mixed with others, up to four times."""
    data = good
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        piece = data[start:end]
        put = draw(
            st.sampled_from(
                [b"", piece * 2, piece[::-1], b"\n", b"\n\n", b" ", b"=", b"+", b"0", "—".encode()]
            )
            | st.binary(max_size=8)
            | st.sampled_from([item for _read, item in READERS.values()])
        )
        data = data[:start] + put + data[end:]
    return data


def bytes_like(good: bytes) -> st.SearchStrategy[bytes]:
    texts = st.text(max_size=200).map(lambda text: text.encode())
    return spoiled(good) | st.binary(max_size=200) | texts


def takes_or_refuses(read: Callable[[bytes], object], data: bytes) -> None:
    """Anything but an answer or an error of the dialogue fails the test by itself."""
    refused: list[DialogueError] = []
    try:
        read(data)
    except DialogueError as error:
        refused.append(error)
    assert all(error.code.startswith("record.") for error in refused)
    assert all(error.text("en") != error.text("es") for error in refused)


@pytest.mark.parametrize("name", READERS)
def test_the_good_bytes_are_taken(name):
    read, good = READERS[name]
    read(good)


@pytest.mark.parametrize("name", READERS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(data=st.data())
def test_any_bytes_are_taken_or_refused(name, data):
    read, good = READERS[name]
    takes_or_refuses(read, data.draw(bytes_like(good)))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=1_500, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_very_many_bytes_are_taken_or_refused(name, data):
    read, good = READERS[name]
    takes_or_refuses(read, data.draw(bytes_like(good)))


HOSTILE = [
    b"",
    b"\n",
    b"\n\n",
    b"\x00",
    b"\xff" * 100,
    b"\xed\xa0\x80",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"1" * 100_000,
    b'"\\ud800"',
    b"NaN",
    b"1e999",
    b"-0",
    b"\xef\xbb\xbf{}",
    b" " * 1_100_000,
    b"log \xff+00000000+AAAA\nquorum none\n",
    "log é".encode() * 128 + b"+00000000+AAAA\n",
    b"old 1\n\n\n\n",
]


@pytest.mark.parametrize("name", READERS)
def test_hostile_bytes_are_taken_or_refused(name):
    read, good = READERS[name]
    for data in HOSTILE:
        takes_or_refuses(read, data)
        takes_or_refuses(read, good + data)
        takes_or_refuses(read, data + good)


PATHS = sorted(SMALL.files)


@settings(deadline=None)
@given(st.sampled_from(PATHS), st.data())
def test_a_log_of_any_bytes_is_taken_or_refused(path, data):
    files = SMALL.files | {path: data.draw(bytes_like(SMALL.files[path]))}
    readers = [
        lambda _data: audit(None, reading(files), POLICY),
        lambda _data: audit(OLD.checkpoint, reading(files), POLICY),
        lambda _data: verify_growth(reading(OLD.files | files), SMALL.checkpoint, old=OLD.checkpoint),
        lambda _data: verify_log(reading(files), Policy(), note=files["checkpoint"]),
        lambda _data: TileReader(reading(files), 5).inclusion_proof(3),
    ]
    for read in readers:
        takes_or_refuses(read, b"")


@settings(deadline=None)
@given(st.text(max_size=60))
@example("tile/0/" + "x000/" * 50 + "000")
@example("\x00")
@example("tile/entries/" + "x999/" * 2000 + "999")
def test_any_path_is_read_or_refused(tmp_path_factory, path):
    folder = tmp_path_factory.getbasetemp()
    takes_or_refuses(lambda _data: read_folder(folder)(path), b"")


@settings(deadline=None)
@given(
    st.integers(-2, 2**64),
    st.integers(-2, 2**64),
    st.lists(st.binary(max_size=33) | st.binary(min_size=32, max_size=32), max_size=70),
    st.binary(min_size=31, max_size=33),
)
def test_any_proof_is_taken_or_refused(first, second, proof, root):
    takes_or_refuses(lambda _data: verify_inclusion(root, first, second, proof, bytes(32)), b"")
    roots = {"old_root": root, "new_root": bytes(32)}
    takes_or_refuses(lambda _data: verify_consistency(first, second, proof, **roots), b"")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bytes_like(REQUEST.encode()))
def test_a_witness_answers_any_body(tmp_path_factory, body):
    folder = tmp_path_factory.getbasetemp() / "witness"
    witness = Witness((US,), (LOG.verifier,), FileStore(folder))
    answer = witness.add_checkpoint(body)
    assert answer.status in {200, 400, 403, 404, 409, 422}
    assert answer.body.endswith(b"\n")
