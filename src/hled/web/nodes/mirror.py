"""Mirroring a log: what it gained is fetched beside its place, checked to the signed root, then taken.

Nothing unproven is ever stored or published. What a long absence left to fetch comes in pieces of bounded
memory; a broken-off round goes on where it stood. It serves the promise of transparency under every
work-plan line: each side holds everything that the other has published.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from hled.fetch import FetchError, Files, log_reader
from hled.language import DialogueError
from hled.record import decode
from hled.record.checkpoints import Checkpoint
from hled.record.errors import MissingFileError, TileError, refusal
from hled.record.key_history import Placed, place
from hled.record.log_files import LogWriter, read_folder
from hled.record.merkle import EMPTY_ROOT, subtree_root
from hled.record.objects import named_by
from hled.record.rotations import TYPE
from hled.record.tiles import WIDTH, Read, TileReader
from hled.record.verify import check_continues, forked, verify_growth
from hled.web.nodes.bodies import refuse_full
from hled.web.nodes.home import Home, log_name
from hled.web.nodes.published import extended, laid_out, writer_of
from hled.web.record import actions, queries
from hled.web.record.actions import PartOf, Received

BATCH: Final = 32 * WIDTH
_ROTATES: Final = f'"{TYPE}"'.encode()


class Take(Protocol):
    """How entries become rows: `actions.receive`, or `actions.restore` for the own log."""

    def __call__(
        self, log: str, origin: str, first: int, entries: Sequence[bytes], checkpoint: Checkpoint | PartOf, /
    ) -> Received:
        """Take entries."""


@dataclass(slots=True)
class Growth:
    """What a log gained: the entries from `first` on, the bodies that they name, the changes of keys."""

    first: int
    bodies: set[str] = field(default_factory=set)
    rotations: list[Placed] = field(default_factory=list)

    def look(self, origin: str, index: int, entry: bytes) -> None:
        """Look at an entry for what matters to the node itself.

        Raises:
            RotationError: it changes a key, and not as it must.
        """
        self.bodies.update(named_by(entry))
        if _ROTATES in entry and (found := decode(entry)).type == TYPE:
            self.rotations.append(place(origin, index, found))


Confirm = Callable[[Growth], None]


@dataclass(frozen=True, slots=True)
class Mirror:
    """The copy of one log in this home."""

    home: Home
    origin: str

    @property
    def name(self) -> str:
        """The short name of the log."""
        return log_name(self.origin)

    @property
    def folder(self) -> Path:
        """The published files of the copy."""
        return self.home.log(self.name)

    def held(self) -> queries.Log:
        """Return the head of the log as this node holds it, empty before its first entry."""
        found = [item for item in queries.logs() if item.origin == self.origin]
        return (
            found[0]
            if found
            else queries.Log(self.name, self.origin, own=False, size=0, root=EMPTY_ROOT, last_at="")
        )

    def checkpoint(self) -> Checkpoint:
        """Return the same head as a checkpoint without signatures."""
        held = self.held()
        return Checkpoint(self.origin, held.size, held.root)

    def mend(self) -> None:
        """Compare every file of the copy with the rows, and write those that differ.

        Raises:
            DivergedError: the rows do not give the root of the log.
        """
        held = self.held()
        if held.size:
            laid_out(self.folder, held)

    def take_in(
        self, new: Checkpoint, source: Files, *, confirm: Confirm, take: Take = actions.receive
    ) -> Growth:
        """Fetch, check and take what the log gained up to `new`, whose signature the caller checked.

        `confirm` is given what was found in the checked entries before any of them is taken.

        Raises:
            RollbackError, ForkError: the log contradicts what is held here.
            RecordError, EntryError: the files do not lead to the signed root; nothing was taken.
            ForgedHistoryError, ClockSkewError: the rows refuse an entry.
            FetchError: a file cannot be had; what came is kept for the next time.
        """
        held = self.held()
        old = Checkpoint(self.origin, held.size, held.root)
        check_continues(old, new)
        growth = Growth(held.size)
        writer = writer_of(self.folder, held)  # also without news: a crash may have left rows without files
        incoming = self.home.state / "incoming" / self.name
        if new.size == old.size:
            shutil.rmtree(incoming, ignore_errors=True)
            return growth
        remote = log_reader(source, self.name)
        _check_history(remote, old, new)
        read = _layered(self.folder, incoming, remote)
        try:
            verify_growth(
                read, new, old=old, each=lambda index, entry: growth.look(self.origin, index, entry)
            )
        except DialogueError as error:
            if not isinstance(error, FetchError):
                shutil.rmtree(incoming, ignore_errors=True)  # what is wrong is fetched anew
            raise
        confirm(growth)
        self._take(read, old.size, new, take)
        self._lay_out(writer)
        shutil.rmtree(incoming, ignore_errors=True)
        return growth

    def _take(self, read: Read, first: int, new: Checkpoint, take: Take) -> None:
        reader = TileReader(read, new.size)
        for entries in _batches(reader, first):
            end = first + len(entries)
            whole = end == new.size
            proof = () if whole else reader.consistency_proof(end)
            take(self.name, self.origin, first, entries, new if whole else PartOf(new, proof))
            first = end

    def _lay_out(self, writer: LogWriter) -> None:
        extended(writer, self.held())


def _check_history(remote: Read, old: Checkpoint, new: Checkpoint) -> None:
    """Ask the log's own tiles whether what is held here begins it: a fork is known by a handful of files.

    Raises:
        ForkError: tiles that lead to the signed root say another beginning.
        TileError: the tiles do not lead to the signed root, so they prove nothing.
    """
    reader = TileReader(remote, new.size)
    if reader.root() != new.root:
        raise refusal(
            TileError,
            "The tiles of “{origin}” do not lead to the root that its log signed: this copy is damaged. "
            "Follow again later, or from another mirror.",
            "Las teselas de «{origin}» no conducen a la raíz que firmó su bitácora: esta copia está dañada. "
            "Sígala de nuevo más tarde, o desde otra copia espejo.",
            origin=new.origin,
        )
    if old.size and subtree_root(0, old.size, reader.node) != old.root:
        raise forked(old)


def _layered(folder: Path, incoming: Path, remote: Read) -> Read:
    """Read from the copy, else from what came already, else from afar, keeping what comes."""
    near = (read_folder(folder), read_folder(incoming))

    def read(path: str) -> bytes:
        for layer in near:
            try:
                return layer(path)
            except MissingFileError:
                continue
        refuse_full(incoming)
        data = remote(path)
        _keep(incoming / path, data)
        return data

    return read


def _keep(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".new-{os.getpid()}-{target.name}")
    part.write_bytes(data)
    part.replace(target)


def _batches(reader: TileReader, first: int) -> Iterator[list[bytes]]:
    """Yield the entries from `first` on, in pieces that end where bundles end."""
    batch: list[bytes] = []
    for number in range(first // WIDTH, -(-reader.size // WIDTH)):
        entries = reader.bundle(number)
        batch += entries[first - number * WIDTH :] if number == first // WIDTH else entries
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
