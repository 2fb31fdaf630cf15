"""The stick: one file that goes back and forth, read without ever being unpacked, refused where it is odd."""

import stat
import zipfile
from pathlib import Path

import pytest

from hled.fetch import AnswerError, AnswerTooLargeError, NotThereError
from hled.record.log_files import PENDING
from hled.record.notes import parse_note
from hled.web.nodes.errors import StickError
from hled.web.nodes.follower import Follower
from hled.web.nodes.home import Home
from hled.web.nodes.sticks import read_stick, write_stick
from hled.web.record import actions, queries
from tests.web.nodes.conftest import append
from tests.web.nodes.other import OtherNode, acts


def packed(path: Path, folder: Path) -> Path:
    """Pack a folder of public files as the other node would."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"record/{file.relative_to(folder)}")
    return path


def test_a_stick_goes_there_and_back(joined: Home, mexico: OtherNode, tmp_path: Path) -> None:
    mexico.publish(acts(0, 300))
    with read_stick(packed(tmp_path / "stick", mexico.folder)) as stick:
        assert [item.problem for item in Follower(joined).round_with(stick)] == [None]
    assert queries.log("mx").size == 300
    Follower(joined).own_round()
    written = write_stick(joined, tmp_path / "stick")
    assert written > 8
    with read_stick(tmp_path / "stick") as stick:
        ours = parse_note(stick.read(f"us/{PENDING}", 10_000))
        assert joined.policy().signed(ours).checkpoint.size == 5
        theirs = parse_note(stick.read(f"mx/{PENDING}", 20_000))
        assert set(joined.policy().signed(theirs).cosigned) == {"us", "us-pq"}
        for name in ("policy", "keys.json", "card", "us/tile/entries/000.p/5", "mx/tile/0/000"):
            assert stick.read(name, 100_000)
    with zipfile.ZipFile(tmp_path / "stick") as archive:
        assert not [name for name in archive.namelist() if "key" in name and not name.endswith("keys.json")]
        assert b"PRIVATE" not in b"".join(map(archive.read, archive.namelist()))


def test_a_full_disk_is_not_the_fault_of_the_stick(joined: Home, mexico: OtherNode, tmp_path: Path) -> None:
    mexico.publish(acts(0, 3))
    with pytest.raises(OSError, match="no space"), read_stick(packed(tmp_path / "stick", mexico.folder)):
        raise OSError("no space left on device")


def test_bodies_travel_with_the_entries_that_name_them(joined: Home, tmp_path: Path) -> None:
    checksum = queries.objects().keep(b"a text")
    append(1, "about")
    actions.append([actions.Act("other.text.attached", "urn:hled:text:1", {"sha256": checksum})])
    missing = "0" * 64
    actions.append([actions.Act("other.text.attached", "urn:hled:text:2", {"content": f"sha256:{missing}"})])
    write_stick(joined, tmp_path / "stick")
    with read_stick(tmp_path / "stick") as stick:
        assert stick.read(f"objects/sha256/{checksum[:2]}/{checksum[2:]}", 100) == b"a text"
        with pytest.raises(NotThereError):
            stick.read(f"objects/sha256/{missing[:2]}/{missing[2:]}", 100)
        with pytest.raises(AnswerTooLargeError):
            stick.read(f"objects/sha256/{checksum[:2]}/{checksum[2:]}", 5)


def test_a_bomb_is_read_up_to_its_bound(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "stick", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("record/us/checkpoint", bytes(50_000_000))
    with read_stick(tmp_path / "stick") as stick, pytest.raises(AnswerTooLargeError):
        stick.read("us/checkpoint", 1_000_000)


@pytest.mark.parametrize(
    "name", ["../keys/log.key", "record/../keys/log.key", "/etc/passwd", "other/us", "record\\us"]
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "stick", "w") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(StickError, match="cannot be used"), read_stick(tmp_path / "stick"):
        pass


def test_links_secrets_and_doubles_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("record/us")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    secret = zipfile.ZipInfo("record/us")
    secret.flag_bits = 1
    for number, infos in enumerate(([link], [zipfile.ZipInfo("record/us")] * 2)):
        path = tmp_path / str(number)
        with zipfile.ZipFile(path, "w") as archive, pytest.MonkeyPatch.context() as patch:
            patch.setattr("warnings.warn", lambda *_, **__: None)
            for info in infos:
                archive.writestr(info, b"keys")
        with pytest.raises(StickError), read_stick(path):
            pass


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04" + bytes(40)])
def test_what_is_no_stick_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "stick").write_bytes(data)
    with pytest.raises(StickError), read_stick(tmp_path / "stick"):
        pass


def test_a_damaged_file_in_a_stick_is_refused(joined: Home, mexico: OtherNode, tmp_path: Path) -> None:
    mexico.publish(acts(0, 3))
    path = packed(tmp_path / "stick", mexico.folder)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(f"record/mx/{PENDING}")
    at = info.header_offset + 30 + len(info.filename) + 5
    data[at] ^= 0xFF
    path.write_bytes(data)
    with read_stick(path) as stick:
        with pytest.raises(AnswerError):
            stick.read(f"mx/{PENDING}", 10_000)
        (found,) = Follower(joined).round_with(stick)
    assert found.problem is not None
    assert found.problem.code == "fetch.bad_answer"


def test_a_stick_that_cannot_be_written_leaves_the_old_one(joined: Home, tmp_path: Path) -> None:
    with pytest.raises(StickError):
        write_stick(joined, tmp_path / "missing" / "stick")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StickError):
        write_stick(joined, tmp_path / "folder")
    assert not list(tmp_path.glob(".new*"))
