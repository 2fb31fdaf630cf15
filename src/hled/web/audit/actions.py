"""Verbs of the audit log: noting a private act, and putting the head of the log on record once a day."""

import datetime as dt
from typing import Final

from django.db import connection, transaction

from hled.record import canonical
from hled.web.audit import queries
from hled.web.audit.models import AuditRow
from hled.web.record import heads, read_only
from hled.web.record import queries as record
from hled.web.record.actions import Act, append

PUBLISHED: Final = "audit.head.published"
TICK: Final = "audit.day.begun"
HOUR: Final = 6  # UTC: night in both capitals
SYSTEM: Final = "system"
_LOCK: Final = 0x41554449  # "AUDI": writers of the audit log queue on PostgreSQL


@transaction.atomic
def note(actor: str, act: str, object_id: str, detail: dict[str, object]) -> int:
    """Write a private act behind the last one, in the caller's transaction, and return its number.

    Raises:
        CanonicalError: `detail` has no canonical form.
    """
    _queue()
    before = queries.head()
    row = AuditRow(
        seq=before.size,
        at=heads.now(),
        actor=actor,
        act=act,
        object_id=object_id,
        detail=canonical(detail).decode(),
        prev=before.hash,
    )
    row.hash = queries.chained(row)
    row.save(force_insert=True)
    return row.seq


@transaction.atomic
def daily(now: dt.datetime) -> int | None:
    """Once per day, from 06:00 UTC on, put the head of the audit log on record; return the entry's number.

    A tick is noted first, so the hash changes every day: neither how many acts there were nor whether there
    was any can be read from it. Does nothing before the hour, on a day that has its entry, and on a mirror.
    """
    if read_only.is_read_only():
        return None
    due = now.astimezone(dt.UTC).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if now < due or _published(heads.written(due)):  # reading first: an idle process takes no lock
        return None
    heads.queue()
    if _published(heads.written(due)):
        return None
    note(SYSTEM, TICK, "", {"day": due.date().isoformat()})
    (seq,) = append([Act(PUBLISHED, _urn(), {"hash": queries.head().hash})])
    return seq


def _published(due: str) -> bool:
    newest = record.latest([_urn()]).get(_urn())
    return newest is not None and newest.entry.at >= due


def _urn() -> str:
    """Name the audit log by the log of its node, so that two governments' heads are two histories."""
    own = record.own()
    return f"urn:hled:audit:{own.name if own else 'local'}"


def _queue() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
