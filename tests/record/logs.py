"""Small logs for tests: fixed keys, both governments as cosigners, and the files as a dictionary."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from hled.record import Entry, encode
from hled.record.checkpoints import Checkpoint
from hled.record.merkle import leaf_hash
from hled.record.notes import Algorithm, Note, SigningKey
from hled.record.policies import Group, Log, Policy, Witness
from hled.record.proofs import Receipt
from hled.record.tiles import WIDTH, Read, TileReader, entries_path, missing, pack
from hled.record.tiling import Tiling

ORIGIN = "example.invalid/record/us"
AT = 1_767_225_600


def key(name: str, algorithm: Algorithm, number: int = 0) -> SigningKey:
    """A key that is the same in every run."""
    seed = hashlib.sha256(f"{name} {algorithm.value} {number}".encode()).digest()
    return SigningKey(name, algorithm, seed)


LOG = key(ORIGIN, Algorithm.ED25519)
US = key("example.invalid/cosigner/us", Algorithm.COSIGNATURE_ED25519)
MX = key("example.invalid/cosigner/mx", Algorithm.COSIGNATURE_ED25519)
US_PQ = key("example.invalid/cosigner/us", Algorithm.COSIGNATURE_MLDSA44)
MX_PQ = key("example.invalid/cosigner/mx", Algorithm.COSIGNATURE_MLDSA44)
STRANGER = key("example.invalid/stranger", Algorithm.COSIGNATURE_ED25519)
POLICY = Policy(
    logs=(Log(LOG.verifier),),
    witnesses=(
        Witness("us", US.verifier),
        Witness("mx", MX.verifier),
        Witness("us-pq", US_PQ.verifier),
        Witness("mx-pq", MX_PQ.verifier),
    ),
    groups=(Group("governments", 2, ("us", "mx")), Group("governments-pq", 2, ("us-pq", "mx-pq"))),
    quorum="governments",
)
BOTH = (US, MX)
ALL = (US, MX, US_PQ, MX_PQ)


def entries(count: int, start: int = 0) -> list[bytes]:
    """Entries `start` to `start + count` of the same endless series."""
    return [
        encode(Entry("test.added", f"urn:hled:test:{number}", "2026-01-01T00:00:00Z", {"n": number}))
        for number in range(start, start + count)
    ]


@dataclass
class Memory:
    """A log whose files lie in a dictionary by path."""

    entries: Sequence[bytes]
    files: dict[str, bytes]
    checkpoint: Checkpoint

    @property
    def read(self) -> Read:
        return reading(self.files)

    @property
    def reader(self) -> TileReader:
        return TileReader(self.read, self.checkpoint.size)

    @property
    def note(self) -> Note:
        return cosigned(self.checkpoint)

    def receipt(self, index: int) -> Receipt:
        return Receipt(index, self.reader.inclusion_proof(index), self.note)


def log_of(acts: Sequence[bytes], *, log: SigningKey = LOG) -> Memory:
    """Lay out a log of these entries, cosigned by both governments."""
    tiling = Tiling()
    tiles = [*tiling.add([leaf_hash(act) for act in acts]), *tiling.partial()]
    files = {tile.path: tile.data for tile in tiles}
    for number, start in enumerate(range(0, len(acts), WIDTH)):
        some = acts[start : start + WIDTH]
        files[entries_path(number, len(some))] = pack(some)
    checkpoint = Checkpoint(log.name, len(acts), tiling.frontier().root())
    files["checkpoint"] = cosigned(checkpoint, log=log).encode()
    return Memory(acts, files, checkpoint)


def cosigned(
    checkpoint: Checkpoint, by: Sequence[SigningKey] = BOTH, *, log: SigningKey = LOG, at: int = AT
) -> Note:
    """A checkpoint signed by its log and these cosigners."""
    text = checkpoint.text
    return Note(text, (log.sign(text), *(cosigner.sign(text, at) for cosigner in by)))


def reading(files: dict[str, bytes]) -> Read:
    """Read files from a dictionary."""

    def read(path: str) -> bytes:
        if path not in files:
            raise missing(path)
        return files[path]

    return read


def changed(data: bytes, values: Sequence[int]) -> list[bytes]:
    """Every change of one byte of `data` by exclusive or with one of `values`."""
    return [
        data[:place] + bytes((byte ^ value,)) + data[place + 1 :]
        for place, byte in enumerate(data)
        for value in values
    ]
