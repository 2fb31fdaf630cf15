"""Tree heads and entry rows, read and written with few statements: every durable act passes through here.

One SELECT reads a head, one INSERT and one UPDATE write an entry with the new head; the ORM would take as
long as the disk.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from hled.record.formats.v1.entry import Entry
from hled.record.merkle import Frontier

_LOCK: Final = 0x484C4544  # "HLED": the advisory lock that makes writers of logs queue on PostgreSQL
_HEAD: Final = (
    "SELECT id, name, origin, own, size, frontier, last_at, (SELECT MAX(seq) FROM record_entry),"
    " EXISTS (SELECT 1 FROM record_waiting) FROM record_log "
)
_OWN: Final = _HEAD + "WHERE own"
_NAMED: Final = _HEAD + "WHERE name = %s"
_SAVE: Final = "UPDATE record_log SET size = %s, root = %s, frontier = %s, last_at = %s WHERE id = %s"
_INSERT: Final = (
    "INSERT INTO record_entry (seq, log_id, leaf_index, type, object_id, at, data, leaf_hash)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
_JOINED: Final = (
    " CROSS JOIN record_log l JOIN record_entry e ON e.log_id = l.id AND e.leaf_index ="
    " (SELECT MAX(x.leaf_index) FROM record_entry x WHERE x.object_id = o.value AND x.log_id = l.id)"
)
_FIELDS: Final = (
    "SELECT e.object_id, e.seq, e.log_id, l.name, l.origin, e.leaf_index, e.at, e.leaf_hash FROM "
)
_NEWEST: Final = {
    "sqlite": _FIELDS + "json_each(%s) o" + _JOINED,
    "postgresql": _FIELDS + "json_array_elements_text(%s::json) AS o(value)" + _JOINED,
}


@dataclass(slots=True)
class Head:
    """The head of a log inside a transaction that writes it; `seq` is the number of the next entry here."""

    id: int
    name: str
    origin: str
    own: bool
    frontier: Frontier
    last_at: str
    seq: int
    some_wait: bool


@dataclass(frozen=True, slots=True)
class Newest:
    """Where the newest entry about an object stands, over all logs."""

    seq: int
    log_id: int
    log: str
    origin: str
    index: int
    at: str
    leaf_hash: str

    @property
    def order(self) -> tuple[str, str, int]:
        """The order of the entries of all logs."""
        return (self.at, self.origin, self.index)


def now() -> str:
    """Return the time as entries write it: UTC, to the second."""
    return written(dt.datetime.now(dt.UTC))


def written(moment: dt.datetime) -> str:
    """Write a time in UTC as entries do."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def queue() -> None:
    """Let one writer of logs through at a time (SQLite: the IMMEDIATE transaction does that already)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def own_head() -> Head | None:
    """Return the head of the node's own log, if it has one."""
    return _head(_OWN, [])


def head_of(name: str) -> Head | None:
    """Return the head of a log by its name."""
    return _head(_NAMED, [name])


def write(head: Head, entries: Sequence[tuple[Entry, bytes, bytes]]) -> range:
    """Insert entries (each with its bytes and leaf hash) behind a head, save it, and return their numbers.

    The hashes are in the frontier of `head` already.
    """
    first, index = head.seq, head.frontier.size - len(entries)
    rows = [
        (first + n, head.id, index + n, entry.type, entry.id, entry.at, data.decode(), leaf.hex())
        for n, (entry, data, leaf) in enumerate(entries)
    ]
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(_INSERT, rows[0])
        else:
            cursor.executemany(_INSERT, rows)
        cursor.execute(_SAVE, [*_columns(head), head.id])
    return range(first, first + len(rows))


def newest(object_ids: Iterable[str]) -> dict[str, Newest]:
    """Return where the newest entry about each object stands, in one query."""
    found: dict[str, Newest] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST[connection.vendor], [json.dumps(sorted(set(object_ids)))])
        for object_id, *place in cursor.fetchall():
            item = Newest(*place)
            if object_id not in found or found[object_id].order < item.order:
                found[object_id] = item
    return found


def frontier_text(frontier: Frontier) -> str:
    """Return the frontier as its column holds it."""
    return " ".join(item.hex() for item in frontier.hashes)


def _columns(head: Head) -> list[Any]:
    frontier = head.frontier
    return [frontier.size, frontier.root().hex(), frontier_text(frontier), head.last_at]


def _head(sql: str, parameters: list[Any]) -> Head | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    if row is None:
        return None
    number, name, origin, own, size, frontier, last_at, last, some_wait = row
    edge = Frontier(size, [bytes.fromhex(item) for item in frontier.split()])
    seq = 0 if last is None else last + 1
    return Head(number, name, origin, bool(own), edge, last_at, seq, bool(some_wait))
