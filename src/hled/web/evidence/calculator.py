"""The worker's hold on the process that calculates: kept warm, held to its limits, replaced when it dies.

A mistake in one question may not take the worker, the machine's memory or the queue with it, so calculations
run in a process of their own (`calculation.py`), with which this module talks through a pipe.
"""

import logging
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from hled.web.evidence.calculation import PREPARE, READY, failed
from hled.web.evidence.errors import TooLargeError, TooLongError
from hled.web.evidence.task import Ending, Outcome, Task

START_SECONDS: Final = 60
SLICE: Final = 0.05  # how often the worker looks at a calculation that runs
PAGE: Final = resource.getpagesize()

_log = logging.getLogger("hled.work")


class Calculator:
    """One child process, in which `prepare` (`module:function`) runs first; as a context, it is ended."""

    def __init__(self, home: Path, prepare: str = PREPARE) -> None:
        self._home = home
        self._prepare = prepare
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> bool:
        """Start the child unless it is there, wait until it is warm, and say whether it is."""
        if self._child is not None and self._child.poll() is None:
            return True
        self.stop()
        self._pipe, theirs = Pipe()
        number = theirs.fileno()
        command = [sys.executable, "-m", "hled.web.evidence.calculation", str(number)]
        self._child = subprocess.Popen(  # noqa: S603  # our own module, no shell, no text of strangers
            [*command, str(self._home), self._prepare],
            pass_fds=(number,),
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        theirs.close()
        if self._received(START_SECONDS) == READY:
            return True
        _log.error("the calculating process did not start")
        self.stop()
        return False

    def stop(self) -> None:
        """End the child, whatever it does."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        if self._pipe is not None:
            self._pipe.close()
        self._child = self._pipe = None

    def calculate(self, task: Task, *, stopped: Callable[[], bool]) -> Outcome:
        """Have a task calculated within its limits; `stopped` says whether to leave it."""
        outcome = self._attempt(task, stopped)
        if outcome.ending is Ending.OUTDATED:
            self.stop()
            outcome = self._attempt(task, stopped)
        if outcome.ending is Ending.OUTDATED or outcome.code == TooLargeError.code:
            self.stop()  # whatever it still holds goes back to the system
        return Outcome(Ending.BROKEN_OFF) if outcome.ending is Ending.OUTDATED else outcome

    def _attempt(self, task: Task, stopped: Callable[[], bool]) -> Outcome:
        if not self.start() or self._pipe is None:
            return Outcome(Ending.BROKEN_OFF)
        latest = time.monotonic() + task.seconds
        most = self._resident() + task.memory_mb * 1024 * 1024
        try:
            self._pipe.send(task)
            while not self._pipe.poll(SLICE):
                if stopped():
                    return self._left(Outcome(Ending.STOPPED))
                if time.monotonic() > latest:
                    return self._left(failed(TooLongError.of(task.seconds)))
                if self._resident() > most:
                    return self._left(failed(TooLargeError.of(task.memory_mb)))
        except ConnectionError:
            return self._left(Outcome(Ending.BROKEN_OFF))
        outcome = self._received(0)
        return outcome if isinstance(outcome, Outcome) else self._left(Outcome(Ending.BROKEN_OFF))

    def _left(self, outcome: Outcome) -> Outcome:
        """Kill the child, which may still calculate or is dead, and return the outcome."""
        self.stop()
        return outcome

    def _resident(self) -> int:
        """Return the memory that the child uses, in bytes; 0 where the system does not say."""
        statm = Path(f"/proc/{self._child.pid if self._child else 0}/statm")
        try:
            return int(statm.read_text().split()[1]) * PAGE
        except (FileNotFoundError, ProcessLookupError):
            return 0

    def _received(self, seconds: float) -> object:
        """Return what the child sends within some seconds, or None when it sends nothing or is dead."""
        try:
            return self._pipe.recv() if self._pipe is not None and self._pipe.poll(seconds) else None
        except (EOFError, ConnectionError):
            return None
