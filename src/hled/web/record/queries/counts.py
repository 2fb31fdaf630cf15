"""How many entries there are, by log, kind of object and month: for the pictures of the record.

Entries are never changed, so what was counted stays counted: each process remembers how far it got and
counts only what came after. Reading a million entries anew for every page would take a second.
"""

import threading
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F
from django.db.models.functions import Substr

from hled.web.record.models import EntryRow
from hled.web.record.queries.entries import Head, head


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted together: entries of one type in one log and one month (`2026-11`)."""

    log: str
    type: str
    month: str


class Counts:
    """What this process counted so far."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reached = Head(0, "")
        self._counted: Counter[Counted] = Counter()

    def now(self) -> Counter[Counted]:
        """Return how many entries there are of each log, type and month."""
        with self._lock:
            found = head()
            if not _continues(self._reached, found):
                self._reached, self._counted = Head(0, ""), Counter()
            if found.size > self._reached.size:
                self._counted = self._counted + _counts(self._reached.size, found.size)
                self._reached = found
            return self._counted


counts: Final = Counts().now


def _continues(reached: Head, now: Head) -> bool:
    """Say whether what was counted is still the beginning of the record: a restored backup may not be."""
    if now.size < reached.size:
        return False
    last = EntryRow.objects.filter(seq=reached.size - 1).values_list("leaf_hash", flat=True).first()
    return (last or "") == reached.last


def _counts(first: int, end: int) -> Counter[Counted]:
    rows = EntryRow.objects.filter(seq__gte=first, seq__lt=end)
    rows = rows.annotate(month=Substr("at", 1, 7), name=F("log__name"))
    grouped = rows.values_list("name", "type", "month").annotate(entries=Count("seq")).order_by()
    return Counter({Counted(log, kind, month): number for log, kind, month, number in grouped})
