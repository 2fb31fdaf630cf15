"""Bytes become a JSON tree only within limits and only if there is one way to read them."""

import json

import pytest

from hled.workplan import RecordInvalid, load_record
from hled.workplan.parsing import MAX_BYTES, MAX_DEPTH
from tests.workplan.samples import problems, sample


def test_what_is_no_json_names_line_and_column():
    with pytest.raises(RecordInvalid) as invalid:
        load_record('{\n "meta": {]\n}')
    (problem,) = invalid.value.problems
    assert (problem.path, problem.code) == ("$", "not_json")
    assert "line 2, column 11" in problem.message.en
    assert "línea 2, columna 11" in problem.message.es


@pytest.mark.parametrize("text", ["", "   ", "{", '{"meta": }', "{'meta': 1}", '{"meta": 1} extra', "\x00"])
def test_broken_text_is_no_json(text):
    assert [code for _, code in problems(text)] == ["not_json"]


@pytest.mark.parametrize("text", ["[]", '"text"', "7", "null", "true"])
def test_a_record_is_an_object(text):
    assert problems(text) == [("$", "wrong_type")]


def test_a_file_has_a_size_limit():
    assert problems(b" " * (MAX_BYTES + 1)) == [("$", "too_large")]
    assert problems("ñ" * (MAX_BYTES // 2 + 1)) == [("$", "too_large")]


def test_a_file_is_utf8_with_or_without_its_mark():
    text = json.dumps(sample(), ensure_ascii=False)
    assert problems(text.encode()) == []
    assert problems(b"\xef\xbb\xbf" + text.encode()) == []
    assert problems("\ufeff" + text) == []
    assert problems(text.encode("latin-1")) == [("$", "not_utf8")]
    assert problems(text.encode("utf-16")) == [("$", "not_utf8")]


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 900, 200_000])
def test_nesting_has_a_limit(levels):
    text = json.dumps(sample())[:-1] + ', "deep": ' + "[" * levels + "]" * levels + "}"
    assert "too_deep" in [code for _, code in problems(text)]


def test_a_key_that_comes_twice_is_told_at_its_object():
    text = json.dumps(sample()).replace('"id": "crossing"', '"id": "crossing", "id": "crossing"')
    assert problems(text) == [("$.actions[0]", "duplicate_key")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "9" * 5_000])
def test_a_number_that_json_does_not_allow_is_told_once(number):
    text = json.dumps(sample()).replace('"line": 5', f'"line": {number}')
    assert problems(text) == [("$.actions[0].line", "not_a_number")]


def test_a_float_too_large_to_hold_is_no_whole_number():
    text = json.dumps(sample()).replace('"line": 5', '"line": 1e999')
    assert problems(text) == [("$.actions[0].line", "wrong_type")]


def test_other_problems_are_told_beside_a_bad_number():
    text = json.dumps(sample(sources__0__url="nowhere")).replace('"line": 5', '"line": NaN')
    assert set(problems(text)) == {("$.actions[0].line", "not_a_number"), ("$.sources[0].url", "bad_url")}
