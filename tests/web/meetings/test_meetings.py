"""Meetings by level, past and to come, and the whole record to take away."""

import datetime as dt

import pytest

from hled.web.meetings import exports, queries
from hled.workplan import bundled_record, dump_record, from_csv, load_record
from hled.workplan.types import Meeting

RECORD = bundled_record()
TODAY = dt.date(2026, 11, 23)


def test_every_meeting_is_there_newest_first_with_its_source(loaded):
    found = queries.meetings(TODAY)
    assert {view.meeting for view in found} == set(RECORD.meetings)
    dates = [view.meeting.date for view in found]
    assert dates == sorted(dates, reverse=True)
    assert all(view.source.id == view.meeting.source for view in found)


def test_levels_hold_each_meeting_once(loaded):
    levels = queries.levels(TODAY)
    assert sum(len(level.meetings) for level in levels) == len(RECORD.meetings)
    assert all(view.meeting.level == level.id for level in levels for view in level.meetings)


def test_a_meeting_is_to_come_until_its_last_possible_day(loaded):
    meeting = max(RECORD.meetings, key=lambda item: item.date)
    last = meeting.date.latest
    assert queries.meeting(meeting.id, last).upcoming
    assert not queries.meeting(meeting.id, last + dt.timedelta(days=1)).upcoming


def test_meetings_that_rest_on_a_source(loaded):
    source = RECORD.meetings[0].source
    assert set(queries.citing(source)) == {item for item in RECORD.meetings if item.source == source}


def test_an_unknown_meeting_is_said(loaded):
    with pytest.raises(queries.NoSuchMeetingError) as caught:
        queries.meeting("no-such-meeting\0", TODAY)
    assert "Ninguna reunión" in caught.value.text("es")
    assert caught.value.status == 404


def test_the_meetings_load_back(loaded):
    assert from_csv(Meeting, exports.meetings().csv()) == RECORD.meetings


def test_the_whole_record_comes_out_as_it_went_in(loaded):
    found = exports.public_record(TODAY)
    assert found == RECORD
    assert load_record(dump_record(found)) == RECORD


def test_nothing_loaded_is_said(empty):
    with pytest.raises(exports.NothingLoadedError) as caught:
        exports.public_record(TODAY)
    assert caught.value.message.en != caught.value.message.es


def test_few_queries(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        queries.levels(TODAY)
    with django_assert_max_num_queries(16):
        exports.public_record(TODAY)
