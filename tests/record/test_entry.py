"""Entries of format v1: what is encoded decodes to the same act, and nothing else decodes."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.record import CanonicalError, Entry, EntryError, canonical, decode, encode
from hled.record.formats.v1.entry import MAX_BYTES, leaf_hash

GOLDEN_ENTRY = Entry(
    type="agenda.action.compiled",
    id="urn:hled:action:border-comanagement-21cb",
    at="2021-09-09T14:00:00Z",
    content={"title_es": "Gestión compartida de la frontera", "line": 4, "adjacent_track": False},
)
GOLDEN_BYTES = (
    '{"at":"2021-09-09T14:00:00Z","content":{"adjacent_track":false,"line":4,'
    '"title_es":"Gestión compartida de la frontera"},"id":"urn:hled:action:border-comanagement-21cb",'
    '"prev":null,"type":"agenda.action.compiled","v":1}'
).encode()
# RFC 6962: SHA-256 of a zero byte and the entry, computed with another tool (sha256sum).
GOLDEN_LEAF = "6143495d912a33e93c37d6fe632649d0e2aecb391d62e0746f077e098081a889"

WORDS = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ENTRIES = st.builds(
    Entry,
    type=st.lists(WORDS, min_size=2, max_size=4).map(".".join),
    id=st.tuples(WORDS, st.from_regex(r"[A-Za-z0-9._-]{1,30}", fullmatch=True)).map(
        lambda parts: f"urn:hled:{parts[0]}:{parts[1]}"
    ),
    at=st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")),
    content=st.dictionaries(TEXTS, st.none() | st.booleans() | st.integers(-9, 9) | TEXTS, max_size=5),
    prev=st.none() | st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
)


def changed(**changes: object) -> bytes:
    """The golden entry with other values, as canonical bytes."""
    entry = GOLDEN_ENTRY
    value = {
        "v": 1,
        "type": entry.type,
        "id": entry.id,
        "at": entry.at,
        "prev": None,
        "content": entry.content,
    }
    return canonical({**value, **changes})


def test_the_golden_vector_does_not_move():
    assert encode(GOLDEN_ENTRY) == GOLDEN_BYTES
    assert decode(GOLDEN_BYTES) == GOLDEN_ENTRY
    assert leaf_hash(GOLDEN_BYTES) == GOLDEN_LEAF
    assert hashlib.sha256(b"\0" + GOLDEN_BYTES).hexdigest() == GOLDEN_LEAF


@given(ENTRIES)
def test_an_entry_survives_the_way_to_bytes_and_back(entry):
    data = encode(entry)
    assert decode(data) == entry
    assert encode(decode(data)) == data


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "agenda"),
        ("type", "Agenda.action"),
        ("type", "agenda.action\n"),
        ("type", ""),
        ("type", None),
        ("id", "urn:hled:action:"),
        ("id", "urn:hled:action:a b"),
        ("id", "urn:other:action:a"),
        ("id", "urn:hled:acción:a"),
        ("id", 7),
        ("at", "2021-09-09"),
        ("at", "2021-09-09T14:00:00+00:00"),
        ("at", "2021-13-09T14:00:00Z"),
        ("at", "2021-09-09T25:00:00Z"),
        ("at", "２021-09-09T14:00:00Z"),
        ("prev", "a" * 63),
        ("prev", "A" * 64),
        ("prev", ""),
        ("content", []),
        ("content", None),
    ],
)
def test_a_bad_field_is_refused_before_and_after_encoding(field, value):
    good = {
        "type": GOLDEN_ENTRY.type,
        "id": GOLDEN_ENTRY.id,
        "at": GOLDEN_ENTRY.at,
        "content": {},
        "prev": None,
    }
    with pytest.raises(EntryError) as refused:
        Entry(**{**good, field: value})
    assert refused.value.code == "record.bad_entry"
    assert refused.value.text("es") != refused.value.text("en")
    with pytest.raises(EntryError):
        decode(changed(**{field: value}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"not json",
        b"\xff\xfe",
        b"{}",
        changed(v=2),
        changed(v=True),
        changed(extra=1),
        GOLDEN_BYTES.replace(b'"prev":null,', b""),
        GOLDEN_BYTES + b"\n",
        b" " + GOLDEN_BYTES,
        GOLDEN_BYTES.replace(b'"line":4', b'"line":4.0'),
        GOLDEN_BYTES.replace(b'"line":4', b'"line":4,"line":4'),
        GOLDEN_BYTES.replace("ó".encode(), b"\\u00f3"),
        GOLDEN_BYTES.replace(b'"v":1', b'"v":1e0'),
        GOLDEN_BYTES.replace(b'{"at"', b'{"type":"agenda.action.compiled","at"'),
        b"[" * 100_000,
    ],
    ids=range(18),
)
def test_bytes_that_are_no_canonical_entry_are_refused(data):
    with pytest.raises((EntryError, CanonicalError)):
        decode(data)


def test_an_entry_fits_a_bundle():
    empty = len(encode(Entry(**{**fields(), "content": {"text": ""}})))
    fits = Entry(**{**fields(), "content": {"text": "x" * (MAX_BYTES - empty)}})
    assert len(encode(fits)) == MAX_BYTES
    assert decode(encode(fits)) == fits
    with pytest.raises(EntryError, match="65536"):
        encode(Entry(**{**fields(), "content": {"text": "x" * (MAX_BYTES - empty + 1)}}))
    with pytest.raises(EntryError, match="65536"):
        decode(b"x" * (MAX_BYTES + 1))


def test_content_without_canonical_form_is_refused():
    with pytest.raises(CanonicalError):
        encode(Entry(**{**fields(), "content": {"share": 0.5}}))


def fields() -> dict[str, object]:
    return {"type": GOLDEN_ENTRY.type, "id": GOLDEN_ENTRY.id, "at": GOLDEN_ENTRY.at}


@pytest.mark.parametrize("name", ["type", "id", "at", "prev", "content"])
@pytest.mark.parametrize("value", [5, True, ["x"], "x", {"x": 1}, None, "9999-99-99T99:99:99Z"], ids=str)
def test_a_field_of_another_kind_is_refused(name, value):
    if (name, value) in [("prev", None), ("content", {"x": 1})]:
        assert decode(changed(**{name: value}))
    else:
        with pytest.raises(EntryError):
            decode(changed(**{name: value}))
