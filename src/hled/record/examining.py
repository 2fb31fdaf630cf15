"""What a copy of a log is worth: verified whole, and said in one frozen report instead of an error.

Whoever verifies several logs wants to hear about each, so here refusals become problems of a report. It
serves the promise of transparency under every work-plan line.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from hled.language import Bilingual, DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.errors import MissingFileError
from hled.record.log_files import CHECKPOINT, PENDING
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import parse_note
from hled.record.policies import NONE, Accepted, Policy
from hled.record.tiles import Read
from hled.record.verify import check_continues, verify_entries

DEMONSTRATION: Final = "demonstration.invalid/"


class State(StrEnum):
    """How far a log is on the record."""

    COSIGNED = "cosigned"
    LOCAL = "local, not cosigned"
    WAITING = "waiting for cosignatures"
    UNSIGNED = "not signed yet"
    REFUSED = "refused"

    @property
    def said(self) -> Bilingual:
        """The state in both languages."""
        return _SAID[self]


_SAID = {
    State.COSIGNED: Bilingual("cosigned", "con firma conjunta"),
    State.LOCAL: Bilingual("local, not cosigned", "local, sin firma conjunta"),
    State.WAITING: Bilingual("waiting for cosignatures", "en espera de firmas conjuntas"),
    State.UNSIGNED: Bilingual("not signed yet", "aún sin firmar"),
    State.REFUSED: Bilingual("refused", "rechazada"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not hold about a log: the stable code of the refusal, and its words."""

    log: str
    code: str
    message: Bilingual

    @classmethod
    def of(cls, log: str, error: DialogueError) -> "Problem":
        """Return the problem that a refusal means for a log."""
        return cls(log, error.code, error.message)


@dataclass(frozen=True, slots=True)
class Examined:
    """A log as verified: `size` entries under `root` (hex), of which the first `on_record` are on the record.

    `cosigned` tells when each cosigner of the policy signed the checkpoint of these (ISO 8601, UTC).
    """

    name: str
    origin: str = ""
    size: int = 0
    root: str = EMPTY_ROOT.hex()
    state: State = State.UNSIGNED
    on_record: int = 0
    cosigned: Mapping[str, str] = field(default_factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()


def examine(name: str, read: Read, policy: Policy) -> Examined:
    """Verify the files of a log: its checkpoint and the pending one, every entry and every tile.

    A log without any checkpoint is reported as not signed yet; nothing is raised for what does not hold.
    """
    try:
        complete, pending = _note(read, CHECKPOINT), _note(read, PENDING)
        accepted = policy.accept(parse_note(complete)) if complete else None
        waiting = policy.signed(parse_note(pending)) if pending else None
        newest = _newest(accepted, waiting)
        if newest is None:
            return Examined(name)
        old = accepted.checkpoint if accepted else None
        verify_entries(read, newest, old=old)
    except DialogueError as error:
        return Examined(name, state=State.REFUSED, problems=(Problem.of(name, error),))
    return _report(name, policy, accepted, newest)


def is_demonstration(origin: str) -> bool:
    """Say whether a log is one of demonstration, whose keys prove nothing about anybody."""
    return origin.startswith(DEMONSTRATION)


def times(accepted: Accepted) -> dict[str, str]:
    """Return when each cosigner of the policy signed: ISO 8601 in UTC."""
    return {name: _moment(at) for name, at in sorted(accepted.cosigned.items())}


def state_of(policy: Policy) -> State:
    """Return what a checkpoint that satisfies this policy is: cosigned, or local if nobody has to cosign."""
    return State.LOCAL if policy.quorum == NONE else State.COSIGNED


def _report(name: str, policy: Policy, accepted: Accepted | None, newest: Checkpoint) -> Examined:
    return Examined(
        name,
        origin=newest.origin,
        size=newest.size,
        root=newest.root.hex(),
        state=state_of(policy) if accepted else State.WAITING,
        on_record=accepted.checkpoint.size if accepted else 0,
        cosigned=times(accepted) if accepted else {},
    )


def _newest(accepted: Accepted | None, waiting: Accepted | None) -> Checkpoint | None:
    """Return the larger of the two checkpoints; on a mirror the pending one may be the older."""
    if accepted is None or waiting is None:
        found = accepted or waiting
        return found.checkpoint if found else None
    first, last = sorted((accepted.checkpoint, waiting.checkpoint), key=lambda item: item.size)
    check_continues(first, last)
    return last


def _note(read: Read, path: str) -> bytes | None:
    try:
        return read(path)
    except MissingFileError:
        return None


def _moment(at: int) -> str:
    return dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
