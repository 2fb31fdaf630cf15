"""Readers of the meetings: all by level, those past and those to come, one with its source."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Final

from hled.language import Bilingual, DialogueError, PartialDate
from hled.web.agenda import queries as agenda
from hled.web.meetings.models import MeetingRow
from hled.web.record.columns import bilingual, optional
from hled.workplan.types import Meeting, Source

LEVELS: Final[dict[str, Bilingual]] = {
    "cabinet": Bilingual("Cabinet-level meetings", "Reuniones a nivel de gabinete"),
    "review": Bilingual("Mid-year reviews", "Revisiones de medio año"),
    "stakeholders": Bilingual("Meetings with stakeholders", "Encuentros con actores interesados"),
    "preparatory": Bilingual("Preparatory meetings", "Reuniones preparatorias"),
    "first_cycle": Bilingual("First cycle, 2013–2016", "Primer ciclo, 2013–2016"),
}


class NoSuchMeetingError(DialogueError):
    """No meeting has this id; the web answers 404."""

    code = "meetings.not_found"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with its source; `upcoming` says that its last possible day is not past on the asked day."""

    meeting: Meeting
    source: Source
    upcoming: bool


@dataclass(frozen=True, slots=True)
class Level:
    """The meetings of one level, newest first."""

    id: str
    title: Bilingual
    meetings: tuple[MeetingView, ...]


def meetings(today: dt.date) -> tuple[MeetingView, ...]:
    """Return every meeting, newest first, in two queries."""
    rows = list(MeetingRow.objects.order_by("-date", "id"))
    sources = agenda.sources_by_id({row.source for row in rows})
    return tuple(_view(row, sources[row.source], today) for row in rows)


def levels(today: dt.date) -> tuple[Level, ...]:
    """Return the meetings by level, levels without any left out, in two queries."""
    found = meetings(today)
    grouped = (
        Level(name, title, tuple(item for item in found if item.meeting.level == name))
        for name, title in LEVELS.items()
    )
    return tuple(level for level in grouped if level.meetings)


def meeting(key: str, today: dt.date) -> MeetingView:
    """Return one meeting, in two queries.

    Raises:
        NoSuchMeetingError: no meeting has this id.
    """
    row = MeetingRow.objects.filter(id=key.replace("\0", "")).first()
    if row is None:
        raise NoSuchMeetingError(
            Bilingual(
                en="No meeting has the id “{key}”.", es="Ninguna reunión tiene la clave «{key}»."
            ).format(key=key[:80])
        )
    return _view(row, agenda.sources_by_id([row.source])[row.source], today)


def citing(source: str) -> tuple[Meeting, ...]:
    """Return the meetings that rest on a source, newest first."""
    return tuple(typed(row) for row in MeetingRow.objects.filter(source=source).order_by("-date", "id"))


def _view(row: MeetingRow, source: Source, today: dt.date) -> MeetingView:
    return MeetingView(typed(row), source, upcoming=row.date_last >= today)


def typed(row: MeetingRow) -> Meeting:
    """Return a row as a meeting of the work plan."""
    return Meeting(
        id=row.id,
        title=bilingual(row, "title"),
        level=row.level,
        date=PartialDate(row.date),
        place=bilingual(row, "place"),
        chairs_us=optional(row, "chairs_us"),
        chairs_mx=optional(row, "chairs_mx"),
        summary=bilingual(row, "summary"),
        event=row.event or None,
        source=row.source,
    )
