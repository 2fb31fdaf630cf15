"""Keys change on the record itself, and whoever trusted the old key follows without being told."""

import datetime as dt
from importlib import import_module
from pathlib import Path
from typing import Literal

import pytest

from hled.record import Entry, decode, encode
from hled.record.checkpoints import Checkpoint
from hled.record.errors import RotationError
from hled.record.key_history import KeyHistory, place
from hled.record.log_files import PENDING, read_folder
from hled.record.notes import SigningKey, parse_note
from hled.record.objects import write_whole
from hled.record.rotations import TYPE, rotate
from hled.record.tiles import TileReader
from hled.web.nodes import actions
from hled.web.nodes.errors import CardError
from hled.web.nodes.follower import Follower, go_round
from hled.web.nodes.home import Home
from hled.web.nodes.keyring import ALGORITHMS, COSIGNER, COSIGNERS, LOG, Keyring
from hled.web.nodes.signer import Signer
from hled.web.record import queries
from tests.web.nodes.conftest import append
from tests.web.nodes.other import OtherNode, acts


def problems(home: Home, mexico: OtherNode) -> list[str]:
    return [item.problem.code for item in go_round(Follower(home), [lambda: mexico.peer]) if item.problem]


def change(mexico: OtherNode, role: str, count: int, *, by: OtherNode | None = None) -> SigningKey:
    """Have Mexico record a change of one of its keys, and sign with the new log key from then on."""
    other = by or mexico
    new = SigningKey.generate(other.keys[role].name, other.keys[role].algorithm)
    content = rotate(other.keys[role], new, role="log" if role == LOG else "cosigner", party="MX")
    entry = Entry(TYPE, "urn:hled:key:mx", f"2026-11-20T00:00:{count:02}Z", content)
    if role == LOG and by is None:
        mexico.keys[LOG] = new
    mexico.publish([encode(entry)])
    return new


def test_the_own_log_key_changes(joined: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(0, 2))
    assert problems(joined, mexico) == []
    before, policy = Keyring(joined.keys).read(LOG), joined.policy()
    done = actions.rotate(joined, "log")
    after = Keyring(joined.keys).read(LOG)
    assert done.changes == ((str(before.verifier), str(after.verifier)),)
    assert before.verifier not in joined.policy().keys
    assert after.verifier in joined.policy().keys
    history = KeyHistory.parse(joined.key_history.read_bytes())
    assert [item.text for item in history.policies] == [policy.text, joined.policy().text]
    Signer(joined).step()
    append(2, "later")
    Signer(joined).step()
    assert problems(joined, mexico) == []
    note = parse_note((joined.log("us") / PENDING).read_bytes())
    assert joined.policy().signed(note).checkpoint.size == 8
    assert not Keyring(joined.keys).has("log.next")


def test_both_cosigner_keys_change_and_go_on_cosigning(joined: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(0, 2))
    assert problems(joined, mexico) == []
    before = {role: Keyring(joined.keys).read(role).verifier for role in COSIGNERS}
    assert len(actions.rotate(joined, "cosigner").changes) == 2
    assert not set(before.values()) & set(joined.policy().keys)
    shown = joined.policy().signed(parse_note((joined.log("mx") / PENDING).read_bytes()))
    assert set(shown.cosigned) == {"us", "us-pq"}, "what was cosigned before stays verifiable"
    mexico.publish(acts(2, 2))
    Signer(joined).step()
    assert problems(joined, mexico) == []
    shown = joined.policy().signed(parse_note((joined.log("mx") / PENDING).read_bytes()))
    assert (shown.checkpoint.size, set(shown.cosigned)) == (4, {"us", "us-pq"})


@pytest.mark.parametrize("role", ["log", "cosigner"])
def test_joining_again_after_a_change_keeps_today_s_keys_and_the_history(
    joined: Home, mexico: OtherNode, tmp_path: Path, role: Literal["log", "cosigner"]
) -> None:
    old = tmp_path / "old.card"
    old.write_bytes(joined.card.read_bytes())
    actions.rotate(joined, role)
    policy, history = joined.policy(), joined.key_history.read_bytes()
    assert actions.join(joined, [mexico.card(tmp_path / "mx.card")]) == policy
    assert joined.key_history.read_bytes() == history
    joined.card.write_bytes(old.read_bytes())
    with pytest.raises(CardError, match="no longer counts"):
        actions.join(joined, [mexico.card(tmp_path / "mx.card")])
    assert (joined.policy(), joined.key_history.read_bytes()) == (policy, history)


def test_joining_with_a_further_witness_keeps_the_history(
    joined: Home, mexico: OtherNode, tmp_path: Path
) -> None:
    actions.rotate(joined, "log")
    keys = [SigningKey.generate(f"unam.example/{role}", ALGORITHMS[role]) for role in COSIGNERS]
    lines = [f"witness {name} {key.verifier}\n" for name, key in zip(("unam", "unam-pq"), keys, strict=True)]
    (tmp_path / "unam.card").write_text("".join(lines))
    policy = actions.join(joined, [mexico.card(tmp_path / "mx.card"), tmp_path / "unam.card"])
    history = KeyHistory.parse(joined.key_history.read_bytes())
    assert len(history.rotations) == 1
    assert history.policies[-1] == policy
    assert keys[0].verifier in history.first.keys


@pytest.mark.parametrize("point", ["_record", "_sign_again", "adopt"])
def test_a_change_that_is_broken_off_can_be_repeated(
    joined: Home, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(import_module("hled.web.nodes.actions.rotate"), point, crash)
        with pytest.raises(KeyboardInterrupt):
            actions.rotate(joined, "log")
    new = Keyring(joined.keys).prepared(LOG)
    assert new is not None
    actions.rotate(joined, "log")
    assert Keyring(joined.keys).read(LOG) == new
    assert len(queries.of_type(TYPE)) == 1
    assert Signer(joined).step() is not None
    assert new.verifier in joined.policy().keys


def test_the_others_new_log_key_is_followed(joined: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(0, 2))
    assert problems(joined, mexico) == []
    new = change(mexico, LOG, 1)
    assert problems(joined, mexico) == ["record.bad_signature"], "an unannounced key is nobody's"
    announce(mexico, joined)
    assert problems(joined, mexico) == []
    assert new.verifier in joined.policy().keys
    assert len(KeyHistory.parse(joined.key_history.read_bytes()).rotations) == 1
    mexico.publish(acts(3_000, 1, start=dt.datetime(2026, 11, 21, tzinfo=dt.UTC)))
    assert problems(joined, mexico) == []
    assert queries.log("mx").size == 4


def announce(mexico: OtherNode, home: Home) -> None:
    """Publish keys.json as Mexico's node would, from its own entries."""
    size = Checkpoint.parse(parse_note((mexico.log / PENDING).read_bytes()).text).size
    reader = TileReader(read_folder(mexico.log), size)
    entries = [(index, decode(reader.entry(index))) for index in range(size)]
    placed = [place(mexico.who.origin, index, entry) for index, entry in entries if entry.type == TYPE]
    write_whole(mexico.folder / "keys.json", KeyHistory(home.policy(), tuple(placed)).encode())


def test_a_key_that_is_announced_and_not_recorded_is_refused(
    joined: Home, mexico: OtherNode, tmp_path: Path
) -> None:
    """Who stole the old log key can announce; but what is announced must stand on the log."""
    mexico.publish(acts(0, 2))
    assert problems(joined, mexico) == []
    other = OtherNode(tmp_path / "aside")
    other.keys = dict(mexico.keys)
    other.publish(acts(0, 2))
    new = change(other, LOG, 1)
    announce(other, joined)
    (mexico.folder / "keys.json").write_bytes((other.folder / "keys.json").read_bytes())
    mexico.keys[LOG] = new
    mexico.publish(acts(2, 3))
    before = joined.policy()
    assert problems(joined, mexico) == ["record.bad_signature"]
    assert joined.policy() == before
    assert queries.log("mx").size == 2


def test_the_others_new_cosigner_key_counts_at_once(joined: Home, mexico: OtherNode) -> None:
    mexico.publish(acts(0, 2))
    mexico.keys[COSIGNER] = change(mexico, COSIGNER, 1)
    assert problems(joined, mexico) == []
    ours = joined.log("us")
    mexico.cosign(parse_note((ours / PENDING).read_bytes()), ours, 5, joined.policy())
    assert problems(joined, mexico) == []
    latest = queries.latest_complete("us")
    assert latest is not None
    assert latest.size == 5


def test_a_log_may_not_change_the_keys_of_another(joined: Home, mexico: OtherNode) -> None:
    """Mexico's log holds a change of the United States' cosigner key, rightly signed by both keys."""
    ours = Keyring(joined.keys).read(COSIGNER)
    new = SigningKey.generate(ours.name, ours.algorithm)
    content = rotate(ours, new, role="cosigner", party="US")
    mexico.publish([encode(Entry(TYPE, "urn:hled:key:us", "2026-11-20T00:00:00Z", content))])
    before = joined.policy()
    assert problems(joined, mexico) == [RotationError.code]
    assert joined.policy() == before
