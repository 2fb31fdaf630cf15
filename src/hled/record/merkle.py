"""The Merkle tree of the record: RFC 6962 hashing, and RFC 9162 proofs of inclusion and consistency.

Whoever holds a root of 32 bytes can check that an act is on the record, and that a longer record holds
everything that a shorter one held, with a few hashes. It serves the promise of transparency under every
work-plan line. Hashes are 32 raw bytes; `node(level, index)` stands for the root of the full subtree of
2^level leaves that begins at leaf index·2^level.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NoReturn

from hled.record.errors import ProofError, refusal

HASH_SIZE: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
MAX_PROOF: Final = 63

Node = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 || data), the hash of a leaf (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right), the hash of an inner node (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: enough to append and to tell the root, log2(size) hashes.

    `hashes` are the roots of the full subtrees that the binary digits of `size` name, largest first.
    """

    __slots__ = ("hashes", "size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if len(self.hashes) != size.bit_count() or any(len(item) != HASH_SIZE for item in self.hashes):
            raise refusal(
                ProofError,
                "A tree of {size} leaves has {count} subtrees of 32 bytes on its right edge; other "
                "hashes were given.",
                "Un árbol de {size} hojas tiene {count} subárboles de 32 bytes en su borde derecho; "
                "se dieron otros hashes.",
                size=size,
                count=size.bit_count(),
            )

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        digits, hashes = self.size, self.hashes
        while digits & 1:
            leaf = hashlib.sha256(b"\x01" + hashes.pop() + leaf).digest()
            digits >>= 1
        hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree (RFC 6962, 2.1)."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def full_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over 2^n hashes of one level."""
    sha256 = hashlib.sha256
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return hashes[0]


def subtree_root(start: int, end: int, node: Node) -> bytes:
    """Return the root over leaves [start, end), where `start` is a multiple of the largest full subtree."""
    pieces: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        pieces.append(node(level, start >> level))
        start += 1 << level
    if not pieces:
        return EMPTY_ROOT
    root = pieces.pop()
    while pieces:
        root = node_hash(pieces.pop(), root)
    return root


def inclusion_proof(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """Return the audit path of leaf `index` in a tree of `size` leaves, lowest first (RFC 6962, 2.1.1).

    Raises:
        ProofError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        no_such_entry(index, size)
    start, end = 0, size
    path: list[bytes] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree_root(middle, end, node))
            end = middle
        else:
            path.append(subtree_root(start, middle, node))
            start = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, node: Node) -> tuple[bytes, ...]:
    """Return the proof that the tree of `old` leaves begins the tree of `new` leaves (RFC 6962, 2.1.2).

    Raises:
        ProofError: not 0 < old <= new.
    """
    if not 0 < old <= new:
        _no_consistency(old, new)
    start, end = 0, new
    path: list[bytes] = []
    while end > old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree_root(middle, end, node))
            end = middle
        else:
            path.append(subtree_root(start, middle, node))
            start = middle
    if start > 0:
        path.append(subtree_root(start, end, node))
    return tuple(reversed(path))


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root to which an audit path leads (RFC 9162, 2.1.3.2).

    Raises:
        ProofError: the tree has no such leaf, the path has another length than the tree asks for, or a
            hash is not 32 bytes.
    """
    if not 0 <= index < size:
        no_such_entry(index, size)
    _check_hashes((leaf, *proof))
    root = leaf
    for item, on_left in _climb(index, size - 1, proof):
        root = node_hash(item, root) if on_left else node_hash(root, item)
    return root


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf hash stands at `index` of the tree with this size and root.

    Raises:
        ProofError: it does not, or the proof is malformed.
    """
    _check_hashes((root,))
    if root_from_inclusion(leaf, index, size, proof) != root:
        raise refusal(
            ProofError,
            "The proof of entry {index} does not lead to the signed root: the entry, the proof or "
            "the checkpoint was changed.",
            "La prueba del asiento {index} no conduce a la raíz firmada: el asiento, la prueba o el "
            "punto de control fue alterado.",
            index=index,
        )


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], *, old_root: bytes, new_root: bytes
) -> None:
    """Check that a tree of `old` leaves is the beginning of a tree of `new` leaves (RFC 9162, 2.1.4.2).

    Raises:
        ProofError: it is not, the proof is malformed, or `old` is 0 (for which no proof is defined).
    """
    if not 0 < old <= new:
        _no_consistency(old, new)
    _check_hashes((old_root, new_root, *proof))
    if old == new:
        if proof:
            _wrong_length()
        _same(old_root, new_root)
        return
    first, second = _roots_from_consistency(old, new, proof, old_root)
    _same(first, old_root)
    _same(second, new_root)


def _roots_from_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes
) -> tuple[bytes, bytes]:
    path = list(proof)
    if old & (old - 1) == 0:  # the old tree is one full subtree: the proof leaves out its root
        path.insert(0, old_root)
    if not path:
        _wrong_length()
    place, last = old - 1, new - 1
    while place & 1:
        place >>= 1
        last >>= 1
    first = second = path[0]
    for item, on_left in _climb(place, last, path[1:]):
        if on_left:
            first, second = node_hash(item, first), node_hash(item, second)
        else:
            second = node_hash(second, item)
    return first, second


def _climb(place: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each hash of a proof with whether it stands on the left, from node `place` of `last` upwards."""
    for item in proof:
        if last == 0:
            _wrong_length()
        on_left = bool(place & 1) or place == last
        yield item, on_left
        while on_left and place and not place & 1:
            place >>= 1
            last >>= 1
        place >>= 1
        last >>= 1
    if last:
        _wrong_length()


def _split(count: int) -> int:
    """Return the largest power of two smaller than `count` (RFC 6962, 2.1)."""
    return 1 << ((count - 1).bit_length() - 1)


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if len(hashes) > MAX_PROOF + 2:
        _wrong_length()
    if any(len(item) != HASH_SIZE for item in hashes):
        raise refusal(
            ProofError, "A hash of a proof is not 32 bytes long.", "Un hash de una prueba no mide 32 bytes."
        )


def _same(found: bytes, wanted: bytes) -> None:
    if found != wanted:
        raise refusal(
            ProofError,
            "The two checkpoints are not one history: the later one does not hold what the earlier "
            "one held. Keep both and publish them; this is evidence of tampering.",
            "Los dos puntos de control no son una misma historia: el posterior no contiene lo que "
            "contenía el anterior. Conserve ambos y publíquelos; son evidencia de alteración.",
        )


def no_such_entry(index: int, size: int) -> NoReturn:
    """Raise the error of an index that a tree of this size does not have."""
    raise refusal(
        ProofError,
        "A record of {size} entries has no entry {index} (they are counted from 0).",
        "Un registro de {size} asientos no tiene el asiento {index} (se cuentan desde 0).",
        size=size,
        index=index,
    )


def _no_consistency(old: int, new: int) -> NoReturn:
    raise refusal(
        ProofError,
        "There is no consistency proof from size {old} to size {new}.",
        "No existe prueba de consistencia del tamaño {old} al tamaño {new}.",
        old=old,
        new=new,
    )


def _wrong_length() -> NoReturn:
    raise refusal(
        ProofError,
        "The proof has more or fewer hashes than a tree of this size asks for.",
        "La prueba tiene más o menos hashes de los que pide un árbol de este tamaño.",
    )
