"""A log as files in a folder: written as it grows, and read back without trusting the folder.

Tiles and bundles follow from the entries alone, so they can be written again at any time; what must never
be lost are the entries (the database has them) and the signed checkpoint, which its signer writes last and
durably. It serves the promise of transparency under every work-plan line: the folder is the record that
anyone can copy.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from hled.record.errors import TileError, refusal
from hled.record.merkle import Frontier, leaf_hash
from hled.record.notes import MAX_NOTE
from hled.record.tiles import (
    MAX_BUNDLE,
    WIDTH,
    TileReader,
    damaged,
    entries_path,
    is_tile_path,
    missing,
    pack,
)
from hled.record.tiling import Tiling

CHECKPOINT: Final = "checkpoint"
PENDING: Final = "checkpoint.pending"
_SIZES: Final = {CHECKPOINT: MAX_NOTE, PENDING: MAX_NOTE}


class LogWriter:
    """Writes the tiles and bundles of one log below `folder`, going on from the `size` entries there.

    Partial tiles of earlier sizes stay: whoever holds an older checkpoint still finds its files. One
    process writes a log. Before going on, compare `frontier().root()` with the tree head that you keep;
    where they differ or an error is raised, write the files again from the entries, with `size=0`.

    Raises:
        TileError: the last tiles or the last bundle are missing, damaged, or do not match each other.
    """

    def __init__(self, folder: Path, *, size: int = 0) -> None:
        self.folder = folder
        reader = TileReader(read_folder(folder), size)
        self._tiling = Tiling.of(reader)
        self._entries = reader.bundle(size // WIDTH) if size % WIDTH else []
        self._written = size
        last = reader.tile(0, size // WIDTH) if self._entries else ()
        if tuple(map(leaf_hash, self._entries)) != last:
            raise damaged(entries_path(size // WIDTH, size % WIDTH))

    @property
    def size(self) -> int:
        """How many entries the files hold."""
        return self._tiling.size

    def frontier(self) -> Frontier:
        """Return the right edge of the tree."""
        return self._tiling.frontier()

    def extend(self, entries: Iterable[bytes]) -> Frontier:
        """Append entries, write every file that they change, and return the new right edge.

        Raises:
            TileError: an entry is larger than 65,535 bytes; files may then stand beyond the old size, which
                no checkpoint names.
        """
        source = iter(entries)
        while fresh := list(islice(source, WIDTH - len(self._entries))):
            data = pack([*self._entries, *fresh])
            self._entries += fresh
            number = self.size // WIDTH
            for tile in self._tiling.add([leaf_hash(entry) for entry in fresh]):
                self._write(tile.path, tile.data)
            self._write(entries_path(number, len(self._entries)), data)
            if len(self._entries) == WIDTH:
                self._entries = []
        if self.size > self._written:
            for tile in self._tiling.partial():
                self._write(tile.path, tile.data)
        self._written = self.size
        return self.frontier()

    def _write(self, path: str, data: bytes) -> None:
        """Write beside the place and rename: a reader never meets half a file. What stands there stays."""
        place = self.folder / path
        if _holds(place, data):
            return
        part = place.with_name(f".new-{os.getpid()}-{place.name}")
        try:
            part.write_bytes(data)
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
        part.replace(place)


def _holds(place: Path, data: bytes) -> bool:
    try:
        return place.read_bytes() == data
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Reads the files of a log below `folder`, and nothing else there.

    It takes the paths of tiles and bundles, `checkpoint` and `checkpoint.pending`.
    """

    folder: Path

    def __call__(self, path: str) -> bytes:
        """Return a file.

        Raises:
            TileError: it is missing, larger than it can be, or no file of a log has this path.
        """
        if path not in _SIZES and not is_tile_path(path):
            raise missing(path)
        return _read_bounded(self.folder / path, path)

    def tiles(self) -> Iterator[str]:
        """Give the path of every tile and bundle that is there, one tile's widths after another."""
        for place, _folders, files in os.walk(self.folder / "tile"):
            below = Path(place).relative_to(self.folder).as_posix()
            paths = (f"{below}/{name}" for name in sorted(files))
            yield from filter(is_tile_path, paths)


def read_folder(folder: Path) -> FolderReader:
    """Return what reads the files of a log below `folder`."""
    return FolderReader(folder)


def _read_bounded(place: Path, path: str) -> bytes:
    limit = _SIZES.get(path, MAX_BUNDLE)
    try:
        if not place.is_file():
            raise missing(path)
        with place.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise missing(path) from error
    if len(data) > limit:
        raise refusal(
            TileError,
            "The file {path} of the log is larger than it can be. Fetch it again, or from a mirror.",
            "El archivo {path} de la bitácora es más grande de lo que puede ser. Obténgalo de nuevo, o de "
            "una copia espejo.",
            path=path,
        )
    return data
