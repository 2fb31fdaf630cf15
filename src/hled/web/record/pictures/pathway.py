"""The way from an entry to the signed root, step by step, for pages that show it to people.

A receipt holds only the neighbours' hashes; here each step also says on which side the neighbour stands,
which entries it stands for, and what both together give. It serves the promise of transparency under every
work-plan line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hled.record.merkle import node_hash
from hled.record.proofs import Receipt


@dataclass(frozen=True, slots=True)
class Step:
    """One step up: `own` and its `neighbour` (32 bytes each) together give `result`.

    The neighbour stands for the entries `first` to `last`, both included.
    """

    own: bytes
    neighbour: bytes
    on_left: bool
    first: int
    last: int
    result: bytes


@dataclass(frozen=True, slots=True)
class Pathway:
    """The steps from the hash of an entry (`leaf`) towards the root of a checkpoint of `size` entries."""

    index: int
    size: int
    leaf: bytes
    steps: tuple[Step, ...]

    @property
    def root(self) -> bytes:
        """Where the steps lead: the signed root, if the entry is the one that was signed."""
        return self.steps[-1].result if self.steps else self.leaf


def pathway(receipt: Receipt, leaf: bytes, size: int) -> Pathway:
    """Return the steps that a receipt describes, in a tree of `size`, for the entry with this leaf hash."""
    own, steps = leaf, []
    spans = reversed(tuple(_neighbours(receipt.index, size)))
    for neighbour, (first, last) in zip(receipt.path, spans, strict=True):
        on_left = last < receipt.index
        result = node_hash(neighbour, own) if on_left else node_hash(own, neighbour)
        steps.append(Step(own, neighbour, on_left, first, last, result))
        own = result
    return Pathway(receipt.index, size, leaf, tuple(steps))


def _neighbours(index: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield which entries each neighbour stands for, highest first (the tree of RFC 6962, 2.1)."""
    start, end = 0, size
    while end - start > 1:
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        if index < middle:
            yield middle, end - 1
            end = middle
        else:
            yield start, middle - 1
            start = middle
