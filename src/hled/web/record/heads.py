"""Tree heads and entry rows, read and written with few statements: every durable act passes through here.

One SELECT reads a head, one INSERT and one UPDATE write an entry with the new head, and the driver is asked
directly: the layers above it take as long as the disk (docs/adr/0016).
"""

import datetime as dt
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from hled.language import Bilingual
from hled.record.formats.v1.entry import Entry
from hled.record.merkle import HASH_SIZE, Frontier
from hled.web.record.errors import ClockSkewError

_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_LOCK: Final = 0x484C4544  # "HLED": the advisory lock that makes writers of logs queue on PostgreSQL
_HEAD: Final = (
    "SELECT l.id, l.name, l.origin, l.own, l.size, l.frontier, l.last_at,"
    " (SELECT MAX(seq) FROM record_entry), EXISTS (SELECT 1 FROM record_waiting)"
)
_FOUND: Final = ", o.value, e.seq, e.leaf_index, e.at, e.leaf_hash FROM record_log l CROSS JOIN "
_LAST: Final = (
    " FROM record_entry x WHERE x.object_id = o.value AND x.log_id = l.id ORDER BY x.leaf_index DESC"
)


@dataclass(frozen=True, slots=True)
class _Statements:
    """The statements of one kind of database; `newest` joins each log with its last entry on each object."""

    named: str
    newest: str
    insert: str
    save: str


_SQL: Final = {
    "sqlite": _Statements(
        named=f"{_HEAD} FROM record_log l WHERE l.name = ?",
        newest=f"{_HEAD}{_FOUND} json_each(?) o"
        f" LEFT JOIN record_entry e ON e.seq = (SELECT x.seq {_LAST} LIMIT 1)",
        insert="INSERT INTO record_entry (seq, log_id, leaf_index, type, object_id, at, data, leaf_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        save="UPDATE record_log SET size = ?, root = ?, frontier = ?, last_at = ? WHERE id = ?",
    ),
    "postgresql": _Statements(
        named=f"{_HEAD} FROM record_log l WHERE l.name = %s",
        newest=f"{_HEAD}{_FOUND} json_array_elements_text(%s::json) AS o(value) LEFT JOIN LATERAL"
        f" (SELECT x.seq, x.leaf_index, x.at, x.leaf_hash {_LAST} LIMIT 1) e ON true",
        insert="INSERT INTO record_entry (seq, log_id, leaf_index, type, object_id, at, data, leaf_hash)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        save="UPDATE record_log SET size = %s, root = %s, frontier = %s, last_at = %s WHERE id = %s",
    ),
}
_Row = tuple[Any, ...]
MAX_TYPE: Final = 80  # what the columns hold
MAX_ID: Final = 200
MAX_AHEAD: Final = dt.timedelta(seconds=300)


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
    return time.strftime(_TIME, time.gmtime())


def written(moment: dt.datetime) -> str:
    """Write a time in UTC as entries do."""
    return moment.strftime(_TIME)


def refuse_ahead(log: str, last_at: str) -> None:
    """Write nothing behind an entry dated ahead: other nodes would refuse all that takes on its time.

    Raises:
        ClockSkewError: the last entry of the log is more than 300 s ahead of this machine's clock.
    """
    current = now()
    if last_at > current and last_at > written(dt.datetime.fromisoformat(current) + MAX_AHEAD):
        raise ClockSkewError(
            Bilingual(
                en="The last entry of the log “{log}” is dated {at}, more than five minutes ahead of this "
                "machine ({now}). Set its clock (NTP); nothing is written before that time.",
                es="El último asiento de la bitácora «{log}» lleva la hora {at}, más de cinco minutos "
                "adelantada a la de este equipo ({now}). Ajuste el reloj (NTP); antes de esa hora no se "
                "asienta nada.",
            ).format(log=log, at=last_at, now=current)
        )


def queue() -> None:
    """Let one writer of logs through at a time (SQLite: the IMMEDIATE transaction does that already)."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def own_head(object_ids: Iterable[str]) -> tuple[Head | None, dict[str, Newest]]:
    """Return the head of the node's own log, if it has one, and the newest entry about each object."""
    rows = _with_newest(object_ids)
    own = next((row for row in rows if row[3]), None)
    return _head(own) if own else None, _newest(rows)


def head_of(name: str) -> Head | None:
    """Return the head of a log by its name."""
    database = connections[DEFAULT_DB_ALIAS]
    rows = _rows(database, _SQL[database.vendor].named, name)
    return _head(rows[0]) if rows else None


def write(head: Head, entries: Sequence[tuple[Entry, bytes, bytes]]) -> range:
    """Insert entries (each with its bytes and leaf hash) behind a head, save it, and return their numbers.

    The hashes are in the frontier of `head` already.
    """
    first, index = head.seq, head.frontier.size - len(entries)
    rows = [
        (first + n, head.id, index + n, entry.type, entry.id, entry.at, data.decode(), leaf.hex())
        for n, (entry, data, leaf) in enumerate(entries)
    ]
    database = connections[DEFAULT_DB_ALIAS]
    sql = _SQL[database.vendor]
    with database.wrap_database_errors:
        if len(rows) == 1:
            database.connection.execute(sql.insert, rows[0])
        else:
            database.connection.cursor().executemany(sql.insert, rows)
        database.connection.execute(sql.save, [*_columns(head), head.id])
    return range(first, first + len(rows))


def newest(object_ids: Iterable[str]) -> dict[str, Newest]:
    """Return the newest entry about each object, over all logs, in one query."""
    return _newest(_with_newest(object_ids))


def fits(entry: Entry) -> bool:
    """Say whether every node can keep an entry with this type and id."""
    return len(entry.type) <= MAX_TYPE and len(entry.id) <= MAX_ID


def frontier_text(frontier: Frontier) -> str:
    """Return the frontier as its column holds it."""
    return b"".join(frontier.hashes).hex(" ", HASH_SIZE)


def _columns(head: Head) -> list[Any]:
    frontier = head.frontier
    return [frontier.size, frontier.root().hex(), frontier_text(frontier), head.last_at]


def _with_newest(object_ids: Iterable[str]) -> list[_Row]:
    database = connections[DEFAULT_DB_ALIAS]
    return _rows(database, _SQL[database.vendor].newest, json.dumps(sorted(set(object_ids))))


def _rows(database: BaseDatabaseWrapper, sql: str, parameter: str) -> list[_Row]:
    database.ensure_connection()
    with database.wrap_database_errors:
        rows: list[_Row] = database.connection.execute(sql, [parameter]).fetchall()
        return rows


def _newest(rows: list[_Row]) -> dict[str, Newest]:
    found: dict[str, Newest] = {}
    for row in rows:
        object_id, seq, index, at, leaf_hash = row[9:]
        if seq is None:
            continue
        item = Newest(seq, row[0], row[2], index, at, leaf_hash)
        if object_id not in found or found[object_id].order < item.order:
            found[object_id] = item
    return found


def _head(row: _Row) -> Head:
    number, name, origin, own, size, frontier, last_at, last, some_wait = row[:9]
    hashes = bytes.fromhex(frontier)
    edge = Frontier(size, [hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)])
    seq = 0 if last is None else last + 1
    return Head(number, name, origin, bool(own), edge, last_at, seq, bool(some_wait))
