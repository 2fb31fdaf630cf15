"""The store keeps bytes by their checksum and believes no file that does not match its name."""

import hashlib
from dataclasses import replace

import pytest

from hled.evidence import AnswerStore, DamagedStoreError, Identity, NotAnAnswerError, Run, UnknownRunError
from hled.evidence.run import code_checksum

RUN = Run(
    identity=Identity("toy.base", "1", {"number": 3}, {"t": "0" * 64}, "c" * 64, 0),
    asked_at="2026-11-23T18:00:00Z",
    answer_checksum=hashlib.sha256(b"answer").hexdigest(),
    seconds="0.125",
)


def test_answers_lie_under_their_checksum(store: AnswerStore) -> None:
    checksum = store.keep_answer(b"answer")
    assert checksum == RUN.answer_checksum
    assert (store.home / "answers" / checksum[:2] / checksum[2:]).read_bytes() == b"answer"
    assert store.answer_bytes(checksum) == b"answer"


def test_keeping_leaves_no_other_file(store: AnswerStore) -> None:
    store.keep_answer(b"answer")
    store.keep_answer(b"answer")
    store.keep_run(RUN)
    store.keep_run(RUN)
    assert len([path for path in store.home.rglob("*") if path.is_file()]) == 2


def test_a_changed_or_missing_answer_is_met(store: AnswerStore) -> None:
    checksum = store.keep_answer(b"answer")
    path = store.home / "answers" / checksum[:2] / checksum[2:]
    path.write_bytes(b"forged")
    with pytest.raises(DamagedStoreError, match=checksum):
        store.answer_bytes(checksum)
    path.unlink()
    with pytest.raises(DamagedStoreError) as caught:
        store.answer_bytes(checksum)
    assert "dañado" in caught.value.text("es")


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "0" * 63, "", "0" * 64 + "\n"])
def test_a_name_that_is_no_checksum_opens_nothing(store: AnswerStore, name: str) -> None:
    assert store.find(name) is None
    with pytest.raises(UnknownRunError):
        store.run(name)
    with pytest.raises(DamagedStoreError):
        store.answer_bytes(name)


def test_runs_are_read_back_and_listed(store: AnswerStore) -> None:
    assert list(store.runs()) == []
    store.keep_run(RUN)
    assert store.run(RUN.run_id) == RUN
    assert list(store.runs()) == [RUN.run_id]


def test_a_changed_manifest_is_met(store: AnswerStore) -> None:
    store.keep_run(RUN)
    path = store.home / "runs" / f"{RUN.run_id}.json"
    good = path.read_bytes()
    for bad in (good.replace(b'"number":3', b'"number":4'), b"{}", b"\xff", good + b" "):
        path.write_bytes(bad)
        with pytest.raises(DamagedStoreError):
            store.find(RUN.run_id)


def test_a_manifest_under_another_name_is_met(store: AnswerStore) -> None:
    store.keep_run(RUN)
    other = store.home / "runs" / f"{'a' * 64}.json"
    other.write_bytes(RUN.to_bytes())
    with pytest.raises(DamagedStoreError):
        store.find("a" * 64)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("question", "toy.other"),
        ("version", "2"),
        ("parameters", {"number": 4}),
        ("inputs", {"t": "1" * 64}),
        ("code", "d" * 64),
        ("seed", 1),
    ],
)
def test_the_run_id_depends_on_everything_that_the_answer_does(name: str, value: object) -> None:
    assert replace(RUN.identity, **{name: value}).run_id != RUN.run_id


def test_the_run_id_does_not_depend_on_when_or_how_long() -> None:
    later = replace(RUN, asked_at="2027-01-01T00:00:00Z", seconds="9.000")
    assert later.run_id == RUN.run_id
    assert Run.from_bytes(later.to_bytes()) == later


def test_other_bytes_are_no_run() -> None:
    with pytest.raises(NotAnAnswerError):
        Run.from_bytes(b"[]")


def test_the_code_checksum_covers_every_source_file(tmp_path, monkeypatch) -> None:
    package = tmp_path / "toy_code"
    (package / "__pycache__").mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    first = code_checksum("toy_code")
    (package / "__pycache__/x.pyc").write_bytes(b"compiled")
    assert code_checksum("toy_code") == first
    (package / "rates.csv").write_text("1", encoding="utf-8")
    second = code_checksum("toy_code")
    (package / "rates.csv").rename(package / "other.csv")
    assert len({first, second, code_checksum("toy_code")}) == 3
    with pytest.raises(ModuleNotFoundError):
        code_checksum("toy_code.absent")
