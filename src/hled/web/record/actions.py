"""Appending to the record: the one way by which a public act begins."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
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


class Origin(StrEnum):
    """Where a loaded file came from: with the platform, or from the operator of this node."""

    BUNDLED = "bundled"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded: entry type, URN of the object, content with a canonical form."""

    type: str
    id: str
    content: dict[str, object]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: entries appended, objects found unchanged, objects kept as they stand here.

    `already` says that the record stands as this very file left it, so that nothing was done.
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
def load(record: PublicRecord, origin: Origin = Origin.OPERATOR) -> Loaded:
    """Bring a compiled public record that somebody asked for into the record of entries.

    What the file adds or changes is appended; what it leaves out stays, and an object that people corrected
    after it was compiled stays as they left it. A file loaded before counts again, unless nothing changed
    since.
    """
    _queue()
    return _load(record, origin, lambda found: found.entry.type.endswith(_COMPILED))


@transaction.atomic
def bring_in(record: PublicRecord) -> Loaded:
    """Bring in the bundled record where it is new; called by every command, asked for by nobody.

    It is brought in once, and changes only what a bundled record brought before: what an operator loaded
    stays until an operator loads something else.
    """
    _queue()
    if EntryRow.objects.filter(type=LOADED, object_id=_urn(record)).exists():
        return Loaded(already=True)
    origin_of = _origins()
    return _load(
        record,
        Origin.BUNDLED,
        lambda found: found.entry.type.endswith(_COMPILED) and origin_of(found.seq) is Origin.BUNDLED,
    )


def _load(record: PublicRecord, origin: Origin, may_change: Callable[[queries.Leaf], bool]) -> Loaded:
    compiled = [Act(type=kind, id=name, content=content) for kind, name, content in entries(record)]
    current = queries.latest(act.id for act in compiled)
    different = [act for act in compiled if not _says(current.get(act.id), act)]
    changed = [act for act in different if act.id not in current or may_change(current[act.id])]
    done = Loaded(len(changed), len(compiled) - len(different), len(different) - len(changed))
    last = EntryRow.objects.filter(type=LOADED).order_by("-seq").first()
    if not changed and last is not None and last.object_id == _urn(record):
        return Loaded(already=True)
    content = _summary(record, origin, appended=len(changed))
    append([*changed, Act(type=LOADED, id=_urn(record), content=content)])
    return done


def _says(found: queries.Leaf | None, act: Act) -> bool:
    return found is not None and canonical(found.entry.content) == canonical(act.content)


def _origins() -> Callable[[int], Origin]:
    """Return what tells the origin of a compiled entry by its number: that of the load which it belongs to.

    A load appends its objects and then the entry that closes it, in one transaction. Loads of before origins
    were written down count as bundled.
    """
    loads = queries.of_type(LOADED)
    ends = [leaf.seq for leaf in loads]
    origins = [Origin(str(leaf.entry.content.get("origin", Origin.BUNDLED))) for leaf in loads]
    return lambda seq: origins[bisect_right(ends, seq)]


def _urn(record: PublicRecord) -> str:
    return f"urn:hled:record:{record.checksum[:16]}"


def _summary(record: PublicRecord, origin: Origin, *, appended: int) -> dict[str, object]:
    return {
        "origin": origin.value,
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
