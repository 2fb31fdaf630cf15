"""The one background process: it takes the jobs of the queue in their order and has them calculated.

Once a day it also puts the head of the audit log on record.

`hled work` runs it, `make run` starts it beside the server; several may run at once. It can be stopped or
killed at any moment: what it had taken is returned to the queue, by itself or, after the job's limit, by any
worker that still runs.
"""

import datetime as dt
import logging
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from hled import evidence
from hled.language import DialogueError
from hled.web.audit import actions as audit
from hled.web.evidence import actions, policy, queries
from hled.web.evidence.calculation import PREPARE
from hled.web.evidence.calculator import Calculator
from hled.web.evidence.task import Ending, Outcome, Task

POLL: Final = 0.1
TIDY_EVERY: Final = 5.0
AFTER_TROUBLE: Final = 1.0

_log = logging.getLogger("hled.work")


class StopRequest:
    """Set by SIGTERM or SIGINT; the worker then returns its job to the queue and ends."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        """Note the request; nothing else is safe inside a signal."""
        self.asked = True

    def listen(self) -> None:
        """Answer to the signals from now on; only the main thread of a process can."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self)


def work(prepare: str = PREPARE) -> None:
    """Work until stopped. `prepare` (`module:function`) makes questions known in the calculating process."""
    stop = StopRequest()
    stop.listen()
    with Calculator(queries.store().home, prepare) as calculates:
        calculates.start()
        _log.info("worker ready")
        _serve(calculates, stop)
    connection.close()
    _log.info("worker stopped")


def ask_defaults() -> None:
    """Ask every question with its default values, so that its page has an answer at the first visit."""
    for declared in evidence.questions():
        try:
            actions.ask(declared.id, {}, asker=policy.SITE)
        except DialogueError as error:  # a table that is not there stops its own question only
            _log.warning("%s: %s", declared.id, error)


def step(calculates: Calculator, stopped: Callable[[], bool]) -> bool:
    """Do the next job, if there is one, and say whether there was."""
    if not queries.is_work_waiting():  # reading first: an idle worker takes no write lock
        return False
    if not calculates.start():
        time.sleep(AFTER_TROUBLE)
        return False
    task = actions.take()
    if task is None:
        return False
    begun = time.perf_counter()
    outcome = calculates.calculate(task, stopped=stopped)
    _record(task, outcome)
    _log.info("%s %s in %.3f s", task.run_id[:12], outcome.ending, time.perf_counter() - begun)
    return True


def _serve(calculates: Calculator, stop: StopRequest) -> None:
    next_tidy, asked = 0.0, False
    while not stop.asked:
        close_old_connections()
        try:
            if not asked:
                ask_defaults()
                asked = True
            if time.monotonic() >= next_tidy:
                actions.tidy()
                audit.daily(dt.datetime.now(dt.UTC))
                next_tidy = time.monotonic() + TIDY_EVERY
            if not step(calculates, lambda: stop.asked):
                time.sleep(POLL)
        except (OperationalError, InterfaceError):
            _log.exception("the database does not answer; trying again")
            connection.close()
            time.sleep(AFTER_TROUBLE)


def _record(task: Task, outcome: Outcome) -> None:
    if outcome.ending is Ending.DONE:
        actions.finish(task)
    elif outcome.ending is Ending.STOPPED:
        actions.give_back(task)
    elif outcome.message is not None:
        actions.fail(task, code=outcome.code, message=outcome.message)
    else:
        actions.broken_off(task)
