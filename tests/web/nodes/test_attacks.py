"""Attacks and accidents: each is refused by name, says what to do, changes nothing, leaves its exhibit."""

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hled.fetch import Reach, Reply, Source
from hled.language import DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.errors import StaleError
from hled.record.exporting import export_record
from hled.record.log_files import CHECKPOINT, PENDING, read_folder
from hled.record.notes import Note, SigningKey, parse_note
from hled.record.policies import Witness as Listed
from hled.record.tiles import TileReader
from hled.web.nodes.cosigner import ask_witness
from hled.web.nodes.follower import Follower, Met, go_round
from hled.web.nodes.home import Home
from hled.web.nodes.keyring import ALGORITHMS, COSIGNER, COSIGNER_PQ, LOG
from hled.web.nodes.signer import Signer
from hled.web.record import queries
from hled.web.record.models import CheckpointRow
from tests.conftest import without_triggers
from tests.web.nodes.conftest import US, append, cut
from tests.web.nodes.other import OtherNode, acts


@pytest.fixture
def met(joined: Home, mexico: OtherNode) -> Home:
    """The United States' node after a first round in which Mexico showed 20 entries."""
    mexico.publish(acts(0, 20))
    assert problems(joined, mexico) == []
    return joined


def go(home: Home, mexico: OtherNode) -> list[Met]:
    return go_round(Follower(home), [lambda: mexico.peer])


def problems(home: Home, mexico: OtherNode) -> list[str]:
    return [item.problem.code for item in go(home, mexico) if item.problem]


def exhibits(home: Home) -> list[str]:
    return sorted(path.name.rpartition("Z-")[2] for path in (home.record / "evidence").glob("*"))


def unchanged(home: Home, work: Callable[[], list[str]]) -> list[str]:
    """Do something that must be refused; the mirror, its cosignature and its rows must stay as they are."""
    name, files = "mx", home.log("mx")

    def state() -> tuple[object, ...]:
        kept = {path: path.read_bytes() for path in (home.record / "cosigned").glob("*/checkpoint")}
        tree = {path: path.read_bytes() for path in files.rglob("*") if path.is_file()}
        return kept, tree, queries.log(name)

    before = state()
    found = work()
    assert state() == before
    return found


def said(home: Home, mexico: OtherNode) -> DialogueError:
    (problem,) = (item.problem for item in go(home, mexico) if item.problem)
    return problem


def forge(mexico: OtherNode, size: int, *, says: str = "forged") -> Note:
    """Write another history in the place of the honest one, signed by the log's own key."""
    mexico.restart()
    return mexico.publish(acts(0, size, says=says))


def test_a_split_view_is_refused_and_kept(met: Home, mexico: OtherNode) -> None:
    honest = (mexico.log / PENDING).read_bytes()
    forged = forge(mexico, 20)
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.fork"]
    (folder,) = (met.record / "evidence").iterdir()
    shown, before = (parse_note((folder / name).read_bytes()) for name in ("shown", "shown-before"))
    assert (shown.text, before.text) == (forged.text, parse_note(honest).text)
    one, two = Checkpoint.parse(shown.text), Checkpoint.parse(before.text)
    assert (one.size, one.root == two.root) == (two.size, False)
    assert all(met.policy().signed(note) for note in (shown, before)), "anyone can check the exhibit"
    about = (folder / "about.txt").read_text()
    assert "FORK" in about
    assert "BIFURCACIÓN" in about
    problems(met, mexico)
    assert exhibits(met) == ["fork"], "kept once, however often it is seen"


def test_exhibits_have_an_end(met: Home, mexico: OtherNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hled.web.nodes.exhibits.MAX_KEPT", 3)
    for number in range(5):
        forge(mexico, 20 + number, says="forged")
        assert problems(met, mexico) == ["record.fork"]
    assert exhibits(met) == ["fork"] * 3


def test_one_exhibit_of_a_size_is_enough_and_holds_no_strange_signatures(
    met: Home, mexico: OtherNode, tmp_path: Path
) -> None:
    for number in range(3):
        note = forge(mexico, 20, says=f"forged-{number}")
        strange = SigningKey.generate("strange.example", ALGORITHMS[LOG]).sign(note.text)
        (mexico.log / PENDING).write_bytes(note.with_signatures([strange]).encode())
        assert problems(met, mexico) == ["record.fork"]
    (folder,) = (met.record / "evidence").iterdir()
    shown = parse_note((folder / "shown").read_bytes())
    assert [item.name for item in shown.signatures] == [mexico.who.origin]
    (folder / ".new-half").write_bytes(b"not public")
    export_record(met.record, tmp_path / "copy")
    copied = {path.name for path in (tmp_path / "copy" / "evidence" / folder.name).iterdir()}
    assert copied == {"shown", "shown-before", "cosigned-before", "about.txt"}


def test_a_rewritten_history_that_has_grown_is_refused(met: Home, mexico: OtherNode) -> None:
    forge(mexico, 300)
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.fork"]
    assert exhibits(met) == ["fork"]


def test_one_changed_entry_among_the_old_ones_is_refused(met: Home, mexico: OtherNode) -> None:
    entries = [*acts(0, 11), *acts(11, 1, says="changed"), *acts(12, 30)]
    mexico.restart()
    mexico.publish(entries)
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.fork"]


def test_a_rollback_is_refused_and_kept(met: Home, mexico: OtherNode) -> None:
    mexico.restart()
    mexico.publish(acts(0, 12))
    error = unchanged(met, lambda: [said(met, mexico).message.es])
    assert "RETROCESO" in error[0]
    assert exhibits(met) == ["rollback"]


def test_a_replayed_old_checkpoint_is_refused(met: Home, mexico: OtherNode) -> None:
    old = (mexico.log / PENDING).read_bytes()
    mexico.publish(acts(20, 5))
    assert problems(met, mexico) == []
    (mexico.log / PENDING).write_bytes(old)
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.rollback"]


def test_a_truncated_log_is_not_taken(met: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(20, 300))
    bundle = mexico.log / "tile" / "entries" / "001.p" / "64"
    whole = bundle.read_bytes()
    bundle.write_bytes(whole[:-20])
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.bad_tile"]
    bundle.unlink()
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.file_missing"]
    bundle.write_bytes(whole)
    assert problems(met, mexico) == []


def test_a_changed_entry_under_an_honest_root_is_not_taken(met: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(20, 3))
    bundle = mexico.log / "tile" / "entries" / "000.p" / "23"
    whole = bundle.read_bytes()
    bundle.write_bytes(whole.replace(b'"number":21', b'"number":99'))
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.bad_tile"]
    assert exhibits(met) == [], "a damaged copy accuses nobody"
    bundle.write_bytes(whole)
    assert problems(met, mexico) == []


def test_damaged_tiles_accuse_nobody(met: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(20, 3))
    tile = mexico.log / "tile" / "0" / "000.p" / "23"
    tile.write_bytes(bytes(tile.stat().st_size))
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.bad_tile"]
    assert exhibits(met) == []


def test_entries_from_the_future_are_refused(met: Home, mexico: OtherNode) -> None:
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=400)
    mexico.publish(acts(20, 1, start=ahead))
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.clock_skew"]


def test_entries_a_little_ahead_are_taken(met: Home, mexico: OtherNode) -> None:
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=200)
    mexico.publish(acts(20, 1, start=ahead))
    assert problems(met, mexico) == []


@pytest.mark.parametrize(("seconds", "codes", "on_record"), [(400, ["record.stale"], 0), (200, [], 21)])
def test_a_cosignature_from_the_future_counts_for_nothing_and_stops_nobody(
    met: Home, mexico: OtherNode, seconds: int, codes: list[str], on_record: int
) -> None:
    note = mexico.publish(acts(20, 1))
    ahead = mexico.cosignature(note, int(time.time()) + seconds)
    (mexico.log / PENDING).write_bytes(note.with_signatures([ahead]).encode())
    assert problems(met, mexico) == codes
    (found,) = (item for item in go(met, mexico) if item.log == "mx")
    assert (found.size, found.on_record) == (21, on_record)
    kept = parse_note((met.log("mx") / PENDING).read_bytes())
    assert (ahead in kept.signatures) == (on_record > 0)


def test_what_a_witness_dates_ahead_does_not_spoil_what_the_governments_signed(
    met: Home, mexico: OtherNode
) -> None:
    """Both governments cosigned in time, and Mexico published a third cosignature, ten years ahead."""
    note = mexico.publish(acts(20, 1))
    mexico.cosign(note, mexico.log, 21, met.policy())
    pq = mexico.keys[COSIGNER_PQ].sign(note.text, int(time.time()) + 315_360_000)
    (mexico.log / PENDING).write_bytes(note.with_signatures([pq]).encode())
    assert problems(met, mexico) == ["record.stale"]
    complete = parse_note((met.log("mx") / CHECKPOINT).read_bytes())
    assert set(met.policy().accept(complete).cosigned) == {"us", "us-pq", "mx", "mx-pq"}
    assert pq not in complete.signatures


def test_a_witness_that_dates_ahead_is_not_taken(
    met: Home, mexico: OtherNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = mexico.publish(acts(20, 1))
    line = mexico.cosignature(note, int(time.time()) + 315_360_000)
    reply = Reply(200, f"{line.line}\n".encode())
    monkeypatch.setattr(Source, "post", lambda *_: reply)
    listed = Listed("mx", mexico.keys[COSIGNER].verifier, "https://mx.example")
    with pytest.raises(StaleError, match="does not count"):
        ask_witness([listed], note, TileReader(read_folder(mexico.log), 21), Reach.PUBLIC)


def test_entries_that_go_back_in_time_are_refused(met: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(20, 1, start=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.forged_history"]


def test_another_key_under_the_same_name_is_refused(met: Home, mexico: OtherNode) -> None:
    mexico.keys[LOG] = SigningKey.generate(mexico.who.origin, ALGORITHMS[LOG])
    mexico.publish(acts(20, 1))
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.bad_signature"]


def test_a_changed_signature_is_refused(met: Home, mexico: OtherNode) -> None:
    note = mexico.publish(acts(20, 1))
    mexico.sign(Checkpoint(mexico.who.origin, 22, Checkpoint.parse(note.text).root))
    text = (mexico.log / PENDING).read_text().replace("\n22\n", "\n21\n", 1)
    (mexico.log / PENDING).write_text(text)
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.bad_signature"]


def test_another_logs_checkpoint_is_refused(met: Home, mexico: OtherNode) -> None:
    (mexico.log / PENDING).write_bytes((met.log("us") / PENDING).read_bytes())
    assert unchanged(met, lambda: problems(met, mexico)) == ["record.bad_checkpoint"]


@pytest.mark.parametrize("data", [b"", b"no note", b"\xff", b"x" * 1_000_001])
def test_what_is_no_note_is_refused(met: Home, mexico: OtherNode, data: bytes) -> None:
    (mexico.log / CHECKPOINT).write_bytes(data)
    assert unchanged(met, lambda: problems(met, mexico)) == [
        "fetch.too_large" if len(data) > 1_000_000 else "record.bad_note"
    ]


def test_a_cosignature_on_what_this_node_never_signed_is_refused(met: Home, mexico: OtherNode) -> None:
    """The other shows a checkpoint of our own log, signed by our key, that our database does not hold."""
    ours = met.log("us")
    append(3, "then-lost")
    Signer(met).step()
    lost = parse_note((ours / PENDING).read_bytes())
    mexico.cosign(lost, ours, 8, met.policy())
    place = next((mexico.folder / "cosigned").glob("*/checkpoint"))
    assert problems(met, mexico) == []
    cut(5)
    (ours / PENDING).unlink()
    (met.state / "last-signed.json").unlink()  # as if this node had forgotten everything
    (ours / CHECKPOINT).unlink()
    met.cosigned.place(US.origin).unlink()
    with without_triggers():
        CheckpointRow.objects.filter(log__own=True).delete()
    assert place.is_file()
    Signer(met).step()
    assert problems(met, mexico) == ["node.behind"]


def test_the_peer_is_down_and_comes_back(met: Home, mexico: OtherNode, tmp_path: Path) -> None:
    mexico.publish(acts(20, 2))
    mexico.folder.rename(tmp_path / "away")
    assert problems(met, mexico) == []
    assert queries.log("mx").size == 20
    (tmp_path / "away").rename(mexico.folder)
    assert problems(met, mexico) == []
    assert queries.log("mx").size == 22


def test_trouble_with_one_log_leaves_the_other_alone(met: Home, mexico: OtherNode) -> None:
    ours = met.log("us")
    mexico.cosign(parse_note((ours / PENDING).read_bytes()), ours, 5, met.policy())
    forge(mexico, 20)
    found = {item.log or "us": item for item in go(met, mexico)}
    assert found["mx"].problem is not None
    assert found["us"].on_record == 5
