"""A log's folder: written as the log grows, continued from where it stood, and read within bounds."""

import os
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hled.record.errors import MissingFileError, TileError
from hled.record.log_files import CHECKPOINT, PENDING, LogWriter, read_folder
from hled.record.notes import MAX_NOTE
from hled.record.tiles import TileReader
from tests.record.logs import entries, log_of

ACTS = entries(600)


def files_in(folder) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_folder_holds_exactly_the_files_of_the_log(tmp_path):
    LogWriter(tmp_path).extend(ACTS)
    wanted = log_of(ACTS).files
    wanted.pop("checkpoint")
    assert files_in(tmp_path) == wanted


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 300), max_size=6))
def test_a_log_that_grows_in_steps_has_the_files_of_every_step(tmp_path_factory, steps):
    folder, size = tmp_path_factory.mktemp("log"), 0
    wanted: dict[str, bytes] = {}
    for step in steps:
        writer = LogWriter(folder, size=size)
        frontier = writer.extend(iter(ACTS[size : size + step]))
        size = frontier.size
        at_this_size = log_of(ACTS[:size])
        assert frontier.root() == at_this_size.checkpoint.root == writer.frontier().root()
        wanted |= at_this_size.files
    wanted.pop("checkpoint", None)
    assert files_in(folder) == wanted


def test_one_writer_can_be_told_again_and_again(tmp_path):
    writer = LogWriter(tmp_path)
    for start in range(0, 20, 4):
        assert writer.extend(ACTS[start : start + 4]).size == writer.size == start + 4
        reader = TileReader(read_folder(tmp_path), writer.size)
        assert reader.root() == writer.frontier().root()
        assert reader.bundle(0) == ACTS[: start + 4]


def test_nothing_to_write_writes_nothing(tmp_path):
    assert LogWriter(tmp_path).extend([]).size == 0
    assert files_in(tmp_path) == {}


def test_an_entry_that_is_too_large_leaves_the_log_as_it_was(tmp_path):
    writer = LogWriter(tmp_path)
    writer.extend(ACTS[:3])
    with pytest.raises(TileError):
        writer.extend([bytes(65_536)])
    assert writer.size == 3
    assert writer.extend(ACTS[3:5]).root() == log_of(ACTS[:5]).checkpoint.root


def test_what_fails_between_entries_is_made_up_for_later(tmp_path):
    def failing():
        yield from ACTS[:300]
        raise KeyboardInterrupt

    writer = LogWriter(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        writer.extend(failing())
    writer.extend(ACTS[writer.size : 400])
    assert TileReader(read_folder(tmp_path), 400).root() == log_of(ACTS[:400]).checkpoint.root


@pytest.mark.parametrize("path", ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"])
def test_damaged_files_are_not_continued_but_written_again(tmp_path, path):
    LogWriter(tmp_path).extend(ACTS[:300])
    (tmp_path / path).write_bytes((tmp_path / path).read_bytes()[:-1])
    with pytest.raises(TileError):
        LogWriter(tmp_path, size=300)
    (tmp_path / path).unlink()
    with pytest.raises(TileError):
        LogWriter(tmp_path, size=300)
    again = LogWriter(tmp_path)
    assert again.extend(ACTS[:300]).root() == LogWriter(tmp_path, size=300).frontier().root()


def test_a_bundle_that_is_not_that_of_its_tile_is_not_continued(tmp_path):
    LogWriter(tmp_path).extend(ACTS[:300])
    place = tmp_path / "tile/entries/001.p/44"
    place.write_bytes(place.read_bytes().replace(b"299", b"298"))
    with pytest.raises(TileError, match=r"entries/001\.p/44"):
        LogWriter(tmp_path, size=300)


def test_a_reader_never_meets_half_a_file(tmp_path):
    LogWriter(tmp_path).extend(ACTS[:255])
    read, seen, over = read_folder(tmp_path), set(), threading.Event()

    def look():
        while not over.is_set():
            seen.add(read("tile/entries/000.p/255"))

    watcher = threading.Thread(target=look)
    watcher.start()
    for _ in range(50):
        LogWriter(tmp_path).extend(ACTS[:255])
    over.set()
    watcher.join()
    assert len(seen) == 1


def test_only_the_files_of_a_log_are_read(tmp_path):
    folder = tmp_path / "log"
    LogWriter(folder).extend(ACTS[:3])
    (tmp_path / "secret").write_text("secret")
    (folder / "secret").write_text("secret")
    (folder / CHECKPOINT).write_bytes(b"a")
    (folder / PENDING).write_bytes(b"b")
    read = read_folder(folder)
    assert (read(CHECKPOINT), read(PENDING)) == (b"a", b"b")
    for path in (
        "secret",
        "../secret",
        "tile/../secret",
        str(tmp_path / "secret"),
        "",
        ".",
        "tile",
        "tile/0",
        "\x00",
    ):
        with pytest.raises(MissingFileError):
            read(path)


def test_what_is_larger_than_it_can_be_or_no_file_is_refused(tmp_path):
    (tmp_path / CHECKPOINT).write_bytes(b"a" * (MAX_NOTE + 1))
    with pytest.raises(TileError, match="larger"):
        read_folder(tmp_path)(CHECKPOINT)
    os.mkfifo(tmp_path / PENDING)
    with pytest.raises(MissingFileError):
        read_folder(tmp_path)(PENDING)
    (tmp_path / "tile/0/000").mkdir(parents=True)
    with pytest.raises(MissingFileError):
        read_folder(tmp_path)("tile/0/000")
