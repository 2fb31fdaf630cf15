"""Readers of the record: its head, its entries in order, the latest entry about an object."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from django.conf import settings
from django.db.models import Max, QuerySet

from hled.language import Bilingual, DialogueError
from hled.record import Entry, decode
from hled.record.objects import ObjectStore
from hled.web.record.models import EntryRow

LARGEST: Final = 2**53 - 1


class NoSuchEntryError(DialogueError):
    """The record has no entry of this number; the web answers 404."""

    code = "record.no_such_entry"
    status: ClassVar[int] = 404


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


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry with its number and its leaf hash."""

    seq: int
    leaf_hash: str
    entry: Entry


def objects() -> ObjectStore:
    """Return the store of the bytes that entries name by their SHA-256."""
    return ObjectStore(settings.HOME / "objects" / "sha256")


def head() -> Head:
    """Return the head of the record, in one query."""
    row = EntryRow.objects.order_by("-seq").values_list("seq", "leaf_hash").first()
    return Head(size=row[0] + 1, last=row[1]) if row else Head(size=0, last="")


def leaves(first: int, limit: int) -> tuple[Leaf, ...]:
    """Return at most `limit` entries from number `first` on, in order, in one query."""
    rows = EntryRow.objects.filter(seq__gte=first).order_by("seq")[:limit]
    return tuple(map(_leaf, rows))


def leaf(seq: int) -> Leaf:
    """Return one entry.

    Raises:
        NoSuchEntryError: the record is shorter.
    """
    found = leaves(seq, 1) if 0 <= seq <= LARGEST else ()
    if not found or found[0].seq != seq:
        raise NoSuchEntryError(
            Bilingual(
                en="The record has no entry {seq}.", es="El registro no tiene ningún asiento {seq}."
            ).format(seq=str(seq)[:40])
        )
    return found[0]


def latest(object_ids: Iterable[str]) -> dict[str, Leaf]:
    """Return the latest entry about each of the given objects, in one query."""
    return {row.object_id: _leaf(row) for row in _latest(object_ids)}


def of_type(name: str) -> tuple[Leaf, ...]:
    """Return every entry of one type, in order, in one query."""
    return tuple(map(_leaf, EntryRow.objects.filter(type=name).order_by("seq")))


def latest_hashes(object_ids: Iterable[str]) -> dict[str, str]:
    """Return the leaf hash of the latest entry about each of the given objects."""
    return dict(_latest(object_ids).values_list("object_id", "leaf_hash"))


def marks(object_ids: Iterable[str]) -> tuple[Mark, ...]:
    """Return the marks of every entry about the given objects, oldest first."""
    rows = EntryRow.objects.filter(object_id__in=list(object_ids)).order_by("seq")
    return tuple(_mark(row) for row in rows.defer("data"))


def recent(limit: int) -> tuple[Mark, ...]:
    """Return the marks of the last `limit` entries, newest first."""
    return tuple(_mark(row) for row in EntryRow.objects.order_by("-seq").defer("data")[:limit])


def _mark(row: EntryRow) -> Mark:
    return Mark(row.seq, row.type, row.object_id, row.at, row.leaf_hash)


def _leaf(row: EntryRow) -> Leaf:
    return Leaf(row.seq, row.leaf_hash, decode(row.data.encode()))


def _latest(object_ids: Iterable[str]) -> QuerySet[EntryRow]:
    rows = EntryRow.objects.filter(object_id__in=list(object_ids))
    numbers = rows.values("object_id").annotate(last=Max("seq")).values_list("last", flat=True)
    return EntryRow.objects.filter(seq__in=numbers)
