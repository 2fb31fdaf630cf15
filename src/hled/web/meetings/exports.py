"""The meetings to take away and, from this topmost app of the public record, the whole record as a file."""

import datetime as dt

from hled.language import Bilingual, DialogueError
from hled.web.agenda import exports as agenda
from hled.web.agenda import queries as agenda_queries
from hled.web.agenda.filters import ActionFilters, EventFilters
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


def tables(today: dt.date) -> dict[str, Table]:
    """Return every list of the public record by its section."""
    every = (
        agenda.sources(),
        directory.agencies(),
        directory.bodies(),
        agenda.actions(ActionFilters(), today),
        agenda.events(EventFilters()),
        agenda.deliverables(),
        agenda.claims(),
        agenda.discrepancies(),
        meetings(),
    )
    return {found.section: found for found in every}


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
