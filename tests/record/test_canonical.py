"""Canonical JSON: one text for one value, the same that an independent implementation of RFC 8785 writes."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from hled.record import CanonicalError, canonical
from hled.record.canonical import MAX_DEPTH, MAX_INTEGER

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)


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
