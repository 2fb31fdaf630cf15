"""The public tree: complete, nothing else in it, and never a checkpoint before its files."""

import hashlib

import pytest

from hled.record import Entry, encode, exporting
from hled.record.checkpoints import Checkpoint
from hled.record.exporting import Exported, export_bodies, export_record, log_names
from hled.record.log_files import LogWriter, read_folder
from hled.record.notes import Algorithm, Note, SigningKey
from hled.record.objects import ObjectStore
from hled.record.policies import Log, Policy
from hled.record.verify import verify_log

KEY = SigningKey.generate("test.invalid/record/local", Algorithm.ED25519)
POLICY = Policy((Log(KEY.verifier),))


def entries(count, first=0):
    for number in range(first, first + count):
        content = {"number": number}
        yield encode(
            Entry(type="test.made", id=f"urn:hled:test:{number}", at="2026-11-23T12:00:00Z", content=content)
        )


def sign(folder, frontier):
    text = Checkpoint(KEY.name, frontier.size, frontier.root()).text
    (folder / "checkpoint").write_bytes(Note(text, (KEY.sign(text),)).encode())


@pytest.fixture
def record(tmp_path):
    """A record of one log with 300 entries, beside files that are nobody's business."""
    folder = tmp_path / "home" / "record"
    writer = LogWriter(folder / "local")
    writer.extend(entries(100))
    sign(folder / "local", writer.extend(entries(200, 100)))
    (folder / "policy").write_text(POLICY.text)
    for place in ("cosigned/" + "ab" * 32, "cosigned/no-hash", "local/tile/0/private"):
        (folder / place).mkdir(parents=True)
        (folder / place / "checkpoint").write_text("a note\n")
    for private in ("signer.json", "local/last-signed", "local/tile/.new-1-000", "local/tile/000"):
        (folder / private).write_text("private")
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_public_is_copied_and_verifies(record, tmp_path):
    target = tmp_path / "stick" / "record"
    done = export_record(record, target)
    assert files(target) == {
        "policy",
        "verify_record.py",
        "local/checkpoint",
        "local/tile/0/000",
        "local/tile/0/001.p/44",
        "local/tile/1/000.p/1",
        "local/tile/entries/000",
        "local/tile/entries/001.p/44",
        f"cosigned/{'ab' * 32}/checkpoint",
    }
    assert done == Exported(written=9)
    note = (target / "local/checkpoint").read_bytes()
    assert verify_log(read_folder(target / "local"), POLICY, note=note).entries == 300


def test_exporting_again_writes_only_what_is_new(record, tmp_path):
    export_record(record, tmp_path / "copy")
    assert export_record(record, tmp_path / "copy") == Exported(same=9)
    sign(record / "local", LogWriter(record / "local", size=300).extend(entries(1, 300)))
    done = export_record(record, tmp_path / "copy")
    assert done == Exported(written=3, same=8)  # a tile, a bundle and the checkpoint
    (tmp_path / "copy/local/tile/0/000").write_bytes(b"rot")
    assert export_record(record, tmp_path / "copy") == Exported(written=1, same=10)


def test_an_interrupted_export_leaves_a_copy_that_verifies(record, tmp_path, monkeypatch):
    """A copy that stops at any file has either no checkpoint or all that its checkpoint speaks of."""
    target = tmp_path / "copy"
    for stop in range(9):
        write, left = exporting.write_whole, [stop]

        def writes(path, data, write=write, left=left):
            if not left[0]:
                raise OSError(28, "No space left on device")
            left[0] -= 1
            write(path, data)

        monkeypatch.setattr(exporting, "write_whole", writes)
        with pytest.raises(OSError, match="No space"):
            export_record(record, target / str(stop))
        monkeypatch.undo()
        checkpoint = target / str(stop) / "local/checkpoint"
        if checkpoint.is_file():
            read = read_folder(checkpoint.parent)
            assert verify_log(read, POLICY, note=checkpoint.read_bytes()).entries == 300


def test_bodies_are_copied_once_checked_and_mended(tmp_path):
    source, target = ObjectStore(tmp_path / "a"), ObjectStore(tmp_path / "b")
    kept, damaged = source.keep(b"a text"), source.keep(b"another")
    (tmp_path / "a" / damaged[:2] / damaged[2:]).write_bytes(b"rot")
    nowhere = hashlib.sha256(b"nowhere").hexdigest()
    wanted = (kept, damaged, nowhere)
    assert export_bodies(wanted, source, target) == Exported(written=1, damaged=(damaged,))
    assert export_bodies(wanted, source, target) == Exported(same=1, damaged=(damaged,))
    (tmp_path / "b" / kept[:2] / kept[2:]).write_bytes(b"rot")
    assert export_bodies((kept,), source, target) == Exported(written=1)
    assert target.read(kept) == b"a text"


def test_logs_are_folders_with_a_checkpoint(record, tmp_path):
    (record / "mx").mkdir()
    assert log_names(record) == ("local",)
    (record / "mx" / "checkpoint.pending").write_text("a note\n")
    assert log_names(record) == ("local", "mx")
    assert log_names(tmp_path / "nowhere") == ()
