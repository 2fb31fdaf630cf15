"""Tiles (C2SP tlog-tiles): the tree and the entries of a log as small static files that never change.

Any web server, mirror or memory stick can carry them, so a record outlives its publisher. A tile holds up
to 256 hashes of one level; an entry bundle holds up to 256 entries, each behind its length. It serves the
promise of transparency under every work-plan line.
"""

import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from hled.record.errors import MissingFileError, TileError, refusal
from hled.record.merkle import (
    HASH_SIZE,
    consistency_proof,
    full_root,
    inclusion_proof,
    no_such_entry,
    subtree_root,
)

WIDTH: Final = 256
LEVELS: Final = 8
MAX_BUNDLE: Final = WIDTH * (2 + 65_535)
_PATH: Final = re.compile(
    r"tile/(?P<level>entries|[0-9]|[1-5][0-9])/(?P<number>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?\Z"
)

Read = Callable[[str], bytes]


def tile_path(level: int, number: int, width: int = WIDTH) -> str:
    """Return the path of a tile of hashes; a width below 256 names a partial tile."""
    return f"tile/{level}/{_number(number)}{_partial(width)}"


def entries_path(number: int, width: int = WIDTH) -> str:
    """Return the path of an entry bundle."""
    return f"tile/entries/{_number(number)}{_partial(width)}"


@dataclass(frozen=True, slots=True)
class TileName:
    """What a path says: the level (None for a bundle of entries), the place in it, and how many it holds."""

    level: int | None
    number: int
    width: int


def tile_name(path: str) -> TileName | None:
    """Read a path below a log's address; None where it can name neither a tile nor a bundle."""
    found = _PATH.match(path)
    if not found:
        return None
    width, number = int(found["width"] or WIDTH), found["number"]
    if number.startswith("x000/") or width > WIDTH - bool(found["width"]):
        return None
    level = None if found["level"] == "entries" else int(found["level"])
    return TileName(level, int(number.replace("x", "").replace("/", "")), width)


def is_tile_path(path: str) -> bool:
    """Say whether a path below a log's address can name a tile or a bundle."""
    return tile_name(path) is not None


def tile_widths(size: int) -> tuple[tuple[int, int, int], ...]:
    """Return `(level, full tiles, width of the partial tile or 0)` of a log of `size` entries."""
    found = []
    level = 0
    while count := size >> (LEVELS * level):
        found.append((level, count // WIDTH, count % WIDTH))
        level += 1
    return tuple(found)


def pack(entries: Sequence[bytes]) -> bytes:
    """Return an entry bundle.

    Raises:
        TileError: an entry is larger than 65,535 bytes.
    """
    parts = []
    for entry in entries:
        if len(entry) > 65_535:
            raise refusal(
                TileError,
                "An entry has at most 65,535 bytes; this one has {size}.",
                "Un asiento mide a lo más 65,535 bytes; este mide {size}.",
                size=len(entry),
            )
        parts.append(struct.pack(">H", len(entry)) + entry)
    return b"".join(parts)


def unpack(data: bytes, count: int) -> list[bytes]:
    """Return the `count` entries of a bundle, which holds so many and nothing else.

    Raises:
        TileError: the bundle is cut off, or has fewer or more entries.
    """
    entries: list[bytes] = []
    place = 0
    while place < len(data):
        end = place + 2 + int.from_bytes(data[place : place + 2], "big")
        if end > len(data) or place + 2 > len(data) or len(entries) == count:
            raise _damaged_bundle()
        entries.append(data[place + 2 : end])
        place = end
    if len(entries) < count:
        raise _damaged_bundle()
    return entries


class TileReader:
    """Reads a log of `size` entries from its tiles; `read(path)` returns a file or raises TileError.

    Tiles are kept in memory (the last 512), so a proof costs a handful of reads. A partial tile that is
    gone is cut from the full one, as C2SP tlog-tiles allows publishers to delete it.
    """

    def __init__(self, read: Read, size: int) -> None:
        self.size = size
        self._read = read
        self._tile = lru_cache(maxsize=512)(self._fetch)

    def tile(self, level: int, number: int) -> tuple[bytes, ...]:
        """Return the hashes of a tile, as many as a log of this size has.

        Raises:
            TileError: missing, or not a whole number of hashes.
        """
        return self._tile(level, number)

    def node(self, level: int, index: int) -> bytes:
        """Return the root of the full subtree `(level, index)`, from the tile that holds it."""
        tile_level, inside = divmod(level, LEVELS)
        first = index << inside
        number, place = divmod(first, WIDTH)
        hashes = self.tile(tile_level, number)[place : place + (1 << inside)]
        if len(hashes) != 1 << inside:
            raise damaged(tile_path(tile_level, number))
        return full_root(hashes)

    def root(self) -> bytes:
        """Return the root that the tiles give."""
        return subtree_root(0, self.size, self.node)

    def inclusion_proof(self, index: int) -> tuple[bytes, ...]:
        """Return the audit path of an entry in the tree of this size."""
        return inclusion_proof(index, self.size, self.node)

    def consistency_proof(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """Return the proof that the tree of `old` entries begins that of `new` (by default this one)."""
        return consistency_proof(old, self.size if new is None else new, self.node)

    def frontier_hashes(self) -> tuple[bytes, ...]:
        """Return the roots of the full subtrees on the right edge, largest first (see `Frontier`)."""
        hashes = []
        start = 0
        for level in reversed(range(self.size.bit_length())):
            if self.size >> level & 1:
                hashes.append(self.node(level, start >> level))
                start += 1 << level
        return tuple(hashes)

    def bundle(self, number: int) -> list[bytes]:
        """Return the entries of a bundle, as many as a log of this size has.

        Raises:
            TileError: missing or damaged.
        """
        width = self._known_width(0, number)
        data, wide = self._file(entries_path, number, width)
        return unpack(data, wide)[:width]

    def entry(self, index: int) -> bytes:
        """Return one entry; its hash is not compared with the tree.

        Raises:
            ProofError: the log has no such entry.
            TileError: its bundle is missing or damaged.
        """
        if not 0 <= index < self.size:
            no_such_entry(index, self.size)
        number, place = divmod(index, WIDTH)
        return self.bundle(number)[place]

    def _fetch(self, level: int, number: int) -> tuple[bytes, ...]:
        width = self._known_width(level, number)
        data, wide = self._file(partial(tile_path, level), number, width)
        if len(data) != wide * HASH_SIZE:
            raise damaged(tile_path(level, number, wide))
        return struct.unpack("32s" * width, data[: width * HASH_SIZE])

    def width(self, level: int, number: int) -> int:
        """Return how many hashes a tile has in a log of this size; level 0 has one an entry."""
        held = (self.size >> (LEVELS * level)) - number * WIDTH
        return min(WIDTH, max(held, 0)) if number >= 0 else 0

    def _known_width(self, level: int, number: int) -> int:
        width = self.width(level, number)
        if not width:
            raise damaged(tile_path(level, max(number, 0)))
        return width

    def _file(self, path_of: Callable[[int, int], str], number: int, width: int) -> tuple[bytes, int]:
        """Return a file and the width that its name says: the partial one, or the full one."""
        try:
            return self._read(path_of(number, width)), width
        except MissingFileError:
            if width == WIDTH:
                raise
            return self._read(path_of(number, WIDTH)), WIDTH


def missing(path: str) -> MissingFileError:
    """Return the error that a `read` function raises for a file that is not there."""
    return refusal(
        MissingFileError,
        "The file {path} of the log is missing. Fetch the log again, from its publisher or from a mirror.",
        "Falta el archivo {path} de la bitácora. Obtenga de nuevo la bitácora, de quien la publica o "
        "de una copia espejo.",
        path=path,
    )


def damaged(path: str) -> TileError:
    """Return the error of a tile that does not hold what it must."""
    return refusal(
        TileError,
        "The tile {path} does not hold what a log of this size has there. Fetch it again, or from a mirror.",
        "La tesela {path} no contiene lo que una bitácora de este tamaño tiene ahí. Obténgala de "
        "nuevo, o de una copia espejo.",
        path=path,
    )


def _damaged_bundle() -> TileError:
    return refusal(
        TileError,
        "This bundle of entries is cut off or has another number of entries than the log. Fetch it again.",
        "Este paquete de asientos está truncado o tiene otro número de asientos que la bitácora. "
        "Obténgalo de nuevo.",
    )


def _number(number: int) -> str:
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def _partial(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"
