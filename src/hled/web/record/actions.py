"""Appending to the record: the one way by which a public act begins."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction

from hled.record import Entry, canonical, encode
from hled.record.formats.v1.entry import leaf_hash
from hled.web.record import queries
from hled.web.record.models import EntryRow
from hled.web.record.projection import project
from hled.workplan import entries
from hled.workplan.types import PublicRecord

LOADED: Final = "agenda.record.loaded"
_COMPILED: Final = ".compiled"
_LOCK: Final = 0x484C4544  # "HLED": the advisory lock that makes appenders queue on PostgreSQL


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded: entry type, URN of the object, content with a canonical form."""

    type: str
    id: str
    content: dict[str, object]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: entries appended, objects found unchanged, objects kept because people corrected them.

    `already` says that this very file was loaded before, so that nothing was done.
    """

    appended: int = 0
    unchanged: int = 0
    kept: int = 0
    already: bool = False


@transaction.atomic
def append(acts: Iterable[Act]) -> tuple[int, ...]:
    """Append one entry per act, project each, and return their sequence numbers.

    Raises:
        EntryError, CanonicalError: an act cannot be written; nothing of the call is kept.
    """
    _queue()
    wanted = tuple(acts)
    last = EntryRow.objects.order_by("-seq").first()
    first = last.seq + 1 if last else 0
    at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    hashes = queries.latest_hashes({act.id for act in wanted})
    written: list[tuple[Entry, EntryRow]] = []
    for seq, act in enumerate(wanted, start=first):
        entry = Entry(type=act.type, id=act.id, at=at, prev=hashes.get(act.id), content=act.content)
        row = _row(entry, seq)
        hashes[act.id] = row.leaf_hash
        written.append((entry, row))
    EntryRow.objects.bulk_create([row for _, row in written], batch_size=500)
    for entry, row in written:
        project(entry, row.seq)
    return tuple(row.seq for _, row in written)


@transaction.atomic
def load(record: PublicRecord) -> Loaded:
    """Bring a compiled public record into the record of entries, in one transaction.

    What the file adds or changes is appended; what it leaves out stays, and an object that people corrected
    after it was compiled stays as they left it. Loading a file that was loaded before does nothing.
    """
    _queue()
    urn = f"urn:hled:record:{record.checksum[:16]}"
    if EntryRow.objects.filter(type=LOADED, object_id=urn).exists():
        return Loaded(already=True)
    compiled = [Act(type=kind, id=name, content=content) for kind, name, content in entries(record)]
    current = queries.latest(act.id for act in compiled)
    changed: list[Act] = []
    kept = 0
    for act in compiled:
        before = current.get(act.id)
        if before is not None and not before.type.endswith(_COMPILED):
            kept += 1
        elif before is None or canonical(before.content) != canonical(act.content):
            changed.append(act)
    append([*changed, Act(type=LOADED, id=urn, content=_summary(record, appended=len(changed)))])
    return Loaded(appended=len(changed), unchanged=len(compiled) - len(changed) - kept, kept=kept)


def _summary(record: PublicRecord, *, appended: int) -> dict[str, object]:
    return {
        "checksum": record.checksum,
        "compiled": record.compiled.iso,
        "title_en": record.title.en,
        "title_es": record.title.es,
        "notes": [note.as_dict() for note in record.notes],
        "appended": appended,
    }


def _row(entry: Entry, seq: int) -> EntryRow:
    data = encode(entry)
    return EntryRow(
        seq=seq,
        type=entry.type,
        object_id=entry.id,
        at=entry.at,
        data=data.decode(),
        leaf_hash=leaf_hash(data),
    )


def _queue() -> None:
    """Let one appender through at a time (SQLite: the IMMEDIATE transaction does that already)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
