"""The record as entries: everything is there, in order, and reads back typed."""

import dataclasses
import json
import re

import pytest

from hled.workplan import ENTRY_TYPES, RecordInvalid, bundled_record, entries, from_content, load_record, urn
from hled.workplan.types import Action, Event, Source
from tests.workplan.samples import sample

URN = re.compile(r"urn:hled:[a-z_]+:[A-Za-z0-9._-]+\Z")
REFERENCES = ("source_id", "action", "actions", "sources", "lead_agencies_us", "lead_agencies_mx")
REFERENCES += ("promised_by", "outcome", "event_id")


def test_every_thing_is_one_entry_with_a_name_of_its_own():
    record = bundled_record()
    found = list(entries(record))
    names = [name for _, name, _ in found]
    lists = (record.sources, record.agencies, record.actions, record.deliverables, record.claims)
    more = (record.discrepancies, record.bodies, record.meetings)
    events = sum(len(action.events) for action in record.actions)
    assert len(found) == len(set(names)) == events + sum(map(len, lists + more))
    assert all(URN.match(name) for name in names)
    assert {kind for kind, _, _ in found} == set(ENTRY_TYPES)
    assert all(kind.endswith(".compiled") for kind in ENTRY_TYPES)


def test_each_entry_comes_after_what_it_refers_to():
    seen = set()
    for _, name, content in entries(bundled_record()):
        for key in REFERENCES:
            value = content.get(key)
            for other in value if isinstance(value, list) else [value]:
                assert other is None or other in seen, f"{name} refers to {other}"
        for version in content.get("versions", []):
            assert version["source_id"] in seen
        seen.add(content["id"])


def test_contents_are_plain_json_and_read_back():
    record = bundled_record()
    things = {}
    for kind, name, content in entries(record):
        thing = from_content(ENTRY_TYPES[kind], json.loads(json.dumps(content)))
        assert type(thing) is ENTRY_TYPES[kind]
        assert urn(thing) == name
        things[name] = thing
    for action in record.actions:
        assert things[urn(action)] == dataclasses.replace(action, events=())
        for event in action.events:
            assert things[urn(event)] == event
    for source in record.sources:
        assert things[urn(source)] == source


def test_an_action_leaves_its_events_to_their_own_entries():
    found = list(entries(load_record(json.dumps(sample()))))
    (action, *_) = [content for kind, _, content in found if kind == "agenda.action.compiled"]
    events = [content for kind, _, content in found if kind == "agenda.event.compiled"]
    assert "events" not in action
    assert [event["action"] for event in events] == [action["id"], action["id"]]
    assert from_content(Action, action).events == ()


def test_content_of_another_shape_is_refused():
    (_, _, content) = next(iter(entries(bundled_record())))
    with pytest.raises(RecordInvalid) as invalid:
        from_content(Source, {**content, "read": "half", "colour": "red"})
    assert {(p.path, p.code) for p in invalid.value.problems} == {
        ("$.read", "unknown_value"),
        ("$.colour", "unknown_key"),
    }
    with pytest.raises(RecordInvalid):
        from_content(Event, content)
