"""Filters: what they let through, and what they refuse with words."""

import datetime as dt

import pytest

from hled.web.agenda import queries
from hled.web.agenda.errors import FilterError
from hled.web.agenda.filters import action_filters, days, event_filters
from hled.workplan import bundled_record, computed_status, silent_days

RECORD = bundled_record()
TODAY = dt.date(2026, 11, 23)
EVENTS = [event for action in RECORD.actions for event in action.events]


def listed(**raw: str) -> set[str]:
    return {item.id for item in queries.actions(action_filters(raw), TODAY)}


def test_each_filter_narrows_as_it_says(loaded):
    agency = next(action.agencies_us[0] for action in RECORD.actions if action.agencies_us)
    expected = {
        ("pillar", "ii"): lambda a: a.pillar == "II",
        ("line", "5"): lambda a: a.line == 5,
        ("status", "under-way"): lambda a: computed_status(a.events) == "under_way",
        ("agency", agency): lambda a: agency in (*a.agencies_us, *a.agencies_mx),
        ("adjacent", "yes"): lambda a: a.adjacent,
        ("adjacent", "no"): lambda a: not a.adjacent,
        ("silent_for", "1000d"): lambda a: (silent_days(a.events, TODAY) or 10**6) > 1000,
    }
    for (name, value), holds in expected.items():
        wanted = {action.id for action in RECORD.actions if holds(action)}
        assert wanted
        assert listed(**{name: value}) == wanted, name


def test_filters_combine_and_empty_values_are_none(loaded):
    assert listed(pillar="I", line="9") == set()
    assert listed(pillar="", status=" ", page="7") == {action.id for action in RECORD.actions}


def test_a_text_filter_searches_both_languages(loaded):
    assert listed(text="semiconductores") == listed(text="semiconductor") != set()
    assert listed(text="zzzz") == set()


def test_events_are_narrowed_too(loaded):
    def shown(**raw: str) -> set[str]:
        return {item.event.id for item in queries.events(event_filters(raw))}

    assert shown() == {event.id for event in EVENTS}
    assert shown(kind="output") == {event.id for event in EVENTS if event.kind == "output"}
    source = EVENTS[0].source
    assert shown(source=source) == {event.id for event in EVENTS if event.source == source}
    in_2022 = {event.id for event in EVENTS if event.date and event.date.iso.startswith("2022")}
    assert shown(since="2022", until="2022") == in_2022


@pytest.mark.parametrize("text", ["180", "180d", "180 days", "180 días", " 180D "])
def test_days(text):
    assert days(text) == 180


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pillar", "V"),
        ("line", "16"),
        ("line", "0"),
        ("line", "five"),
        ("status", "delivered"),
        ("silent_for", "-1"),
        ("silent_for", "999999"),
        ("silent_for", "{0}"),
        ("silent_for", "١٨٠"),
        ("adjacent", "maybe"),
    ],
)
def test_a_wrong_value_is_refused_in_both_languages(name, value):
    with pytest.raises(FilterError) as caught:
        action_filters({name: value})
    assert value in caught.value.message.en
    assert value in caught.value.message.es
    assert caught.value.message.en != caught.value.message.es


@pytest.mark.parametrize(("name", "value"), [("kind", "victory"), ("since", "2022-13"), ("until", "soon")])
def test_a_wrong_value_for_events_is_refused(name, value):
    with pytest.raises(FilterError):
        event_filters({name: value})


def test_an_agency_must_be_in_the_directory(loaded):
    with pytest.raises(FilterError) as caught:
        queries.actions(action_filters({"agency": "nobody"}), TODAY)
    assert "dependencia" in caught.value.text("es")
