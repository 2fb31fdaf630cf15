"""The nouns of the work plan and its public record, as frozen types.

The charter (parties, vision, goals, pillars, objectives, lines) is fixed data of this package; the public
record (actions, events, sources, claims, bodies, meetings) is compiled from public sources and loads from a
file. Ids are slugs, unique within their kind and stable. It serves every work-plan line.
"""

from dataclasses import dataclass
from enum import StrEnum

from hled.language import Bilingual, PartialDate


class Party(StrEnum):
    """The two parties of the dialogue."""

    US = "US"
    MX = "MX"


class Official(StrEnum):
    """Whose own publication a source is: that of one government, or of both."""

    US = "US"
    MX = "MX"
    BOTH = "both"

    def speaks_for(self, party: Party) -> bool:
        """Tell whether `party` published it."""
        return self is Official.BOTH or self.value == party.value


class EventKind(StrEnum):
    """What an event reports; `weight` says what it may count as."""

    COMMITMENT = "commitment"
    PLAN = "plan"
    STATEMENT = "statement"
    ANNOUNCEMENT = "announcement"
    SCHEDULED = "scheduled"
    REVIEW = "review"
    MEETING = "meeting"
    AGREEMENT = "agreement"
    WORKING_GROUP = "working_group"
    FUNDING = "funding"
    PROGRAMME_LAUNCH = "programme_launch"
    STUDY = "study"
    CONSTRUCTION = "construction"
    OUTPUT = "output"
    MILESTONE = "milestone"

    @property
    def weight(self) -> "Weight":
        """Return what an event of this kind may count as."""
        return _WEIGHTS.get(self, Weight.ACTIVITY)


class Weight(StrEnum):
    """What an event may count as: a promise never counts as a result."""

    PROMISE = "promise"
    REVIEW = "review"
    ACTIVITY = "activity"
    RESULT = "result"


_WEIGHTS = {
    EventKind.COMMITMENT: Weight.PROMISE,
    EventKind.PLAN: Weight.PROMISE,
    EventKind.STATEMENT: Weight.PROMISE,
    EventKind.ANNOUNCEMENT: Weight.PROMISE,
    EventKind.SCHEDULED: Weight.PROMISE,
    EventKind.REVIEW: Weight.REVIEW,
    EventKind.OUTPUT: Weight.RESULT,
    EventKind.MILESTONE: Weight.RESULT,
}


class DateBasis(StrEnum):
    """How the date of an event is known."""

    EVENT = "event"  # the source dates the fact itself
    REPORT = "report"  # only the report is dated: the fact happened on or before that date
    INFERRED = "inferred"  # deduced from context
    SCHEDULED = "scheduled"  # an announced date, no proof that it took place
    UNKNOWN = "unknown"  # no date


class SourceRead(StrEnum):
    """How much of a source was read."""

    FULL = "full"
    PART = "part"
    EXCERPT = "excerpt"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Goal:
    """One of the five goals of the vision; `direction` is `up` or `down`."""

    id: str
    title: Bilingual
    direction: str


@dataclass(frozen=True, slots=True)
class Pillar:
    """One of the four pillars (`is_section` false) or a section of the record that is no pillar."""

    id: str
    title: Bilingual
    aim: Bilingual
    is_section: bool


@dataclass(frozen=True, slots=True)
class Objective:
    """A grouping under a pillar; `since` is the day it entered the plan, None for the sections."""

    id: str
    pillar: str
    title: Bilingual
    since: PartialDate | None


@dataclass(frozen=True, slots=True)
class Line:
    """One of the fifteen work-plan lines; `module` is the package that serves it, built or not yet."""

    number: int
    pillar: str
    objective: str
    title: Bilingual
    gap: Bilingual | None
    module: str


@dataclass(frozen=True, slots=True)
class PartyNames:
    """A party and how each language names it."""

    party: Party
    name: Bilingual
    adjective: Bilingual


@dataclass(frozen=True, slots=True)
class Charter:
    """The work plan as adopted on 9 September 2021, in this project's own words, source named."""

    title: Bilingual
    short: Bilingual
    vision: Bilingual
    source_id: str
    adopted: PartialDate
    parties: tuple[PartyNames, ...]
    goals: tuple[Goal, ...]
    pillars: tuple[Pillar, ...]
    objectives: tuple[Objective, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A published source; `url` is None where no stable address is known.

    `official` is None where neither government published it: press, firms, chambers, institutes.
    """

    id: str
    url: str | None
    publisher: Bilingual
    published: PartialDate | None
    read: SourceRead
    official: Official | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event of an action: `date` is when it happened (see `basis`), `reported` when it was reported."""

    id: str
    action: str
    date: PartialDate | None
    basis: DateBasis
    reported: PartialDate | None
    kind: EventKind
    summary: Bilingual
    source: str
    read: SourceRead


@dataclass(frozen=True, slots=True)
class Action:
    """An action found under the plan; its agencies are named by a source as acting, never formal owners."""

    id: str
    pillar: str
    objective: str
    line: int | None
    title: Bilingual
    summary: Bilingual
    agencies_us: tuple[str, ...]
    agencies_mx: tuple[str, ...]
    origin: Bilingual
    adjacent: bool
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something promised for a date: `promised_by` and `outcome` are event ids, outcome None = none found."""

    id: str
    action: str
    title: Bilingual
    due: PartialDate
    promised_by: str
    outcome: str | None
    note: Bilingual | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A published figure, never computed with: `quantity` names what is measured and may repeat.

    `value` is text because sources hedge ("more than 864" / "más de 864"); the digits are the same in both.
    """

    id: str
    quantity: str
    label: Bilingual
    period: str | None
    value: Bilingual
    unit: Bilingual
    is_target: bool
    source: str


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Published figures that disagree, kept side by side and never merged."""

    id: str
    title: Bilingual
    explanation: Bilingual
    versions: tuple["Version", ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One of the conflicting statements of a discrepancy."""

    statement: Bilingual
    source: str


@dataclass(frozen=True, slots=True)
class Agency:
    """A ministry, agency or other public body of one party, as named in the sources."""

    id: str
    party: Party
    short: Bilingual
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Body:
    """A working group, committee or forum named in the record; `track` says which process it sits in."""

    id: str
    name: Bilingual
    purpose: Bilingual
    track: Bilingual
    adjacent: bool
    actions: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; `level` is cabinet, review, stakeholders, preparatory or first_cycle."""

    id: str
    title: Bilingual
    level: str
    date: PartialDate
    place: Bilingual
    chairs_us: Bilingual | None
    chairs_mx: Bilingual | None
    summary: Bilingual
    event: str | None
    source: str


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """Everything compiled from public sources, as one validated document."""

    compiled: PartialDate
    title: Bilingual
    notes: tuple[Bilingual, ...]
    sources: tuple[Source, ...]
    agencies: tuple[Agency, ...]
    bodies: tuple[Body, ...]
    actions: tuple[Action, ...]
    deliverables: tuple[Deliverable, ...]
    claims: tuple[Claim, ...]
    discrepancies: tuple[Discrepancy, ...]
    meetings: tuple[Meeting, ...]
    checksum: str
