"""A log of the record over http(s): how the pure readers of tiles reach files that lie elsewhere.

It serves the exchange between the two nodes, under every work-plan line.
"""

from collections.abc import Callable
from typing import Final

from hled.fetch.errors import NotThereError
from hled.fetch.source import Source
from hled.record.merkle import HASH_SIZE
from hled.record.notes import MAX_NOTE
from hled.record.tiles import MAX_BUNDLE, WIDTH, missing

_TILE: Final = WIDTH * HASH_SIZE


def log_reader(source: Source) -> Callable[[str], bytes]:
    """Return a function that reads the files of the log at this address, each with the bound of its kind.

    The function raises TileError for a file that is not there, as `hled.record.tiles.TileReader` expects,
    and `FetchError` where nothing can be fetched at all.
    """

    def read(path: str) -> bytes:
        try:
            return source.read(path, _limit(path))
        except NotThereError as error:
            raise missing(path) from error

    return read


def _limit(path: str) -> int:
    if path.startswith("tile/entries/"):
        return MAX_BUNDLE
    return _TILE if path.startswith("tile/") else MAX_NOTE
