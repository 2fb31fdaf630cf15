"""A promise never counts as a result, and silence is never overstated."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.language import Bilingual, PartialDate
from hled.workplan import (
    ComputedStatus,
    RecordedStatus,
    computed_status,
    last_reported,
    overdue,
    recorded_status,
    silent_days,
)
from hled.workplan.status import NAME, RULE
from hled.workplan.types import DateBasis, Deliverable, Event, EventKind, SourceRead, Weight

TEXT = Bilingual(en="It happened.", es="Ocurrió.")
DATES = st.builds(
    lambda day, length: PartialDate(day.isoformat()[:length]),
    st.dates(dt.date(2013, 1, 1), dt.date(2030, 1, 1)),
    st.sampled_from([4, 7, 10]),
)


def event(kind: EventKind, date: str | None = "2022-09-12", basis: DateBasis = DateBasis.EVENT) -> Event:
    day = PartialDate(date) if date else None
    return Event("a.b", "a", day, basis, None, kind, TEXT, "sheet", SourceRead.FULL)


EVENTS = st.lists(
    st.builds(
        Event,
        id=st.just("a.b"),
        action=st.just("a"),
        date=st.none() | DATES,
        basis=st.sampled_from(DateBasis),
        reported=st.none(),
        kind=st.sampled_from(EventKind),
        summary=st.just(TEXT),
        source=st.just("sheet"),
        read=st.just(SourceRead.FULL),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ([], ComputedStatus.NOT_REPORTED),
        (["commitment", "plan", "statement", "announcement", "scheduled"], ComputedStatus.PROMISED),
        (["commitment", "review"], ComputedStatus.REVIEWED),
        (["commitment", "meeting"], ComputedStatus.UNDER_WAY),
        (["construction", "review"], ComputedStatus.UNDER_WAY),
        (["meeting", "milestone", "commitment"], ComputedStatus.OUTPUT_REPORTED),
        (["output"], ComputedStatus.OUTPUT_REPORTED),
    ],
)
def test_the_status_is_the_furthest_that_any_event_supports(kinds, status):
    assert computed_status([event(EventKind(kind)) for kind in kinds]) is status


@pytest.mark.parametrize("kind", EventKind)
def test_a_scheduled_date_proves_nothing(kind):
    assert computed_status([event(kind, "2024-06", DateBasis.SCHEDULED)]) is ComputedStatus.PROMISED


@given(EVENTS)
def test_promises_alone_never_make_a_result(events):
    promises = [e for e in events if e.kind.weight is Weight.PROMISE or e.basis is DateBasis.SCHEDULED]
    assert computed_status(promises) in {ComputedStatus.NOT_REPORTED, ComputedStatus.PROMISED}


@given(EVENTS)
def test_neither_order_nor_repetition_changes_the_status(events):
    assert computed_status(events[::-1] * 2) is computed_status(events)
    assert last_reported(events[::-1] * 2) == last_reported(events)


@given(EVENTS, EVENTS)
def test_more_events_never_lower_the_status(events, more):
    order = list(ComputedStatus)
    assert order.index(computed_status(events + more)) >= order.index(computed_status(events))


@given(EVENTS)
def test_the_recorded_status_asks_for_one_thing_done(events):
    done = {
        "output",
        "milestone",
        "programme_launch",
        "meeting",
        "agreement",
        "construction",
        "study",
        "funding",
    }
    done.add("working_group")
    progress = any(e.kind in done for e in events)
    assert (recorded_status(events) is RecordedStatus.PROGRESS_REPORTED) == progress


def test_the_last_report_ignores_scheduled_dates():
    events = [
        event(EventKind.MEETING, "2022-09"),
        event(EventKind.SCHEDULED, "2022-10-24", DateBasis.SCHEDULED),
        event(EventKind.REVIEW, "2022-09-12", DateBasis.REPORT),
        event(EventKind.OUTPUT, None, DateBasis.UNKNOWN),
    ]
    assert last_reported(events) == PartialDate("2022-09-12")
    assert last_reported(events[1:2]) is None
    assert last_reported([]) is None


@pytest.mark.parametrize(
    ("date", "today", "days"),
    [
        ("2022-09-12", "2022-09-12", 0),
        ("2022-09-12", "2023-09-12", 365),
        ("2022-09", "2022-10-01", 1),
        ("2022", "2022-06-30", 0),
        ("2022", "2023-01-31", 31),
    ],
)
def test_silence_counts_from_the_last_day_that_the_date_may_mean(date, today, days):
    assert silent_days([event(EventKind.REVIEW, date)], dt.date.fromisoformat(today)) == days


@pytest.mark.parametrize("dates", [("2022", "2022-03"), ("2022-03", "2022"), ("2022-12-31", "2022")])
def test_silence_counts_from_the_date_that_lasts_longest(dates):
    events = [event(EventKind.REVIEW, date) for date in dates]
    assert silent_days(events, dt.date(2023, 1, 1)) == 1
    assert last_reported(events) == PartialDate(max(dates))


@given(EVENTS, EVENTS)
def test_one_more_report_never_lengthens_the_silence(events, more):
    today = dt.date(2031, 1, 1)
    before, after = silent_days(events, today), silent_days(events + more, today)
    assert before is None or (after is not None and after <= before)


def test_without_a_dated_report_there_is_no_count_of_days():
    assert silent_days([event(EventKind.MEETING, None, DateBasis.UNKNOWN)], dt.date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("due", "outcome", "today", "late"),
    [
        ("2022-10", None, "2022-10-31", False),
        ("2022-10", None, "2022-11-01", True),
        ("2022-10-24", None, "2022-10-24", False),
        ("2022-10-24", None, "2022-10-25", True),
        ("2022", None, "2022-12-31", False),
        ("2022-10", "a.b", "2024-01-01", False),
    ],
)
def test_a_promise_is_overdue_after_the_last_day_it_may_mean(due, outcome, today, late):
    promise = Deliverable("d", "a", TEXT, PartialDate(due), "a.b", outcome, None)
    assert overdue(promise, dt.date.fromisoformat(today)) is late


def test_every_status_has_a_name_and_a_rule_of_its_own():
    assert set(NAME) == set(RULE) == set(ComputedStatus)
    for first, second in itertools.combinations(ComputedStatus, 2):
        assert RULE[first].en != RULE[second].en
        assert RULE[first].es != RULE[second].es
