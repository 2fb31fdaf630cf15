"""A replay is equal byte for byte under the same code, or names every difference."""

import importlib
import sys
from pathlib import Path

import pytest

from hled.evidence import (
    AnswerStore,
    Difference,
    Limits,
    Question,
    UnknownRunError,
    ask,
    register,
    replay,
)
from tests.evidence.conftest import WORD

CODE = """
from tests.evidence.toys.answering import answer_of

def run(parameters, inputs):
    return answer_of({value})
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[str]) -> Path:
    """A question whose code can be changed under it."""
    folder = tmp_path / "toy_changing"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "code.py").write_text(CODE.format(value=1), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # a .pyc of the same second would hide a change
    for name in ("toy_changing", "toy_changing.code"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    register(Question("toy.changing", 0, WORD, WORD, (), (), "1", Limits(1, 100), "toy_changing.code:run"))
    return folder


def test_the_same_code_gives_the_same_bytes(calls: list[str], store: AnswerStore) -> None:
    run, _ = ask("toy.double", {"number": "9"}, store=store)
    result = replay(run.run_id, store)
    assert result.same
    assert result.same_code
    assert result.same_inputs
    assert result.differences == ()
    assert calls.count("double") == 2


def test_newer_code_reports_each_difference_and_keeps_nothing(package: Path, store: AnswerStore) -> None:
    run, _ = ask("toy.changing", {}, store=store)
    before = sorted(store.home.rglob("*"))
    (package / "code.py").write_text(CODE.format(value=22), encoding="utf-8")
    importlib.invalidate_caches()
    sys.modules.pop("toy_changing.code")
    result = replay(run.run_id, store)
    assert not result.same
    assert not result.same_code
    assert result.same_inputs
    assert result.differences == (
        Difference("$.figures[0].series[0].values[0]", '"1"', '"22"'),
        Difference("$.finding.en", '"It is 1."', '"It is 22."'),
        Difference("$.finding.es", '"Es 1."', '"Es 22."'),
        Difference("$.tables[0].rows[0][0]", '"1"', '"22"'),
    )
    assert sorted(store.home.rglob("*")) == before


def test_the_kept_answer_stays_citable_under_newer_code(package: Path, store: AnswerStore) -> None:
    run, answer = ask("toy.changing", {}, store=store)
    (package / "code.py").write_text(CODE.format(value=3), encoding="utf-8")
    assert store.answer(store.run(run.run_id)) == answer


def test_an_unknown_run_is_said(store: AnswerStore) -> None:
    with pytest.raises(UnknownRunError) as caught:
        replay("0" * 64, store)
    assert "ninguna ejecución" in caught.value.text("es")
