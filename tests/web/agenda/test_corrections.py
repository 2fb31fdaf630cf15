"""What follows a correction: titles in the search, silence, overdue promises and the words of the changes."""

import dataclasses
import datetime as dt

import pytest

from hled.language import LANGUAGES, Bilingual, PartialDate
from hled.web.agenda import queries
from hled.web.agenda.filters import ActionFilters
from hled.web.record import actions, projection
from hled.web.search.models import SearchDocument
from hled.workplan import bundled_record, dump_record, load_record
from hled.workplan.types import Action, DateBasis

RECORD = bundled_record()
FIRST = RECORD.actions[0]
TODAY = dt.date(2026, 11, 23)
TITLE = Bilingual("A corrected title", "Un título corregido")


def load(*changed: Action) -> None:
    """Load the bundled record with these actions in place of its own."""
    by_id = {action.id: action for action in changed}
    replaced = tuple(by_id.get(action.id, action) for action in RECORD.actions)
    actions.load(load_record(dump_record(dataclasses.replace(RECORD, actions=replaced))))


def documents() -> set[tuple[str, ...]]:
    """What the index says of the events of the first action."""
    found = SearchDocument.objects.filter(kind="event", url_key=FIRST.id)
    return set(found.values_list("key", "language", "title", "folded_title", "pillar"))


def test_events_are_found_under_the_corrected_title_of_their_action(loaded):
    other = next(action for action in RECORD.actions if action.pillar != FIRST.pillar and action.line is None)
    load(
        dataclasses.replace(
            FIRST, title=TITLE, pillar=other.pillar, objective=other.objective, line=other.line
        )
    )
    expected = {
        (event.id, language, TITLE.text(language), "", other.pillar)
        for event in FIRST.events
        for language in LANGUAGES
    }
    assert documents() == expected
    projection.replay()
    assert documents() == expected


@pytest.mark.parametrize(("today", "days"), [("2022-06-30", 0), ("2023-01-01", 1), ("2023-12-31", 365)])
def test_a_year_among_months_is_silent_from_its_last_day(loaded, today, days):
    dates = [PartialDate("2022"), PartialDate("2022-03")]
    events = tuple(
        dataclasses.replace(event, date=date, basis=DateBasis.EVENT)
        for event, date in zip(FIRST.events, dates, strict=False)
    )
    assert len(events) == 2
    silent = dataclasses.replace(RECORD.actions[1], id="only-two", events=())
    moved = tuple(dataclasses.replace(event, action=silent.id, id=f"only-two.{event.id}") for event in events)
    whole = dataclasses.replace(RECORD, actions=(*RECORD.actions, dataclasses.replace(silent, events=moved)))
    actions.load(load_record(dump_record(whole)))
    voices = queries.action("only-two", dt.date.fromisoformat(today)).voices
    assert (voices.silent_days, voices.last_reported) == (days, PartialDate("2022-03"))


def test_more_than_so_many_days_is_the_same_everywhere(loaded):
    summary = queries.actions(ActionFilters(pillar="I", adjacent=False), TODAY)
    heard = next(item for item in summary if item.silent_days is not None)
    for days, shown in ((heard.silent_days - 1, True), (heard.silent_days, False)):
        assert (heard.id in {item.id for item in queries.silent(days, TODAY).actions}) is shown
        narrowed = queries.actions(ActionFilters(silent_for=days), TODAY)
        assert (heard.id in {item.id for item in narrowed}) is shown
    for days, day in ((365, TODAY), (730, TODAY)):
        counted = queries.overview(day).silent
        assert len(queries.silent(days, day).actions) == getattr(counted, f"over_{days}")


def test_the_day_a_silence_reaches_a_year_is_counted_by_nobody(loaded):
    heard = next(item for item in queries.silent(1, TODAY).actions if item.last_reported)
    day = heard.last_reported.latest + dt.timedelta(days=365)
    assert len(queries.silent(365, day).actions) == queries.overview(day).silent.over_365


def test_a_promise_of_an_adjacent_track_is_never_counted_as_overdue(loaded):
    promise = next(item for item in RECORD.deliverables if item.outcome is None)
    action = next(item for item in RECORD.actions if item.id == promise.action)
    assert promise.id in {item.deliverable.id for item in queries.overview(TODAY).overdue}
    load(dataclasses.replace(action, adjacent=True))
    for late in (queries.overdue(TODAY), queries.overview(TODAY).overdue, queries.silent(1, TODAY).announced):
        assert late
        assert promise.id not in {item.deliverable.id for item in late}
    assert promise.id in {item.deliverable.id for item in queries.deliverables(TODAY)}


def test_every_type_of_entry_is_said_in_words():
    unsaid = Bilingual("Entry of the record", "Asiento del registro")
    for name in projection._projectors:
        what = queries.change.said(name)
        assert what != unsaid, name
        assert "." not in what.en
        assert what.en != what.es
    assert queries.change.said("agenda.nothing.known") == unsaid


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Event added or changed"), ("es", "Evento agregado o modificado")],
)
def test_the_feed_says_what_was_done(loaded, client, language, words):
    load(dataclasses.replace(FIRST, events=(dataclasses.replace(FIRST.events[0], summary=TITLE),)))
    feed = client.get(f"/{language}/changes.atom").content.decode()
    assert f"<summary>{words}</summary>" in feed
    assert "<summary>agenda." not in feed
