"""Bodies: the files that entries name by their SHA-256, fetched with them and checked against the name.

An entry may name a text of megabytes; whoever mirrors a log wants it too. One that cannot be had holds
nothing up: it is looked for again at the next round. It serves the promise of transparency under every
work-plan line.
"""

import hashlib
import math
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hled.fetch import Files, NotThereError
from hled.record.objects import DamagedObjectError, MissingObjectError, ObjectStore, write_whole
from hled.web.nodes.errors import NoRoomError, refusal

MAX_BODY: Final = 64 * 1024 * 1024
MIN_FREE: Final = 512 * 1024 * 1024


@dataclass(slots=True)
class Budget:
    """What one round may spend on bodies: requests, bytes, seconds; it never waits for what is absent."""

    requests: float = 500
    size: float = 256 * 1024 * 1024
    seconds: float = 20
    _begun: float = field(default_factory=time.monotonic)

    @classmethod
    def unlimited(cls) -> "Budget":
        """Return the budget of an operator who waits, as when healing."""
        return cls(math.inf, math.inf, math.inf)

    def spend(self, data: bytes | None) -> None:
        """Take off what a request cost."""
        self.requests -= 1
        self.size -= len(data or b"")

    @property
    def is_spent(self) -> bool:
        """Say whether the rest waits for the next round."""
        return min(self.requests, self.size) <= 0 or time.monotonic() - self._begun > self.seconds


class Wanted:
    """The checksums of bodies still to be had, kept in a file from round to round in the order of asking."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.checksums = dict.fromkeys(place.read_text().split() if place.is_file() else ())

    def add(self, checksums: Iterable[str]) -> None:
        """Want more."""
        self.checksums.update(dict.fromkeys(sorted(checksums)))

    def fetch(self, source: Files, store: ObjectStore, budget: Budget) -> int:
        """Fetch what is wanted and not kept here, as far as the budget goes, and return how many came.

        What was asked for in vain goes behind all others, so that it holds up none of them.

        Raises:
            NoRoomError: the disk is nearly full.
            FetchError: the other side cannot be asked now.
        """
        fetched = 0
        for checksum in list(self.checksums):
            if budget.is_spent:
                break
            data = None
            is_kept = _is_kept(store, checksum)
            if not is_kept:
                refuse_full(self._place.parent)
                data = _fetched(source, checksum)
                budget.spend(data)
            del self.checksums[checksum]
            if data is not None:
                store.keep(data)
                fetched += 1
            elif not is_kept:
                self.checksums[checksum] = None
        return fetched

    def save(self) -> None:
        """Write down what is still wanted."""
        if self.checksums or self._place.is_file():
            write_whole(self._place, "".join(f"{item}\n" for item in self.checksums).encode())


def refuse_full(folder: Path) -> None:
    """Refuse to fetch more onto a disk that is nearly full: the node's own record needs the rest.

    Raises:
        NoRoomError: less than `MIN_FREE` bytes are free.
    """
    place = next(item for item in (folder, *folder.parents) if item.is_dir())
    free = shutil.disk_usage(place).free
    if free < MIN_FREE:
        raise refusal(
            NoRoomError,
            "Only {free} bytes are free in {place}, so nothing more is fetched from the other node. Make "
            "room; the next round goes on where this one stopped.",
            "Solo quedan {free} bytes libres en {place}, así que no se trae nada más del otro nodo. Libere "
            "espacio; la próxima ronda continúa donde se detuvo esta.",
            free=f"{free:,}",
            place=place,
        )


def _is_kept(store: ObjectStore, checksum: str) -> bool:
    try:
        store.read(checksum)
    except (MissingObjectError, DamagedObjectError):
        return False
    return True


def _fetched(source: Files, checksum: str) -> bytes | None:
    try:
        data = source.read(f"objects/sha256/{checksum[:2]}/{checksum[2:]}", MAX_BODY)
    except NotThereError:
        return None
    return data if hashlib.sha256(data).hexdigest() == checksum else None
