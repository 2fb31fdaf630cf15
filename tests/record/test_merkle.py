"""The tree is the one of RFC 6962, and its proofs prove what they say and nothing else."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from hled.record.errors import ProofError
from hled.record.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    full_root,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_from_inclusion,
    root_of,
    subtree_root,
    verify_consistency,
    verify_inclusion,
)

SIZES = st.integers(1, 70)


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def by_definition(hashes: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1, word by word."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(by_definition(hashes[:split]), by_definition(hashes[split:]))


def nodes(hashes: Sequence[bytes]):
    return lambda level, index: by_definition(hashes[index << level : (index + 1) << level])


def test_leaves_and_nodes_are_hashed_apart():
    assert leaf_hash(b"") == bytes.fromhex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    assert node_hash(b"a" * 32, b"b" * 32) != leaf_hash(b"a" * 32 + b"b" * 32)


@pytest.mark.parametrize("size", range(40))
def test_the_root_is_that_of_the_definition(size):
    assert root_of(leaves(size)) == by_definition(leaves(size))
    assert subtree_root(0, size, nodes(leaves(size))) == by_definition(leaves(size))


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=80))
def test_the_root_is_that_of_an_independent_implementation(data):
    tree = InmemoryTree(algorithm="sha256")
    for item in data:
        tree.append_entry(item)
    assert root_of(map(leaf_hash, data)) == tree.get_root()


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_frontier_goes_on_where_another_stopped(first, more):
    frontier = Frontier()
    for leaf in leaves(first):
        frontier.append(leaf)
    resumed = Frontier(frontier.size, frontier.hashes)
    for leaf in leaves(first + more)[first:]:
        resumed.append(leaf)
    assert (resumed.size, resumed.root()) == (first + more, by_definition(leaves(first + more)))


@pytest.mark.parametrize(("size", "hashes"), [(1, []), (2, [b"a" * 32] * 2), (3, [b"a" * 32, b"b" * 31])])
def test_a_frontier_of_the_wrong_shape_is_refused(size, hashes):
    with pytest.raises(ProofError):
        Frontier(size, hashes)


@pytest.mark.parametrize("height", range(6))
def test_a_full_subtree_has_the_root_of_the_definition(height):
    assert full_root(leaves(1 << height)) == by_definition(leaves(1 << height))


@given(SIZES, st.data())
def test_every_entry_can_be_proven_in_its_place(size, data):
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    proof = inclusion_proof(index, size, nodes(hashes))
    verify_inclusion(hashes[index], index, size, proof, root_of(hashes))
    assert len(proof) <= (size - 1).bit_length()
    for other in set(range(size)) - {index}:
        with pytest.raises(ProofError):
            verify_inclusion(hashes[index], other, size, proof, root_of(hashes))


@given(SIZES, st.data())
def test_a_tree_can_be_proven_to_begin_any_later_one(new, data):
    old = data.draw(st.integers(1, new))
    hashes = leaves(new)
    proof = consistency_proof(old, new, nodes(hashes))
    roots = {"old_root": root_of(hashes[:old]), "new_root": root_of(hashes)}
    verify_consistency(old, new, proof, **roots)
    for name in roots:
        with pytest.raises(ProofError):
            verify_consistency(old, new, proof, **(roots | {name: EMPTY_ROOT}))


@given(SIZES, st.data())
def test_a_proof_with_a_hash_changed_added_or_left_out_is_refused(size, data):
    hashes = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    inclusion = inclusion_proof(index, size, nodes(hashes))
    consistency = consistency_proof(old, size, nodes(hashes))
    roots = {"old_root": root_of(hashes[:old]), "new_root": root_of(hashes)}
    for proof in spoiled(inclusion):
        with pytest.raises(ProofError):
            verify_inclusion(hashes[index], index, size, proof, root_of(hashes))
    for proof in spoiled(consistency):
        with pytest.raises(ProofError):
            verify_consistency(old, size, proof, **roots)


def spoiled(proof: tuple[bytes, ...]):
    yield (*proof, b"\x00" * 32)
    yield (b"\x00" * 32, *proof)
    yield (*proof, b"")
    for place in range(len(proof)):
        yield proof[:place] + proof[place + 1 :]
        yield (*proof[:place], bytes(32), *proof[place + 1 :])
        yield (*proof[:place], proof[place][:31], *proof[place + 1 :])


def test_another_history_is_not_a_continuation():
    ours, theirs = leaves(9), leaves(4) + leaves(5)
    proof = consistency_proof(7, 9, nodes(theirs))
    with pytest.raises(ProofError):
        verify_consistency(7, 9, proof, old_root=root_of(ours[:7]), new_root=root_of(theirs))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3), (5, 3)])
def test_what_is_not_there_has_no_proof(index, size):
    with pytest.raises(ProofError) as refused:
        inclusion_proof(index, size, nodes(leaves(size)))
    assert "asiento" in refused.value.text("es")
    with pytest.raises(ProofError):
        root_from_inclusion(leaf_hash(b""), index, size, ())


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 3), (4, 3), (-1, 3)])
def test_there_is_no_consistency_proof_from_nothing_or_backwards(old, new):
    with pytest.raises(ProofError):
        consistency_proof(old, new, nodes(leaves(new)))
    with pytest.raises(ProofError):
        verify_consistency(old, new, (), old_root=EMPTY_ROOT, new_root=EMPTY_ROOT)


def test_hashes_have_32_bytes():
    with pytest.raises(ProofError, match="32 bytes"):
        verify_inclusion(b"", 0, 1, (), leaf_hash(b""))
    with pytest.raises(ProofError, match="32 bytes"):
        verify_inclusion(leaf_hash(b""), 0, 1, (), b"")
    with pytest.raises(ProofError):
        verify_inclusion(leaf_hash(b""), 0, 2**62, (bytes(32),) * 70, bytes(32))
