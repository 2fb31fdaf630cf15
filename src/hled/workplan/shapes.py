"""The shape of each kind of thing in the public record: its keys, their order and how each value is read.

One description serves the JSON file, the CSV tables and the entries of the record, so that the three can
never drift apart. Keys are flat: a text in two languages is `title_en` and `title_es`. Serves every work-plan
line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar

from hled.language import Bilingual, PartialDate
from hled.workplan import types as nouns
from hled.workplan.fields import Address, Choice, Date, Flag, Identifier, Ids, Text, Whole
from hled.workplan.parts import Both, One, Several, Shape

T = TypeVar("T")


class Identified(Protocol):
    """Anything with an id of its own."""

    @property
    def id(self) -> str:
        """The id, unique within its kind."""


class MeetingLevel(StrEnum):
    """At which level a meeting of the dialogue took place."""

    CABINET = "cabinet"
    REVIEW = "review"
    STAKEHOLDERS = "stakeholders"
    PREPARATORY = "preparatory"
    FIRST_CYCLE = "first_cycle"


@dataclass(frozen=True, slots=True)
class Note:
    """A caution about the whole record."""

    text: Bilingual


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says about itself."""

    compiled: PartialDate
    title: Bilingual
    notes: tuple[Note, ...]


def _id() -> One:
    return One("id", "id", Identifier())


def _source() -> One:
    return One("source_id", "source", Identifier())


SOURCE: Final = Shape(
    nouns.Source,
    noun="source",
    entry="agenda.source.compiled",
    section="sources",
    parts=(
        _id(),
        One("url", "url", Address(), nullable=True),
        Both("publisher", "publisher"),
        One("published", "published", Date(), nullable=True),
        One("read", "read", Choice(nouns.SourceRead)),
        One("official", "official", Choice(nouns.Official), nullable=True),
    ),
)
AGENCY: Final = Shape(
    nouns.Agency,
    noun="agency",
    entry="directory.agency.compiled",
    section="agencies",
    parts=(_id(), One("party", "party", Choice(nouns.Party)), Both("short", "short"), Both("name", "name")),
)
ACTION: Final = Shape(
    nouns.Action,
    noun="action",
    entry="agenda.action.compiled",
    section="actions",
    parts=(
        One("pillar", "pillar", Identifier()),
        One("objective", "objective", Identifier()),
        _id(),
        Both("title", "title"),
        Both("summary", "summary"),
        One("lead_agencies_us", "agencies_us", Ids()),
        One("lead_agencies_mx", "agencies_mx", Ids()),
        Both("origin", "origin"),
        One("adjacent_track", "adjacent", Flag()),
        One("line", "line", Whole(low=-(10**6), high=10**6), nullable=True),
    ),
)
EVENT: Final = Shape(
    nouns.Event,
    noun="event",
    entry="agenda.event.compiled",
    section="events",
    parts=(
        _id(),
        One("action", "action", Identifier()),
        One("date", "date", Date(), nullable=True),
        One("date_basis", "basis", Choice(nouns.DateBasis)),
        One("reported", "reported", Date(), nullable=True),
        One("kind", "kind", Choice(nouns.EventKind)),
        Both("summary", "summary"),
        One("source_id", "source", Identifier(), absent="no_source"),
        One("source_read", "read", Choice(nouns.SourceRead)),
    ),
)
EVENT_OF_ACTION: Final = Shape(
    nouns.Event,
    noun="event",
    entry="",
    section="events",
    parts=tuple(part for part in EVENT.parts if part.attribute != "action"),
)
DELIVERABLE: Final = Shape(
    nouns.Deliverable,
    noun="deliverable",
    entry="agenda.deliverable.compiled",
    section="deliverables",
    parts=(
        _id(),
        One("action", "action", Identifier()),
        Both("title", "title"),
        One("due", "due", Date()),
        One("promised_by", "promised_by", Identifier()),
        One("outcome", "outcome", Identifier(), nullable=True),
        Both("note", "note", nullable=True),
    ),
)
CLAIM: Final = Shape(
    nouns.Claim,
    noun="claim",
    entry="agenda.claim.compiled",
    section="figures",
    parts=(
        _id(),
        One("quantity", "quantity", Identifier()),
        Both("label", "label"),
        One("period", "period", Text(40), nullable=True),
        Both("value", "value"),
        Both("unit", "unit"),
        One("is_target", "is_target", Flag()),
        _source(),
    ),
)
VERSION: Final = Shape(
    nouns.Version,
    noun="version",
    entry="",
    section="versions",
    parts=(Both("statement", "statement"), _source()),
)
DISCREPANCY: Final = Shape(
    nouns.Discrepancy,
    noun="discrepancy",
    entry="agenda.discrepancy.compiled",
    section="discrepancies",
    parts=(
        _id(),
        Both("title", "title"),
        Both("explanation", "explanation"),
        Several("versions", "versions", VERSION, least=2),
    ),
)
BODY: Final = Shape(
    nouns.Body,
    noun="body",
    entry="directory.body.compiled",
    section="bodies",
    parts=(
        _id(),
        Both("name", "name"),
        Both("purpose", "purpose"),
        Both("track", "track"),
        One("adjacent_track", "adjacent", Flag()),
        One("actions", "actions", Ids()),
        One("sources", "sources", Ids()),
    ),
)
MEETING: Final = Shape(
    nouns.Meeting,
    noun="meeting",
    entry="meetings.meeting.compiled",
    section="meetings",
    parts=(
        _id(),
        Both("title", "title"),
        One("level", "level", Choice(MeetingLevel)),
        One("date", "date", Date()),
        Both("place", "place"),
        Both("chairs_us", "chairs_us", nullable=True),
        Both("chairs_mx", "chairs_mx", nullable=True),
        Both("summary", "summary"),
        One("event_id", "event", Identifier(), nullable=True),
        _source(),
    ),
)
META: Final = Shape(
    Meta,
    noun="meta",
    entry="",
    section="meta",
    parts=(
        One("compiled", "compiled", Date()),
        Both("title", "title"),
        Several("notes", "notes", Shape(Note, "note", "", "notes", (Both("text", "text"),)), least=0),
    ),
)


def shapes() -> Iterator[Shape[Any]]:
    """Yield every shape that has entries, each after those that it refers to."""
    yield from (SOURCE, AGENCY, ACTION, EVENT, DELIVERABLE, CLAIM, DISCREPANCY, BODY, MEETING)


def shape_of(noun: type[T]) -> Shape[T]:
    """Return the shape of one of the nouns that have entries."""
    return next(shape for shape in shapes() if shape.of is noun)
