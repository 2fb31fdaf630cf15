"""Bytes lie under their checksum, and no file is believed that does not match its name."""

import hashlib
import os

import pytest

from hled.record import Entry, encode
from hled.record.objects import DamagedObjectError, MissingObjectError, ObjectStore, named_by

TEXT = b"El texto de un documento.\n"
CHECKSUM = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def store(tmp_path) -> ObjectStore:
    return ObjectStore(tmp_path / "objects" / "sha256")


def place(store: ObjectStore):
    return store.folder / CHECKSUM[:2] / CHECKSUM[2:]


def test_which_bodies_an_entry_names():
    one, two, three, four = (letter * 64 for letter in "abcd")
    content = {"text": {"sha256": one}, "cites": f"sha256:{two}", "revision": three, "name": four}
    entry = encode(Entry("test.made", "urn:hled:test:1", "2026-11-23T10:00:00Z", content))
    assert sorted(named_by(entry)) == [one, two, three]


@pytest.mark.parametrize("spoil", ["link", "pipe", "folder"])
def test_what_is_no_plain_file_is_never_given_out(tmp_path, spoil):
    store = ObjectStore(tmp_path / "kept")
    checksum = store.keep(b"a text")
    place = tmp_path / "kept" / checksum[:2] / checksum[2:]
    moved = place.rename(tmp_path / "elsewhere")
    if spoil == "link":
        place.symlink_to(moved)
    elif spoil == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    with pytest.raises(DamagedObjectError):
        store.read(checksum)


def test_bytes_lie_under_their_checksum(store):
    assert store.keep(TEXT) == CHECKSUM
    assert place(store).read_bytes() == TEXT
    assert store.read(CHECKSUM) == TEXT


def test_keeping_again_leaves_no_other_file(store):
    store.keep(TEXT)
    store.keep(TEXT)
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [place(store)]


def test_a_write_that_fails_leaves_nothing(store, monkeypatch):
    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hled.record.objects.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.keep(TEXT)
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


def test_a_missing_file_is_said(store):
    with pytest.raises(MissingObjectError, match=CHECKSUM) as caught:
        store.read(CHECKSUM)
    assert "no se conserva" in caught.value.text("es")


def test_a_damaged_file_is_not_given_out_and_can_be_mended(store):
    store.keep(TEXT)
    place(store).write_bytes(TEXT + b"!")
    with pytest.raises(DamagedObjectError, match=CHECKSUM) as caught:
        store.read(CHECKSUM)
    assert "dañado" in caught.value.text("es")
    store.keep(TEXT)
    assert store.read(CHECKSUM) == TEXT


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_name_that_is_no_checksum_opens_nothing(store, name):
    with pytest.raises(MissingObjectError):
        store.read(name)
