"""The process that calculates, run as `python -m hled.web.evidence.calculation PIPE HOME PREPARE`.

It answers the tasks that the worker sends, one after the other, each within the limits of its
question. It needs no Django, and loads the engines once.
"""

import importlib
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from hled.evidence import (
    AnswerColumn,
    AnswerStore,
    AnswerTable,
    CellType,
    fulfil,
    plan,
    questions,
    to_parquet,
)
from hled.evidence.run import code_checksum
from hled.language import Bilingual, DialogueError
from hled.tables import TableError, fetch, open_table
from hled.web.evidence import parquet
from hled.web.evidence.errors import SupersededError, TooLargeError
from hled.web.evidence.task import Ending, Outcome, Task

PREPARE: Final = "hled.web.evidence.calculation:prepare"
READY: Final = "ready"
STATM: Final = Path("/proc/self/statm")
LOOK_EVERY: Final = 0.5
RESERVED_MB: Final = 4096  # address space that allocators reserve and never use
_WORD: Final = Bilingual(en="small", es="pequeña")
_SMALL: Final = AnswerTable("small", _WORD, (AnswerColumn("word", _WORD, CellType.TEXT),), (("small",),))


def prepare() -> None:
    """Register every question and load what the first answer would have to wait for."""
    from hled.pillars import register_all

    register_all()
    to_parquet(_SMALL)  # Arrow loads the most with its first table
    for declared in questions():
        importlib.import_module(declared.ask.partition(":")[0])
        for table in (need for need in declared.needs if "." not in need):
            with suppress(TableError):  # the question itself says so when it is asked
                fetch(open_table(table).limit(1))


def main(arguments: Sequence[str]) -> None:
    """Prepare, then answer tasks until the pipe closes."""
    number, home, function = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which ends this process itself
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    module, _, name = function.partition(":")
    getattr(importlib.import_module(module), name)()
    with Connection(int(number)) as pipe:
        _serve(pipe, AnswerStore(Path(home)))


def failed(error: DialogueError) -> Outcome:
    """Return the outcome of an attempt that ended with an error meant for people."""
    return Outcome(Ending.FAILED, code=error.code, message=error.message)


def _end_with(parent: int) -> None:
    """End this process when its worker is gone, even in the middle of a calculation."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(0)


def _serve(pipe: Connection, store: AnswerStore) -> None:
    known = _codes()
    pipe.send(READY)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, ConnectionError):
            return
        if _codes() != known:
            # the checksum of newer code on disk may not stand on an answer of the older in memory
            pipe.send(Outcome(Ending.OUTDATED))
        else:
            pipe.send(_attempt(task, store))


def _codes() -> dict[str, str]:
    return {declared.package: code_checksum(declared.package) for declared in questions()}


def _attempt(task: Task, store: AnswerStore) -> Outcome:
    """Answer one task; an error that is no `DialogueError` ends the process, its trace in the log."""
    from duckdb import OutOfMemoryException

    before = _limit(task)
    try:
        run = store.find(task.run_id)
        if run is None:
            planned = plan(task.question, task.parameters)
            if planned.run_id != task.run_id:
                return failed(SupersededError.of())
            run, answer = fulfil(planned, store)
        else:
            answer = store.answer(run)
        parquet.write(store, run, answer)
    except DialogueError as error:
        return failed(error)
    except (MemoryError, OutOfMemoryException):
        return failed(TooLargeError.of(task.memory_mb))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    return Outcome(Ending.DONE)


def _limit(task: Task) -> tuple[int, int]:
    """Limit the address space for one huge allocation at once, and return the limits before.

    Memory in steady use is watched by the worker, which sees what is really used.
    """
    before = resource.getrlimit(resource.RLIMIT_AS)
    if STATM.is_file():
        mapped = int(STATM.read_text().split()[0]) * resource.getpagesize()
        most = mapped + (task.memory_mb + RESERVED_MB) * 1024 * 1024
        hard = before[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    return before


if __name__ == "__main__":
    main(sys.argv[1:])
