"""A log of the record over http(s): how the pure readers of tiles reach files that lie elsewhere.

It serves the exchange between the two nodes, under every work-plan line.
"""

from collections.abc import Callable
from typing import Final, Protocol

from hled.fetch.errors import NotThereError
from hled.record.merkle import HASH_SIZE
from hled.record.notes import MAX_NOTE
from hled.record.tiles import MAX_BUNDLE, WIDTH, missing

_TILE: Final = WIDTH * HASH_SIZE


class Files(Protocol):
    """Whatever gives files by their path, as `Source` does: an address, a folder or an archive."""

    def read(self, path: str, limit: int) -> bytes:
        """Return a file of at most `limit` bytes; NotThereError says that there is none."""


def log_reader(source: Files, name: str = "") -> Callable[[str], bytes]:
    """Return a function that reads the files of the log `name` of a source, each with the bound of its kind.

    The function raises TileError for a file that is not there, as `hled.record.tiles.TileReader` expects,
    and `FetchError` where nothing can be fetched at all.
    """

    def read(path: str) -> bytes:
        try:
            return source.read(f"{name}/{path}" if name else path, _limit(path))
        except NotThereError as error:
            raise missing(path) from error

    return read


def _limit(path: str) -> int:
    if path.startswith("tile/entries/"):
        return MAX_BUNDLE
    return _TILE if path.startswith("tile/") else MAX_NOTE
