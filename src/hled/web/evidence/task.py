"""What the worker hands to the process that calculates, and what comes back. Plain data, no Django."""

from dataclasses import dataclass, field
from enum import StrEnum

from hled.language import Bilingual


@dataclass(frozen=True, slots=True)
class Task:
    """One attempt at a run; `parameters` is raw text, `seconds` and `memory_mb` are its limits."""

    run_id: str
    question: str
    parameters: dict[str, str] = field(hash=False)
    seconds: int
    memory_mb: int
    attempt: int


class Ending(StrEnum):
    """How an attempt ended."""

    DONE = "done"
    FAILED = "failed"  # with a reason that trying again would not change
    BROKEN_OFF = "broken_off"  # the process died
    OUTDATED = "outdated"  # the code on disk is newer than the process
    STOPPED = "stopped"  # the operator stops the worker


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of an attempt; `code` and `message` say why it failed."""

    ending: Ending
    code: str = ""
    message: Bilingual | None = None
