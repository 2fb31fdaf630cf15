"""Meetings, their calendar, and every list as a file that loads back to the same rows."""

import csv
import datetime as dt
import html
import io
import json

import icalendar
import pytest
from django.test import Client

from hled.language import LANGUAGES
from hled.web.meetings import exports, queries
from hled.web.record.exports import Table
from hled.workplan import bundled_record, dump_record, from_csv, load_record
from hled.workplan.tables import TABLES

RECORD = bundled_record()
SECTIONS = sorted(TABLES)
TODAY = dt.date(2026, 11, 23)
both = pytest.mark.parametrize("language", LANGUAGES)


@both
def test_every_meeting_is_listed_with_its_level_date_and_place(loaded, client, language):
    page = html.unescape(client.get(f"/{language}/meetings/").content.decode())
    for meeting in RECORD.meetings:
        assert f'href="/{language}/meetings/{meeting.id}/"' in page
        for text in (
            meeting.title,
            meeting.place,
            meeting.date,
            meeting.summary,
            queries.LEVELS[meeting.level],
        ):
            assert text.text(language) in page


@both
def test_a_meeting_names_its_chairs_or_says_that_none_are_published(loaded, client, language):
    none = {"en": "none published", "es": "no publicado"}[language]
    missing = 0
    for meeting in RECORD.meetings:
        page = html.unescape(client.get(f"/{language}/meetings/{meeting.id}/").content.decode())
        assert f'href="/{language}/sources/{meeting.source}/"' in page
        for chairs in (meeting.chairs_us, meeting.chairs_mx):
            assert (chairs.text(language) if chairs else none) in page
            missing += chairs is None
    assert missing


def calendar(client: Client, language: str) -> icalendar.Calendar:
    response = client.get(f"/{language}/calendar.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content)


@both
def test_the_calendar_holds_every_meeting_and_due_date(loaded, client, language):
    found = calendar(client, language)
    events, tasks = found.walk("VEVENT"), found.walk("VTODO")
    assert len(events) == len(RECORD.meetings)
    assert len(tasks) == len(RECORD.deliverables)
    uids = [str(item["uid"]) for item in (*events, *tasks)]
    assert len(set(uids)) == len(uids)
    assert found["version"] == "2.0"
    assert {str(event["summary"]) for event in events} == {
        item.title.text(language) for item in RECORD.meetings
    }
    assert all(event["summary"].params["LANGUAGE"] == language for event in events)


@both
def test_dates_last_as_long_as_the_source_leaves_open(loaded, client, language):
    events = {str(event["uid"]): event for event in calendar(client, language).walk("VEVENT")}
    unclear = {"en": "The source gives no exact day.", "es": "La fuente no precisa el día."}[language]
    lengths = set()
    for meeting in RECORD.meetings:
        event = events[f"meeting-{meeting.id}@hled"]
        first, after = event.decoded("dtstart"), event.decoded("dtend")
        assert (type(first), type(after)) == (dt.date, dt.date)  # all-day, in no time zone
        assert (first, after - dt.timedelta(days=1)) == (meeting.date.earliest, meeting.date.latest)
        assert (unclear in str(event["description"])) is (len(meeting.date.iso) < 10)
        lengths.add((after - first).days)
    assert 1 in lengths
    assert max(lengths) >= 28


def test_due_dates_are_the_last_day_that_they_may_mean(loaded, client):
    tasks = {str(task["uid"]): task for task in calendar(client, "en").walk("VTODO")}
    for item in RECORD.deliverables:
        task = tasks[f"deliverable-{item.id}@hled"]
        assert task.decoded("due") == item.due.latest
        assert (task["status"] == "COMPLETED") is (item.outcome is not None)


@both
def test_calendar_lines_are_folded_as_rfc_5545_says(loaded, client, language):
    body = client.get(f"/{language}/calendar.ics").content
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert b"\n" not in body.replace(b"\r\n", b"")


def test_every_section_is_offered():
    assert set(exports._SECTIONS) == set(SECTIONS)
    assert len(SECTIONS) == 9


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_the_list_of_its_name(loaded, section):
    found = exports.section(section, TODAY)
    assert isinstance(found, Table)
    assert found.section == section
    assert found == exports.tables(TODAY)[section]


def bundled(section: str) -> tuple[object, ...]:
    """The things of a section as the record file has them."""
    names = {"figures": "claims"}
    if section == "events":
        return tuple(event for action in RECORD.actions for event in action.events)
    found: tuple[object, ...] = getattr(RECORD, names.get(section, section))
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_a_table_loads_back_to_the_same_rows(loaded, client, section):
    response = client.get(f"/en/download/{section}.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="hled-{section}.csv"'
    back = from_csv(TABLES[section], response.content)
    shown = exports.section(section, TODAY)
    assert shown is not None
    if section == "actions":  # the table leaves the events out; they are a list of their own
        assert [action.id for action in back] == [action.id for action in RECORD.actions]
        assert {action.title for action in back} == {action.title for action in RECORD.actions}
    else:
        assert back == shown.things
        assert sorted(back, key=repr) == sorted(bundled(section), key=repr)


@pytest.mark.parametrize("section", SECTIONS)
def test_json_lists_the_same_things_under_the_same_keys(loaded, client, section):
    response = client.get(f"/es/download/{section}.json")
    assert response["Content-Type"] == "application/json"
    listed = json.loads(response.content)
    rows = csv.DictReader(io.StringIO(client.get(f"/es/download/{section}.csv").content.decode()))
    ids = list(dict.fromkeys(row["id"] for row in rows))
    assert [item["id"] for item in listed] == ids
    assert len(ids) == len(bundled(section))


@both
def test_files_are_the_same_in_both_languages(loaded, client, language):
    for name in ("events.csv", "sources.json", "record.json"):
        assert (
            client.get(f"/{language}/download/{name}").content == client.get(f"/en/download/{name}").content
        )


def test_the_whole_record_loads_back(loaded, client):
    response = client.get("/en/download/record.json")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="hled-record.json"'
    assert load_record(response.content) == RECORD
    assert dump_record(load_record(response.content)) == response.content.decode()


@both
def test_before_anything_is_loaded_pages_say_so_and_none_fails(empty, language):
    client = Client(raise_request_exception=False)
    for path in ("", "actions/", "events/", "meetings/", "bodies/", "sources/", "silent/", "discrepancies/"):
        assert client.get(f"/{language}/{path}").status_code == 200, path
    assert (
        len(icalendar.Calendar.from_ical(client.get(f"/{language}/calendar.ics").content).walk("VEVENT")) == 0
    )
    for section in SECTIONS:
        assert from_csv(TABLES[section], client.get(f"/{language}/download/{section}.csv").content) == ()
    response = client.get(f"/{language}/download/record.json")
    assert 400 <= response.status_code < 500
    assert "hled load" in response.content.decode()
