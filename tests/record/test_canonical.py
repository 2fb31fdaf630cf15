"""Canonical JSON: one text for one value, the same that an independent implementation of RFC 8785 writes."""

import json
from collections import OrderedDict
from enum import IntEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from hled.record import CanonicalError, canonical
from hled.record.canonical import MAX_DEPTH, MAX_INTEGER, _is_plain

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)

ASCII = st.text(st.characters(max_codepoint=127), max_size=12)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ASCII, inner, max_size=5),
    max_leaves=20,
)


def readable(value: object) -> str:
    """RFC 8785 once more, in the shortest way that can be checked by reading."""
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
        return (
            "{"
            + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{readable(item)}" for key, item in ordered)
            + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(readable, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


@given(PLAIN)
def test_the_quick_path_writes_what_the_readable_one_and_the_independent_one_write(value):
    assert _is_plain(value, 0)
    assert canonical(value) == readable(value).encode() == rfc8785.dumps(value)


@given(VALUES)
def test_what_the_quick_path_leaves_is_written_alike(value):
    assert canonical(value) == readable(value).encode()


class Word(str):
    """A text that is not exactly one."""

    __slots__ = ()


class Number(IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({Word("b"): Word("x"), "a": Number.ONE}, '{"a":1,"b":"x"}'),
        (OrderedDict(b=1, a=(True, None)), '{"a":[true,null],"b":1}'),
        ({"é": 1, "e": 2}, '{"e":2,"é":1}'),
        ({"": 0}, '{"":0}'),
    ],
)
def test_what_is_not_exactly_plain_is_written_all_the_same(value, text):
    assert canonical(value) == text.encode()


@pytest.mark.parametrize("value", [1.5, 2**53, "\ud800", b"x"], ids=str)
@pytest.mark.parametrize("key", ["a", "é"])
def test_both_paths_refuse_alike(key, value):
    for holder in ({key: value}, {key: [{"a": value}]}, {"a": 1, key: {key: value}}):
        with pytest.raises(CanonicalError):
            canonical(holder)


@pytest.mark.parametrize("key", [1, 1.5, None, True, (), b"a"], ids=repr)
def test_a_key_that_is_no_text_is_refused_among_texts(key):
    for holder in ({key: 1}, {"a": {key: 1}}, [{"é": 1, key: 2}]):
        with pytest.raises(CanonicalError, match="key"):
            canonical(holder)


def test_a_value_that_holds_itself_is_refused():
    value: dict[str, object] = {}
    value["again"] = [value]
    with pytest.raises(CanonicalError, match="nesting"):
        canonical(value)


@given(VALUES)
def test_it_writes_what_the_independent_implementation_writes(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_reading_it_back_gives_the_value_and_the_same_bytes(value):
    data = canonical(value)
    assert json.loads(data) == value
    assert canonical(json.loads(data)) == data


@given(st.dictionaries(TEXTS, st.integers(0, 9), max_size=8), st.randoms())
def test_the_order_of_keys_does_not_matter(value, random):
    keys = list(value)
    random.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


def test_keys_sort_by_utf16_code_units():
    # RFC 8785, section 3.2.3: the emoji (a surrogate pair, D83D…) sorts before U+FB33.
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical(value)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_literals_and_escapes_follow_the_rfc():
    value = {"literals": [None, True, False], "string": '\u20ac$\u000f\nA\'B"\\\\"/\u007f'}
    expected = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"}'
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        MAX_INTEGER + 1,
        -MAX_INTEGER - 1,
        "\ud800",
        {"\udfff": 1},
        {1: "a"},
        {None: 1},
        b"bytes",
        {1, 2},
        object(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_canonical_form_is_refused_in_both_languages(value):
    for holder in (value, [value], {"key": value}):
        with pytest.raises(CanonicalError) as refused:
            canonical(holder)
        assert refused.value.code == "record.not_canonical"
        assert refused.value.text("es") != refused.value.text("en")


def test_nesting_has_a_limit():
    def nested(levels: int) -> object:
        return [nested(levels - 1)] if levels else []

    assert canonical(nested(MAX_DEPTH)).count(b"[") == MAX_DEPTH + 1
    with pytest.raises(CanonicalError, match="nesting"):
        canonical(nested(MAX_DEPTH + 1))


def test_the_largest_integers_pass():
    assert canonical([MAX_INTEGER, -MAX_INTEGER]) == b"[9007199254740991,-9007199254740991]"


def test_tuples_are_lists():
    assert canonical({"a": (1, ("b",))}) == b'{"a":[1,["b"]]}'
