"""The verbs of the queue: visitors ask and prepare; the worker takes, finishes, fails, gives back and tidies.

Each is one short transaction. A job is named by its run id, so the same question asked by many is one job.
An attempt that lost its job (it was overdue and another worker took it) can no longer end it.
"""

import datetime as dt
import json
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from hled import evidence
from hled.evidence import Limits
from hled.language import Bilingual
from hled.record import canonical
from hled.web.evidence import policy, queries
from hled.web.evidence.errors import BrokenOffError
from hled.web.evidence.models import Job, State
from hled.web.evidence.task import Task
from hled.web.record.errors import ReadOnlyError
from hled.web.record.read_only import is_read_only

MAX_ATTEMPTS: Final = 2
GRACE: Final = dt.timedelta(seconds=10)  # a worker stops a job at its limit; this much later it has none
RETRY_AFTER: Final = dt.timedelta(minutes=10)
KEEP_DONE: Final = dt.timedelta(hours=2)
KEEP_FAILED: Final = dt.timedelta(days=7)
_UNREGISTERED: Final = Limits(seconds=30, memory_mb=1024)


def ask(question_id: str, raw: dict[str, str], *, asker: str) -> str:
    """Return the id of the run that answers this; where its answer is not kept, put it into the queue.

    Raises:
        UnknownQuestionError, ParameterError, TableError: see `hled.evidence.plan`.
        QuotaExceededError: the asker has to wait.
        ReadOnlyError: this node is a mirror, and the answer is not kept.
    """
    planned = evidence.plan(question_id, raw)
    if queries.kept(planned.run_id) is None:
        parameters = evidence.as_raw(planned.parameters)
        _queue(planned.run_id, question_id=question_id, parameters=parameters, asker=asker)
    return planned.run_id


def prepare(run_id: str, *, asker: str) -> None:
    """Have the worker write the Parquet files of a run whose answer is kept (asked by command, for example).

    Raises:
        RunNotFoundError: no such run is kept.
        QuotaExceededError: the asker has to wait.
    """
    run = queries.finished(run_id).run
    _queue(run_id, question_id=run.question, parameters=evidence.as_raw(run.parameters), asker=asker)


@transaction.atomic
def take() -> Task | None:
    """Take the job that has waited longest, or return None; no two workers get the same one."""
    job = _locked(Job.objects.filter(state=State.WAITING)).order_by("asked_at", "id").first()
    if job is None:
        return None
    limits = _limits(job.question)
    job.state = State.RUNNING
    job.attempts += 1
    job.started_at = timezone.now()
    job.due_by = job.started_at + dt.timedelta(seconds=limits.seconds) + GRACE
    job.save(update_fields=["state", "attempts", "started_at", "due_by"])
    return Task(
        run_id=job.run_id,
        question=job.question,
        parameters=json.loads(job.parameters),
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        attempt=job.attempts,
    )


def finish(task: Task) -> None:
    """Record that the answer is kept."""
    _mine(task).update(state=State.DONE, finished_at=timezone.now(), due_by=None)


def fail(task: Task, *, code: str, message: Bilingual) -> None:
    """Record why there is no answer."""
    _failed(_mine(task), code=code, message=message)


def give_back(task: Task) -> None:
    """Return a job that the worker must leave because it is stopped; the attempt does not count."""
    _mine(task).update(state=State.WAITING, attempts=task.attempt - 1, started_at=None, due_by=None)


def broken_off(task: Task) -> None:
    """Record that the calculating process died: the job waits again, or fails when it was tried enough."""
    _return_or_fail(_mine(task))


def tidy() -> None:
    """Return the jobs that a lost worker left, and delete the rows that nobody needs any more."""
    now = timezone.now()
    overdue = Job.objects.filter(state=State.RUNNING, due_by__lt=now)
    old = Job.objects.filter(state=State.DONE, finished_at__lt=now - KEEP_DONE) | Job.objects.filter(
        state=State.FAILED, finished_at__lt=now - KEEP_FAILED
    )
    for rows, tidied in ((overdue, _return_or_fail), (old, _delete)):
        if rows.exists():  # reading first: an idle worker takes no write lock
            tidied(rows)


@transaction.atomic
def _queue(run_id: str, *, question_id: str, parameters: dict[str, str], asker: str) -> None:
    _refuse_on_mirror()
    now = timezone.now()
    job = Job.objects.select_for_update().filter(run_id=run_id).first()
    if job is not None and not _may_run_again(job, now):
        return
    policy.admit(asker)
    fresh = {
        "question": question_id,
        "parameters": canonical(parameters).decode(),
        "state": State.WAITING,
        "asked_by": asker,
        "asked_at": now,
        "finished_at": None,
        "attempts": 0,
        "error_code": "",
        "error_en": "",
        "error_es": "",
    }
    if job is None:
        Job.objects.get_or_create(run_id=run_id, defaults=fresh)
    else:
        Job.objects.filter(pk=job.pk).update(**fresh)


def _refuse_on_mirror() -> None:
    """Nobody calculates on a mirror, so nothing waits there in vain."""
    if is_read_only():
        raise ReadOnlyError(
            Bilingual(
                en="This is a read-only mirror of the record: it calculates nothing. Ask the question on one "
                "of the nodes that it mirrors, or with `hled ask` on your own machine.",
                es="Esta es una copia espejo de solo lectura del registro: no calcula nada. Haga la pregunta "
                "en uno de los nodos que refleja, o con `hled ask` en su propio equipo.",
            )
        )


def _may_run_again(job: Job, now: dt.datetime) -> bool:
    """Say whether an ended job is worth repeating: its files are gone, or its failure is some time ago."""
    if job.state == State.FAILED and job.finished_at is not None:
        return job.finished_at < now - RETRY_AFTER
    return job.state == State.DONE


def _mine(task: Task) -> QuerySet[Job]:
    return Job.objects.filter(run_id=task.run_id, state=State.RUNNING, attempts=task.attempt)


@transaction.atomic
def _return_or_fail(running: QuerySet[Job]) -> None:
    error = BrokenOffError.of(MAX_ATTEMPTS)
    tried = running.filter(attempts__gte=MAX_ATTEMPTS)
    _failed(tried, code=error.code, message=error.message)
    running.filter(state=State.RUNNING).update(state=State.WAITING, started_at=None, due_by=None)


def _failed(jobs: QuerySet[Job], *, code: str, message: Bilingual) -> None:
    jobs.update(
        state=State.FAILED,
        finished_at=timezone.now(),
        due_by=None,
        error_code=code,
        error_en=message.en,
        error_es=message.es,
    )


def _delete(jobs: QuerySet[Job]) -> None:
    jobs.delete()


def _limits(question_id: str) -> Limits:
    """Return the limits of a question; of one that newer code dropped, those for reading its kept answer."""
    declared = {question.id: question.limits for question in evidence.questions()}
    return declared.get(question_id, _UNREGISTERED)


def _locked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Lock what is read: rows on PostgreSQL; on SQLite the IMMEDIATE transaction holds everything."""
    if connection.features.has_select_for_update_skip_locked:
        return jobs.select_for_update(skip_locked=True)
    return jobs
