"""Meetings and due dates as iCalendar (RFC 5545), all-day, in the language asked for.

A date known only to the month becomes an event over the whole month, marked as such in its description.
"""

import datetime as dt

import icalendar

from hled.language import Bilingual, Language, PartialDate
from hled.web.agenda import queries as agenda
from hled.web.agenda.results import DeliverableState
from hled.web.meetings import queries

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
        meeting = view.meeting
        made.add_component(
            _event(
                f"meeting-{meeting.id}", meeting.title, meeting.date, meeting.summary, language, meeting.place
            )
        )
    for item in agenda.deliverables(today):
        made.add_component(
            _task(item.deliverable.id, item.deliverable.title, item.deliverable.due, item.state, language)
        )
    return made.to_ical()


def _event(
    uid: str, title: Bilingual, date: PartialDate, text: Bilingual, language: Language, place: Bilingual
) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{uid}@hled")
    event.add("dtstamp", dt.datetime.combine(date.earliest, dt.time(), dt.UTC))
    event.add("dtstart", date.earliest)
    event.add("dtend", date.latest + dt.timedelta(days=1))
    event.add("summary", title.text(language), parameters={"LANGUAGE": language})
    whole = "" if date.earliest == date.latest else " " + _WHOLE.text(language)
    event.add("description", text.text(language) + whole, parameters={"LANGUAGE": language})
    event.add("location", place.text(language))
    return event


def _task(
    key: str, title: Bilingual, due: PartialDate, state: DeliverableState, language: Language
) -> icalendar.Todo:
    task = icalendar.Todo()
    task.add("uid", f"deliverable-{key}@hled")
    task.add("dtstamp", dt.datetime.combine(due.earliest, dt.time(), dt.UTC))
    task.add("due", due.latest)
    task.add("summary", _DUE.format(title=title).text(language), parameters={"LANGUAGE": language})
    task.add("description", state.label.text(language))
    task.add("status", "COMPLETED" if state is DeliverableState.MET else "NEEDS-ACTION")
    return task
