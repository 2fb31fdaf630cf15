"""What every registered question promises, whatever it is about: this suite runs over all of them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.parsers import expat

import pytest

import hled
from hled.evidence import (
    NUMBERS,
    Answer,
    AnswerStore,
    Parameter,
    ParameterError,
    ParameterKind,
    Question,
    ask,
    from_bytes,
    parse,
    plan,
    questions,
    replay,
    to_bytes,
    to_csv,
    to_json,
    to_parquet,
)
from hled.figures.render import render
from hled.language import LANGUAGES, Bilingual
from hled.pillars import register_all

register_all()
QUESTIONS = questions()
EVERY = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> AnswerStore:
    """One store for the suite, so that each answer is calculated once."""
    return AnswerStore(tmp_path_factory.mktemp("conformance"))


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Every question asked with its defaults in another process, with another hash seed."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(hled.__file__).parents[1]),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
    }
    script, home = Path(__file__).with_name("asked_apart.py"), tmp_path_factory.mktemp("apart")
    command = [sys.executable, str(script), str(home)]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=110)
    return json.loads(done.stdout)


def variants(question: Question) -> list[dict[str, str]]:
    """Return raw parameters worth asking: the defaults, and each parameter at its ends."""
    raws: list[dict[str, str]] = [{}]
    for parameter in question.parameters:
        ends = [choice.value for choice in parameter.choices][:: max(1, len(parameter.choices) // 3)]
        if parameter.kind in {ParameterKind.INTEGER, ParameterKind.DECIMAL}:
            ends = [str(end) for end in (parameter.minimum, parameter.maximum) if end is not None]
        raws += [{parameter.name: end} for end in ends]
    return [raw for raw in raws if parses(question, raw)]


def parses(question: Question, raw: dict[str, str]) -> bool:
    try:
        parse(question, raw)
    except ParameterError:
        return False
    return True


def answers(question: Question, store: AnswerStore) -> list[Answer]:
    return [ask(question.id, raw, store=store)[1] for raw in variants(question)]


def texts(value: object) -> list[Bilingual]:
    """Return every bilingual text inside a frozen description."""
    if isinstance(value, Bilingual):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    names = getattr(value, "__slots__", ())
    return [text for name in names for text in texts(getattr(value, name))]


def test_there_are_questions() -> None:
    assert "border.flows" in {question.id for question in QUESTIONS}


@EVERY
def test_another_process_gives_the_same_run_and_bytes(
    question: Question, kept: AnswerStore, apart: dict[str, dict[str, object]]
) -> None:
    run, answer = ask(question.id, {}, store=kept)
    assert apart[question.id]["run_id"] == run.run_id == plan(question.id, {}).run_id
    assert apart[question.id]["answer"] == run.answer_checksum
    assert kept.answer_bytes(run.answer_checksum) == to_bytes(answer)


@EVERY
def test_its_limits_are_kept(question: Question, apart: dict[str, dict[str, object]]) -> None:
    assert float(str(apart[question.id]["seconds"])) < question.limits.seconds
    assert float(str(apart[question.id]["peak_mb"])) < question.limits.memory_mb


@EVERY
def test_a_replay_is_byte_equal(question: Question, kept: AnswerStore) -> None:
    for raw in variants(question)[:3]:
        run, _ = ask(question.id, raw, store=kept)
        result = replay(run.run_id, kept)
        assert result.same, result.differences
        assert result.same_code
        assert result.same_inputs


@EVERY
def test_its_answers_round_trip_and_stay_light(question: Question, kept: AnswerStore) -> None:
    for answer in answers(question, kept):
        data = to_bytes(answer)
        assert from_bytes(data) == answer
        assert len(data) < 300_000


@EVERY
def test_units_are_declared(question: Question, kept: AnswerStore) -> None:
    for parameter in question.parameters:
        if parameter.kind in {ParameterKind.INTEGER, ParameterKind.DECIMAL}:
            assert parameter.unit, parameter.name
            assert parameter.minimum is not None, parameter.name
            assert parameter.maximum is not None, parameter.name
    for answer in answers(question, kept):
        columns = [column for table in answer.tables for column in table.columns]
        assert all(column.unit for column in columns if column.type in NUMBERS)


@EVERY
def test_sources_are_cited_with_licence_and_year(question: Question, kept: AnswerStore) -> None:
    for answer in answers(question, kept):
        assert answer.sources
        for source in answer.sources:
            assert source.url.startswith("https://")
            assert source.retrieved.iso
            for language in LANGUAGES:
                assert source.licence.text(language)
                assert re.search(r"\b(?:19|20)\d\d\b", source.edition.text(language))


@EVERY
def test_both_languages_say_their_own_words(question: Question, kept: AnswerStore) -> None:
    answer = answers(question, kept)[0]
    prose = [question.title, question.description, answer.finding, answer.method, *answer.caveats]
    assert all(text.en != text.es for text in prose)
    for text in [*texts(answer), *texts(question)]:
        assert not re.search(r"\{\w*\}|\bNone\b", text.en + text.es), text


@EVERY
def test_both_languages_have_the_same_numbers(question: Question, kept: AnswerStore) -> None:
    number = re.compile(r"\d(?:[\d,.]*\d)?")
    for answer in answers(question, kept):
        for text in (answer.finding, answer.method, *(figure.finding for figure in answer.figures)):
            assert sorted(number.findall(text.en)) == sorted(number.findall(text.es)), text


@EVERY
def test_missing_data_is_answered(question: Question, kept: AnswerStore) -> None:
    for answer in answers(question, kept):
        assert answer.finding.en
        assert answer.tables


@EVERY
def test_bad_parameters_are_all_listed(question: Question) -> None:
    raw = {parameter.name: wrong(parameter) for parameter in question.parameters}
    with pytest.raises(ParameterError) as caught:
        plan(question.id, {**raw, "no_such_parameter": "1"})
    assert {problem.parameter for problem in caught.value.problems} == {*raw, "no_such_parameter"}


def wrong(parameter: Parameter) -> str:
    return "\x00" * 500 if parameter.kind is ParameterKind.TEXT else "x\x00!"


@EVERY
def test_spellings_of_one_choice_are_one_run(question: Question) -> None:
    for parameter in question.parameters:
        for choice in parameter.choices:
            spellings = (
                choice.value,
                choice.value.upper(),
                choice.label.en,
                choice.label.es,
                *choice.aliases,
            )
            assert {parse(question, {parameter.name: text})[parameter.name] for text in spellings} == {
                choice.value
            }


@EVERY
def test_every_figure_is_drawn_in_both_languages(question: Question, kept: AnswerStore) -> None:
    for answer in answers(question, kept):
        for figure in answer.figures:
            for language in LANGUAGES:
                drawn = render(figure, language)
                assert drawn.startswith("<svg")
                assert expat.ParserCreate().Parse(drawn, True) == 1


@pytest.mark.slow
@EVERY
def test_every_table_downloads(question: Question, kept: AnswerStore) -> None:
    for table in answers(question, kept)[0].tables:
        assert to_csv(table, "en").count(b"\r\n") == len(table.rows) + 1
        assert len(json.loads(to_json(table))["rows"]) == len(table.rows)
        assert to_parquet(table)[:4] == b"PAR1"
