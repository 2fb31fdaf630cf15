"""Anyone verifies: every command of the how-to page runs as it stands there, and refuses what was changed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hled.record import Entry, encode
from hled.record.checkpoints import Checkpoint
from hled.record.exporting import VERIFIER, export_record
from hled.record.log_files import LogWriter, read_folder
from hled.record.notes import Algorithm, Note, SigningKey
from hled.record.policies import Group, Log, Policy, Witness
from hled.record.proofs import Receipt
from hled.record.tiles import TileReader

ROOT = Path(__file__).resolve().parents[2]
GO_LIBRARY = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDEX, SIZE = 12, 300


def commands(language: str) -> list[str]:
    page = (ROOT / f"docs/how-to/verify-the-record.{language}.md").read_text(encoding="utf-8")
    return [line for block in FENCE.findall(page) for line in block.splitlines()]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of somebody who downloaded entry 12, its receipt and the record, and has a policy."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("reader")
    log = SigningKey.generate("us.example/record/us", Algorithm.ED25519)
    cosigners = {
        name: SigningKey.generate(f"{name}.example/cosigner", Algorithm.COSIGNATURE_ED25519)
        for name in ("us", "mx")
    }
    witnesses = tuple(Witness(name, key.verifier) for name, key in cosigners.items())
    group = Group("governments", 2, ("us", "mx"))
    policy = Policy((Log(log.verifier),), witnesses, (group,), "governments")
    frontier = LogWriter(home / "us").extend(map(entry, range(SIZE)))
    text = Checkpoint(log.name, frontier.size, frontier.root()).text
    note = Note(text, (log.sign(text), *(key.sign(text, 1_795_435_200) for key in cosigners.values())))
    (home / "us/checkpoint").write_bytes(note.encode())
    (home / "policy").write_text(policy.text)
    export_record(home, folder / "record")
    path = TileReader(read_folder(home / "us"), SIZE).inclusion_proof(INDEX)
    (folder / "us-12.tlog-proof").write_bytes(Receipt(INDEX, path, note).encode())
    (folder / "us-12.json").write_bytes(entry(INDEX))
    shutil.copy(folder / "record/policy", folder / "policy")
    shutil.copy(folder / "record" / VERIFIER.name, folder)
    (folder / "tests").mkdir()
    (folder / "tests/outside").symlink_to(ROOT / "tests/outside")
    return folder


def entry(number: int) -> bytes:
    content: dict[str, object] = {"number": number, "title": "Diálogo"}
    name = f"urn:hled:act:{number}"
    return encode(Entry(type="act.recorded", id=name, at="2026-11-23T12:00:00Z", content=content))


def run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command as a shell does, with this environment's programs; there is no HLED_HOME to lean on."""
    if command.startswith(("GO111MODULE", "./verify")) and not (shutil.which("go") and GO_LIBRARY.is_dir()):
        pytest.skip("golang-go and golang-golang-x-mod-dev are not installed")
    words = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder)}
    environment = words | {"HLED_HOME": str(folder / "nowhere"), "GOCACHE": str(folder / ".gocache")}
    return subprocess.run(
        ["/bin/sh", "-c", command], check=False, cwd=folder, env=environment, capture_output=True, text=True
    )


def test_both_pages_give_the_same_commands() -> None:
    assert commands("en") == commands("es")
    assert len(commands("en")) >= 9


def test_every_command_of_the_page_verifies(reader: Path) -> None:
    for command in commands("en"):
        done = run(command, reader)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("us-12.json", "us-12.json"),
        ("us-12.tlog-proof", "us-12.tlog-proof"),
        ("record/us/tile/entries/000", r"record(/us)? --policy"),
    ],
)
def test_every_command_that_reads_a_changed_file_refuses(
    reader: Path, tmp_path: Path, file: str, named: str
) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(reader, changed, symlinks=True)
    data = bytearray((changed / file).read_bytes())
    data[40] ^= 1
    (changed / file).write_bytes(data)
    reading = [item for item in commands("en") if re.search(f" {named}", item) and not item.startswith("./")]
    assert len(reading) >= 2
    for command in reading:
        done = run(command, changed)
        assert done.returncode == 1, f"{command}\n{done.stdout}{done.stderr}"
