"""Asking twice is one run; a needed question is asked first and its run is an input."""

import pytest

from hled.evidence import (
    AnswerStore,
    CircularNeedsError,
    DamagedStoreError,
    ParameterError,
    UnknownQuestionError,
    ask,
    plan,
    question,
    questions,
    register,
)
from tests.evidence.conftest import toy


def test_asking_twice_calculates_once(calls: list[str], store: AnswerStore) -> None:
    first = ask("toy.base", {"number": "7"}, store=store)
    assert ask("toy.base", {"number": " 07 "}, store=store) == first
    assert calls == ["base"]
    assert first[1].finding.es == "Es 7."


def test_a_plan_gives_the_run_id_and_calculates_nothing(calls: list[str], store: AnswerStore) -> None:
    planned = plan("toy.double", {"number": "4"})
    assert calls == []
    run, _ = ask("toy.double", {"number": "4"}, store=store)
    assert run.run_id == planned.run_id


def test_other_parameters_are_another_run(calls: list[str], store: AnswerStore) -> None:
    runs = {ask("toy.base", {"number": text}, store=store)[0].run_id for text in ("1", "2", "3")}
    assert len(runs) == 3
    assert set(store.runs()) == runs


def test_a_needed_question_is_asked_with_the_shared_parameters(calls: list[str], store: AnswerStore) -> None:
    run, answer = ask("toy.double", {"number": "5", "more": "3"}, store=store)
    assert answer.finding.en == "It is 13."
    base, _ = ask("toy.base", {"number": "5"}, store=store)
    assert run.identity.inputs == {"toy.base": base.run_id}
    assert sorted(calls) == ["base", "double"]


def test_questions_in_a_circle_are_refused(calls: list[str]) -> None:
    register(toy("one", needs=("toy.two",)))
    register(toy("two", needs=("toy.one",)))
    with pytest.raises(CircularNeedsError, match=r"toy\.one → toy\.two → toy\.one") as caught:
        plan("toy.one", {})
    assert "en círculo" in caught.value.text("es")


def test_a_needed_question_must_be_registered(calls: list[str]) -> None:
    register(toy("lonely", needs=("toy.nobody",)))
    with pytest.raises(UnknownQuestionError, match=r"toy\.nobody"):
        plan("toy.lonely", {})


def test_only_declared_needs_are_given(calls: list[str], store: AnswerStore) -> None:
    register(toy("greedy"))
    with pytest.raises(LookupError, match="border_crossings"):
        ask("toy.greedy", {}, store=store)
    assert list(store.runs()) == []


def test_bad_parameters_ask_nothing(calls: list[str], store: AnswerStore) -> None:
    with pytest.raises(ParameterError):
        ask("toy.base", {"number": "100"}, store=store)
    assert calls == []
    assert not store.home.exists()


def test_a_damaged_answer_is_not_shown(calls: list[str], store: AnswerStore) -> None:
    run, _ = ask("toy.base", {}, store=store)
    (store.home / "answers" / run.answer_checksum[:2] / run.answer_checksum[2:]).write_bytes(b"{}")
    with pytest.raises(DamagedStoreError):
        ask("toy.base", {}, store=store)


def test_the_registry_refuses_a_second_question_of_the_same_id(calls: list[str]) -> None:
    register(toy("base"))
    with pytest.raises(ValueError, match=r"toy\.base"):
        register(toy("base", parameters=("number", "more")))
    assert [known.id for known in questions()] == ["toy.base", "toy.double"]
    with pytest.raises(UnknownQuestionError, match=r"toy\.base, toy\.double"):
        question("toy.unknown")
