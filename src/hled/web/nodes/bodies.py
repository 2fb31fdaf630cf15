"""Bodies: the files that entries name by their SHA-256, fetched with them and checked against the name.

An entry may name a text of megabytes; whoever mirrors a log wants it too. One that cannot be had holds
nothing up: it is looked for again at the next round. It serves the promise of transparency under every
work-plan line.
"""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hled.fetch import Files, NotThereError
from hled.record.objects import DamagedObjectError, MissingObjectError, ObjectStore, write_whole

MAX_BODY: Final = 64 * 1024 * 1024
_NAME: Final = re.compile(rb'"sha256(?:":"|:)([0-9a-f]{64})"')


def named_by(entry: bytes) -> list[str]:
    """Return the checksums of the bodies that an entry names, as `"sha256":"…"` or `"sha256:…"`."""
    return [found.decode() for found in _NAME.findall(entry)]


class Wanted:
    """The checksums of bodies still to be had, kept in a file from round to round."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.checksums: set[str] = set(place.read_text().split()) if place.is_file() else set()

    def add(self, checksums: Iterable[str]) -> None:
        """Want more."""
        self.checksums.update(checksums)

    def fetch(self, source: Files, store: ObjectStore) -> int:
        """Fetch what is wanted and not kept here, and return how many came."""
        before = set(self.checksums)
        fetched = 0
        for checksum in sorted(before):
            if _is_kept(store, checksum):
                self.checksums.discard(checksum)
            elif (data := _fetched(source, checksum)) is not None:
                store.keep(data)
                self.checksums.discard(checksum)
                fetched += 1
        return fetched

    def save(self) -> None:
        """Write down what is still wanted."""
        if self.checksums or self._place.is_file():
            write_whole(self._place, "".join(f"{item}\n" for item in sorted(self.checksums)).encode())


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
