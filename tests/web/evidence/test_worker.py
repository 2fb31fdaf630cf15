"""Whole workers: two never do one job, a killed one loses none, a stopped one gives its job back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from hled.web.evidence import actions, policy, queries, worker
from hled.web.evidence.calculator import Calculator
from hled.web.evidence.models import Job, State
from hled.web.evidence.task import Ending, Outcome
from tests.web.evidence.toys import PREPARE

Start = Callable[[], "subprocess.Popen[bytes]"]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def shared(home: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """An empty database that several processes share, and the environment in which they find it."""
    environment = os.environ | {"HLED_HOME": str(home), "TOY_LOG": str(home / "log")}
    before = connections["default"]
    with ExitStack() as afterwards, django_db_blocker.unblock():
        if before.vendor == "postgresql":
            name = afterwards.enter_context(_postgresql(before.settings_dict))
            parts = urlsplit(os.environ["HLED_DATABASE_URL"])
            environment["HLED_DATABASE_URL"] = parts._replace(path=f"/{name}").geturl()
        else:
            name = str(home / "hled.sqlite3")
        own = connections.create_connection("default")
        own.settings_dict = before.settings_dict | {"NAME": name}
        afterwards.callback(own.close)
        connections["default"] = own
        afterwards.callback(connections.__setitem__, "default", before)
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v0"], env=_python(environment), check=True
        )
        yield environment


@contextmanager
def _postgresql(settings: dict[str, str]) -> Iterator[str]:
    import psycopg

    name = f"hled_workers_{os.getpid()}"
    given = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    place = {key: settings[value] for key, value in given.items() if settings[value]}
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def start(shared: dict[str, str]) -> Iterator[Start]:
    """Start worker processes; none outlives the test."""
    processes = []

    def begin() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.web.evidence.working"]
        processes.append(subprocess.Popen(command, env=_python(shared), cwd=ROOT))
        return processes[-1]

    yield begin
    for process in processes:
        process.terminate()
        process.wait(20)


def _python(environment: dict[str, str]) -> dict[str, str]:
    module = os.environ["DJANGO_SETTINGS_MODULE"]
    return environment | {"DJANGO_SETTINGS_MODULE": module, "PYTHONPATH": os.pathsep.join(sys.path)}


def wait_until(true: Callable[[], bool]) -> None:
    latest = time.monotonic() + 60
    while not true():
        assert time.monotonic() < latest, "it did not happen within a minute"
        time.sleep(0.05)


def ask(name: str, number: int = 3) -> str:
    return actions.ask(f"toy.{name}", {"number": str(number)}, asker=policy.SITE)


@pytest.mark.slow
def test_two_workers_do_every_job_once(start: Start, home: Path) -> None:
    for number in range(1, 31):
        ask("noted", number)
    start(), start()
    wait_until(lambda: Job.objects.filter(state=State.DONE).count() == 30)
    assert sorted(map(int, (home / "log").read_text().split())) == list(range(1, 31))
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.slow
def test_a_killed_worker_loses_no_job(start: Start, home: Path) -> None:
    run_id = ask("stuck_once")
    first = start()
    wait_until((home / "log").exists)
    first.kill()
    first.wait()
    assert Job.objects.get().state == State.RUNNING
    Job.objects.update(due_by=timezone.now())
    start()
    wait_until(lambda: Job.objects.get().state == State.DONE)
    assert Job.objects.get().attempts == 2
    assert queries.finished(run_id).answer.finding.en == "There are 3 <trucks>."


@pytest.mark.slow
def test_a_stopped_worker_gives_its_job_back_and_ends_well(start: Start, home: Path) -> None:
    ask("stuck_once")
    process = start()
    wait_until((home / "log").exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    job = Job.objects.get()
    assert (job.state, job.attempts, job.due_by) == (State.WAITING, 0, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "state", "code"),
    [
        ("counting", "done", ""),
        ("refusing", "failed", "toy.refused"),
        ("slow", "failed", "evidence.too_long"),
        ("mistaken", "waiting", ""),
    ],
)
def test_a_step_records_how_the_job_ended(home: Path, name: str, state: str, code: str) -> None:
    ask(name)
    with Calculator(queries.store().home, PREPARE) as calculates:
        assert worker.step(calculates, lambda: False)
    job = Job.objects.get()
    assert (job.state, job.error_code, job.attempts) == (state, code, 1)


@pytest.mark.django_db
def test_an_idle_step_does_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "take", lambda: pytest.fail("an idle worker took the write lock"))
    assert not worker.step(Calculator(home, PREPARE), lambda: False)


@pytest.mark.django_db
def test_the_defaults_of_every_question_are_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    worker.ask_defaults()
    worker.ask_defaults()
    assert Job.objects.filter(asked_by=policy.SITE).count() == 8


@pytest.mark.django_db
def test_a_stop_leaves_the_job_to_the_next_worker(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("counting")
    calculates = Calculator(home, PREPARE)
    monkeypatch.setattr(calculates, "start", lambda: True)
    monkeypatch.setattr(calculates, "calculate", lambda task, stopped: Outcome(Ending.STOPPED))
    assert worker.step(calculates, lambda: True)
    assert (Job.objects.get().state, Job.objects.get().attempts) == (State.WAITING, 0)


def test_the_web_process_loads_no_engine() -> None:
    code = (
        "import django, sys; django.setup();"
        "from django.conf import settings; from importlib import import_module;"
        "import_module(settings.ROOT_URLCONF); import_module('hled.web.evidence.worker');"
        "heavy = {'numpy', 'duckdb', 'pandas', 'pyarrow', 'ibis', 'numba'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=_python(dict(os.environ)), check=False)
    assert done.returncode == 0
