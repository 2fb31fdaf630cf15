"""Readers of the audit log: its head, and whether its chain is whole."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final, NoReturn

from hled.language import Bilingual
from hled.record import canonical
from hled.web.audit.errors import BrokenChainError
from hled.web.audit.models import AuditRow

START: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """How many acts the audit log holds, and the hash of the last one (64 zeros for none)."""

    size: int
    hash: str


def chained(row: AuditRow) -> str:
    """Return the hash of a row: SHA-256 of its canonical columns, among them the hash of the row before."""
    columns = {
        "seq": row.seq,
        "at": row.at,
        "actor": row.actor,
        "act": row.act,
        "object_id": row.object_id,
        "detail": json.loads(row.detail),
        "prev": row.prev,
    }
    return hashlib.sha256(canonical(columns)).hexdigest()


def head() -> Head:
    """Return the head, in one query."""
    row = AuditRow.objects.order_by("-seq").values_list("seq", "hash").first()
    return Head(row[0] + 1, row[1]) if row else Head(0, START)


def verify() -> Head:
    """Compute the whole chain again and return its head.

    Raises:
        BrokenChainError: a row was changed, removed or put between others.
    """
    size, last = 0, START
    for row in AuditRow.objects.order_by("seq").iterator(chunk_size=1000):
        if row.seq != size or row.prev != last or chained(row) != row.hash:
            _broken(size)
        size, last = size + 1, row.hash
    return Head(size, last)


def holds(published: str) -> bool:
    """Say whether a head that the record took is the hash of a row; none means that rows were cut off."""
    return AuditRow.objects.filter(hash=published).exists()


def _broken(seq: int) -> NoReturn:
    raise BrokenChainError(
        Bilingual(
            en="Row {seq} of the audit log was changed or removed. Keep this database for whoever looks into "
            "it, and compare the log with a backup: the daily heads on the record tell which one is genuine.",
            es="La fila {seq} de la bitácora de auditoría fue alterada o eliminada. Conserve esta base de "
            "datos para quien lo investigue y compare la bitácora con un respaldo: las cabezas diarias que "
            "constan en el registro dicen cuál es auténtico.",
        ).format(seq=f"{seq:,}")
    )
