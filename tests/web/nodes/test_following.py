"""Following the other node: everything honest is taken, cosigned and collected, after any absence."""

import hashlib
import time
from pathlib import Path

import pytest

from hled.record import Entry, encode
from hled.record.log_files import CHECKPOINT, PENDING, read_folder
from hled.record.notes import parse_note
from hled.record.objects import ObjectStore
from hled.record.policies import Accepted
from hled.record.verify import verify_log
from hled.web.nodes.bodies import Budget
from hled.web.nodes.follower import Follower, Met, go_round
from hled.web.nodes.home import Home
from hled.web.nodes.keyring import Keyring
from hled.web.nodes.peers import FolderPeer
from hled.web.nodes.signer import Signer
from hled.web.record import queries
from tests.web.nodes.conftest import append
from tests.web.nodes.other import OtherNode, acts


def go(home: Home, mexico: OtherNode) -> dict[tuple[str, str], Met]:
    """One round with Mexico's node, by place and log; nothing may be wrong."""
    found = go_round(Follower(home), [lambda: mexico.peer])
    assert [item.problem for item in found if item.problem] == []
    return {("mexico" if item.where else "here", item.log): item for item in found}


def complete(home: Home, name: str) -> Accepted:
    """The complete checkpoint of a log, after verifying every file against it under the policy."""
    note = (home.log(name) / CHECKPOINT).read_bytes()
    return verify_log(read_folder(home.log(name)), home.policy(), note=note).accepted


def test_the_others_log_is_mirrored_and_cosigned(joined: Home, mexico: OtherNode) -> None:
    entries = acts(0, 300)
    note = mexico.publish(entries)
    found = go(joined, mexico)
    assert found["mexico", "mx"] == Met(mexico.peer.name, "mx", 300, 300, 0)
    assert queries.rows_after("mx", 0, 1000) == entries
    kept = parse_note(next((joined.record / "cosigned").glob("*/checkpoint")).read_bytes())
    assert {kept.text} <= {note.text, parse_note((joined.log("us") / PENDING).read_bytes()).text}
    shown = parse_note((joined.log("mx") / PENDING).read_bytes())
    assert shown.text == note.text
    assert set(joined.policy().signed(shown).cosigned) == {"us", "us-pq"}
    assert not (joined.log("mx") / CHECKPOINT).exists()
    again = go(joined, mexico)
    assert again["mexico", "mx"].taken == 0


def test_with_both_cosignatures_both_logs_are_on_the_record(joined: Home, mexico: OtherNode) -> None:
    note = mexico.publish(acts(0, 7))
    mexico.cosign(note, mexico.log, 7, joined.policy())  # its own, first
    go(joined, mexico)
    ours = joined.log("us")
    mexico.cosign(parse_note((ours / PENDING).read_bytes()), ours, 5, joined.policy())
    found = go(joined, mexico)
    assert (found["mexico", "mx"].on_record, found["mexico", "us"].on_record) == (7, 5)
    assert set(complete(joined, "us").cosigned) == {"us", "us-pq", "mx", "mx-pq"}
    assert complete(joined, "mx").checkpoint.size == 7
    assert [queries.latest_complete(name).size for name in ("us", "mx")] == [5, 7]


def test_what_the_other_cosigned_counts_also_when_the_log_grew_meanwhile(
    joined: Home, mexico: OtherNode
) -> None:
    mexico.publish(acts(0, 1))
    go(joined, mexico)
    ours = joined.log("us")
    mexico.cosign(parse_note((ours / PENDING).read_bytes()), ours, 5, joined.policy())
    append(4, "meanwhile")
    Signer(joined).step()
    found = go(joined, mexico)
    # This node cosigned nine entries by now, and Mexico five: the five wait for the next round.
    assert found["here", "us"].size == 9
    mexico.cosign(parse_note((ours / PENDING).read_bytes()), ours, 9, joined.policy())
    assert go(joined, mexico)["mexico", "us"].on_record == 9


def test_a_long_absence_heals_by_itself_in_pieces(
    joined: Home, mexico: OtherNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hled.web.nodes.mirror.BATCH", 256)
    mexico.publish(acts(0, 100))
    go(joined, mexico)
    entries = acts(100, 900)
    for first in range(0, 900, 90):
        mexico.publish(entries[first : first + 90])
    assert go(joined, mexico)["mexico", "mx"].taken == 900
    assert queries.rows_after("mx", 100, 1000) == entries
    assert queries.log("mx").size == 1000
    mexico.cosign(mexico.publish([]), mexico.log, 1000, joined.policy())
    go(joined, mexico)
    assert complete(joined, "mx").checkpoint.size == 1000


def test_a_broken_off_round_goes_on_where_it_stood(joined: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(0, 600))
    last = mexico.log / "tile" / "entries" / "002.p" / "88"
    whole = last.read_bytes()
    last.unlink()
    (found,) = (item for item in go_round(Follower(joined), [lambda: mexico.peer]) if item.problem)
    assert found.problem is not None
    assert found.problem.code == "record.file_missing"
    assert queries.logs()[-1].name == "us", "nothing of Mexico's log was taken"
    last.write_bytes(whole)
    assert go(joined, mexico)["mexico", "mx"].taken == 600
    assert not (joined.state / "incoming" / "mx").exists()


def test_a_crash_between_rows_and_files_is_made_good(
    joined: Home, mexico: OtherNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    mexico.publish(acts(0, 300))

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("hled.web.nodes.mirror.extended", crash)
        with pytest.raises(KeyboardInterrupt):
            go(joined, mexico)
    assert queries.log("mx").size == 300
    mexico.cosign(mexico.publish(acts(300, 1)), mexico.log, 301, joined.policy())
    go(joined, mexico)
    assert complete(joined, "mx").checkpoint.size == 301


def test_a_crash_between_rows_and_files_is_made_good_also_without_news(
    joined: Home, mexico: OtherNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    mexico.cosign(mexico.publish(acts(0, 300)), mexico.log, 300, joined.policy())

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    follower = Follower(joined)
    with monkeypatch.context() as patch:
        patch.setattr("hled.web.nodes.mirror.extended", crash)
        with pytest.raises(KeyboardInterrupt):
            go_round(follower, [lambda: mexico.peer])
    assert queries.log("mx").size == 300
    assert [item.problem for item in go_round(follower, [lambda: mexico.peer])] == [None] * 2
    assert complete(joined, "mx").checkpoint.size == 300
    assert not (joined.state / "incoming" / "mx").exists()


@pytest.mark.parametrize("path", ["tile/0/000", "tile/entries/001", "tile/1/000.p/2"])
def test_lost_files_of_a_mirror_are_made_again_after_a_start(
    joined: Home, mexico: OtherNode, path: str
) -> None:
    mexico.cosign(mexico.publish(acts(0, 600)), mexico.log, 600, joined.policy())
    go(joined, mexico)
    place = joined.log("mx") / path
    whole = place.read_bytes()
    place.unlink()
    go(joined, mexico)
    assert place.read_bytes() == whole
    assert complete(joined, "mx").checkpoint.size == 600


def test_damaged_mirror_files_accuse_nobody(joined: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(0, 300))
    go(joined, mexico)
    for path in sorted((joined.log("mx") / "tile").rglob("*")):
        if path.is_file():
            path.write_bytes(bytes(path.stat().st_size))
    mexico.cosign(mexico.publish(acts(300, 5)), mexico.log, 305, joined.policy())
    go(joined, mexico)
    assert complete(joined, "mx").checkpoint.size == 305
    assert not (joined.record / "evidence").exists()


def test_one_damaged_tile_in_the_middle_of_a_mirror_accuses_nobody(joined: Home, mexico: OtherNode) -> None:
    """Older checkpoints are compared, and consistency is proven, through tiles that no new entry touches."""
    note = mexico.publish(acts(0, 600))
    mexico.cosign(note, mexico.log, 600, joined.policy())
    go(joined, mexico)
    mexico.publish(acts(600, 600))
    for path in ("tile/0/000", "tile/0/001", "tile/0/002.p/88"):
        place = joined.log("mx") / path
        place.write_bytes(bytes(place.stat().st_size))
    go(joined, mexico)
    assert queries.log("mx").size == 1200
    assert not (joined.record / "evidence").exists()
    again = parse_note((joined.log("mx") / PENDING).read_bytes())
    assert set(joined.policy().signed(again).cosigned) == {"us", "us-pq"}


def test_bodies_come_with_the_entries(joined: Home, mexico: OtherNode) -> None:
    there, lost = b"an official text", b"not there yet"
    names = [hashlib.sha256(data).hexdigest() for data in (there, lost)]
    place = mexico.folder / "objects" / "sha256"
    for data, name in zip((there, lost), names, strict=True):
        (place / name[:2]).mkdir(parents=True)
        (place / name[:2] / name[2:]).write_bytes(data if data == there else b"something else")
    content = {"texts": [{"sha256": name} for name in names]}
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    mexico.publish([encode(Entry("other.text.attached", "urn:hled:text:1", at, content))])
    go(joined, mexico)
    kept = joined.root / "objects" / "sha256"
    assert (kept / names[0][:2] / names[0][2:]).read_bytes() == there
    assert not (kept / names[1][:2] / names[1][2:]).exists(), "wrong bytes are not kept"
    (place / names[1][:2] / names[1][2:]).write_bytes(lost)
    go(joined, mexico)
    assert (kept / names[1][:2] / names[1][2:]).read_bytes() == lost


def naming(checksums: list[str]) -> bytes:
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    content = {"texts": [{"sha256": name} for name in checksums]}
    return encode(Entry("other.text.attached", "urn:hled:text:1", at, content))


def test_bodies_that_nobody_has_hold_nothing_up(
    joined: Home, mexico: OtherNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is absent is asked for within a budget, after cosigning, and behind what is there."""
    monkeypatch.setattr("hled.web.nodes.foreign.Budget", lambda: Budget(requests=10))
    data = b"an official text"
    there = hashlib.sha256(data).hexdigest()
    place = mexico.folder / "objects" / "sha256" / there[:2] / there[2:]
    place.parent.mkdir(parents=True)
    place.write_bytes(data)
    absent = [f"{number:064x}" for number in range(25)]
    note = mexico.publish([naming([*absent, there])])
    asked: list[str] = []
    read = FolderPeer.read

    def counted(self: FolderPeer, path: str, limit: int) -> bytes:
        if path.startswith("objects"):
            shown = parse_note((joined.log("mx") / PENDING).read_bytes())
            assert shown.text == note.text, "cosigned and published first"
            asked.append(path)
        return read(self, path, limit)

    monkeypatch.setattr(FolderPeer, "read", counted)
    for rounds in (1, 2, 3):
        go(joined, mexico)
        assert len(asked) == 10 * rounds
    assert ObjectStore(joined.root / "objects" / "sha256").read(there) == data
    assert len(set(asked)) == 26, "nothing is asked for twice before everything was asked for once"


def test_a_disk_that_is_nearly_full_takes_nothing_more(
    joined: Home, mexico: OtherNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    mexico.publish(acts(0, 3))
    with monkeypatch.context() as patch:
        patch.setattr("hled.web.nodes.bodies.MIN_FREE", 2**62)
        (found,) = (item for item in go_round(Follower(joined), [lambda: mexico.peer]) if item.problem)
    assert found.problem is not None
    assert found.problem.code == "node.no_room"
    assert go(joined, mexico)["mexico", "mx"].taken == 3


def test_a_mirror_follows_both_and_cosigns_nothing(joined: Home, mexico: OtherNode, tmp_path: Path) -> None:
    """A home without keys and without a log of its own takes what both show."""
    mexico.cosign(mexico.publish(acts(0, 3)), mexico.log, 3, joined.policy())
    go(joined, mexico)
    for path in Keyring(joined.keys).folder.iterdir():
        path.unlink()
    mexico.publish(acts(3, 2))
    assert go(joined, mexico)["mexico", "mx"].size == 5
    assert joined.policy().signed(parse_note((joined.log("mx") / PENDING).read_bytes())).cosigned == {}


def test_a_node_that_shows_nothing_yet(joined: Home, mexico: OtherNode) -> None:
    mexico.folder.mkdir(exist_ok=True)
    assert set(go(joined, mexico)) == {("here", "us")}


@pytest.mark.slow
def test_a_cosignature_is_renewed_after_a_day(
    joined: Home, mexico: OtherNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    mexico.publish(acts(0, 2))
    go(joined, mexico)
    before = joined.policy().signed(parse_note((joined.log("mx") / PENDING).read_bytes())).cosigned
    go(joined, mexico)
    assert joined.policy().signed(parse_note((joined.log("mx") / PENDING).read_bytes())).cosigned == before, (
        "not signed again at every round"
    )
    monkeypatch.setattr("hled.web.nodes.cosigner.RENEW_AFTER", -1)
    time.sleep(1.1)
    go(joined, mexico)
    after = joined.policy().signed(parse_note((joined.log("mx") / PENDING).read_bytes())).cosigned
    assert after["us"] > before["us"]


def test_a_complete_checkpoint_gets_the_partial_files_of_its_size(joined: Home, mexico: OtherNode) -> None:
    """A mirror that was away sees the newest entries and an older complete checkpoint at once."""
    ring, note = Keyring(joined.keys), mexico.publish(acts(0, 300))
    signed = [key.sign(note.text, 1) for key in (ring.read("cosigner"), mexico.keys["cosigner"])]
    (mexico.log / CHECKPOINT).write_bytes(note.with_signatures(signed).encode())
    mexico.publish(acts(300, 400))
    for path in ring.folder.iterdir():
        path.unlink()
    found = go(joined, mexico)
    assert (found["mexico", "mx"].size, found["mexico", "mx"].on_record) == (700, 300)
    assert complete(joined, "mx").checkpoint.size == 300
