"""What `hled serve --mirror` takes of a copy beside its logs: what it understood, never a file."""

import os
from pathlib import Path

import pytest

from hled.cli.__main__ import main
from hled.cli.mirror import mirrored
from hled.cli.mirror_files import MirrorError, lay_out
from hled.record.checkpoints import Checkpoint
from hled.record.key_history import KeyHistory
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import Algorithm, Note, Signature, SigningKey, parse_note
from hled.record.policies import Log, Policy, Witness
from hled.record.witness import FileStore

SECRET = "PRIVATE+KEY+of+the+operator"
LOG = SigningKey.generate("us.example/record/us", Algorithm.ED25519)
US = SigningKey.generate("us.example/cosigner", Algorithm.COSIGNATURE_ED25519)
POLICY = Policy((Log(LOG.verifier, "https://us.example/record/us"),), (Witness("us", US.verifier),), (), "us")
STRANGER = Signature("stranger", b"abcd", b"reads like a secret")


def note(*more: Signature, origin: str = LOG.name) -> bytes:
    text = Checkpoint(origin, 0, EMPTY_ROOT).text
    return Note(text, (LOG.sign(text), US.sign(text, 5), *more)).encode()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy with a policy, a history of keys, a card and a cosigned checkpoint."""
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "policy").write_text("# a word of the giver\n" + POLICY.text)
    (folder / "keys.json").write_bytes(KeyHistory(POLICY).encode())
    (folder / "card").write_text("# hello\n" + POLICY.text.rpartition("quorum")[0])
    FileStore(folder / "cosigned").write(LOG.name, note(STRANGER))
    return folder


def published(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def test_what_was_understood_is_written_anew(copy: Path, tmp_path: Path) -> None:
    assert lay_out(copy, tmp_path / "site") == POLICY
    found = published(tmp_path / "site")
    cosigned = FileStore(Path("cosigned")).place(LOG.name).as_posix()
    assert set(found) == {"policy", "keys.json", "card", cosigned}
    assert found["policy"] == POLICY.text
    assert found["card"] == POLICY.text.rpartition("quorum")[0]
    assert [item.name for item in parse_note(found[cosigned].encode()).signatures] == [LOG.name, US.name]


@pytest.mark.parametrize("name", ["policy", "keys.json", "card", FileStore(Path("cosigned")).place(LOG.name)])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "large"])
def test_no_plain_file_is_refused(copy: Path, tmp_path: Path, name: str, kind: str) -> None:
    place = copy / name
    kept = place.rename(tmp_path / "kept")
    if kind == "link":
        place.symlink_to(kept)
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        with place.open("wb") as file:
            file.truncate(20_000_000)
    with pytest.raises(MirrorError, match=place.name):
        lay_out(copy, tmp_path / "site")


def test_files_of_the_machine_are_never_published(copy: Path, tmp_path: Path) -> None:
    secret = tmp_path / "cosigner.key"
    secret.write_text(SECRET)
    for other in ("cosigned/" + "a" * 64, "evidence/1", "us/tile"):
        (copy / other).mkdir(parents=True)
        (copy / other / "checkpoint").symlink_to(secret)
    (copy / "cosigned" / ("b" * 64)).symlink_to(tmp_path)
    lay_out(copy, tmp_path / "site")
    assert not any(SECRET in text for text in published(tmp_path / "site").values())
    assert not any(path.is_symlink() for path in (tmp_path / "site").rglob("*"))


def test_what_proves_nothing_is_left_out(copy: Path, tmp_path: Path) -> None:
    FileStore(copy / "cosigned").write(LOG.name, note(origin="another.example/record/us"))
    other = SigningKey.generate("evil.example/cosigner", Algorithm.COSIGNATURE_ED25519)
    (copy / "card").write_text(f"witness evil {other.verifier}\n")
    (copy / "keys.json").write_bytes(KeyHistory(Policy((Log(LOG.verifier),))).encode())
    lay_out(copy, tmp_path / "site")
    assert set(published(tmp_path / "site")) == {"policy"}


def test_the_policy_that_the_operator_trusts_counts(copy: Path, tmp_path: Path) -> None:
    trusted = Policy(POLICY.logs, POLICY.witnesses)
    assert lay_out(copy, tmp_path / "site", trusted) == trusted
    found = published(tmp_path / "site")
    assert found["policy"] == trusted.text
    assert "keys.json" not in found  # it leads to another policy


def test_a_policy_that_cannot_be_used_is_refused_by_name(copy: Path) -> None:
    (copy / "policy").write_text("quorum nobody\n")
    with pytest.raises(MirrorError, match="copy/policy cannot be used"), mirrored(copy, "en"):
        pass


def test_without_a_copy_a_policy_makes_no_sense(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--policy", str(tmp_path / "policy"), "--language", "en"]) == 2
    assert "--mirror" in capsys.readouterr().err
