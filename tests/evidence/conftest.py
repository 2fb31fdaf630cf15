"""A registry of toy questions that leaves the real one alone, and an empty store."""

from pathlib import Path

import pytest

from hled.evidence import AnswerStore, Limits, Parameter, ParameterKind, Question, register, registry
from hled.language import Bilingual
from tests.evidence.toys import answering

WORD = Bilingual(en="number", es="número")


def number(name: str) -> Parameter:
    return Parameter(name, WORD, ParameterKind.INTEGER, "1", WORD, minimum=0, maximum=99)


def toy(name: str, *, needs: tuple[str, ...] = (), parameters: tuple[str, ...] = ("number",)) -> Question:
    return Question(
        id=f"toy.{name}",
        line=0,
        title=WORD,
        description=WORD,
        parameters=tuple(number(each) for each in parameters),
        needs=needs,
        version="1",
        limits=Limits(1, 100),
        ask=f"tests.evidence.toys.answering:{name}",
    )


@pytest.fixture
def store(tmp_path: Path) -> AnswerStore:
    return AnswerStore(tmp_path / "home")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Register `toy.base` and `toy.double`, which needs it; return the list of calculations."""
    monkeypatch.setattr(registry, "_KNOWN", {})
    monkeypatch.setattr(answering, "calls", [])
    register(toy("base"))
    register(toy("double", needs=("toy.base",), parameters=("number", "more")))
    return answering.calls
