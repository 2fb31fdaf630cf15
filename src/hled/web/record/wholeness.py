"""Whether the rows of a log still give its tree head: looked at before anything is served from them.

All leaf hashes are put together again; that each is the hash of its entry's bytes is looked at for a sample
(`hled record verify` looks at every one). Triggers that were dropped are missed too.
"""

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from django.db import connection

from hled.language import Bilingual
from hled.record.merkle import Frontier, leaf_hash, node_hash
from hled.web.record.errors import DamagedRecordError
from hled.web.record.models import CheckpointRow, EntryRow, LogRow

SAMPLE: Final = 1_000
_HEX: Final = re.compile(r"[0-9a-f]{64}\Z")
_HEIGHT: Final = 12
_CHUNK: Final = 1 << _HEIGHT
_TRIGGERS: Final = {
    "record_entry_kept",
    "record_entry_stays",
    "record_log_grows",
    "record_log_stays",
    "audit_entry_kept",
    "audit_entry_stays",
}
_LIST: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
_ROWS: Final = Bilingual(
    "the rows of “{log}” do not give its tree head at {size} entries",
    "las filas de «{log}» no dan la cabeza de su árbol en {size} asientos",
)
_SIGNED: Final = Bilingual(
    "the log “{log}” is not the one whose checkpoint of {size} entries was signed",
    "la bitácora «{log}» no es aquella cuyo punto de control de {size} asientos se firmó",
)
_BYTES: Final = Bilingual(
    "entry {size} of “{log}” is not what its leaf hash says",
    "el asiento {size} de «{log}» no es lo que dice su hash de hoja",
)
_LIFTED: Final = Bilingual(
    "the triggers that keep the record append-only are missing ({size})",
    "faltan los disparadores que impiden reescribir el registro ({size})",
)


def refuse_damaged() -> None:
    """Refuse to serve from rows that are not the record.

    Raises:
        DamagedRecordError: a log's rows do not give its head, its newest checkpoint or its hashes, or
            triggers are missing; the message says which.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LIST[connection.vendor])
        missing = _TRIGGERS - {row[0] for row in cursor.fetchall()}
    if missing:
        raise _damaged(_LIFTED, "", ", ".join(sorted(missing)))
    for log in LogRow.objects.order_by("id"):
        _check(log)


def _check(log: LogRow) -> None:
    wanted = {log.size: (log.root, _ROWS)}
    newest = CheckpointRow.objects.filter(log=log).order_by("-size").first()
    if newest is not None and newest.size >= log.size and (newest.size, newest.root) != (log.size, log.root):
        raise _damaged(_SIGNED, log.name, f"{newest.size:,}")
    if newest is not None:
        wanted.setdefault(newest.size, (newest.root, _SIGNED))
    found = roots(_leaves(log), wanted)
    for size, (root, why) in sorted(wanted.items()):
        if found.get(size, b"").hex() != root:
            raise _damaged(why, log.name, f"{size:,}")
    if EntryRow.objects.filter(log=log, index__gte=log.size).exists():
        raise _damaged(_ROWS, log.name, f"{log.size:,}")
    _check_sample(log)


def _check_sample(log: LogRow) -> None:
    step = max(1, log.size // SAMPLE)
    places = [*range(0, log.size, step), log.size - 1] if log.size else []
    for first in range(0, len(places), 500):
        rows = EntryRow.objects.filter(log=log, index__in=places[first : first + 500])
        for index, data, kept in rows.values_list("index", "data", "leaf_hash").iterator():
            if leaf_hash(data.encode()).hex() != kept:
                raise _damaged(_BYTES, log.name, f"{index:,}")


def roots(leaves: Iterator[bytes], sizes: Collection[int]) -> dict[int, bytes]:
    """Return the root at each of these sizes that the leaf hashes reach, about 1 µs per leaf."""
    found: dict[int, bytes] = {}
    above = Frontier()  # of full subtrees of `_CHUNK` leaves, which it holds as if they were leaves
    while True:
        chunk = list(islice(leaves, _CHUNK))
        start = above.size * _CHUNK
        for size in sizes:
            if start <= size < start + len(chunk) + (len(chunk) < _CHUNK):
                found[size] = _root(above, chunk[: size - start])
        if len(chunk) < _CHUNK:
            return found
        for _ in range(_HEIGHT):
            chunk = [node_hash(chunk[at], chunk[at + 1]) for at in range(0, len(chunk), 2)]
        above.append(chunk[0])


def _root(above: Frontier, rest: list[bytes]) -> bytes:
    below = Frontier()
    for leaf in rest:
        below.append(leaf)
    return Frontier(above.size * _CHUNK + below.size, [*above.hashes, *below.hashes]).root()


def _leaves(log: LogRow) -> Iterator[bytes]:
    """Yield the leaf hashes in order; stops where an index is lacking or a hash is none."""
    rows = EntryRow.objects.filter(log=log).order_by("index").values_list("index", "leaf_hash")
    for expected, (index, leaf) in enumerate(rows.iterator(chunk_size=_CHUNK)):
        if index != expected or not _HEX.match(leaf):
            return
        yield bytes.fromhex(leaf)


def _damaged(why: Bilingual, log: str, size: str) -> DamagedRecordError:
    return DamagedRecordError(
        Bilingual(
            en="Refused to start: {why}. The database was changed from outside, or an old backup was "
            "restored. Keep it for whoever looks into it; restore the last backup, or take the entries back "
            "from a mirror with `hled node heal`. `hled record verify` says more.",
            es="No se puede iniciar: {why}. La base de datos se modificó desde fuera, o se restauró un "
            "respaldo antiguo. Consérvela para quien lo investigue; restaure el último respaldo, o recupere "
            "los asientos de una copia espejo con `hled node heal`. `hled record verify` dice más.",
        ).format(why=why.format(log=log, size=size))
    )
