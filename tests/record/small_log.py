"""A small log made from the specifications alone, with nothing of hled: verifiers accept it.

Run as a script, it writes the vectors in `vectors/small_log` again, byte for byte.
"""

import base64
import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

ORIGIN = "demonstration.invalid/record/small"
AT = 1_795_000_000  # POSIX seconds: 18 November 2026
VECTORS = Path(__file__).with_name("vectors") / "small_log"
ENTRIES = tuple(f'{{"id":"urn:hled:test:{n}","v":1}}'.encode() for n in range(5))


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass(frozen=True)
class Signer:
    """A key made from its name, of type 1 (log), 4 (cosigner) or 6 (cosigner with ML-DSA-44)."""

    name: str
    kind: int = 4

    @property
    def private(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        seed = hashlib.sha256(f"{self.kind} {self.name}".encode()).digest()
        if self.kind == 6:
            return MLDSA44PrivateKey.from_seed_bytes(seed)
        return Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def material(self) -> bytes:
        return bytes([self.kind]) + self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(f"{self.name}\n".encode() + self.material).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64(self.material)}"

    def line(self, text: str, at: int = AT) -> str:
        """Sign the body of a checkpoint."""
        stamp = b"" if self.kind == 1 else struct.pack(">Q", at)
        return f"— {self.name} {b64(self.key_id + stamp + self.private.sign(self.message(text, at)))}\n"

    def message(self, text: str, at: int) -> bytes:
        if self.kind == 1:
            return text.encode()
        if self.kind == 4:
            return f"cosignature/v1\ntime {at}\n{text}".encode()
        origin, size, root, _ = text.split("\n")
        names = b"".join(
            bytes([len(name)]) + name.encode() + stamp
            for name, stamp in ((self.name, struct.pack(">Q", at)), (origin, b""))
        )
        return b"subtree/v1\n\0" + names + struct.pack(">QQ", 0, int(size)) + base64.b64decode(root)


LOG, US, MX, PQ = Signer(ORIGIN, 1), Signer("us.invalid/w"), Signer("mx.invalid/w"), Signer("us.invalid/w", 6)
BOTH = f"log {LOG.vkey}\nwitness us {US.vkey}\nwitness mx {MX.vkey}\ngroup governments all us mx\n"
POLICY = f"{BOTH}quorum governments\n".encode()


def tree_head(leaves: Sequence[bytes]) -> bytes:
    """The root as RFC 6962, 2.1 defines it, over leaf hashes."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + tree_head(leaves[:half]) + tree_head(leaves[half:])).digest()


def audit_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The inclusion proof as RFC 6962, 2.1.1 defines it."""
    if len(leaves) < 2:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if index < half:
        return [*audit_path(index, leaves[:half]), tree_head(leaves[half:])]
    return [*audit_path(index - half, leaves[half:]), tree_head(leaves[:half])]


def tile_name(number: int) -> str:
    groups = [number // 1000**power % 1000 for power in range(6) if number >= 1000**power or not power]
    return "/".join([f"x{group:03}" for group in groups[:0:-1]] + [f"{groups[0]:03}"])


@dataclass(frozen=True)
class SmallLog:
    """Entries under a checkpoint by `signers`."""

    entries: Sequence[bytes] = ENTRIES
    signers: Sequence[Signer] = (LOG, US, MX)
    leaves: list[bytes] = field(init=False)

    def __post_init__(self) -> None:
        leaves = [hashlib.sha256(b"\0" + entry).digest() for entry in self.entries]
        object.__setattr__(self, "leaves", leaves)

    @property
    def body(self) -> str:
        return f"{ORIGIN}\n{len(self.entries)}\n{b64(tree_head(self.leaves))}\n"

    @property
    def checkpoint(self) -> bytes:
        return (self.body + "\n" + "".join(signer.line(self.body) for signer in self.signers)).encode()

    def receipt(self, index: int) -> bytes:
        path = [b64(item) for item in audit_path(index, self.leaves)]
        return (
            "\n".join(["c2sp.org/tlog-proof@v1", f"index {index}", *path, "", ""]).encode() + self.checkpoint
        )

    def files(self) -> dict[str, bytes]:
        """Every file of the log, by its path."""
        found = {"checkpoint": self.checkpoint}
        packed = [struct.pack(">H", len(entry)) + entry for entry in self.entries]
        found |= self._tiles("entries", packed)
        row, level = self.leaves, 0
        while row:
            found |= self._tiles(str(level), row)
            full = range(0, len(row) - 255, 256)
            row, level = [tree_head(row[start : start + 256]) for start in full], level + 1
        return found

    def write(self, folder: Path) -> Path:
        for name, data in self.files().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder

    def _tiles(self, level: str, items: Sequence[bytes]) -> dict[str, bytes]:
        found = {}
        for start in range(0, len(items), 256):
            part = items[start : start + 256]
            end = "" if len(part) == 256 else f".p/{len(part)}"
            found[f"tile/{level}/{tile_name(start // 256)}{end}"] = b"".join(part)
        return found


def vectors() -> dict[str, bytes]:
    """The files of `vectors/small_log`: the log, its policy, and a receipt for the entry of index 2."""
    log = SmallLog()
    return {**log.files(), "policy": POLICY, "2.json": log.entries[2], "2.tlog-proof": log.receipt(2)}


if __name__ == "__main__":
    for path, content in vectors().items():
        (VECTORS / path).parent.mkdir(parents=True, exist_ok=True)
        (VECTORS / path).write_bytes(content)
