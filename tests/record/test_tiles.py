"""Tiles and bundles have the paths, widths and contents of C2SP tlog-tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.record.errors import MissingFileError, RecordError, TileError
from hled.record.merkle import consistency_proof, inclusion_proof, leaf_hash, root_of, subtree_root
from hled.record.tiles import (
    MAX_BUNDLE,
    WIDTH,
    TileReader,
    entries_path,
    is_tile_path,
    pack,
    tile_path,
    tile_widths,
    unpack,
)
from hled.record.tiling import Tile, Tiling
from tests.record.logs import entries, log_of, reading

BIG = log_of(entries(600))


def test_paths_are_those_of_the_specification():
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(3, 5, 112) == "tile/3/005.p/112"
    assert entries_path(999) == "tile/entries/999"
    assert entries_path(1000, 1) == "tile/entries/x001/000.p/1"


@given(st.integers(0, 63), st.integers(0, 2**55), st.integers(1, WIDTH))
def test_every_path_that_is_made_is_known(level, number, width):
    if level < 60:
        assert is_tile_path(tile_path(level, number, width))
    assert is_tile_path(entries_path(number, width))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/001/002",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/entries/../../000",
        "/tile/0/000",
        "tile/0/٠٠٠",
        "../tile/0/000",
    ],
)
def test_no_other_path_is_a_tile(path):
    assert not is_tile_path(path)


def test_the_worked_example_of_the_specification():
    assert tile_widths(70_000) == ((0, 273, 112), (1, 1, 17), (2, 0, 1))
    assert tile_widths(256) == ((0, 1, 0), (1, 0, 1))
    assert tile_widths(0) == ()


@given(st.lists(st.binary(max_size=300), max_size=WIDTH))
def test_bundles_are_read_as_they_are_written(acts):
    data = pack(acts)
    assert unpack(data, len(acts)) == acts
    for wrong in (len(acts) - 1, len(acts) + 1):
        if wrong >= 0:
            with pytest.raises(TileError):
                unpack(data, wrong)


def test_an_entry_has_a_largest_size():
    assert unpack(pack([bytes(65_535)]), 1) == [bytes(65_535)]
    assert len(pack([bytes(65_535)] * WIDTH)) == MAX_BUNDLE
    with pytest.raises(TileError, match="65,535") as refused:
        pack([bytes(65_536)])
    assert "65,535" in refused.value.text("es")


@pytest.mark.parametrize(
    "data", [b"\x00", b"\x00\x05abc", pack([b"a"]) + b"\x00", pack([b"a"]) + b"\xff\xff"]
)
def test_a_bundle_that_is_cut_off_is_refused(data):
    for count in (1, 2):
        with pytest.raises(TileError):
            unpack(data, count)


@given(st.integers(0, 600), st.integers(0, 600))
def test_tiles_do_not_depend_on_how_the_log_grew(first, second):
    leaves = list(map(leaf_hash, BIG.entries))
    low, high = sorted((first, second))
    tiling = Tiling()
    tiles = tiling.add(leaves[:low]) + tiling.add(leaves[low:high])
    assert tiling.frontier().root() == root_of(leaves[:high])
    known = {tile.path: tile.data for tile in (*tiles, *tiling.partial())}
    assert known.keys() == {
        tile_path(level, number, width if number == full else WIDTH)
        for level, full, width in tile_widths(high)
        for number in range(full + bool(width))
    }
    assert Tiling.of(TileReader(reading(known), high)).frontier().hashes == tiling.frontier().hashes


def test_a_tile_of_a_higher_level_holds_the_roots_of_full_tiles():
    leaves = list(map(leaf_hash, BIG.entries))
    upper = tuple(root_of(leaves[start : start + WIDTH]) for start in (0, WIDTH))
    assert BIG.files["tile/1/000.p/2"] == Tile(1, 0, upper).data
    assert BIG.files["tile/0/001"] == b"".join(leaves[256:512])


@given(st.integers(1, 600), st.data())
def test_proofs_from_tiles_are_those_from_leaves(size, data):
    leaves = list(map(leaf_hash, BIG.entries))[:size]
    index = data.draw(st.integers(0, size - 1))
    reader = TileReader(reading(BIG.files | log_of(BIG.entries[:size]).files), size)

    def node(level: int, at: int) -> bytes:
        return root_of(leaves[at << level : (at + 1) << level])

    assert reader.root() == root_of(leaves) == subtree_root(0, size, node)
    assert reader.inclusion_proof(index) == inclusion_proof(index, size, node)
    assert reader.consistency_proof(index + 1) == consistency_proof(index + 1, size, node)
    assert BIG.reader.consistency_proof(index + 1, size) == reader.consistency_proof(index + 1)
    assert reader.entry(index) == BIG.entries[index]
    assert reader.frontier_hashes() == tuple(Tiling.of(reader).frontier().hashes)


def test_a_partial_tile_that_is_gone_is_cut_from_the_full_one():
    files = BIG.files | {"tile/1/000.p/1": BIG.files["tile/1/000.p/2"][:32]}
    assert "tile/0/001.p/44" not in files
    reader = TileReader(reading(files), 300)
    assert reader.tile(0, 1) == tuple(map(leaf_hash, BIG.entries[256:300]))
    assert reader.bundle(1) == BIG.entries[256:300]
    assert reader.root() == root_of(map(leaf_hash, BIG.entries[:300]))


@pytest.mark.parametrize("path", ["tile/0/002.p/88", "tile/entries/002.p/88"])
def test_a_partial_file_holds_what_its_name_says(path):
    for wrong in (BIG.files[path] + BIG.files[path][:32], BIG.files[path][:-32], BIG.files[path][:-1], b""):
        reader = TileReader(reading(BIG.files | {path: wrong}), 600)
        with pytest.raises(TileError):
            reader.bundle(2) if "entries" in path else reader.tile(0, 2)


def test_a_missing_file_is_named():
    reader = TileReader(reading({}), 600)
    with pytest.raises(MissingFileError, match="tile/0/001") as refused:
        reader.tile(0, 1)
    assert "espejo" in refused.value.text("es")
    with pytest.raises(MissingFileError, match=r"tile/entries/002 "):
        reader.bundle(2)


@pytest.mark.parametrize(("level", "number"), [(0, 3), (0, -1), (1, 1), (2, 0)])
def test_a_log_has_no_tile_beyond_its_size(level, number):
    with pytest.raises(RecordError):
        BIG.reader.tile(level, number)


def test_an_entry_beyond_the_log_is_refused():
    for index in (600, 10_000, -1):
        with pytest.raises(RecordError):
            BIG.reader.entry(index)
        with pytest.raises(RecordError):
            BIG.reader.inclusion_proof(index)
