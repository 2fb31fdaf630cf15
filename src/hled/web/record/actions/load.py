"""Bringing a compiled public record into the record of entries."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import transaction

from hled.record import canonical
from hled.web.record import heads, queries, read_only
from hled.web.record.actions.append import Act, append
from hled.web.record.models import EntryRow
from hled.workplan import entries
from hled.workplan.types import PublicRecord

LOADED: Final = "agenda.record.loaded"
_COMPILED: Final = ".compiled"


class Origin(StrEnum):
    """Where a loaded file came from: with the platform, or from the operator of this node."""

    BUNDLED = "bundled"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: entries appended, objects found unchanged, objects kept as they stand here.

    `already` says that the record stands as this very file left it, so that nothing was done.
    """

    appended: int = 0
    unchanged: int = 0
    kept: int = 0
    already: bool = False


@transaction.atomic
def load(record: PublicRecord, origin: Origin = Origin.OPERATOR) -> Loaded:
    """Bring a compiled public record that somebody asked for into the record of entries.

    What the file adds or changes is appended; what it leaves out stays, and an object that people corrected
    after it was compiled stays as they left it. A file loaded before counts again, unless nothing changed
    since.

    Raises:
        ReadOnlyError: this node is a read-only mirror.
    """
    read_only.refuse_read_only()
    heads.queue()
    return _load(record, origin, lambda found: found.entry.type.endswith(_COMPILED))


@transaction.atomic
def bring_in(record: PublicRecord) -> Loaded:
    """Bring in the bundled record where it is new; called by every command, asked for by nobody.

    It is brought in once, and changes only what a bundled record brought before: what an operator loaded
    stays until an operator loads something else. A read-only mirror has it from the nodes that it mirrors.
    """
    if read_only.is_read_only():
        return Loaded(already=True)
    heads.queue()
    if EntryRow.objects.filter(type=LOADED, object_id=_urn(record)).exists():
        return Loaded(already=True)
    origin_of = _origins()
    return _load(
        record,
        Origin.BUNDLED,
        lambda found: found.entry.type.endswith(_COMPILED) and origin_of(found) is Origin.BUNDLED,
    )


def _load(record: PublicRecord, origin: Origin, may_change: Callable[[queries.Leaf], bool]) -> Loaded:
    compiled = [Act(type=kind, id=name, content=content) for kind, name, content in entries(record)]
    current = queries.latest(act.id for act in compiled)
    different = [act for act in compiled if not _says(current.get(act.id), act)]
    changed = [act for act in different if act.id not in current or may_change(current[act.id])]
    done = Loaded(len(changed), len(compiled) - len(different), len(different) - len(changed))
    last = EntryRow.objects.filter(type=LOADED).order_by("-seq").first()
    if not changed and last is not None and last.object_id == _urn(record):
        return Loaded(already=True)
    content = _summary(record, origin, appended=len(changed))
    append([*changed, Act(type=LOADED, id=_urn(record), content=content)])
    return done


def _says(found: queries.Leaf | None, act: Act) -> bool:
    return found is not None and canonical(found.entry.content) == canonical(act.content)


def _origins() -> Callable[[queries.Leaf], Origin]:
    """Return what tells the origin of a compiled entry by its place: that of the load which it belongs to.

    A load appends its objects and then the entry that closes it, in one transaction and one log. Loads of
    before origins were written down count as bundled; what no load closes yet counts as an operator's.
    """
    ends: dict[str, list[int]] = {}
    origins: dict[str, list[Origin]] = {}
    for leaf in queries.of_type(LOADED):
        ends.setdefault(leaf.log, []).append(leaf.index)
        said = Origin(str(leaf.entry.content.get("origin", Origin.BUNDLED)))
        origins.setdefault(leaf.log, []).append(said)

    def origin(found: queries.Leaf) -> Origin:
        place = bisect_right(ends.get(found.log, []), found.index)
        after = origins.get(found.log, [])[place:]
        return after[0] if after else Origin.OPERATOR

    return origin


def _urn(record: PublicRecord) -> str:
    return f"urn:hled:record:{record.checksum[:16]}"


def _summary(record: PublicRecord, origin: Origin, *, appended: int) -> dict[str, object]:
    return {
        "origin": origin.value,
        "checksum": record.checksum,
        "compiled": record.compiled.iso,
        "title_en": record.title.en,
        "title_es": record.title.es,
        "notes": [note.as_dict() for note in record.notes],
        "appended": appended,
    }
