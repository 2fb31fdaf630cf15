"""Meetings and due dates as iCalendar (RFC 5545), all-day, in the language asked for.

A date known only to the month becomes an event over the whole month, marked as such in its description.
"""

import datetime as dt

import icalendar

from hled.language import Bilingual, Language
from hled.web.agenda import queries as agenda
from hled.web.agenda.results import DeliverableState, DeliverableView
from hled.web.meetings import queries
from hled.workplan.types import Meeting

_WHOLE = Bilingual("The source gives no exact day.", "La fuente no precisa el día.")
_DUE = Bilingual("Due: {title}", "Vence: {title}")
_NAME = Bilingual(
    "High-Level Economic Dialogue: meetings and due dates",
    "Diálogo Económico de Alto Nivel: reuniones y vencimientos",
)


def calendar(language: Language, today: dt.date) -> bytes:
    """Return the calendar of every meeting (VEVENT) and deliverable (VTODO) on record."""
    made = icalendar.Calendar()
    made.add("prodid", "-//HLED//public record//EN-ES")
    made.add("version", "2.0")
    made.add("name", _NAME.text(language))
    for view in queries.meetings(today):
        made.add_component(_event(view.meeting, language))
    for item in agenda.deliverables(today):
        made.add_component(_task(item, language))
    body: bytes = made.to_ical()
    return body


def _event(meeting: Meeting, language: Language) -> icalendar.Event:
    first, last = meeting.date.earliest, meeting.date.latest
    whole = "" if first == last else " " + _WHOLE.text(language)
    event = icalendar.Event()
    event.add("uid", f"meeting-{meeting.id}@hled")
    event.add("dtstamp", dt.datetime.combine(first, dt.time(), dt.UTC))
    event.add("dtstart", first)
    event.add("dtend", last + dt.timedelta(days=1))
    event.add("summary", meeting.title.text(language), parameters={"LANGUAGE": language})
    event.add("description", meeting.summary.text(language) + whole, parameters={"LANGUAGE": language})
    event.add("location", meeting.place.text(language))
    return event


def _task(view: DeliverableView, language: Language) -> icalendar.Todo:
    due = view.deliverable.due
    task = icalendar.Todo()
    task.add("uid", f"deliverable-{view.deliverable.id}@hled")
    task.add("dtstamp", dt.datetime.combine(due.earliest, dt.time(), dt.UTC))
    task.add("due", due.latest)
    title = _DUE.format(title=view.deliverable.title).text(language)
    task.add("summary", title, parameters={"LANGUAGE": language})
    task.add("description", view.state.label.text(language))
    task.add("status", "COMPLETED" if view.state is DeliverableState.MET else "NEEDS-ACTION")
    return task
