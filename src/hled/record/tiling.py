"""The right edge of a log in tiles: what its writer has to write, and its verifier has to find.

Writer and verifier share this one way from leaf hashes to tiles, so that what is published is what is
checked. It keeps at most 255 hashes of each level, however long the log. It serves the promise of
transparency under every work-plan line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from hled.record.merkle import Frontier, full_root
from hled.record.tiles import LEVELS, WIDTH, TileReader, tile_path


@dataclass(frozen=True, slots=True)
class Tile:
    """Up to 256 hashes (32 bytes each) of one level; fewer for the last tile of a level."""

    level: int
    number: int
    hashes: tuple[bytes, ...]

    @property
    def path(self) -> str:
        """The path below the log's address."""
        return tile_path(self.level, self.number, len(self.hashes))

    @property
    def data(self) -> bytes:
        """The file."""
        return b"".join(self.hashes)


class Tiling:
    """The last, partial tile of every level of a log of `size` entries, from which the log grows on."""

    def __init__(self, size: int = 0, edges: Iterable[Sequence[bytes]] = ()) -> None:
        self.size = size
        self._edges = [list(hashes) for hashes in edges]

    @classmethod
    def of(cls, reader: TileReader) -> "Tiling":
        """Continue from the tiles of a log.

        The hashes are as trustworthy as the root that `frontier` gives of them: compare it.

        Raises:
            TileError: a tile is missing or damaged.
        """
        edges: list[Sequence[bytes]] = []
        while size := reader.size >> (LEVELS * len(edges)):
            number, width = divmod(size, WIDTH)
            edges.append(reader.tile(len(edges), number) if width else ())
        return cls(reader.size, edges)

    def add(self, leaves: Sequence[bytes]) -> list[Tile]:
        """Add leaf hashes and return the tiles that became full."""
        full: list[Tile] = []
        while leaves:
            room = WIDTH - self.size % WIDTH
            self._fill(leaves[:room], full)
            leaves = leaves[room:]
        return full

    def _fill(self, hashes: Sequence[bytes], full: list[Tile]) -> None:
        self.size += len(hashes)
        for level in count():
            if level == len(self._edges):
                self._edges.append([])
            edge = self._edges[level]
            edge.extend(hashes)
            if len(edge) < WIDTH:
                return
            full.append(Tile(level, (self.size >> (LEVELS * (level + 1))) - 1, tuple(edge)))
            edge.clear()
            hashes = (full_root(full[-1].hashes),)

    def partial(self) -> Iterator[Tile]:
        """Give the last tile of each level, where it is not full."""
        for level, edge in enumerate(self._edges):
            if edge:
                yield Tile(level, self.size >> (LEVELS * (level + 1)), tuple(edge))

    def frontier(self) -> Frontier:
        """Return the right edge of the tree, and with it the root."""
        roots: list[bytes] = []
        for edge in reversed(self._edges):
            place = 0
            for digit in reversed(range(LEVELS)):
                if len(edge) >> digit & 1:
                    roots.append(full_root(edge[place : place + (1 << digit)]))
                    place += 1 << digit
        return Frontier(self.size, roots)
