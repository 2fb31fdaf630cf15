"""The meetings to take away and, from this topmost app of the public record, the whole record as a file."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from django.http import QueryDict

from hled.language import Bilingual, DialogueError
from hled.web.agenda import exports as agenda
from hled.web.agenda import queries as agenda_queries
from hled.web.agenda.asking import actions_asked, events_asked
from hled.web.agenda.filters import ActionFilters, EventFilters
from hled.web.design.asked import asked
from hled.web.directory import exports as directory
from hled.web.meetings.models import MeetingRow
from hled.web.meetings.queries import typed
from hled.web.record.exports import Table, table
from hled.workplan.types import PublicRecord


class NothingLoadedError(DialogueError):
    """No record file was loaded yet, so there is nothing to export."""

    code = "meetings.nothing_loaded"


def meetings() -> Table:
    """Return every meeting in the order of the record."""
    return table("meetings", map(typed, MeetingRow.objects.order_by("seq")))


_SECTIONS: Final[Mapping[str, Callable[[dt.date], Table]]] = {
    "sources": lambda _today: agenda.sources(),
    "agencies": lambda _today: directory.agencies(),
    "bodies": lambda _today: directory.bodies(),
    "actions": lambda today: agenda.actions(ActionFilters(), today),
    "events": lambda _today: agenda.events(EventFilters()),
    "deliverables": lambda _today: agenda.deliverables(),
    "figures": lambda _today: agenda.claims(),
    "discrepancies": lambda _today: agenda.discrepancies(),
    "meetings": lambda _today: meetings(),
}


def section(name: str, today: dt.date) -> Table | None:
    """Return one list of the public record, None where it has no such section."""
    made = _SECTIONS.get(name)
    return made(today) if made else None


def narrowed(name: str, query: QueryDict, today: dt.date) -> Table | None:
    """Return one list, actions and events narrowed as their pages are; None where there is no such section.

    Raises:
        BadParametersError, FilterError: the filters cannot be used; only actions and events have any.
    """
    if name == "actions":
        return agenda.actions(actions_asked(query), today)
    if name == "events":
        return agenda.events(events_asked(query))
    asked(query, ())
    return section(name, today)


def tables(today: dt.date) -> dict[str, Table]:
    """Return every list of the public record by its section."""
    return {name: made(today) for name, made in _SECTIONS.items()}


def public_record(today: dt.date) -> PublicRecord:
    """Return the public record as it stands, under the title and notes of the file loaded last.

    Raises:
        NothingLoadedError: no file was loaded yet.
    """
    loads = agenda_queries.loads()
    if not loads:
        raise NothingLoadedError(
            Bilingual(
                "No record was loaded yet. Run `hled load`.",
                "Aún no se ha cargado ningún registro. Ejecute `hled load`.",
            )
        )
    found = tables(today)
    return PublicRecord(
        compiled=loads[0].compiled,
        title=loads[0].title,
        notes=loads[0].notes,
        sources=found["sources"].things,
        agencies=found["agencies"].things,
        bodies=found["bodies"].things,
        actions=found["actions"].things,
        deliverables=found["deliverables"].things,
        claims=found["figures"].things,
        discrepancies=found["discrepancies"].things,
        meetings=found["meetings"].things,
        checksum=loads[0].checksum,
    )
