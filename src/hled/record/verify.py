"""Check a whole log from its files: every entry, every tile, the root, the signatures, and its own past.

A receipt shows that one act is on the record; this shows that the record is whole, and that it is still the
one that was seen before. Anyone can run it against any copy of the files. It serves the promise of
transparency under every work-plan line. Memory is bounded whatever the size of the log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hled.language import Bilingual, DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.errors import (
    CheckpointError,
    ForkError,
    ProofError,
    RollbackError,
    TileError,
    refusal,
)
from hled.record.formats.v1.entry import EntryError, decode
from hled.record.log_files import CHECKPOINT, FolderReader
from hled.record.merkle import leaf_hash
from hled.record.notes import parse_note
from hled.record.other_files import check_other_files
from hled.record.policies import Accepted, Policy
from hled.record.tiles import WIDTH, Read, TileReader, tile_path
from hled.record.tiling import Tile, Tiling

Each = Callable[[int, bytes], None]
_AT_ENTRY: Final = Bilingual(en="Entry {index}: {why}", es="Asiento {index}: {why}")


@dataclass(frozen=True, slots=True)
class Verified:
    """A checkpoint that the policy accepts, and how many entries were checked against it."""

    accepted: Accepted
    entries: int

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint that everything leads to."""
        return self.accepted.checkpoint


@dataclass(frozen=True, slots=True)
class Audited:
    """A verified log, and how many entries it has more than when it was last seen."""

    verified: Verified
    new: int


def verify_log(read: Read, policy: Policy, *, note: bytes, each: Each | None = None) -> Verified:
    """Check the signed checkpoint `note` against the policy, and all files of the log against it.

    `each(index, entry)` is called for every entry in order; what it is given is proven only when this
    function has returned.

    Raises:
        RecordError: a signature, the quorum, a tile, an entry or the root does not hold; see `code`.
        EntryError: an entry breaks its format.
    """
    accepted = policy.accept(parse_note(note))
    entries = verify_entries(read, accepted.checkpoint, each=each)
    return Verified(accepted, entries)


def audit(old: Checkpoint | None, read: Read, policy: Policy, *, each: Each | None = None) -> Audited:
    """Verify the log that `read` gives, and that it still begins with what was seen before (`old`).

    Raises:
        RollbackError: it shows fewer entries than before.
        ForkError: it shows another history than before.
        RecordError, EntryError: see `verify_log`.
    """
    accepted = policy.accept(parse_note(read(CHECKPOINT)))
    entries = verify_entries(read, accepted.checkpoint, old=old, each=each)
    return Audited(Verified(accepted, entries), accepted.checkpoint.size - (old.size if old else 0))


def check_continues(old: Checkpoint | None, new: Checkpoint) -> None:
    """Check what two checkpoints alone can tell: `new` may follow `old`.

    Raises:
        CheckpointError: they speak of different logs.
        RollbackError: `new` has fewer entries.
        ForkError: both have the same size and different roots.
    """
    if old is None:
        return
    if old.origin != new.origin:
        raise refusal(
            CheckpointError,
            "This is the log “{found}”, but “{wanted}” was seen before. Check the address.",
            "Esta es la bitácora «{found}», pero antes se vio «{wanted}». Revise la dirección.",
            found=new.origin,
            wanted=old.origin,
        )
    if new.size < old.size:
        raise refusal(
            RollbackError,
            "ROLLBACK: the log “{origin}” shows {new} entries, but it has shown {old} before. Entries were "
            "taken back, or this is an old copy. Keep your copy, fetch from a mirror, and if it stays so, "
            "publish both checkpoints: signed by the log, they prove it.",
            "RETROCESO: la bitácora «{origin}» muestra {new} asientos, pero antes mostró {old}. Se retiraron "
            "asientos, o esta es una copia vieja. Conserve su copia, obtenga otra de un espejo y, si "
            "persiste, publique ambos puntos de control: firmados por la bitácora, lo prueban.",
            origin=new.origin,
            new=new.size,
            old=old.size,
        )
    if new.size == old.size and new.root != old.root:
        raise forked(old)


def verify_entries(
    read: Read, checkpoint: Checkpoint, *, old: Checkpoint | None = None, each: Each | None = None
) -> int:
    """Check every entry and every tile against a checkpoint whose signatures were checked before.

    With `old`, the first entries must also give the root that was seen before. In a folder, the files that
    older checkpoints need are checked as well.

    Raises:
        TileError: a file is missing, damaged, or does not match the entries.
        CheckpointError, RollbackError, ForkError: the log is not the one that showed `old`.
        ProofError: files and entries agree, but lead to another root than the signed one.
        EntryError: an entry breaks its format.
    """
    check_continues(old, checkpoint)
    scan = _Scan(read, checkpoint.size, Tiling(), each)
    if old is not None:
        scan.run_to(old.size)
    before = scan.root()
    scan.run_to(checkpoint.size)
    scan.finish(checkpoint)  # first: files that do not give the signed root prove nothing against the log
    if old is not None and before != old.root:
        raise forked(old)
    if isinstance(read, FolderReader):
        check_other_files(read, checkpoint.size)
    return checkpoint.size


def verify_growth(read: Read, checkpoint: Checkpoint, *, old: Checkpoint, each: Each | None = None) -> int:
    """Check only what a log gained since `old`, which was verified before, and return how many entries.

    The files below `old` are trusted no further than their root: the entries that follow are added to the
    right edge that leads to it, which proves consistency without a consistency proof.

    Raises:
        CheckpointError, RollbackError, ForkError: see `check_continues`.
        TileError, ProofError, EntryError: see `verify_entries`.
    """
    check_continues(old, checkpoint)
    tiling = Tiling.of(TileReader(read, old.size)) if old.size else Tiling()
    before = tiling.frontier().root()
    scan = _Scan(read, checkpoint.size, tiling, each)
    scan.run_to(checkpoint.size)
    scan.finish(checkpoint)  # first, as above
    if before != old.root:
        raise forked(old)
    return checkpoint.size - old.size


def forked(old: Checkpoint) -> ForkError:
    """Return the error of a log that contradicts the checkpoint `old`."""
    return refusal(
        ForkError,
        "FORK: the log “{origin}” no longer begins with the {size} entries that it showed before: its "
        "history was rewritten. Do not cosign or copy it. Keep your copy and publish both checkpoints: "
        "signed by the log, they prove it.",
        "BIFURCACIÓN: la bitácora «{origin}» ya no comienza con los {size} asientos que mostró antes: su "
        "historia fue reescrita. No la firme ni la copie. Conserve su copia y publique ambos puntos de "
        "control: firmados por la bitácora, lo prueban.",
        origin=old.origin,
        size=old.size,
    )


class _Scan:
    """One pass over the bundles of a log of `size` entries, from where `tiling` stands."""

    def __init__(self, read: Read, size: int, tiling: Tiling, each: Each | None) -> None:
        self._reader = TileReader(read, size)
        self._tiling = tiling
        self._each = each
        self._bundle: tuple[int, list[bytes]] = (-1, [])

    def root(self) -> bytes:
        return self._tiling.frontier().root()

    def run_to(self, end: int) -> None:
        """Add the entries before `end`."""
        while (start := self._tiling.size) < end:
            number, place = divmod(start, WIDTH)
            entries = self._entries(number)[place : place + end - start]
            leaves = tuple(map(leaf_hash, entries))
            self._compare(Tile(0, number, leaves), place)
            for index, entry in enumerate(entries, start):
                self._take(index, entry)
            for tile in self._tiling.add(leaves):
                self._compare(tile)

    def finish(self, checkpoint: Checkpoint) -> None:
        for tile in self._tiling.partial():
            self._compare(tile)
        if self.root() != checkpoint.root:
            raise refusal(
                ProofError,
                "The {size} entries of “{origin}” do not give the root that was signed: an entry was "
                "changed, moved, added or taken out. Fetch the log again, from its publisher or a mirror.",
                "Los {size} asientos de «{origin}» no dan la raíz firmada: un asiento fue alterado, movido, "
                "agregado o retirado. Obtenga de nuevo la bitácora, de quien la publica o de un espejo.",
                origin=checkpoint.origin,
                size=checkpoint.size,
            )

    def _entries(self, number: int) -> list[bytes]:
        if self._bundle[0] != number:
            self._bundle = (number, self._reader.bundle(number))
        return self._bundle[1]

    def _take(self, index: int, entry: bytes) -> None:
        try:
            decode(entry)
        except DialogueError as error:
            raise EntryError(_AT_ENTRY.format(index=str(index), why=error.message)) from error
        if self._each is not None:
            self._each(index, entry)

    def _compare(self, tile: Tile, place: int = 0) -> None:
        """Compare what the entries give with the file, which may hold more before `place` and after."""
        found = self._reader.tile(tile.level, tile.number)[place : place + len(tile.hashes)]
        if found != tile.hashes:
            pairs = zip(tile.hashes, found, strict=True)
            first = place + next(at for at, (ours, theirs) in enumerate(pairs) if ours != theirs)
            raise refusal(
                TileError,
                "The tile {path} does not match the entries: the first difference is at entry {index}. The "
                "tile or an entry was changed; fetch both again, or from a mirror.",
                "La tesela {path} no coincide con los asientos: la primera diferencia está en el asiento "
                "{index}. La tesela o un asiento fue alterado; obtenga ambos de nuevo, o de un espejo.",
                path=tile_path(tile.level, tile.number),
                index=(tile.number * WIDTH + first) * WIDTH**tile.level,
            )
