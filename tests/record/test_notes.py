"""Signed notes and their keys: one spelling, every known signature checked, unknown ones ignored."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.record.checkpoints import Checkpoint
from hled.record.errors import CheckpointError, NoteError, SignatureError
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import (
    MAX_NOTE,
    Algorithm,
    Note,
    Signature,
    SigningKey,
    VerifierKey,
    parse_note,
    parse_signature,
    verify_note,
)
from hled.record.text import to_base64
from tests.record.logs import ALL, AT, LOG, MX, ORIGIN, STRANGER, US, US_PQ, key

TEXT = Checkpoint(ORIGIN, 7, EMPTY_ROOT).text
KEYS = [LOG, *ALL]
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="+"), min_size=1, max_size=60
)


def signed(*keys: SigningKey, text: str = TEXT) -> Note:
    return Note(text, tuple(item.sign(text, AT) for item in keys))


@given(NAMES, st.sampled_from(Algorithm))
def test_keys_are_read_as_they_are_written(name, algorithm):
    signer = key(name, algorithm)
    assert VerifierKey.parse(str(signer.verifier)) == signer.verifier
    assert SigningKey.parse(signer.secret) == signer


def test_a_new_key_is_another_each_time_and_never_shows_its_secret():
    first, second = (SigningKey.generate("a.invalid", Algorithm.ED25519) for _ in range(2))
    assert first.seed != second.seed
    assert first.seed.hex() not in repr(first)
    assert to_base64(first.seed) not in repr(first)


@pytest.mark.parametrize(
    "name", ["", "a b", "a+b", "a\u00a0b", "a\u2003", "a\nb", "a\x7f", "\ud800", "á" * 128]
)
def test_a_key_cannot_have_such_a_name(name):
    with pytest.raises(NoteError):
        SigningKey.generate(name, Algorithm.ED25519)
    with pytest.raises(NoteError):
        VerifierKey.parse(f"{name}+00000000+{to_base64(bytes(33))}")


@pytest.mark.parametrize("signer", KEYS, ids=lambda signer: f"{signer.name} {signer.algorithm.name}")
def test_a_changed_key_is_no_key(signer):
    text = str(signer.verifier)
    for place in range(0, len(text), 1 if len(text) < 200 else 97):
        other = "A" if text[place] != "A" else "B"
        with pytest.raises(NoteError):
            VerifierKey.parse(text[:place] + other + text[place + 1 :])


def test_a_key_of_an_unknown_kind_or_length_is_refused():
    for material in (b"\x02" + bytes(32), b"\x01" + bytes(31), b"\x06" + bytes(32), b"\xff" * 33):
        with pytest.raises(NoteError):
            VerifierKey.parse(f"a.invalid+00000000+{to_base64(material)}")
    with pytest.raises(NoteError):
        SigningKey.parse(str(LOG.verifier))
    with pytest.raises(NoteError):
        SigningKey.parse("PRIVATE+KEY+" + str(LOG.verifier))


def test_every_known_signature_is_checked_and_dated():
    found = verify_note(signed(*KEYS), [item.verifier for item in KEYS])
    assert found == {item.verifier: None if item is LOG else AT for item in KEYS}


def test_unknown_signatures_are_ignored_and_none_is_not_enough():
    assert verify_note(signed(LOG, STRANGER), [LOG.verifier]) == {LOG.verifier: None}
    with pytest.raises(SignatureError, match="No key that you trust"):
        verify_note(signed(STRANGER), [LOG.verifier])


@pytest.mark.parametrize("signer", KEYS, ids=lambda signer: f"{signer.name} {signer.algorithm.name}")
def test_a_known_key_that_fails_spoils_the_note(signer):
    note = signed(*KEYS)
    keys = [item.verifier for item in KEYS]
    spoilt = Note(TEXT.replace("\n7\n", "\n8\n"), note.signatures)
    with pytest.raises(SignatureError, match="does not match"):
        verify_note(spoilt, [signer.verifier])
    others = tuple(item for item in note.signatures if not signer.verifier.signed(item))
    short = Signature(signer.name, signer.verifier.key_id, b"12345678")
    with pytest.raises(SignatureError):
        verify_note(Note(TEXT, (*others, short)), keys)


def test_a_key_signs_once():
    note = Note(TEXT, (US.sign(TEXT, AT), US.sign(TEXT, AT + 1)))
    with pytest.raises(SignatureError):
        verify_note(note, [US.verifier])
    again = signed(LOG, US).with_signatures([US.sign(TEXT, AT + 1), MX.sign(TEXT, AT)])
    assert verify_note(again, [US.verifier, MX.verifier]) == {US.verifier: AT + 1, MX.verifier: AT}
    assert len(again.signatures) == 3


def test_a_cosignature_commits_to_its_time():
    for cosigner in (US, US_PQ):
        body = cosigner.sign(TEXT, AT).body
        later = struct.pack(">Q", AT + 1) + body[8:]
        for wrong in (later, b"\x80" + body[1:]):
            with pytest.raises(SignatureError):
                cosigner.verifier.verify(TEXT, Signature(cosigner.name, cosigner.verifier.key_id, wrong))


def test_an_ml_dsa_cosignature_stands_only_under_a_checkpoint():
    with pytest.raises(CheckpointError):
        US_PQ.sign("no checkpoint\n", AT)
    line = US_PQ.sign(TEXT, AT)
    with pytest.raises(CheckpointError):
        verify_note(Note("no checkpoint\n", (line,)), [US_PQ.verifier])


def test_notes_are_read_as_they_are_written():
    for text in (TEXT, "with\n\nan empty line\n", "\n", "ñandú 🌵\n"):
        note = signed(LOG, STRANGER, text=text)
        assert parse_note(note.encode()) == note


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data + b"\n",
        lambda data: data.replace(b"\n\n", b"\n"),
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\xe2\x80\x94 ", b"- "),
        lambda data: data.replace("— ".encode(), "—\u00a0".encode()),
        lambda data: data.replace(b" ", b"  "),
        lambda data: data[:-2] + b"\n",
        lambda data: b"\x00" + data,
        lambda data: b"\xff" + data,
        lambda data: data + b"\xe2\x80\x94 x AAAA\n",
        lambda data: data.split(b"\n\n")[0] + b"\n\n",
        lambda data: data + data.split(b"\n\n")[1] * 100,
        lambda data: b"a" * MAX_NOTE + data,
    ],
)
def test_what_is_no_note_is_refused(spoil):
    with pytest.raises(NoteError) as refused:
        parse_note(spoil(signed(LOG).encode()))
    assert "nota firmada" in refused.value.text("es") or "base64" in refused.value.text("es")


def test_a_signature_has_one_spelling():
    line = LOG.sign(TEXT).line
    assert parse_signature(line) == LOG.sign(TEXT)
    for wrong in (line + "=", line + " ", line.rstrip("="), line + "\n", "x" + line, line.replace("— ", "—")):
        with pytest.raises(NoteError):
            parse_signature(wrong)
