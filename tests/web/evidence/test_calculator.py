"""The calculating process: every way in which a calculation can end, and that the next one still works."""

import importlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hled.evidence import AnswerStore, as_raw, plan, registry
from hled.web.evidence import parquet
from hled.web.evidence.calculator import Calculator
from hled.web.evidence.task import Ending, Outcome, Task
from tests.web.evidence.toys import PREPARE


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> AnswerStore:
    return AnswerStore(tmp_path_factory.mktemp("answers"))


@pytest.fixture(scope="module")
def calculator(kept: AnswerStore) -> Iterator[Calculator]:
    with Calculator(kept.home, PREPARE) as child:
        yield child


def task(name: str, number: int = 3, *, run_id: str = "") -> Task:
    planned = plan(f"toy.{name}", {"number": str(number)})
    limits = planned.question.limits
    parameters = as_raw(planned.parameters)
    return Task(
        run_id=run_id or planned.run_id,
        question=planned.question.id,
        parameters=parameters,
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        attempt=1,
    )


def never() -> bool:
    return False


def test_an_answer_is_kept_with_its_parquet_files(calculator: Calculator, kept: AnswerStore) -> None:
    asked = task("counting", 5)
    assert calculator.calculate(asked, stopped=never) == Outcome(Ending.DONE)
    run = kept.run(asked.run_id)
    assert kept.answer(run).finding.en == "There are 5 <trucks>."
    data = parquet.read(kept, run, "counts")
    assert data is not None
    assert data.startswith(b"PAR1")


def test_the_process_stays_warm(calculator: Calculator) -> None:
    assert calculator.start()
    begun = time.perf_counter()
    for number in (11, 12, 13):
        assert calculator.calculate(task("counting", number), stopped=never).ending is Ending.DONE
    assert time.perf_counter() - begun < 5


def test_a_refusal_is_told_in_both_languages(calculator: Calculator) -> None:
    outcome = calculator.calculate(task("refusing"), stopped=never)
    assert (outcome.ending, outcome.code) == (Ending.FAILED, "toy.refused")
    assert outcome.message is not None
    assert outcome.message.as_dict() == {"en": "Toys are closed.", "es": "Los juguetes están cerrados."}


@pytest.mark.slow
def test_a_calculation_past_its_time_is_stopped(calculator: Calculator) -> None:
    begun = time.perf_counter()
    outcome = calculator.calculate(task("slow"), stopped=never)
    assert outcome.code == "evidence.too_long"
    assert time.perf_counter() - begun < 10
    assert calculator.calculate(task("counting", 21), stopped=never).ending is Ending.DONE


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory in use is read from /proc")
@pytest.mark.parametrize("number", [1, 2])
def test_a_calculation_past_its_memory_is_stopped(calculator: Calculator, number: int) -> None:
    outcome = calculator.calculate(task("greedy", number), stopped=never)
    assert outcome.code == "evidence.too_large"
    assert outcome.message is not None
    assert "100 MB" in outcome.message.es
    assert calculator.calculate(task("counting", 30 + number), stopped=never).ending is Ending.DONE


@pytest.mark.parametrize("name", ["dying", "mistaken"])
def test_a_process_that_dies_is_replaced(calculator: Calculator, name: str) -> None:
    assert calculator.calculate(task(name), stopped=never) == Outcome(Ending.BROKEN_OFF)
    assert calculator.calculate(task("counting", 40), stopped=never).ending is Ending.DONE


def test_a_worker_that_stops_leaves_the_calculation(calculator: Calculator) -> None:
    assert calculator.calculate(task("slow", 2), stopped=lambda: True) == Outcome(Ending.STOPPED)


def test_a_run_that_code_no_longer_gives_is_refused(calculator: Calculator, kept: AnswerStore) -> None:
    outcome = calculator.calculate(task("counting", 50, run_id="0" * 64), stopped=never)
    assert outcome.code == "evidence.superseded"
    assert kept.find("0" * 64) is None


def test_newer_code_is_never_answered_by_the_older_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toys = Path(__file__).with_name("toys")
    copy = shutil.copytree(toys, tmp_path / "changing_toys", ignore=shutil.ignore_patterns("__pycache__"))
    declared = copy / "__init__.py"
    declared.write_text(declared.read_text().replace("tests.web.evidence.toys", "changing_toys"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "_KNOWN", {})
    importlib.import_module("changing_toys").register_toys()
    with Calculator(tmp_path / "home", "changing_toys:register_toys") as child:
        assert child.start()
        code = copy / "answering.py"
        code.write_text(code.read_text().replace("There are", "Now there are"))
        asked = task("counting", 60)
        assert child.calculate(asked, stopped=never) == Outcome(Ending.DONE)
    kept = AnswerStore(tmp_path / "home")
    assert kept.answer(kept.run(asked.run_id)).finding.en == "Now there are 60 <trucks>."


def test_a_process_that_cannot_prepare_is_no_answer(tmp_path: Path) -> None:
    with Calculator(tmp_path, "tests.web.evidence.toys:nothing") as child:
        assert not child.start()
        assert child.calculate(task("counting"), stopped=never) == Outcome(Ending.BROKEN_OFF)


def test_a_calculation_ends_with_its_killed_worker(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    code = (
        "from pathlib import Path; from hled.web.evidence.calculator import Calculator;"
        "from hled.web.evidence.task import Task;"
        f"child = Calculator(Path({str(tmp_path)!r}), {PREPARE!r}); child.start();"
        "print(child._child.pid, flush=True);"
        f"child.calculate({task('stuck_once')!r}, stopped=lambda: False)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TOY_LOG": str(begun)}
    worker = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE)
    assert worker.stdout is not None
    number = int(worker.stdout.readline())
    wait_until(begun.exists)
    worker.kill()
    worker.communicate()
    wait_until(lambda: not is_calculating(number))


def is_calculating(number: int) -> bool:
    try:
        return b"hled.web.evidence.calculation" in Path(f"/proc/{number}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(true: Callable[[], bool]) -> None:
    latest = time.monotonic() + 30
    while not true():
        assert time.monotonic() < latest, "it did not happen within half a minute"
        time.sleep(0.05)


def test_no_process_outlives_the_context(tmp_path: Path) -> None:
    with Calculator(tmp_path, PREPARE) as child:
        assert child.start()
        process = child._child
        assert process is not None
        os.kill(process.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)
