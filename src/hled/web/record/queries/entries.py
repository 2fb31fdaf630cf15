"""Entries: by this node's order, by their place in a log, the latest and the whole history of an object."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet

from hled.language import Bilingual
from hled.record import Entry, decode
from hled.record.objects import ObjectStore
from hled.web.record import heads
from hled.web.record.errors import NoSuchEntryError
from hled.web.record.models import EntryRow, LogRow

LARGEST: Final = 2**53 - 1
LISTED: Final = 200  # marks on one page
_CHUNK: Final = 500
_NEWEST_FIRST: Final = ("-at", "-log__origin", "-index")


@dataclass(frozen=True, slots=True)
class Head:
    """The number of entries on this node and the leaf hash of the last one (empty text for none)."""

    size: int
    last: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an entry stands: `seq` in this node's order, `index` in its `log`; time in UTC, hash in hex."""

    seq: int
    type: str
    object_id: str
    at: str
    leaf_hash: str
    log: str
    index: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry with its number on this node, its place in a log and its leaf hash."""

    seq: int
    leaf_hash: str
    entry: Entry
    log: str
    index: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The latest marks about some objects, oldest first; `total` counts those that are not listed too."""

    listed: tuple[Mark, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Around:
    """The entries about the same object just before and after one, and how many there are in all."""

    before: Mark | None
    after: Mark | None
    count: int


def objects() -> ObjectStore:
    """Return the store of the bytes that entries name by their SHA-256."""
    return ObjectStore(settings.HOME / "objects" / "sha256")


def head() -> Head:
    """Return the head of this node's order, in one query."""
    row = EntryRow.objects.order_by("-seq").values_list("seq", "leaf_hash").first()
    return Head(size=row[0] + 1, last=row[1]) if row else Head(size=0, last="")


def leaves(first: int, limit: int) -> tuple[Leaf, ...]:
    """Return at most `limit` entries from number `first` on, in this node's order, in one query."""
    return tuple(map(_leaf, _rows().filter(seq__gte=first).order_by("seq")[:limit]))


def leaf(seq: int) -> Leaf:
    """Return one entry by its number on this node.

    Raises:
        NoSuchEntryError: there are fewer.
    """
    row = _rows().filter(seq=seq).first() if 0 <= seq <= LARGEST else None
    if row is None:
        raise _no_such_entry(seq)
    return _leaf(row)


def leaf_at(log: str, index: int) -> Leaf:
    """Return one entry by its place in a log.

    Raises:
        NoSuchEntryError: the log is not held here, or is shorter.
    """
    return _leaf(_at(log, index))


def raw(log: str, index: int) -> bytes:
    """Return the exact bytes of an entry, which its leaf hash covers.

    Raises:
        NoSuchEntryError: the log is not held here, or is shorter.
    """
    return _at(log, index).data.encode()


def place(seq: int) -> tuple[str, int]:
    """Return the log of an entry and its index there.

    Raises:
        NoSuchEntryError: there are fewer entries.
    """
    row = _rows().filter(seq=seq).values_list("log__name", "index").first() if 0 <= seq <= LARGEST else None
    if row is None:
        raise _no_such_entry(seq)
    return row[0], row[1]


def rows_after(log: str, size: int, limit: int) -> list[bytes]:
    """Return the exact bytes of at most `limit` entries behind the first `size` ones of a log, in order."""
    rows = EntryRow.objects.filter(log__name=log, index__gte=size).order_by("index")
    return [data.encode() for data in rows.values_list("data", flat=True)[:limit]]


def latest(object_ids: Iterable[str]) -> dict[str, Leaf]:
    """Return the latest entry about each of the given objects, over all logs."""
    seqs = [item.seq for item in heads.newest(object_ids).values()]
    found: dict[str, Leaf] = {}
    for first in range(0, len(seqs), _CHUNK):
        found |= {row.object_id: _leaf(row) for row in _rows().filter(seq__in=seqs[first : first + _CHUNK])}
    return found


def latest_hashes(object_ids: Iterable[str]) -> dict[str, str]:
    """Return the leaf hash of the latest entry about each of the given objects, in one query."""
    return {name: item.leaf_hash for name, item in heads.newest(object_ids).items()}


def of_type(name: str) -> tuple[Leaf, ...]:
    """Return every entry of one type, in this node's order, in one query."""
    return tuple(map(_leaf, _rows().filter(type=name).order_by("seq")))


def marks(object_ids: Iterable[str]) -> Marks:
    """Return the marks of the latest entries about the given objects, over all logs, oldest first."""
    rows = _rows().filter(object_id__in=list(object_ids))
    found = tuple(map(_mark, rows.order_by(*_NEWEST_FIRST).defer("data")[: LISTED + 1]))
    total = len(found) if len(found) <= LISTED else rows.count()
    return Marks(found[:LISTED][::-1], total)


def history(object_id: str) -> tuple[Mark, ...]:
    """Return the marks of every entry about an object, over all logs, ordered by (at, origin, index)."""
    rows = _rows().filter(object_id=object_id).order_by("at", "log__origin", "index")
    return tuple(map(_mark, rows.defer("data")))


def latest_marks(object_ids: Iterable[str]) -> dict[str, Mark]:
    """Return the mark of the latest entry about each of the given objects, over all logs."""
    seqs = [item.seq for item in heads.newest(object_ids).values()]
    found: dict[str, Mark] = {}
    for first in range(0, len(seqs), _CHUNK):
        rows = _rows().filter(seq__in=seqs[first : first + _CHUNK]).defer("data")
        found |= {row.object_id: _mark(row) for row in rows}
    return found


def around(leaf: Leaf) -> Around:
    """Return what stands beside an entry about the same object, over all logs."""
    rows = _rows().filter(object_id=leaf.entry.id)
    origin = LogRow.objects.values_list("origin", flat=True).get(name=leaf.log)
    at, index = leaf.entry.at, leaf.index
    before = Q(at__lt=at) | Q(at=at) & (Q(log__origin__lt=origin) | Q(log__origin=origin, index__lt=index))
    newest_first = rows.order_by(*_NEWEST_FIRST).defer("data")
    oldest_first = rows.order_by("at", "log__origin", "index").defer("data")
    previous = newest_first.filter(before).first()
    following = oldest_first.exclude(before).exclude(seq=leaf.seq).first()
    return Around(
        _mark(previous) if previous else None, _mark(following) if following else None, rows.count()
    )


def told(object_id: str, limit: int) -> tuple[Leaf, ...]:
    """Return the latest entries about an object over all logs, newest first, in one query."""
    rows = _rows().filter(object_id=object_id).order_by(*_NEWEST_FIRST)
    return tuple(map(_leaf, rows[:limit]))


def newest(limit: int, before: int | None = None) -> tuple[Mark, ...]:
    """Return the marks of the last entries of this node's order, or of those below `before`, newest first."""
    rows = _rows() if before is None else _rows().filter(seq__lt=before)
    return tuple(map(_mark, rows.order_by("-seq").defer("data")[:limit]))


def newest_of(log: str, limit: int, before: int | None = None) -> tuple[Mark, ...]:
    """Return the marks of entries of one log below index `before`, newest first."""
    rows = _rows().filter(log__name=log)
    if before is not None:
        rows = rows.filter(index__lt=before)
    return tuple(map(_mark, rows.order_by("-index").defer("data")[:limit]))


def _rows() -> QuerySet[EntryRow]:
    return EntryRow.objects.select_related("log")


def _at(log: str, index: int) -> EntryRow:
    row = _rows().filter(log__name=log, index=index).first() if 0 <= index <= LARGEST else None
    if row is None:
        raise _no_such_entry(f"{log[:40]}/{index}")
    return row


def _no_such_entry(number: object) -> NoSuchEntryError:
    return NoSuchEntryError(
        Bilingual(
            en="The record has no entry {number}.", es="El registro no tiene ningún asiento {number}."
        ).format(number=str(number)[:80])
    )


def _mark(row: EntryRow) -> Mark:
    return Mark(row.seq, row.type, row.object_id, row.at, row.leaf_hash, row.log.name, row.index)


def _leaf(row: EntryRow) -> Leaf:
    return Leaf(row.seq, row.leaf_hash, decode(row.data.encode()), row.log.name, row.index)
