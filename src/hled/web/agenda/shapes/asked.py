"""What may be asked of the agenda in the API: the filters of its lists, each with its bounds and meaning.

Values are checked here, so that the queries get the same filters as those of the pages. They serve every
work-plan line.
"""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field

from hled.language import PartialDate
from hled.web.agenda.filters import ActionFilters, EventFilters
from hled.web.design.api import WHOLE, Paging, Said, YesNo
from hled.web.directory.api import ActionId, AgencyId, SourceId
from hled.web.search.api import PillarId
from hled.web.search.words import MAX_CHARACTERS
from hled.workplan import ComputedStatus, charter
from hled.workplan.types import EventKind

DAYS: Final = 36_500
LINES: Final = len(charter().lines)
IN_FILTER: Final = Field(max_length=100, pattern=r"^[A-Za-z0-9._-]+$")  # the letters that ids are made of


def _date(value: str) -> str:
    return PartialDate(value).iso


LineAsked = Annotated[
    int,
    Field(ge=1, le=LINES),
    WHOLE,
    Said("Number of a work-plan line.", "Número de una línea del plan de trabajo.", 5),
]
DateAsked = Annotated[
    str,
    Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
    AfterValidator(_date),
]
AdjacentAsked = Annotated[
    YesNo,
    Said(
        "true: adjacent tracks only; false: without them.",
        "true: solo vías paralelas; false: sin ellas.",
        "false",
    ),
]
Days = Annotated[int, Field(ge=1, le=DAYS), WHOLE]


class ActionsAsked(Paging):
    """To what a list of actions is narrowed."""

    pillar: PillarId | None = None
    line: LineAsked | None = None
    status: Annotated[
        ComputedStatus | None, Said("The computed status.", "El estado calculado.", "promised")
    ] = None
    agency: Annotated[AgencyId, IN_FILTER] | None = None
    silent_for: Annotated[
        Days | None,
        Field(alias="silent-for"),
        Said(
            "Silent for more than so many days (unit: day), or never reported on.",
            "En silencio por más de tantos días (unidad: día), o nunca se informó de ella.",
            180,
        ),
    ] = None
    text: Annotated[
        str | None,
        Field(min_length=1, max_length=MAX_CHARACTERS),
        Said(
            "Words that it holds, in either language.", "Palabras que contiene, en cualquier idioma.", "rail"
        ),
    ] = None
    adjacent: AdjacentAsked | None = None

    def filters(self) -> ActionFilters:
        """Return the filters of the queries."""
        return ActionFilters(
            pillar=self.pillar,
            line=self.line,
            status=self.status,
            agency=self.agency,
            silent_for=self.silent_for,
            text=self.text,
            adjacent=_yes(self.adjacent),
        )


class EventsAsked(Paging):
    """To what a list of events is narrowed."""

    action: Annotated[ActionId, IN_FILTER] | None = None
    pillar: PillarId | None = None
    line: LineAsked | None = None
    kind: Annotated[EventKind | None, Said("What it reports.", "Qué informa.", "meeting")] = None
    source: Annotated[SourceId, IN_FILTER] | None = None
    since: Annotated[
        DateAsked | None,
        Said("On or after: year, month or day.", "Desde: año, mes o día.", "2022"),
    ] = None
    until: Annotated[
        DateAsked | None,
        Said("On or before: year, month or day.", "Hasta: año, mes o día.", "2022-09-12"),
    ] = None
    adjacent: AdjacentAsked | None = None

    def filters(self) -> EventFilters:
        """Return the filters of the queries."""
        return EventFilters(
            action=self.action,
            pillar=self.pillar,
            line=self.line,
            kind=self.kind,
            source=self.source,
            since=PartialDate(self.since) if self.since else None,
            until=PartialDate(self.until) if self.until else None,
            adjacent=_yes(self.adjacent),
        )


class SilenceAsked(BaseModel):
    """How long a silence counts."""

    days: Annotated[
        Days, Said("At least so many days (unit: day).", "Al menos tantos días (unidad: día).", 730)
    ] = 365


def _yes(value: str | None) -> bool | None:
    return None if value is None else value == "true"
