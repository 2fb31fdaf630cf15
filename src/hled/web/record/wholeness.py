"""Whether the rows of a log still give its tree head: looked at before anything is served from them.

All leaf hashes are put together again; that each is the hash of its entry's bytes is looked at for a sample
(`hled record verify` looks at every one). Triggers that were dropped are missed too.
"""

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from hled.language import Bilingual, DialogueError
from hled.record import decode
from hled.record.checkpoints import Checkpoint
from hled.record.merkle import HASH_SIZE, Frontier, leaf_hash, node_hash
from hled.record.notes import parse_note
from hled.web.record import heads, triggers
from hled.web.record.errors import DamagedRecordError
from hled.web.record.models import CheckpointRow, EntryRow, LogRow

SAMPLE: Final = 1_000
_HEX: Final = re.compile(r"[0-9a-f]{64}\Z")
_HEIGHT: Final = 12
_CHUNK: Final = 1 << _HEIGHT
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
_COLUMNS: Final = Bilingual(
    "what stands beside entry {size} of “{log}” is not what its bytes say",
    "lo que consta junto al asiento {size} de «{log}» no es lo que dicen sus bytes",
)
_EDGE: Final = Bilingual(
    "what is kept of the tree of “{log}” to continue it at {size} entries does not give its head",
    "lo que se conserva del árbol de «{log}» para continuarlo en {size} asientos no da su cabeza",
)
_NOTE: Final = Bilingual(
    "the checkpoint of {size} entries kept of “{log}” is not what was signed",
    "el punto de control de {size} asientos que se conserva de «{log}» no es el que se firmó",
)
_LIFTED: Final = Bilingual(
    "the triggers that keep the record append-only are missing or changed ({size})",
    "faltan los disparadores que impiden reescribir el registro, o se alteraron ({size})",
)


def refuse_damaged() -> None:
    """Refuse to serve from rows that are not the record.

    Raises:
        DamagedRecordError: a log's rows do not give its head, its newest checkpoint or its hashes, or
            triggers are missing; the message says which.
    """
    missing = triggers.lifted()
    if missing:
        raise _damaged(_LIFTED, "", ", ".join(missing))
    for log in LogRow.objects.order_by("id"):
        _check(log)
        if log.own:
            heads.refuse_ahead(log.name, log.last_at)


def refuse_untrue(log_name: str) -> None:
    """Refuse what stands beside the bytes of any entry of a log, and any checkpoint, that is not true.

    Raises:
        DamagedRecordError: a column is not what the bytes of its entry or checkpoint say.
    """
    log = LogRow.objects.get(name=log_name)
    _check_edge(log)
    for row in EntryRow.objects.filter(log=log).order_by("index").iterator(chunk_size=_CHUNK):
        _check_columns(log, row)
    for kept in CheckpointRow.objects.filter(log=log).order_by("size").iterator(chunk_size=_CHUNK):
        _check_note(log, kept)


def _check(log: LogRow) -> None:
    wanted = {log.size: (log.root, _ROWS)}
    newest = CheckpointRow.objects.filter(log=log).order_by("-size").first()
    if newest is not None and newest.size >= log.size and (newest.size, newest.root) != (log.size, log.root):
        raise _damaged(_SIGNED, log.name, f"{newest.size:,}")
    if newest is not None:
        _check_note(log, newest)
        wanted.setdefault(newest.size, (newest.root, _SIGNED))
    found = roots(_leaves(log), wanted)
    for size, (root, why) in sorted(wanted.items()):
        if found.get(size, b"").hex() != root:
            raise _damaged(why, log.name, f"{size:,}")
    if EntryRow.objects.filter(log=log, index__gte=log.size).exists():
        raise _damaged(_ROWS, log.name, f"{log.size:,}")
    _check_edge(log)
    _check_sample(log)


def _check_sample(log: LogRow) -> None:
    step = max(1, log.size // SAMPLE)
    places = [*range(0, log.size, step), log.size - 1] if log.size else []
    for first in range(0, len(places), 500):
        rows = EntryRow.objects.filter(log=log, index__in=places[first : first + 500])
        for row in rows.iterator():
            if leaf_hash(row.data.encode()).hex() != row.leaf_hash:
                raise _damaged(_BYTES, log.name, f"{row.index:,}")
            _check_columns(log, row)


def _check_columns(log: LogRow, row: EntryRow) -> None:
    """Compare what queries look for with what is signed; the last entry's time is also the log's."""
    entry = decode(row.data.encode())
    is_last = row.index == log.size - 1
    if (entry.type, entry.id, entry.at) != (row.type, row.object_id, row.at) or (
        is_last and entry.at != log.last_at
    ):
        raise _damaged(_COLUMNS, log.name, f"{row.index:,}")


def _check_edge(log: LogRow) -> None:
    """Check that the next entry would continue this very tree."""
    try:
        edge = bytes.fromhex(log.frontier)
        hashes = [edge[at : at + HASH_SIZE] for at in range(0, len(edge), HASH_SIZE)]
        is_true = len(hashes) == log.size.bit_count() and Frontier(log.size, hashes).root().hex() == log.root
    except ValueError:
        is_true = False
    if not is_true:
        raise _damaged(_EDGE, log.name, f"{log.size:,}")


def _check_note(log: LogRow, kept: CheckpointRow) -> None:
    try:
        signed = Checkpoint.parse(parse_note(kept.note.encode()).text)
    except DialogueError:
        signed = None
    if signed is None or (signed.size, signed.root.hex()) != (kept.size, kept.root):
        raise _damaged(_NOTE, log.name, f"{kept.size:,}")


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
