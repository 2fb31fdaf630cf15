"""The order of arrival made not to matter: what another node appended shows the same rows on every node.

Of the entries about one object the latest by (time, origin, index) counts; one that arrives after a later
one is kept and not shown. One that arrives before what it refers to waits for it. What this version of the
platform cannot read waits too, and is looked at again by the next replay.
"""

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError, transaction

from hled.language import DialogueError
from hled.record import Entry, decode
from hled.web.record.models import EntryRow, WaitingRow
from hled.web.record.projection import group_of, is_cumulative, needs_of, project

Order = tuple[str, str, int]  # at, origin of the log, index in the log: the latest is the greatest
_UNREADABLE: Final = (
    DialogueError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    ObjectDoesNotExist,
    DataError,
    IntegrityError,
)
_CHUNK: Final = 500
_log = logging.getLogger("hled.record")


@dataclass(frozen=True, slots=True)
class Arrived:
    """An entry with this node's number for it and its place in the order of all logs."""

    seq: int
    order: Order
    entry: Entry


class Arrivals:
    """Shows entries one after the other, as they arrive at a node that knows nothing yet."""

    def __init__(self) -> None:
        self._newest: dict[str, dict[str, Order]] = {}  # of each object and group of types, what is shown
        self._waiting: dict[str, list[Arrived]] = {}
        self._rows: dict[int, WaitingRow] = {}
        self._released: list[int] = []

    def take_own(self, item: Arrived) -> None:
        """Show an entry of the node's own log, which always follows what it refers to.

        Raises:
            Exception: what its projection raises.
        """
        project(item.entry, item.seq)
        self._show(item)
        self.release([item.entry.id])

    def take(self, item: Arrived) -> None:
        """Show an entry of another node, or what is newer than it, and all that waited for its object."""
        self._settle(deque([item]))

    def release(self, object_ids: Iterable[str]) -> None:
        """Show what waited for objects that the node itself has recorded."""
        self._settle(deque(item for name in object_ids for item in self._released_by(name)))

    def save(self) -> None:
        """Write down what still waits."""
        for first in range(0, len(self._released), _CHUNK):
            WaitingRow.objects.filter(seq__in=self._released[first : first + _CHUNK]).delete()
        WaitingRow.objects.bulk_create(self._rows.values(), batch_size=_CHUNK)

    def _settle(self, queue: deque[Arrived]) -> None:
        while queue:
            item = queue.popleft()
            needs = self._try(item)
            if needs is None:
                self._show(item)
                queue.extend(self._released_by(item.entry.id))
            else:
                self._rows[item.seq] = WaitingRow(seq=item.seq, object_id=item.entry.id, needs=needs)
                if needs:
                    self._waiting.setdefault(needs, []).append(item)

    def _try(self, item: Arrived) -> str | None:
        """Project an entry if it is the newest; return what it waits for, empty where it is unreadable."""
        try:
            for urn in needs_of(item.entry):
                if not self._newest_of(urn):
                    return urn
            shown = self._newest_of(item.entry.id).get(group_of(item.entry.type))
            if shown is None or shown < item.order or is_cumulative(item.entry.type):
                with transaction.atomic():
                    project(item.entry, item.seq)
        except _UNREADABLE as error:
            _log.warning("entry %d (%s) cannot be shown: %s", item.seq, item.entry.type, error)
            return ""
        return None

    def _show(self, item: Arrived) -> None:
        newest, group = self._newest_of(item.entry.id), group_of(item.entry.type)
        newest[group] = max(item.order, newest.get(group, item.order))

    def _released_by(self, object_id: str) -> list[Arrived]:
        found = self._waiting.pop(object_id, []) + self._stored(object_id)
        found.sort(key=lambda item: item.seq)  # as a replay meets them
        for item in found:
            if self._rows.pop(item.seq, None) is None:
                self._released.append(item.seq)
        return found

    def _newest_of(self, object_id: str) -> dict[str, Order]:
        if object_id not in self._newest:
            self._newest[object_id] = self._found(object_id)
        return self._newest[object_id]

    def _found(self, _object_id: str) -> dict[str, Order]:
        return {}

    def _stored(self, _object_id: str) -> list[Arrived]:
        return []


class StoredArrivals(Arrivals):
    """Shows entries as they arrive at this node, on top of all that have a number below `first`."""

    def __init__(self, first: int, object_ids: Iterable[str] = ()) -> None:
        super().__init__()
        self._first = first
        self._some_wait = WaitingRow.objects.exists()
        wanted = list(dict.fromkeys(object_ids))
        for start in range(0, len(wanted), _CHUNK):
            self._look_up(wanted[start : start + _CHUNK])

    def _look_up(self, object_ids: list[str]) -> None:
        rows = EntryRow.objects.filter(object_id__in=object_ids, seq__lt=self._first)
        if self._some_wait:
            rows = rows.exclude(seq__in=WaitingRow.objects.values("seq"))
        found: dict[str, dict[str, Order]] = {name: {} for name in object_ids}
        for name, kind, at, origin, index in rows.values_list(
            "object_id", "type", "at", "log__origin", "index"
        ):
            group, order = group_of(kind), (at, origin, index)
            if group:
                found[name][group] = max(order, found[name].get(group, order))
        self._newest |= found

    def _found(self, object_id: str) -> dict[str, Order]:
        self._look_up([object_id])
        return self._newest[object_id]

    def _stored(self, object_id: str) -> list[Arrived]:
        if not self._some_wait:
            return []
        waiting = WaitingRow.objects.filter(needs=object_id).exclude(seq__in=self._released)
        rows = EntryRow.objects.filter(seq__in=waiting.values("seq")).select_related("log").order_by("seq")
        return [arrived(row) for row in rows]


def arrived(row: EntryRow) -> Arrived:
    """Read a row (with its log)."""
    return Arrived(row.seq, (row.at, row.log.origin, row.index), decode(row.data.encode()))
