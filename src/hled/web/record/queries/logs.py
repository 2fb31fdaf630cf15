"""The logs that this node holds, its own and others', and their signed checkpoints."""

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from hled.language import Bilingual
from hled.web.record.errors import NoSuchLogError
from hled.web.record.models import CheckpointRow, LogRow

LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class Log:
    """A log with its tree head: `root` is 32 bytes, `last_at` the time of its last entry (empty for none)."""

    name: str
    origin: str
    own: bool
    size: int
    root: bytes
    last_at: str


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A signed checkpoint: `note` is the whole signed note; `complete` says that it satisfies the policy."""

    log: str
    origin: str
    size: int
    root: bytes
    note: str
    complete: bool
    made_at: str


def logs() -> tuple[Log, ...]:
    """Return every log that this node holds, its own first, in one query."""
    return tuple(map(_log, LogRow.objects.order_by("-own", "name")))


def own() -> Log | None:
    """Return the log that this node writes; a mirror has none, nor a new node before its first act."""
    row = LogRow.objects.filter(own=True).first()
    return _log(row) if row else None


def log(name: str) -> Log:
    """Return a log by its name.

    Raises:
        NoSuchLogError: this node holds none of this name.
    """
    row = LogRow.objects.filter(name=name).first()
    if row is None:
        raise no_such_log(name)
    return _log(row)


def no_such_log(name: str) -> NoSuchLogError:
    """Return the error for a log that is not held here."""
    return NoSuchLogError(
        Bilingual(
            en="This node holds no log “{name}”.", es="Este nodo no conserva ninguna bitácora «{name}»."
        ).format(name=name[:40])
    )


def checkpoints(log: str, limit: int = LISTED, *, below: int | None = None) -> tuple[KeptCheckpoint, ...]:
    """Return the checkpoints of a log, those of a size `below` if asked, the largest first, in one query."""
    rows = _checkpoints(log) if below is None else _checkpoints(log).filter(size__lt=below)
    return tuple(map(kept_checkpoint, rows.order_by("-size")[:limit]))


def latest_complete(log: str) -> KeptCheckpoint | None:
    """Return the largest checkpoint that satisfies the policy; all below its size is on the record."""
    row = _checkpoints(log).filter(complete=True).order_by("-size").first()
    return kept_checkpoint(row) if row else None


def covering(log: str, index: int) -> KeptCheckpoint | None:
    """Return the first checkpoint that put an entry on the record, or nothing if none did yet."""
    row = _checkpoints(log).filter(complete=True, size__gt=index).order_by("size").first()
    return kept_checkpoint(row) if row else None


def kept_checkpoint(row: CheckpointRow) -> KeptCheckpoint:
    """Read a row (with its log)."""
    return KeptCheckpoint(
        row.log.name, row.log.origin, row.size, bytes.fromhex(row.root), row.note, row.complete, row.made_at
    )


def _checkpoints(log: str) -> QuerySet[CheckpointRow]:
    return CheckpointRow.objects.filter(log__name=log).select_related("log")


def _log(row: LogRow) -> Log:
    return Log(row.name, row.origin, row.own, row.size, bytes.fromhex(row.root), row.last_at)
