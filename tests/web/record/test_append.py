"""Appending to the own log: the head moves with the entry, times never go back, mirrors refuse."""

import datetime as dt

import pytest

from hled.record import EntryError
from hled.record.merkle import EMPTY_ROOT, leaf_hash, root_of
from hled.record.notes import Algorithm, Note, SigningKey
from hled.web.record import actions, heads, queries, wholeness
from hled.web.record.actions import Act
from hled.web.record.errors import (
    ClockSkewError,
    ForgedHistoryError,
    LogTakenError,
    NoSuchEntryError,
    NoSuchLogError,
    OutOfStepError,
    ReadOnlyError,
)
from tests.web.record.scribe import Scribe

URN = "urn:hled:note:one"
ORIGIN = "us.example/record/us"


def note(number: int = 1, urn: str = URN) -> Act:
    return Act("test.note.added", urn, {"n": number})


@pytest.fixture
def clock(monkeypatch):
    """Tell the time of the next acts."""

    def set_to(text: str) -> None:
        monkeypatch.setattr(heads, "now", lambda: text)

    return set_to


def signed(origin: str, size: int, root: bytes) -> bytes:
    from hled.record.checkpoints import Checkpoint

    text = Checkpoint(origin, size, root).text
    return Note(text, (SigningKey.generate(origin, Algorithm.ED25519).sign(text),)).encode()


def test_the_first_act_begins_a_demonstration_log(empty):
    assert queries.own() is None
    assert actions.append([note()]) == (0,)
    log = queries.own()
    assert (log.name, log.size, log.own) == ("local", 1, True)
    assert log.origin.startswith("demonstration.invalid/record/")
    assert queries.logs() == (log,)


def test_the_head_is_that_of_the_tree_after_every_call(empty):
    for count in (1, 2, 5, 1, 8):
        actions.append([note(number) for number in range(count)])
        log = queries.own()
        data = queries.rows_after("local", 0, 100)
        assert (log.size, log.root) == (len(data), root_of(map(leaf_hash, data)))
    assert queries.rows_after("local", 15, 100) == data[15:]
    assert queries.rows_after("local", 3, 2) == data[3:5]
    assert actions.append([]) == ()


def test_an_entry_is_found_by_its_number_and_by_its_place(empty):
    actions.append([note(number) for number in range(3)])
    assert queries.place(2) == ("local", 2)
    leaf = queries.leaf_at("local", 2)
    assert leaf == queries.leaf(2)
    assert leaf_hash(queries.raw("local", 2)).hex() == leaf.leaf_hash
    for log, index in (("local", 3), ("local", -1), ("mx", 0), ("local", 2**70)):
        with pytest.raises(NoSuchEntryError):
            queries.leaf_at(log, index)
    with pytest.raises(NoSuchEntryError):
        queries.place(3)
    with pytest.raises(NoSuchLogError):
        queries.log("mx")


def test_each_entry_names_the_one_before_about_its_object(empty):
    actions.append([note(1), note(2), note(3, "urn:hled:note:two"), note(4)])
    leaves = queries.leaves(0, 10)
    assert [leaf.entry.prev for leaf in leaves] == [None, leaves[0].leaf_hash, None, leaves[1].leaf_hash]
    assert [mark.index for mark in queries.history(URN)] == [0, 1, 3]
    assert queries.latest([URN, "urn:hled:note:none"]) == {URN: leaves[3]}


def test_a_clock_that_goes_back_does_not_take_the_log_with_it(empty, clock):
    clock("2026-11-23T12:00:00Z")
    actions.append([note(1)])
    clock("2026-11-23T11:55:00Z")
    actions.append([note(2, "urn:hled:note:two")])
    assert queries.leaf(1).entry.at == "2026-11-23T12:00:00Z"
    assert queries.own().last_at == "2026-11-23T12:00:00Z"


def test_an_own_act_comes_after_what_another_log_said_of_the_object(empty, clock):
    scribe = Scribe("mx").add("test.note.added", URN, at="2026-11-23T12:04:59Z")
    received = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    clock(heads.written(received))
    actions.append([note(1, "urn:hled:note:two")])
    actions.receive(*scribe.delivery(0, 1))
    actions.append([note(2), note(3), note(4, "urn:hled:note:two")])
    assert [leaf.entry.at for leaf in queries.leaves(2, 3)] == [
        "2026-11-23T12:05:00Z",
        "2026-11-23T12:05:00Z",
        "2026-11-23T12:05:00Z",
    ]
    assert [(mark.log, mark.index) for mark in queries.history(URN)] == [
        ("mx", 0),
        ("local", 1),
        ("local", 2),
    ]
    assert queries.leaf_at("local", 1).entry.prev == queries.leaf_at("mx", 0).leaf_hash


def test_what_cannot_be_written_leaves_nothing(empty):
    actions.append([note()])
    before = queries.own()
    with pytest.raises(EntryError):
        actions.append([note(2), Act("test.note.added", URN, {"text": "x" * 70_000})])
    for act in (note(2, "urn:hled:note:" + "x" * 190), Act("test." + "x" * 80, URN, {})):
        with pytest.raises(EntryError, match="at most 80 characters"):
            actions.append([note(2), act])
    assert queries.own() == before
    assert queries.head().size == 1


def test_a_mirror_records_nothing_of_its_own(empty, settings):
    settings.READ_ONLY = True
    for verb in (
        lambda: actions.append([note()]),
        actions.own_log,
        lambda: actions.adopt("us", ORIGIN),
        lambda: actions.redact(URN, ["name"], "other", "US"),
    ):
        with pytest.raises(ReadOnlyError) as caught:
            verb()
        assert "HLED_READ_ONLY" in caught.value.message.es
    from hled.workplan import bundled_record

    assert actions.bring_in(bundled_record()).already
    assert queries.logs() == ()


def test_a_government_gives_the_own_log_its_name_once(empty):
    actions.append([note()])
    assert actions.own_log().name == "local"
    log = actions.adopt("us", ORIGIN)
    assert (log.name, log.origin, log.size, log.own) == ("us", ORIGIN, 1, True)
    assert actions.adopt("us", ORIGIN) == log
    assert queries.leaf(0).log == "us"
    for name, origin in (("US", ORIGIN), ("us", "with a space"), ("u+s", ORIGIN), ("", ORIGIN)):
        with pytest.raises(LogTakenError):
            actions.adopt(name, origin)


def test_a_published_log_keeps_its_name(empty):
    actions.append([note()])
    log = queries.own()
    actions.put_checkpoint("local", signed(log.origin, 1, log.root), complete=True)
    with pytest.raises(LogTakenError, match="checkpoints were published"):
        actions.adopt("us", ORIGIN)
    assert queries.own().name == "local"


def test_a_log_cannot_take_the_name_of_another(empty):
    scribe = Scribe("mx").add("test.note.added", URN)
    actions.receive(*scribe.delivery(0, 1))
    for name, origin in (("mx", ORIGIN), ("us", scribe.origin)):
        with pytest.raises(LogTakenError):
            actions.adopt(name, origin)


def test_checkpoints_are_kept_and_stay_complete(empty):
    actions.append([note(number) for number in range(3)])
    log = queries.own()
    text = signed(log.origin, 3, log.root)
    assert queries.latest_complete("local") is None
    assert not actions.put_checkpoint("local", text, complete=False).complete
    assert queries.covering("local", 2) is None
    done = actions.put_checkpoint("local", text, complete=True)
    assert (done.size, done.root, done.note.encode()) == (3, log.root, text)
    assert actions.put_checkpoint("local", text, complete=False) == done
    assert queries.latest_complete("local") == queries.covering("local", 2) == done
    assert queries.covering("local", 3) is None
    assert queries.checkpoints("local") == (done,)


def test_a_checkpoint_published_again_keeps_its_date(empty, monkeypatch):
    actions.append([note()])
    log = queries.own()
    text = signed(log.origin, 1, log.root)
    first = actions.put_checkpoint("local", text, complete=True)
    monkeypatch.setattr("hled.web.record.heads.now", lambda: "2099-01-01T00:00:00Z")
    assert actions.put_checkpoint("local", text, complete=True).made_at == first.made_at


def test_a_checkpoint_that_contradicts_the_log_is_evidence(empty):
    actions.append([note(number) for number in range(3)])
    log = queries.own()
    for wrong in (signed(log.origin, 3, EMPTY_ROOT), signed("other.example/record", 3, log.root)):
        with pytest.raises(ForgedHistoryError, match="evidence of tampering"):
            actions.put_checkpoint("local", wrong, complete=True)
    with pytest.raises(OutOfStepError, match="covers 4 entries"):
        actions.put_checkpoint("local", signed(log.origin, 4, EMPTY_ROOT), complete=True)
    actions.put_checkpoint("local", signed(log.origin, 2, bytes(32)), complete=False)
    with pytest.raises(ForgedHistoryError):
        actions.put_checkpoint("local", signed(log.origin, 2, EMPTY_ROOT), complete=True)


def test_nothing_is_written_behind_an_entry_dated_ahead(empty, monkeypatch):
    ahead = heads.written(dt.datetime.now(dt.UTC) + dt.timedelta(days=3650))
    monkeypatch.setattr(heads, "now", lambda: ahead)
    actions.append([Act("test.note.added", URN, {"n": 1})])
    monkeypatch.undo()
    before = queries.head()
    with pytest.raises(ClockSkewError, match="Set its clock") as caught:
        actions.append([Act("test.note.added", URN, {"n": 2})])
    assert caught.value.message.en != caught.value.message.es
    assert queries.head() == before
    with pytest.raises(ClockSkewError):
        wholeness.refuse_damaged()
