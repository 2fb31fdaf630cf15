"""Readers of the record: its head, its size, the latest entry about an object."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from hled.record import Entry, decode
from hled.web.record.models import EntryRow


@dataclass(frozen=True, slots=True)
class Head:
    """The size of the record and the leaf hash of its last entry (empty text for an empty record)."""

    size: int
    last: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an entry stands in the record: number, type, URN of its object, time (UTC) and leaf hash."""

    seq: int
    type: str
    object_id: str
    at: str
    leaf_hash: str


def head() -> Head:
    """Return the head of the record, in one query."""
    row = EntryRow.objects.order_by("-seq").values_list("seq", "leaf_hash").first()
    return Head(size=row[0] + 1, last=row[1]) if row else Head(size=0, last="")


def latest(object_ids: Iterable[str] | None = None) -> dict[str, Entry]:
    """Return the latest entry about each object, or about the given ones only."""
    found = _latest(object_ids).values_list("object_id", "data")
    return {object_id: decode(data.encode()) for object_id, data in found}


def latest_hashes(object_ids: Iterable[str]) -> dict[str, str]:
    """Return the leaf hash of the latest entry about each of the given objects."""
    return dict(_latest(object_ids).values_list("object_id", "leaf_hash"))


def history(object_id: str) -> tuple[tuple[int, Entry], ...]:
    """Return every entry about an object, oldest first, with sequence numbers."""
    rows = EntryRow.objects.filter(object_id=object_id).order_by("seq")
    return tuple((row.seq, decode(row.data.encode())) for row in rows)


def marks(object_ids: Iterable[str]) -> tuple[Mark, ...]:
    """Return the marks of every entry about the given objects, oldest first."""
    rows = EntryRow.objects.filter(object_id__in=list(object_ids)).order_by("seq")
    return tuple(_mark(row) for row in rows.defer("data"))


def recent(limit: int) -> tuple[Mark, ...]:
    """Return the marks of the last `limit` entries, newest first."""
    return tuple(_mark(row) for row in EntryRow.objects.order_by("-seq").defer("data")[:limit])


def _mark(row: EntryRow) -> Mark:
    return Mark(row.seq, row.type, row.object_id, row.at, row.leaf_hash)


def _latest(object_ids: Iterable[str] | None) -> QuerySet[EntryRow]:
    rows = EntryRow.objects.all()
    if object_ids is not None:
        rows = rows.filter(object_id__in=list(object_ids))
    numbers = rows.values("object_id").annotate(last=Max("seq")).values_list("last", flat=True)
    return EntryRow.objects.filter(seq__in=numbers)
