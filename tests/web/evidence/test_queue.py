"""The queue: one job for one run, quotas, order, attempts, retries, tidying."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from hled.evidence import ParameterError, UnknownQuestionError
from hled.language import Bilingual
from hled.web.evidence import actions, policy, queries, room
from hled.web.evidence.errors import QuotaExceededError, RunNotFoundError, StoreFullError
from hled.web.evidence.models import Job, State

pytestmark = pytest.mark.django_db
WHY = Bilingual(en="Because.", es="Porque sí.")


def ask(number: int = 3, *, asker: str = "somebody", name: str = "counting") -> str:
    return actions.ask(f"toy.{name}", {"number": str(number)}, asker=asker)


def test_asking_twice_is_one_job_however_it_is_written() -> None:
    first = actions.ask("toy.counting", {"colour": "GREEN"}, asker="a")
    assert actions.ask("toy.counting", {"colour": "verde", "number": " 3 "}, asker="b") == first
    job = Job.objects.get()
    assert (job.run_id, job.state, job.asked_by) == (first, "waiting", "a")
    assert job.parameters == '{"colour":"green","number":"3"}'


def test_a_kept_answer_needs_no_job(answer_all: Callable[[], int]) -> None:
    run_id = ask()
    assert answer_all() == 1
    Job.objects.all().delete()
    assert ask() == run_id
    assert not Job.objects.exists()


def test_a_lost_answer_is_calculated_again(answer_all: Callable[[], int]) -> None:
    run_id = ask()
    answer_all()
    (queries.store().home / "runs" / f"{run_id}.json").unlink()
    assert ask() == run_id
    assert Job.objects.get().state == State.WAITING
    assert answer_all() == 1
    assert queries.finished(run_id).run.run_id == run_id


def test_wrong_parameters_and_questions_leave_no_job() -> None:
    with pytest.raises(ParameterError):
        ask(number=100)
    with pytest.raises(UnknownQuestionError):
        actions.ask("toy.unknown", {}, asker="a")
    assert not Job.objects.exists()


def test_an_asker_has_a_number_of_open_questions() -> None:
    for number in range(1, policy.MAX_OPEN + 1):
        ask(number)
    with pytest.raises(QuotaExceededError) as refused:
        ask(50)
    assert refused.value.status == 429
    assert str(policy.MAX_OPEN) in refused.value.message.es
    ask(50, asker="somebody else")
    ask(1)  # the same again is no new job


def test_an_asker_has_a_number_of_questions_an_hour(
    answer_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "MAX_AN_HOUR", 3)
    for number in range(1, 4):
        ask(number)
        answer_all()
    with pytest.raises(QuotaExceededError, match="3 new questions"):
        ask(50)
    Job.objects.update(asked_at=timezone.now() - dt.timedelta(hours=1, seconds=1))
    ask(50)


def test_the_queue_has_an_end_but_not_for_the_site_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MAX_QUEUE", 2)
    ask(1, asker="a")
    ask(2, asker="b")
    with pytest.raises(QuotaExceededError, match="Too many questions"):
        ask(3, asker="c")
    ask(3, asker=policy.SITE)


def test_strangers_do_not_fill_the_disk(
    answer_all: Callable[[], int], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LOOK_EVERY", 0.0)
    settings.EVIDENCE_BYTES = 1024**2
    run_id = ask(1)
    answer_all()
    queries.store().keep_answer(b"x" * 1024**2)
    with pytest.raises(StoreFullError) as refused:
        ask(2)
    assert refused.value.status == 503
    assert "1 MB" in refused.value.message.en
    assert "espacio" in refused.value.message.es
    assert ask(1) == run_id  # kept: it costs nothing
    ask(3, asker=policy.SITE)
    assert Job.objects.filter(state=State.WAITING).count() == 1
    settings.EVIDENCE_BYTES *= 4
    ask(2)


def test_the_room_used_is_looked_at_once_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = room.Room()
    assert known.used(tmp_path / "none") == 0
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one").write_bytes(b"x" * 100_000)
    first = known.used(tmp_path)
    assert 100_000 <= first < 130_000
    (tmp_path / "two").write_bytes(b"x" * 100_000)
    assert known.used(tmp_path) == first
    monkeypatch.setattr(room, "LOOK_EVERY", 0.0)
    assert known.used(tmp_path) >= first + 100_000


def test_only_two_threads_of_a_process_wait_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    run_id, slept = ask(), []
    monkeypatch.setattr(queries, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(queries.time, "sleep", slept.append)
    for free in range(queries.MAX_WAITING, -1, -1):
        slept.clear()
        assert isinstance(queries.wait_for(run_id), queries.Expected)
        assert bool(slept) is (free > 0)
        if free:
            assert queries._places.acquire(blocking=False)
    queries._places.release(queries.MAX_WAITING)


def test_jobs_are_taken_in_their_order_and_once() -> None:
    ids = [ask(number, asker=str(number)) for number in (5, 1, 9)]
    taken = [actions.take() for _ in range(3)]
    assert [task.run_id for task in taken if task] == ids
    assert actions.take() is None
    assert {(task.seconds, task.memory_mb, task.attempt) for task in taken if task} == {(60, 300, 1)}


def test_a_failure_is_kept_with_its_reason_and_asked_again_later() -> None:
    run_id = ask()
    task = actions.take()
    assert task is not None
    actions.fail(task, code="toy.why", message=WHY)
    ask()  # at once: nothing happens
    found = queries.run(run_id)
    assert isinstance(found, queries.Failed)
    assert (found.code, found.message) == ("toy.why", WHY)
    Job.objects.update(finished_at=timezone.now() - actions.RETRY_AFTER - dt.timedelta(seconds=1))
    ask()
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error_code, job.error_es) == (State.WAITING, 0, "", "")


def test_a_job_that_breaks_off_is_tried_twice() -> None:
    run_id = ask()
    for attempt in (1, 2):
        task = actions.take()
        assert task is not None
        assert task.attempt == attempt
        actions.broken_off(task)
    assert actions.take() is None
    found = queries.run(run_id)
    assert isinstance(found, queries.Failed)
    assert found.code == "evidence.broken_off"


def test_a_lost_job_returns_to_the_queue_and_its_first_worker_can_no_longer_end_it() -> None:
    run_id = ask()
    lost = actions.take()
    actions.tidy()
    assert actions.take() is None  # not overdue yet
    Job.objects.update(due_by=timezone.now() - dt.timedelta(seconds=1))
    actions.tidy()
    again = actions.take()
    assert lost is not None
    assert again is not None
    assert (again.run_id, again.attempt) == (run_id, 2)
    actions.fail(lost, code="late", message=WHY)
    assert Job.objects.get().state == State.RUNNING
    Job.objects.update(due_by=timezone.now() - dt.timedelta(seconds=1))
    actions.tidy()
    assert Job.objects.get().error_code == "evidence.broken_off"


def test_a_job_given_back_does_not_count_as_tried() -> None:
    ask()
    task = actions.take()
    assert task is not None
    actions.give_back(task)
    again = actions.take()
    assert again is not None
    assert again.attempt == 1


def test_tidying_forgets_what_nobody_needs(answer_all: Callable[[], int]) -> None:
    done, failed = ask(1), ask(2)
    task = actions.take()
    assert task is not None
    assert task.run_id == done
    actions.finish(task)
    other = actions.take()
    assert other is not None
    actions.fail(other, code="toy.why", message=WHY)
    actions.tidy()
    assert Job.objects.count() == 2
    Job.objects.update(finished_at=timezone.now() - actions.KEEP_DONE - dt.timedelta(seconds=1))
    actions.tidy()
    assert Job.objects.get().run_id == failed
    Job.objects.update(finished_at=timezone.now() - actions.KEEP_FAILED - dt.timedelta(seconds=1))
    actions.tidy()
    assert not Job.objects.exists()


def test_the_place_in_the_queue_is_known() -> None:
    ids = [ask(number, asker=str(number)) for number in (5, 1, 9)]
    actions.take()
    places = [queries.job(run_id) for run_id in ids]
    assert [(place.running, place.ahead) for place in places if isinstance(place, queries.Expected)] == [
        (True, 0),
        (False, 0),
        (False, 1),
    ]


def test_an_unknown_run_is_not_prepared() -> None:
    with pytest.raises(RunNotFoundError):
        actions.prepare("0" * 64, asker="a")


def test_the_asker_is_a_hash_that_names_nobody(rf: RequestFactory) -> None:
    request = rf.get("/en/evidence/", REMOTE_ADDR="203.0.113.7")
    other = rf.get("/en/evidence/", REMOTE_ADDR="203.0.113.8")
    assert policy.asker(request) == policy.asker(request) != policy.asker(other)
    assert len(policy.asker(request)) == 64
