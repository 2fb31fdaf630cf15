"""Acts of many people as one entry: votes of a campaign, a bulk import, with a receipt for each person.

The entry holds the root of a small tree over the acts, how many there are and of which kind. Each person's
receipt is the receipt of that entry, and carries in its `extra` their own act with its path to the root. The
neighbours in the tree show nothing about themselves: each act goes in with a salt of its own. It serves every
work-plan line on which people speak.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hled.record.canonical import canonical
from hled.record.errors import ProofError, refusal
from hled.record.formats.v1.entry import decode
from hled.record.merkle import HASH_SIZE, Frontier, inclusion_proof, leaf_hash, node_hash, verify_inclusion
from hled.record.policies import Accepted, Policy
from hled.record.proofs import Receipt
from hled.record.text import MAX_SIZE, from_base64, to_base64

SALT_SIZE: Final = 16
_KEYS: Final = {"v", "item", "index", "size", "path", "entry"}


@dataclass(frozen=True, slots=True)
class ItemProof:
    """One item (its exact bytes) of a batch of `size`, with its audit path, lowest hash first."""

    item: bytes
    index: int
    size: int
    path: tuple[bytes, ...]

    @property
    def value(self) -> object:
        """What the item says, without its salt."""
        return json.loads(self.item)["item"]

    def carried(self, entry: bytes) -> bytes:
        """Return the `extra` of a personal receipt: this proof with the entry of the batch (exact bytes)."""
        return canonical(
            {
                "v": 1,
                "item": self.item.decode(),
                "index": self.index,
                "size": self.size,
                "path": [to_base64(item) for item in self.path],
                "entry": entry.decode(),
            }
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Acts of one kind, each as the exact bytes of an item; `levels` are the hashes of the full subtrees."""

    kind: str
    items: tuple[bytes, ...]
    levels: tuple[tuple[bytes, ...], ...]
    root: bytes

    @classmethod
    def of(cls, kind: str, values: Iterable[object]) -> "Batch":
        """Make a batch of values, each with a random salt.

        Raises:
            CanonicalError: a value has no canonical form.
            ProofError: there is no value.
        """
        return cls.of_items(kind, [canonical({"item": value, "salt": _salt()}) for value in values])

    @classmethod
    def of_items(cls, kind: str, items: Sequence[bytes]) -> "Batch":
        """Make a batch of items that have their salts already, for example ones that were kept.

        Raises:
            ProofError: there is none.
        """
        if not items:
            raise refusal(
                ProofError,
                "A batch holds at least one act; this one is empty.",
                "Un lote contiene al menos un acto; este está vacío.",
            )
        leaves = [leaf_hash(item) for item in items]
        frontier = Frontier()
        for leaf in leaves:
            frontier.append(leaf)
        return cls(kind, tuple(items), _levels(leaves), frontier.root())

    @property
    def size(self) -> int:
        """How many acts there are."""
        return len(self.items)

    def to_content(self) -> dict[str, object]:
        """Return the content of the batch's entry."""
        return {"kind": self.kind, "root": self.root.hex(), "size": self.size}

    def to_body(self) -> bytes:
        """Return all items as one file, a line each; the canonical form of an item has no line break."""
        return b"".join(item + b"\n" for item in self.items)

    @classmethod
    def of_body(cls, kind: str, body: bytes) -> "Batch":
        """Read the file of a batch; whether it gives the root of an entry is for the caller to compare.

        Raises:
            ProofError: it holds no item.
        """
        return cls.of_items(kind, body.split(b"\n")[:-1])

    def receipt(self, index: int) -> ItemProof:
        """Return the proof of one person's act.

        Raises:
            ProofError: the batch has no such item.
        """
        path = inclusion_proof(index, self.size, lambda level, place: self.levels[level][place])
        return ItemProof(self.items[index], index, self.size, path)


def verify_item(item: bytes, index: int, path: Sequence[bytes], root: bytes, size: int) -> None:
    """Check that an item (exact bytes) stands at `index` of the batch with this root and size.

    Raises:
        ProofError: it does not, or the proof is malformed.
    """
    verify_inclusion(leaf_hash(item), index, size, path, root)


def personal(receipt: Receipt, proof: ItemProof, entry: bytes) -> Receipt:
    """Return a person's receipt: that of the batch's entry, with their own act in its `extra`."""
    return Receipt(receipt.index, receipt.path, receipt.checkpoint, proof.carried(entry))


def read_extra(extra: bytes) -> tuple[ItemProof, bytes]:
    """Read the `extra` of a personal receipt: the proof of the item and the entry of the batch.

    Raises:
        ProofError: it is malformed.
    """
    try:
        found = json.loads(extra)
        whole = isinstance(found, dict) and set(found) == _KEYS and found["v"] == 1
        if not whole or canonical(found) != extra:
            raise _malformed()
    except (ValueError, RecursionError) as error:
        raise _malformed() from error
    path, index, size = found["path"], found["index"], found["size"]
    if not isinstance(path, list) or not all(isinstance(item, str) for item in path):
        raise _malformed()
    hashes = tuple(from_base64(item, ProofError) for item in path)
    numbers = all(type(number) is int and 0 <= number <= MAX_SIZE for number in (index, size))
    texts = isinstance(found["item"], str) and isinstance(found["entry"], str)
    if not numbers or not texts or any(len(item) != HASH_SIZE for item in hashes):
        raise _malformed()
    return ItemProof(found["item"].encode(), index, size, hashes), found["entry"].encode()


def verify_personal(receipt: Receipt, policy: Policy) -> tuple[Accepted, ItemProof]:
    """Check a person's receipt: their act is in the batch, and the batch's entry is on the record.

    Raises:
        RecordError, EntryError: the item, the entry, the proof or the quorum does not hold.
    """
    proof, data = read_extra(receipt.extra)
    accepted = receipt.verify(data, policy)
    content = decode(data).content
    root = content.get("root")
    if content.get("size") != proof.size or not isinstance(root, str) or len(root) != 2 * HASH_SIZE:
        raise _malformed()
    try:
        expected = bytes.fromhex(root)
    except ValueError as error:
        raise _malformed() from error
    verify_item(proof.item, proof.index, proof.path, expected, proof.size)
    return accepted, proof


def _levels(leaves: list[bytes]) -> tuple[tuple[bytes, ...], ...]:
    levels = [tuple(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append(tuple(node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)))
    return tuple(levels)


def _salt() -> str:
    return to_base64(secrets.token_bytes(SALT_SIZE))


def _malformed() -> ProofError:
    return refusal(
        ProofError,
        "This receipt carries no act of a batch that can be read: its `extra` was changed. Download it "
        "again.",
        "Este comprobante no lleva ningún acto de un lote que pueda leerse: su `extra` fue alterado. "
        "Descárguelo de nuevo.",
    )
