"""The record for programs: logs, entries and checkpoints, with which anyone can repeat every page."""

from ninja import Query, Router

from hled.language import Bilingual
from hled.web.design.api import read
from hled.web.record import queries, receipts, standing
from hled.web.record.shapes import (
    CheckpointsAsked,
    CheckpointsShown,
    Head,
    Index,
    Leaf,
    Leaves,
    LeavesAsked,
    LogName,
    LogsShown,
    Seq,
    StandingLeaf,
)

router = Router()


@read(
    router,
    "/record/head",
    Head,
    about=Bilingual(
        "The head of the record: its size and the hash of its last entry.",
        "La cabeza del registro: su tamaño y el hash de su último asiento.",
    ),
)
def record_head() -> object:
    """Return the head of the record."""
    return queries.head()


@read(
    router,
    "/record/entries",
    Leaves,
    about=Bilingual(
        "Entries of the record in their order; past the end the list is empty.",
        "Asientos del registro en su orden; más allá del final, la lista queda vacía.",
    ),
    example="/record/entries?from=0&limit=5",
)
def record_entries(asked: Query[LeavesAsked]) -> dict[str, object]:
    """List entries."""
    return {"size": queries.head().size, "items": queries.leaves(asked.first, asked.limit)}


@read(
    router,
    "/record/entries/{int:seq}",
    Leaf,
    about=Bilingual("One entry of the record.", "Un asiento del registro."),
    example="/record/entries/0",
)
def record_entry(seq: Seq) -> object:
    """Return one entry."""
    return queries.leaf(seq)


@read(
    router,
    "/record/logs",
    LogsShown,
    about=Bilingual(
        "The logs that this node holds, its own first.",
        "Las bitácoras que conserva este nodo, la propia primero.",
    ),
)
def record_logs() -> dict[str, object]:
    """List the logs."""
    found = [
        {
            "name": item.log.name,
            "origin": item.log.origin,
            "own": item.log.own,
            "size": item.log.size,
            "on_record": item.covered,
            "root": item.log.root.hex(),
        }
        for item in standing.standings()
    ]
    return {"items": found}


@read(
    router,
    "/record/logs/{log}/checkpoints",
    CheckpointsShown,
    about=Bilingual(
        "The checkpoints of a log and who cosigned them, the newest first.",
        "Los puntos de control de una bitácora y quién los firmó, del más reciente al más antiguo.",
    ),
)
def record_checkpoints(log: LogName, asked: Query[CheckpointsAsked]) -> dict[str, object]:
    """List the checkpoints of a log."""
    queries.log(log)
    found = queries.checkpoints(log, asked.limit, below=asked.before)
    return {"items": [_checkpoint(item) for item in found]}


@read(
    router,
    "/record/logs/{log}/entries/{int:index}",
    StandingLeaf,
    about=Bilingual(
        "One entry by its place in a log, and how far it is confirmed.",
        "Un asiento por su lugar en una bitácora, y hasta dónde está confirmado.",
    ),
)
def record_log_entry(log: LogName, index: Index) -> dict[str, object]:
    """Return one entry of a log."""
    leaf = queries.leaf_at(log, index)
    found = standing.standing_of(log, index)
    return {
        "log": leaf.log,
        "index": leaf.index,
        "seq": leaf.seq,
        "leaf_hash": leaf.leaf_hash,
        "entry": leaf.entry,
        "state": found.state.value,
        "since": found.since or None,
    }


def _checkpoint(item: queries.KeptCheckpoint) -> dict[str, object]:
    signed = standing.kept(item.note, receipts.policy())
    times = signed.cosigned if signed else {}
    return {
        "size": item.size,
        "root": item.root.hex(),
        "complete": item.complete,
        "cosigned": [{"name": name, "at": standing.moment(at)} for name, at in times.items()],
        "note": item.note,
    }
