"""Taking another node's entries: checked to the signed root, or refused as a whole with what to do next."""

import dataclasses
import datetime as dt

import pytest

from hled.record import Entry, encode
from hled.record.checkpoints import Checkpoint
from hled.web.record import actions, heads, queries
from hled.web.record.actions import Act, PartOf, Received
from hled.web.record.errors import ClockSkewError, ForgedHistoryError, LogTakenError, OutOfStepError
from hled.web.record.models import EntryRow
from tests.web.record.scribe import MORNING, Scribe

URN = "urn:hled:note:one"


@pytest.fixture
def mx() -> Scribe:
    scribe = Scribe("mx")
    for number in range(10):
        scribe.add("test.note.added", f"urn:hled:note:n{number % 3}", {"n": number})
    return scribe


def refused(kind: type[Exception], delivery: tuple, match: str | None = None) -> str:
    """The delivery is refused in both languages and changes nothing."""
    before = (queries.logs(), queries.head())
    with pytest.raises(kind, match=match) as caught:
        actions.receive(*delivery)
    assert (queries.logs(), queries.head()) == before
    assert caught.value.message.en != caught.value.message.es
    return caught.value.message.en


def test_a_log_arrives_in_parts_each_proven(empty, mx):
    assert actions.receive(*mx.delivery(0, 4)) == Received(range(4), 4)
    assert actions.receive(*mx.delivery(4, 5)).size == 5
    assert actions.receive(*mx.delivery(5, 10)) == Received(range(5, 10), 10)
    log = queries.log("mx")
    assert (log.size, log.root, log.own, log.last_at) == (10, mx.checkpoint().root, False, MORNING)
    assert queries.rows_after("mx", 0, 100) == mx.entries
    assert queries.own() is None


def test_numbers_of_this_node_follow_the_arrival(empty, mx):
    actions.append([Act("test.note.added", URN, {"n": 1})])
    actions.receive(*mx.delivery(0, 4))
    actions.append([Act("test.note.added", URN, {"n": 2})])
    actions.receive(*mx.delivery(4, 10))
    assert [queries.place(seq) for seq in (0, 1, 4, 5, 6, 11)] == [
        ("local", 0),
        ("mx", 0),
        ("mx", 3),
        ("local", 1),
        ("mx", 4),
        ("mx", 9),
    ]
    assert [log.name for log in queries.logs()] == ["local", "mx"]


def test_the_same_act_may_stand_in_two_logs(empty, mx):
    us = Scribe("us")
    us.entries = list(mx.entries)
    actions.receive(*mx.delivery(0, 10))
    actions.receive(*us.delivery(0, 10))
    assert queries.raw("us", 3) == queries.raw("mx", 3)
    assert EntryRow.objects.filter(leaf_hash=queries.leaf_at("us", 3).leaf_hash).count() == 2


@pytest.mark.parametrize("first", [0, 3, 5, 10, -1])
def test_out_of_step(empty, mx, first):
    actions.receive(*mx.delivery(0, 4))
    name, origin, _, entries, proof = mx.delivery(4, 10)
    assert "4" in refused(OutOfStepError, (name, origin, first, entries, proof), "4 are held here")


@pytest.mark.parametrize("index", range(10))
def test_a_changed_entry_is_forged_history(empty, mx, index):
    delivery = mx.delivery(0, 10)
    other = Entry("test.note.added", URN, MORNING, {"n": "forged"})
    delivery[3][index] = encode(other)
    assert "Nothing was taken" in refused(ForgedHistoryError, delivery, "signed root")


def test_entries_left_out_doubled_or_moved_are_forged_or_unproven(empty, mx):
    name, origin, first, entries, checkpoint = mx.delivery(0, 10)
    moved = [entries[1], entries[0], *entries[2:]]
    refused(ForgedHistoryError, (name, origin, first, moved, checkpoint), "signed root")
    refused(OutOfStepError, (name, origin, first, entries[:9], checkpoint), "speaks of 10")
    refused(OutOfStepError, (name, origin, first, [*entries, entries[9]], checkpoint))
    refused(OutOfStepError, (name, origin, first, [*entries, entries[9]], mx.part(10)))


def test_a_part_must_be_proven_to_begin_the_signed_log(empty, mx):
    name, origin, first, entries, part = mx.delivery(0, 4)
    forged = [*entries[:3], entries[0]]
    refused(ForgedHistoryError, (name, origin, first, forged, part))
    short = PartOf(part.checkpoint, part.proof[:-1])
    refused(ForgedHistoryError, (name, origin, first, entries, short))
    root = PartOf(Checkpoint(origin, 10, bytes(32)), part.proof)
    refused(ForgedHistoryError, (name, origin, first, entries, root))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b"[" * 5_000,
        b'{"v":2}',
        encode(Entry("test.note.added", URN, MORNING, {"n": 1})) + b" ",
        encode(Entry("test.note.added", URN, MORNING, {"n": 1})).replace(b'"v":1', b'"v":1.0'),
        encode(Entry("test.note.added", "urn:hled:note:" + "x" * 190, MORNING, {})),
        encode(Entry("test." + "x" * 90, URN, MORNING, {})),
        b"x" * 70_000,
    ],
)
def test_what_is_no_entry_is_refused(empty, mx, data):
    mx.entries[2] = data
    refused(ForgedHistoryError, mx.delivery(0, 10), "at 2")


def test_time_does_not_go_back_within_a_log(empty, mx):
    mx.add("test.note.added", URN, at="2026-11-23T07:59:59Z")
    actions.receive(*mx.delivery(0, 10))
    refused(ForgedHistoryError, mx.delivery(10, 11), "time lies before")


@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (290, True), (310, False), (86_400, False)])
def test_a_clock_far_ahead_is_refused(empty, mx, seconds, taken):
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    mx.add("test.note.added", URN, at=heads.written(ahead))
    if taken:
        assert actions.receive(*mx.delivery(0, 11)).size == 11
    else:
        assert "clocks of both machines" in refused(ClockSkewError, mx.delivery(0, 11))


def test_another_origin_or_the_own_log_is_refused(empty, mx):
    actions.append([Act("test.note.added", URN, {"n": 1})])
    actions.receive(*mx.delivery(0, 4))
    name, origin, first, entries, proof = mx.delivery(4, 10)
    own = queries.own()
    refused(LogTakenError, (name, own.origin, first, entries, proof))
    refused(LogTakenError, ("other", origin, 0, entries, proof))
    refused(LogTakenError, ("local", own.origin, 1, entries, proof))
    refused(LogTakenError, ("No Name", "x.example/log", 0, entries, proof))
    other = dataclasses.replace(proof, origin="third.example/record")
    refused(LogTakenError, (name, origin, first, entries, other))


def test_the_own_log_comes_back_from_a_mirror(empty, mx):
    actions.restore(*mx.delivery(0, 4))
    refused(LogTakenError, mx.delivery(4, 10))
    actions.restore(*mx.delivery(4, 10))
    assert (queries.own().name, queries.own().size) == ("mx", 10)
    actions.append([Act("test.note.added", URN, {"n": 1})])
    assert queries.leaf_at("mx", 10).entry.prev is None


def test_a_log_of_another_node_is_not_restored_as_own(empty, mx):
    actions.receive(*mx.delivery(0, 4))
    with pytest.raises(LogTakenError):
        actions.restore(*mx.delivery(4, 10))


def test_a_mirror_takes_what_others_recorded(empty, mx, settings):
    settings.READ_ONLY = True
    assert actions.receive(*mx.delivery(0, 10)).size == 10


def test_nothing_new_changes_nothing(empty, mx):
    actions.receive(*mx.delivery(0, 10))
    assert actions.receive(*mx.delivery(10, 10)) == Received(range(10, 10), 10)
