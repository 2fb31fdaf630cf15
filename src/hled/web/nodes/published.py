"""The published files of a log, made from its rows: they can be lost or damaged and are then made again.

The rows are what counts; tiles and bundles follow from them. So the signer's own log and the mirrors of
others are laid out by the same few lines, and a file that is wrong is only ever wrong until the next look.
It serves the promise of transparency under every work-plan line.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hled.record.checkpoints import Checkpoint
from hled.record.errors import RecordError, TileError
from hled.record.log_files import CHECKPOINT, LogWriter, read_folder
from hled.record.merkle import Frontier, leaf_hash, subtree_root
from hled.record.notes import Note, parse_note
from hled.record.objects import write_whole
from hled.record.tiles import LEVELS, TileReader, entries_path, pack, tile_path, tile_widths
from hled.web.nodes.errors import DivergedError, refusal
from hled.web.record import queries

ROWS: Final = 4_096


def entries_between(log: str, first: int, end: int) -> Iterator[bytes]:
    """Yield the bytes of the entries `first` to `end` (excluded) of a log, `ROWS` at a time."""
    while first < end:
        found = queries.rows_after(log, first, min(ROWS, end - first))
        yield from found
        first += len(found)
        if not found:
            return


def root_of_rows(log: str, size: int) -> bytes:
    """Return the root over the first `size` entries, computed from their bytes."""
    frontier = Frontier()
    for entry in entries_between(log, 0, size):
        frontier.append(leaf_hash(entry))
    return frontier.root()


def writer_of(folder: Path, log: queries.Log) -> LogWriter:
    """Return a writer that goes on behind the entries of `log`; files that do not hold them are made again.

    Raises:
        DivergedError: the rows themselves do not give the root of the log.
    """
    try:
        writer = LogWriter(folder, size=log.size)
    except TileError:
        return laid_out(folder, log)
    return writer if writer.frontier().root() == log.root else laid_out(folder, log)


def laid_out(folder: Path, log: queries.Log) -> LogWriter:
    """Compare every file with the rows and write those that differ.

    Raises:
        DivergedError: the rows do not give the root of the log.
    """
    writer = LogWriter(folder)
    return extended(writer, log)


def extended(writer: LogWriter, log: queries.Log) -> LogWriter:
    """Write what a log gained, and compare with its root; partial tiles beside a full one go.

    Raises:
        DivergedError: the rows do not give the root of the log.
    """
    before = writer.size
    if writer.extend(entries_between(log.name, writer.size, log.size)).root() != log.root:
        raise refusal(
            DivergedError,
            "The database contradicts itself about “{name}”: its {size} entries do not give the root that it "
            "holds. Nothing is signed or published. Restore the last backup, then run `hled node heal`.",
            "La base de datos se contradice respecto de «{name}»: sus {size} asientos no dan la raíz que "
            "conserva. No se firma ni se publica nada. Restaure el último respaldo y ejecute `hled node "
            "heal`.",
            name=log.name,
            size=f"{log.size:,}",
        )
    _forget_partial(writer.folder, before, log.size)
    return writer


def agrees(folder: Path, log: queries.Log, found: Checkpoint) -> bool:
    """Say whether a log began with what a checkpoint of at most its size says.

    Damaged files accuse nobody: where they say no, they are made again from the rows and asked once more.

    Raises:
        DivergedError: the rows do not give the root of the log.
    """
    try:
        if root_at(folder, log, found.size) == found.root:
            return True
    except TileError:  # the same
        pass
    laid_out(folder, log)
    return root_at(folder, log, found.size) == found.root


def root_at(folder: Path, log: queries.Log, size: int) -> bytes:
    """Return the root that the first `size` entries of a laid-out log had.

    Raises:
        TileError: a file is missing or damaged.
    """
    return subtree_root(0, size, TileReader(read_folder(folder), log.size).node)


def publish(folder: Path, log: queries.Log, size: int, note: Note, name: str = CHECKPOINT) -> None:
    """Publish a checkpoint of `size` entries, at most those of `log`, with the partial files that it needs.

    Raises:
        TileError: a file of the log is missing or damaged.
    """
    if size != log.size:
        _cut(folder, TileReader(read_folder(folder), log.size), size)
    write_whole(folder / name, note.encode())


def _forget_partial(folder: Path, before: int, after: int) -> None:
    """Remove the partial tiles of tiles that became full, but for those of the complete checkpoint.

    A log that is signed after every entry would otherwise keep its bundles a hundred times over.
    """
    kept = {folder / path for path in _partial_paths(_complete_size(folder))}
    level = 0
    while after >> LEVELS * (level + 1):
        for number in range(before >> LEVELS * (level + 1), after >> LEVELS * (level + 1)):
            paths = [tile_path(level, number)] + ([entries_path(number)] if level == 0 else [])
            for path in paths:
                for partial in (folder / f"{path}.p").glob("*"):
                    if partial not in kept:
                        partial.unlink()
        level += 1


def _partial_paths(size: int) -> Iterator[str]:
    for level, number, width in tile_widths(size):
        if width:
            yield tile_path(level, number, width)
            if level == 0:
                yield entries_path(number, width)


def _complete_size(folder: Path) -> int:
    try:
        return Checkpoint.parse(parse_note((folder / CHECKPOINT).read_bytes()).text).size
    except (OSError, RecordError):
        return 0


def _cut(folder: Path, reader: TileReader, size: int) -> None:
    """Cut the partial tiles of a smaller size from those of a larger one."""
    for level, number, width in tile_widths(size):
        if width:
            _write(folder / tile_path(level, number, width), b"".join(reader.tile(level, number)[:width]))
            if level == 0:
                _write(folder / entries_path(number, width), pack(reader.bundle(number)[:width]))


def _write(place: Path, data: bytes) -> None:
    if not place.is_file():
        write_whole(place, data)
