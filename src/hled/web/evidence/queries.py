"""Readers of the evidence: the questions of the work plan, and where each run is.

A run is finished (its answer is kept), still expected (a job waits or runs) or failed. Answers come from the
answer store under HLED_HOME, which the command line shares.
"""

import datetime as dt
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from hled import evidence
from hled.evidence import Answer, AnswerStore, DamagedStoreError, Question, Run
from hled.language import Bilingual
from hled.web.evidence.errors import DamagedAnswerError, QuestionNotFoundError, RunNotFoundError
from hled.web.evidence.models import Job, State
from hled.workplan import charter
from hled.workplan.types import Line, Pillar

WAIT_SECONDS: Final = 1.0
LOOK_EVERY: Final = 0.03
MAX_WAITING: Final = 2  # of the threads of a process: the others stay free for pages
FOLDER: Final = "evidence"
_places: Final = threading.BoundedSemaphore(MAX_WAITING)


@dataclass(frozen=True, slots=True)
class LineQuestions:
    """A work-plan line and its questions; none where its engine is not built yet."""

    line: Line
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class PillarQuestions:
    """A pillar and its lines."""

    pillar: Pillar
    lines: tuple[LineQuestions, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """A run whose answer is kept."""

    run: Run
    answer: Answer


@dataclass(frozen=True, slots=True)
class Expected:
    """A run that waits (`ahead` jobs before it) or runs."""

    run_id: str
    question: str
    running: bool
    ahead: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that ended without an answer, and why."""

    run_id: str
    question: str
    code: str
    message: Bilingual
    at: dt.datetime | None


def store() -> AnswerStore:
    """Return the store of answers under HLED_HOME."""
    return AnswerStore(Path(settings.HOME) / FOLDER)


def question(question_id: str) -> Question:
    """Return a registered question.

    Raises:
        QuestionNotFoundError: there is none of this id.
    """
    known = {declared.id: declared for declared in evidence.questions()}
    if question_id not in known:
        raise QuestionNotFoundError.of(question_id[:80], known)
    return known[question_id]


def title(question_id: str) -> Bilingual:
    """Return the title of a question; newer code may have dropped it, then its id stands for it."""
    titles = {declared.id: declared.title for declared in evidence.questions()}
    return titles.get(question_id, Bilingual(en=question_id, es=question_id))


def vision_questions() -> tuple[Question, ...]:
    """Return the questions about the vision as a whole."""
    return tuple(asked for asked in evidence.questions() if asked.line == 0)


def pillar_questions() -> tuple[PillarQuestions, ...]:
    """Return every line of the work plan with its questions, by pillar."""
    plan = charter()
    return tuple(
        PillarQuestions(pillar, tuple(_line(line) for line in plan.lines if line.pillar == pillar.id))
        for pillar in plan.pillars
        if not pillar.is_section
    )


def kept(run_id: str) -> Run | None:
    """Return the kept run, or None.

    Raises:
        DamagedAnswerError: its file is damaged.
    """
    try:
        return store().find(run_id)
    except DamagedStoreError as error:
        raise DamagedAnswerError(error.message) from error


def finished(run_id: str) -> Finished:
    """Return a run whose answer is kept.

    Raises:
        RunNotFoundError: it is not.
        DamagedAnswerError: its files are damaged.
    """
    run = kept(run_id)
    if run is None:
        raise RunNotFoundError.of(run_id)
    try:
        return Finished(run, store().answer(run))
    except DamagedStoreError as error:
        raise DamagedAnswerError(error.message) from error


def run(run_id: str) -> Finished | Expected | Failed:
    """Say where a run is.

    Raises:
        RunNotFoundError: it was never asked here.
        DamagedAnswerError: see `finished`.
    """
    pending = job(run_id)  # before the store: a job that ends in between has its answer kept already
    if pending is None or kept(run_id) is not None:
        return finished(run_id)
    return pending


def job(run_id: str) -> Expected | Failed | None:
    """Say where the job of a run is; None where there is none or it is done."""
    row = Job.objects.filter(run_id=run_id).exclude(state=State.DONE).first()
    if row is None:
        return None
    if row.state == State.FAILED:
        message = Bilingual(en=row.error_en, es=row.error_es)
        return Failed(run_id, row.question, row.error_code, message, row.finished_at)
    before = Job.objects.filter(state=State.WAITING, asked_at__lt=row.asked_at)
    waits = row.state == State.WAITING
    return Expected(run_id, row.question, running=not waits, ahead=before.count() if waits else 0)


def is_work_waiting() -> bool:
    """Say whether a job waits."""
    return Job.objects.filter(state=State.WAITING).exists()


def wait_for(run_id: str) -> Finished | Expected | Failed:
    """Return where a run is as soon as its job has ended, at the latest after a second.

    Where enough others wait in this process, return at once.

    Raises:
        RunNotFoundError, DamagedAnswerError: see `run`.
    """
    if _places.acquire(blocking=False):
        try:
            _sleep_until_ended(run_id)
        finally:
            _places.release()
    return run(run_id)


def _sleep_until_ended(run_id: str) -> None:
    latest = time.monotonic() + WAIT_SECONDS
    pending = Job.objects.filter(run_id=run_id, state__in=[State.WAITING, State.RUNNING])
    while pending.exists() and time.monotonic() < latest:
        time.sleep(LOOK_EVERY)


def _line(line: Line) -> LineQuestions:
    return LineQuestions(line, tuple(asked for asked in evidence.questions() if asked.line == line.number))
