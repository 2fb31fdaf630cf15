"""From entries to rows: each app registers which of its tables an entry type fills, and how.

An app's `projection.py` is the only code that writes public tables. `replay` empties them all and fills
them again from the entries, so mirror, restore and migration are one mechanism.
"""

from collections.abc import Callable
from typing import Final

from django.db import models, transaction

from hled.record import Entry, decode
from hled.web.record.models import EntryRow

Projector = Callable[[Entry, int], None]
_projectors: Final[dict[str, Projector]] = {}
_tables: Final[list[type[models.Model]]] = []


def projects(*types: str) -> Callable[[Projector], Projector]:
    """Register a function `(entry, seq) -> None` as the projection of these entry types."""

    def register(projector: Projector) -> Projector:
        for name in types:
            if name in _projectors:
                raise RuntimeError(f"two projections for {name}")
            _projectors[name] = projector
        return projector

    return register


def public_tables(*tables: type[models.Model]) -> None:
    """Declare tables that hold nothing but projections, parents before children."""
    _tables.extend(tables)


def declared_tables() -> tuple[type[models.Model], ...]:
    """Return every declared public table."""
    return tuple(_tables)


def project(entry: Entry, seq: int) -> None:
    """Bring the public rows up to date with one appended entry."""
    projector = _projectors.get(entry.type)
    if projector is not None:
        projector(entry, seq)


@transaction.atomic
def replay() -> int:
    """Empty every public table, project all entries in order, and return how many there were."""
    for table in reversed(_tables):
        table._base_manager.all().delete()
    count = 0
    for row in EntryRow.objects.order_by("seq").iterator(chunk_size=1000):
        project(decode(row.data.encode()), row.seq)
        count += 1
    return count
