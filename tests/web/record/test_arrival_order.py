"""Two logs, any order of arrival: the same public rows; a replay gives exactly the rows that stand."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hled.language import Bilingual
from hled.web.agenda.models import ActionRow, EventRow, LoadRow, SourceRow
from hled.web.record import actions, projection, queries
from hled.web.record.models import WaitingRow
from hled.workplan import bundled_record
from hled.workplan.shapes import shape_of
from tests.web.record.scribe import Scribe

RECORD = bundled_record()
ACTION = dataclasses.replace(RECORD.actions[0], agencies_us=(), agencies_mx=())
EVENT = ACTION.events[0]
SOURCE = next(source for source in RECORD.sources if source.id == EVENT.source)
PROMISE = dataclasses.replace(
    RECORD.deliverables[0], action=ACTION.id, promised_by=EVENT.id, outcome=None, note=None
)
LOAD = {"checksum": "ab" * 32, "compiled": "2026-11-23", "title_en": "T", "title_es": "T", "notes": []}
THINGS = ("source", "action", "event", "promise", "load", "note", "unreadable")


def said(thing: str, version: int) -> tuple[str, str, dict[str, object]]:
    """What an entry says of a thing: type, URN, content; `unreadable` is an action without its pillar."""
    text = Bilingual(f"Version {version}", f"Versión {version}")
    if thing == "load":
        return "agenda.record.loaded", "urn:hled:record:abababababababab", {**LOAD, "title_en": text.en}
    if thing == "note":
        return "test.note.added", f"urn:hled:action:{ACTION.id}", {"n": version}
    changed = {
        "source": dataclasses.replace(SOURCE, publisher=text),
        "action": dataclasses.replace(ACTION, title=text),
        "event": dataclasses.replace(EVENT, summary=text),
        "promise": dataclasses.replace(PROMISE, title=text),
        "unreadable": dataclasses.replace(ACTION, title=text),
    }[thing]
    shape = shape_of(type(changed))
    content = shape.write(changed)
    if thing == "unreadable":
        del content["pillar"]
    return shape.entry, f"urn:hled:{shape.noun}:{changed.id}", content


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Every public row without what names the order of arrival."""
    return {table.__name__: columns(table, {"seq", "position"}) for table in projection.declared_tables()}


def exact() -> dict[str, list[tuple[object, ...]]]:
    """Every public row as it is, and what waits."""
    tables = (*projection.declared_tables(), WaitingRow)
    return {table.__name__: columns(table, set()) for table in tables}


def columns(table: type[Model], without: set[str]) -> list[tuple[object, ...]]:
    """The rows of a table without numbers that the database itself gives."""
    names = [
        field.attname
        for field in table._meta.concrete_fields
        if field.attname not in without and field.get_internal_type() != "BigAutoField"
    ]
    return sorted(table._default_manager.values_list(*names), key=repr)


@st.composite
def logs(draw: st.DrawFn) -> tuple[Scribe, Scribe]:
    """Two logs about the same things, at times that collide and cross."""
    made = []
    for name in ("us", "mx"):
        scribe, second = Scribe(name), 0
        for n, thing in enumerate(draw(st.lists(st.sampled_from(THINGS), max_size=7))):
            second += draw(st.integers(0, 2))
            scribe.add(*said(thing, 100 * len(made) + n), at=f"2026-11-23T08:00:{second:02}Z")
        made.append(scribe)
    return made[0], made[1]


@st.composite
def orders(draw: st.DrawFn, us: Scribe, mx: Scribe) -> list[tuple[Scribe, int, int]]:
    """One order in which the two logs can arrive, in parts."""
    at = {us.name: 0, mx.name: 0}
    order = []
    while open_logs := [log for log in (us, mx) if at[log.name] < len(log.entries)]:
        log = draw(st.sampled_from(open_logs))
        first = at[log.name]
        at[log.name] = draw(st.integers(first + 1, len(log.entries)))
        order.append((log, first, at[log.name]))
    return order


def arrive(order: list[tuple[Scribe, int, int]]) -> None:
    for log, first, end in order:
        actions.receive(*log.delivery(first, end))
        connection.check_constraints()


@contextmanager
def undone() -> Iterator[None]:
    """Take everything back at the end."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


QUIET = [HealthCheck.function_scoped_fixture]


@settings(max_examples=6, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_the_order_of_arrival_does_not_matter(empty, data):
    arrive_in_any_order(data)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_no_order_of_arrival_matters(empty, data):
    arrive_in_any_order(data)


def arrive_in_any_order(data) -> None:
    us, mx = data.draw(logs())
    found = []
    for _ in range(3):
        with undone():
            arrive(data.draw(orders(us, mx)))
            found.append(rows())
            before = exact()
            assert projection.replay() == len(us.entries) + len(mx.entries)
            assert exact() == before
    assert found[0] == found[1] == found[2]


def entry(thing: str, version: int, at: str) -> tuple:
    return (*said(thing, version), f"2026-11-23T{at}Z")


def test_an_older_entry_is_kept_and_not_shown(empty):
    us = Scribe("us").add(*entry("source", 1, "08:00:00"))
    mx = Scribe("mx").add(*entry("source", 2, "09:00:00"))
    actions.receive(*mx.delivery(0, 1))
    actions.receive(*us.delivery(0, 1))
    assert SourceRow.objects.get().publisher_en == "Version 2"
    assert [mark.log for mark in queries.history(f"urn:hled:source:{SOURCE.id}")] == ["us", "mx"]


def test_at_the_same_second_the_origin_decides(empty):
    us = Scribe("us").add(*entry("source", 1, "08:00:00"))
    mx = Scribe("mx").add(*entry("source", 2, "08:00:00"))
    for scribe in (us, mx):
        actions.receive(*scribe.delivery(0, 1))
    assert mx.origin < us.origin
    assert SourceRow.objects.get().publisher_en == "Version 1"


def test_what_arrives_before_its_needs_waits_and_is_then_shown(empty):
    us = Scribe("us").add(*entry("event", 1, "08:00:00")).add(*entry("promise", 1, "08:00:00"))
    mx = Scribe("mx").add(*entry("source", 1, "07:00:00")).add(*entry("action", 1, "07:00:00"))
    actions.receive(*us.delivery(0, 2))
    assert EventRow.objects.count() == 0
    assert WaitingRow.objects.count() == 2
    actions.receive(*mx.delivery(0, 1))
    assert WaitingRow.objects.count() == 2
    actions.receive(*mx.delivery(1, 2))
    assert WaitingRow.objects.count() == 0
    assert ActionRow.objects.get().event_count == EventRow.objects.count() == 1


def test_an_own_act_releases_what_waited_for_it(empty):
    us = Scribe("us").add(*entry("event", 1, "08:00:00"))
    actions.receive(*us.delivery(0, 1))
    actions.append([actions.Act(*said("source", 1)), actions.Act(*said("action", 1))])
    assert ActionRow.objects.get().event_count == 1
    before = exact()
    projection.replay()
    assert exact() == before


def test_what_this_version_cannot_read_is_kept_and_said(empty, caplog):
    us = Scribe("us").add(*entry("unreadable", 1, "08:00:00")).add(*entry("source", 1, "08:00:01"))
    actions.receive(*us.delivery(0, 2))
    assert ActionRow.objects.count() == 0
    assert SourceRow.objects.count() == 1
    assert WaitingRow.objects.get().needs == ""
    assert "entry 0 (agenda.action.compiled) cannot be shown" in caplog.text


def test_a_load_of_the_same_file_on_both_nodes_is_one_load(empty):
    us = Scribe("us").add(*entry("load", 1, "08:00:00"))
    mx = Scribe("mx").add(*entry("load", 2, "09:00:00"))
    for scribe in (mx, us):
        actions.receive(*scribe.delivery(0, 1))
    assert LoadRow.objects.get().at == "2026-11-23T09:00:00Z"


def test_an_own_entry_that_cannot_be_shown_stops_a_replay(empty, monkeypatch):
    actions.append([actions.Act(*said("source", 1))])

    def fails(entry: object, seq: int) -> None:
        raise LookupError("no room")

    monkeypatch.setitem(projection._projectors, "agenda.source.compiled", fails)
    with pytest.raises(LookupError, match="no room"):
        projection.replay()
    assert SourceRow.objects.count() == 1
