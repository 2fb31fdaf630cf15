"""The files of a log's other sizes: a folder keeps the partial tiles that older checkpoints need.

A log of today does not need them, but whoever holds an older receipt or checkpoint does; so a copy is sound
only when they too say the same. It serves the promise of transparency under every work-plan line.
"""

from hled.record.errors import TileError, refusal
from hled.record.log_files import FolderReader
from hled.record.merkle import HASH_SIZE
from hled.record.tiles import TileName, TileReader, tile_name, unpack


def check_other_files(folder: FolderReader, size: int) -> None:
    """Compare every tile and bundle of another size with the verified log of `size` entries.

    What lies beyond `size` is not compared: no checkpoint names it yet.

    Raises:
        TileError: a file is damaged, or does not begin as the log does.
    """
    reader = TileReader(folder, size)
    bundle: tuple[int, list[bytes]] = (-1, [])
    for path in folder.tiles():
        name = tile_name(path)
        held = reader.width(name.level or 0, name.number) if name else 0
        if name is None or held in {0, name.width}:
            continue
        if name.level is None and bundle[0] != name.number:
            bundle = (name.number, reader.bundle(name.number))
        known = bundle[1] if name.level is None else list(reader.tile(name.level, name.number))
        shared = min(held, name.width)
        if _items(folder(path), name)[:shared] != known[:shared]:
            raise _differs(path)


def _items(data: bytes, name: TileName) -> list[bytes]:
    if name.level is None:
        return unpack(data, name.width)
    if len(data) != name.width * HASH_SIZE:
        return []
    return [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]


def _differs(path: str) -> TileError:
    return refusal(
        TileError,
        "The file {path}, which older checkpoints need, does not say what the log says. Fetch it again, or "
        "from a mirror.",
        "El archivo {path}, que necesitan puntos de control anteriores, no dice lo que dice la bitácora. "
        "Obténgalo de nuevo, o de una copia espejo.",
        path=path,
    )
