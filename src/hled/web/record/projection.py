"""From entries to rows: each app registers which of its tables an entry type fills, and how.

An app's `projection.py` is the only code that writes public tables. `replay` empties them all and fills
them again from the entries, so mirror, restore and migration are one mechanism.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from django.db import models, transaction

from hled.language import Bilingual
from hled.record import Entry
from hled.web.record.errors import WrongObjectError
from hled.web.record.models import EntryRow, WaitingRow

Projector = Callable[[Entry, int], None]
Needs = Callable[[Entry], Iterable[str]]
About = Callable[[Entry], str]
_projectors: Final[dict[str, Projector]] = {}
_needs: Final[dict[str, Needs]] = {}
_about: Final[dict[str, About]] = {}
_cumulative: Final[set[str]] = set()
_tables: Final[list[type[models.Model]]] = []


def projects(
    *types: str, about: About | None = None, needs: Needs | None = None, cumulative: bool = False
) -> Callable[[Projector], Projector]:
    """Register a function `(entry, seq) -> None` as the projection of these entry types.

    `about` gives the URN of the object whose rows the content fills, which must be that of the entry: an
    entry about one object never changes the rows of another. Without it any object will do.
    `needs` gives the URNs of the objects whose rows the projection refers to; an entry from another node
    that arrives before them waits. Of the other entries about an object the latest counts; each
    `cumulative` one does.
    """

    def register(projector: Projector) -> Projector:
        for name in types:
            if name in _projectors:
                raise RuntimeError(f"two projections for {name}")
            _projectors[name] = projector
            if about:
                _about[name] = about
            if needs:
                _needs[name] = needs
            if cumulative:
                _cumulative.add(name)
        return projector

    return register


def named(noun: str) -> About:
    """Return what gives the URN of an object of this kind from the `id` of an entry's content."""
    return lambda entry: f"urn:hled:{noun}:{entry.content['id']}"


def public_tables(*tables: type[models.Model]) -> None:
    """Declare tables that hold nothing but projections, parents before children."""
    _tables.extend(tables)


def declared_tables() -> tuple[type[models.Model], ...]:
    """Return every declared public table."""
    return tuple(_tables)


def group_of(entry_type: str) -> str:
    """Return the noun of a type that has a projection, else nothing; of one noun the latest entry counts."""
    return entry_type.rpartition(".")[0] if entry_type in _projectors else ""


def is_cumulative(entry_type: str) -> bool:
    """Say whether every entry of this type counts, whatever came later about its object."""
    return entry_type in _cumulative


def needs_of(entry: Entry) -> Iterable[str]:
    """Return the URNs of the objects that the projection of an entry refers to."""
    needs = _needs.get(entry.type)
    return needs(entry) if needs else ()


def project(entry: Entry, seq: int) -> None:
    """Bring the public rows up to date with one appended entry.

    Raises:
        WrongObjectError: its content is about another object than the entry.
    """
    projector, about = _projectors.get(entry.type), _about.get(entry.type)
    if about is not None and about(entry) != entry.id:
        raise _wrong_object(entry)
    if projector is not None:
        projector(entry, seq)


@transaction.atomic
def replay() -> int:
    """Empty every public table, project all entries in order of arrival, and return how many there were."""
    from hled.web.record.arrivals import Arrivals, arrived  # it needs the registry above

    tables: list[type[models.Model]] = [WaitingRow, *reversed(_tables)]
    for table in tables:
        table._base_manager.all().delete()
    arrivals = Arrivals()
    count = 0
    for row in EntryRow.objects.select_related("log").order_by("seq").iterator(chunk_size=1000):
        count += 1
        if not group_of(row.type):
            continue
        if row.log.own:
            arrivals.take_own(arrived(row))
        else:
            arrivals.take(arrived(row))
    arrivals.save()
    return count


def differences() -> tuple[str, ...]:
    """Return the names of public tables whose rows are not those of a replay; nothing is changed.

    Numbers that the database itself gives to rows are left out.
    """
    with transaction.atomic():
        mark = transaction.savepoint()
        before = {table: _rows(table) for table in _tables}
        replay()
        found = tuple(table._meta.db_table for table in _tables if _rows(table) != before[table])
        transaction.savepoint_rollback(mark)
    return found


def _rows(table: type[models.Model]) -> Counter[str]:
    columns = [
        field.attname
        for field in table._meta.concrete_fields
        if field.get_internal_type() not in {"AutoField", "BigAutoField", "SmallAutoField"}
    ]
    return Counter(map(repr, table._base_manager.values_list(*columns).iterator(chunk_size=1000)))


def _wrong_object(entry: Entry) -> WrongObjectError:
    return WrongObjectError(
        Bilingual(
            en="An entry {type} about {id} describes another object. Append it about the object that its "
            "content names.",
            es="Un asiento {type} sobre {id} describe otro objeto. Agréguelo sobre el objeto que nombra su "
            "contenido.",
        ).format(type=entry.type, id=entry.id[:200])
    )
