"""The meetings for programs."""

from typing import Annotated

from ninja import Query, Router

from hled.language import Bilingual
from hled.web.agenda.shapes.nouns import EventId, Source
from hled.web.design.api import Day, Flat, Listing, Paging, Said, Text, listing, read, today
from hled.web.meetings import queries
from hled.workplan.shapes import MeetingLevel

router = Router()

MeetingId = Annotated[str, Said("Id of a meeting.", "Clave de una reunión.", "first-cycle-2013-09-20")]


class Meeting(Flat):
    """A meeting with its source."""

    wraps = "meeting"
    id: MeetingId
    title: Annotated[Text, Said("What it is called.", "Cómo se llama.")]
    level: Annotated[MeetingLevel, Said("Its level.", "Su nivel.", "cabinet")]
    date: Annotated[Day, Said("When it takes place.", "Cuándo se celebra.", "2021-09-09")]
    place: Annotated[Text, Said("Where.", "Dónde.")]
    chairs_us: Annotated[
        Text | None, Said("Who chaired for the United States.", "Quién presidió por EE. UU.")
    ]
    chairs_mx: Annotated[Text | None, Said("Who chaired for Mexico.", "Quién presidió por México.")]
    summary: Annotated[Text, Said("What it was about.", "De qué trató.")]
    event: Annotated[EventId | None, Said("Its event on the record.", "Su evento en el registro.")]
    source: Annotated[Source, Said("Where it was published.", "Dónde se publicó.")]
    upcoming: Annotated[
        bool, Said("Its last possible day is not past.", "Su último día posible no ha pasado.")
    ]


@read(
    router,
    "/meetings",
    Listing[Meeting],
    about=Bilingual(
        "The meetings of the dialogue, newest first.", "Las reuniones del diálogo, la más reciente primero."
    ),
)
def meetings(asked: Query[Paging]) -> dict[str, object]:
    """List the meetings."""
    return listing(queries.meetings(today()), asked)


@read(
    router,
    "/meetings/{meeting}",
    Meeting,
    about=Bilingual("One meeting.", "Una reunión."),
    example="/meetings/first-cycle-2013-09-20",
)
def meeting(meeting: MeetingId) -> object:
    """Return one meeting."""
    return queries.meeting(meeting, today())
