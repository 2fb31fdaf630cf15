"""How far the record is confirmed: what each log covers, who has signed, who has still to sign.

An entry is written down at once and is on the record only when a checkpoint that covers it satisfies the
policy; a local node's record asks nobody else, and says so. It serves the promise of transparency under every
work-plan line.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from hled.language import Bilingual, PartialDate
from hled.record.errors import RecordError
from hled.record.explained import named
from hled.record.notes import parse_note
from hled.record.policies import Policy
from hled.web.record import queries, receipts
from hled.web.record.acts import log_name
from hled.web.record.pictures.ladder import Seal
from hled.web.record.receipts import Signed


class State(StrEnum):
    """How far an entry is confirmed."""

    COSIGNED = "cosigned"
    LOCAL = "local"
    PENDING = "pending"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class LogStanding:
    """A log with its newest complete checkpoint and, where it is ahead of that, the one that waits.

    `at` says when the complete one was cosigned or made, `pending_at` when the other was met here; both may
    be unknown (empty). `waiting` counts the entries that the complete one does not cover.
    """

    log: queries.Log
    name: Bilingual
    complete: Signed | None
    pending: Signed | None
    at: str
    pending_at: str
    waiting: int
    is_local: bool

    @property
    def covered(self) -> int:
        """How many entries the complete checkpoint covers."""
        return self.complete.checkpoint.size if self.complete else 0

    @property
    def days(self) -> int:
        """How many whole days the checkpoint that waits has waited."""
        if not self.pending_at:
            return 0
        since = dt.datetime.fromisoformat(self.pending_at)
        return (dt.datetime.now(dt.UTC) - since).days

    @property
    def signers(self) -> tuple[Bilingual, ...]:
        """Who cosigned the complete checkpoint."""
        return tuple(named(name) for name in self.complete.cosigned) if self.complete else ()

    @property
    def lacking(self) -> tuple[Bilingual, ...]:
        """Whose cosignature the checkpoint that waits still lacks."""
        return tuple(named(name) for name in self.pending.missing) if self.pending else ()


@dataclass(frozen=True, slots=True)
class EntryStanding:
    """How far one entry is confirmed: since when, or whose cosignature it awaits."""

    state: State
    since: str = ""
    size: int = 0
    lacking: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """One cosigner of one checkpoint; `at` is None where it has not signed."""

    name: Bilingual
    at: str | None


_SIGNED_LOG: Final = Bilingual("signed as the log", "firmó como bitácora")
_COSIGNED: Final = Bilingual("cosigned on {date}", "firmó el {date}")
_NOT_YET: Final = Bilingual("has not cosigned yet", "aún no firma")
_NOBODY: Final = Bilingual("Nobody else", "Nadie más")
_LOCAL: Final = Bilingual("local, not cosigned", "local, sin firma conjunta")


def standings() -> tuple[LogStanding, ...]:
    """Return how far each log is confirmed, this node's own first."""
    return tuple(map(_standing, queries.logs()))


def standing_of(log: str, index: int) -> EntryStanding:
    """Return how far one entry is confirmed."""
    covering = queries.covering(log, index)
    if covering and receipts.is_local():
        return EntryStanding(State.LOCAL)
    if covering:
        found = kept(covering.note, receipts.policy())
        since = moment(found.since) if found and found.since else covering.made_at
        return EntryStanding(State.COSIGNED, since, covering.size)
    waiting = receipts.pending(log)
    if waiting is None or index >= waiting.checkpoint.size:
        return EntryStanding(State.WRITTEN)
    return EntryStanding(State.PENDING, lacking=tuple(map(named, waiting.missing)))


@lru_cache(maxsize=1024)
def kept(note: str, rules: Policy | None) -> Signed | None:
    """Check a kept checkpoint against the policy; None where a key has changed since."""
    try:
        return receipts.signed(parse_note(note.encode()), rules)
    except RecordError:
        return None


def seals(log: str, signed: Signed) -> tuple[Seal, ...]:
    """Return whose signatures stand over the root of a checkpoint, and whose are still missing."""
    found = [Seal(log_name(log), _SIGNED_LOG, given=True)]
    for name, at in signed.cosigned.items():
        found.append(Seal(named(name), _COSIGNED.format(date=_day(at)), given=True))
    rules = receipts.policy()
    if rules is not None and not rules.satisfied(signed.cosigned):
        found += [Seal(named(name), _NOT_YET, given=False) for name in signed.missing]
    if receipts.is_local():
        found.append(Seal(_NOBODY, _LOCAL, given=False))
    return tuple(found)


def moment(at: int) -> str:
    """Write POSIX seconds as entries write times."""
    return dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signatures(times: Mapping[str, int], everybody: Iterable[str]) -> tuple[Signature, ...]:
    """Return for each cosigner of the policy whether and when it signed."""
    return tuple(Signature(named(name), moment(times[name]) if name in times else None) for name in everybody)


def _standing(log: queries.Log) -> LogStanding:
    complete, pending = receipts.complete(log.name), receipts.pending(log.name)
    covered = complete.checkpoint.size if complete else 0
    ahead = pending if pending and pending.checkpoint.size > covered else None
    newest = queries.checkpoints(log.name, 1) if ahead or log.own else ()
    made_at = newest[0].made_at if newest else ""
    return LogStanding(
        log=log,
        name=log_name(log.name),
        complete=complete,
        pending=ahead,
        at=moment(complete.since) if complete and complete.since else "" if ahead else made_at,
        pending_at=made_at if ahead else "",
        waiting=log.size - covered,
        is_local=receipts.is_local(),
    )


def _day(at: int) -> Bilingual:
    date = PartialDate(moment(at)[:10])
    return Bilingual(date.text("en"), date.text("es"))
