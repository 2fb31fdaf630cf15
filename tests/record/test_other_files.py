"""A folder keeps the files of older checkpoints, and they must say what the log says."""

import pytest

from hled.record.errors import TileError
from hled.record.log_files import LogWriter, read_folder
from hled.record.tiles import TileName, tile_name
from hled.record.verify import verify_entries
from tests.record.logs import changed, entries, log_of

ACTS = entries(300)


@pytest.fixture
def folder(tmp_path):
    """A log of 300 entries that had checkpoints of 3, 5 and 258 as well."""
    writer = LogWriter(tmp_path)
    for start, end in ((0, 3), (3, 5), (5, 258), (258, 300)):
        writer.extend(ACTS[start:end])
    return tmp_path


def older(folder) -> list[str]:
    current = log_of(ACTS).files
    return [path for path in read_folder(folder).tiles() if path not in current]


def test_a_grown_log_is_verified_with_all_its_files(folder):
    checkpoint = log_of(ACTS).checkpoint
    assert verify_entries(read_folder(folder), checkpoint) == 300
    assert sorted(older(folder)) == [
        "tile/0/000.p/3",
        "tile/0/000.p/5",
        "tile/0/001.p/2",
        "tile/entries/000.p/3",
        "tile/entries/000.p/5",
        "tile/entries/001.p/2",
    ]


def test_every_byte_of_every_file_counts(folder):
    checkpoint, read = log_of(ACTS[:5]).checkpoint, read_folder(folder)
    for path in ("tile/0/000.p/3", "tile/entries/000.p/3"):
        good = read(path)
        for wrong in changed(good, (0x20,)):
            (folder / path).write_bytes(wrong)
            with pytest.raises(TileError):
                verify_entries(read, checkpoint)
        (folder / path).write_bytes(good)
    verify_entries(read, checkpoint)


def test_a_file_that_is_too_short_or_too_long_is_refused(folder):
    for path in older(folder):
        good = (folder / path).read_bytes()
        for wrong in (b"", good[:-32], good + good[-32:], good + b"\x00"):
            (folder / path).write_bytes(wrong)
            with pytest.raises(TileError) as refused:
                verify_entries(read_folder(folder), log_of(ACTS).checkpoint)
            assert refused.value.text("es") != refused.value.text("en")
        (folder / path).write_bytes(good)


def test_what_was_written_beyond_the_checkpoint_is_compared_as_far_as_it_goes(folder):
    """The signer writes tiles first and signs later; a reader in between sees more than was signed."""
    read, checkpoint = read_folder(folder), log_of(ACTS[:258]).checkpoint
    assert verify_entries(read, checkpoint) == 258
    assert verify_entries(read, log_of(ACTS[:3]).checkpoint) == 3
    beyond = folder / "tile/0/001.p/44"
    data = beyond.read_bytes()
    beyond.write_bytes(data[:64] + bytes(32) + data[96:])
    assert verify_entries(read, checkpoint) == 258
    beyond.write_bytes(bytes(32) + data[32:])
    with pytest.raises(TileError, match=r"001\.p/44"):
        verify_entries(read, checkpoint)


def test_other_files_in_the_folder_are_nobodys_affair(folder):
    (folder / "tile/0/.new-1-000").write_bytes(b"half")
    (folder / "tile/notes.txt").write_text("notes")
    assert verify_entries(read_folder(folder), log_of(ACTS).checkpoint) == 300


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("tile/0/000", TileName(0, 0, 256)),
        ("tile/2/x001/x234/067.p/7", TileName(2, 1_234_067, 7)),
        ("tile/entries/x001/000.p/255", TileName(None, 1000, 255)),
        ("tile/entries/000.p/256", None),
        ("tile/0/" + "x999/" * 7 + "000", None),
        ("checkpoint", None),
    ],
)
def test_a_path_says_which_tile_it_is(path, name):
    assert tile_name(path) == name
