"""What the agenda answers with: frozen results that views, the API and the command line show alike.

Nouns of the work plan stand as they are; around them stands what was computed, and for which day.
"""

from dataclasses import dataclass
from enum import StrEnum

from hled.language import Bilingual, PartialDate
from hled.web.record.queries import Mark
from hled.workplan import ComputedStatus, RecordedStatus
from hled.workplan.attachments import Attachment
from hled.workplan.status import NAME, RULE
from hled.workplan.types import (
    Action,
    Agency,
    Body,
    Claim,
    Deliverable,
    Discrepancy,
    Event,
    Line,
    Objective,
    Party,
    Pillar,
    Source,
    Version,
    Weight,
)


class DeliverableState(StrEnum):
    """Whether something promised for a date was met, is still due, or is overdue without a known outcome."""

    MET = "met"
    DUE = "due"
    OVERDUE = "overdue"

    @property
    def label(self) -> Bilingual:
        """Return the state as people read it."""
        return _STATES[self]


_STATES = {
    DeliverableState.MET: Bilingual("Outcome on record", "Con resultado registrado"),
    DeliverableState.DUE: Bilingual("Due", "Por vencer"),
    DeliverableState.OVERDUE: Bilingual(
        "Past its date, no outcome found", "Vencido, sin resultado encontrado"
    ),
}


@dataclass(frozen=True, slots=True)
class ActionSummary:
    """An action in a list; `silent_days` counts from the last report, None if never reported on."""

    id: str
    pillar: str
    objective: str
    line: int | None
    title: Bilingual
    summary: Bilingual
    adjacent: bool
    computed: ComputedStatus
    recorded: RecordedStatus
    last_reported: PartialDate | None
    silent_days: int | None
    events: int
    agencies_us: tuple[Agency, ...]
    agencies_mx: tuple[Agency, ...]

    @property
    def status(self) -> Bilingual:
        """The computed status as people read it."""
        return NAME[self.computed]


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event with its source, its action and what it may count as."""

    event: Event
    source: Source
    weight: Weight
    action_title: Bilingual
    pillar: str
    adjacent: bool


@dataclass(frozen=True, slots=True)
class DeliverableView:
    """A deliverable on the asked day; `days_overdue` is 0 unless it is overdue."""

    deliverable: Deliverable
    state: DeliverableState
    days_overdue: int
    action_title: Bilingual
    adjacent: bool
    promised_by: Event
    outcome: Event | None


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many actions have a computed status."""

    status: ComputedStatus
    name: Bilingual
    rule: Bilingual
    count: int


def status_count(status: ComputedStatus, count: int) -> StatusCount:
    """Return a count with the name and the rule of its status."""
    return StatusCount(status, NAME[status], RULE[status], count)


@dataclass(frozen=True, slots=True)
class PillarOverview:
    """A pillar or section in figures; `actions` and `counts` leave adjacent tracks out, `events` too."""

    pillar: Pillar
    actions: int
    adjacent: int
    events: int
    counts: tuple[StatusCount, ...]
    last_reported: PartialDate | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole register in figures; `actions` and `events` count everything, adjacent tracks included."""

    pillars: int
    lines: int
    actions: int
    adjacent: int
    events: int
    sources: int
    entries: int


@dataclass(frozen=True, slots=True)
class LongSilence:
    """The action of the four pillars that has been silent the longest."""

    id: str
    title: Bilingual
    last_reported: PartialDate | None
    silent_days: int


@dataclass(frozen=True, slots=True)
class SilentSummary:
    """How many actions of the four pillars were silent longer than a year, two years, or from the start."""

    over_365: int
    over_730: int
    never: int
    longest: LongSilence | None


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the record: what it did in words, the title and the page of the object that it is about."""

    mark: Mark
    kind: str
    what: Bilingual
    title: Bilingual
    url_name: str
    url_key: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed last: dated events, newest first, and entries of the record, newest first."""

    events: tuple[DatedEvent, ...]
    entries: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The dialogue at a glance; `compiled` is the date of the last loaded file, None before the first."""

    totals: Totals
    pillars: tuple[PillarOverview, ...]
    sections: tuple[PillarOverview, ...]
    changes: Changes
    overdue: tuple[DeliverableView, ...]
    silent: SilentSummary
    compiled: PartialDate | None


@dataclass(frozen=True, slots=True)
class LineOverview:
    """A work-plan line with its actions."""

    line: Line
    actions: tuple[ActionSummary, ...]
    counts: tuple[StatusCount, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its lines and the actions that belong to no line of 2021."""

    objective: Objective
    lines: tuple[LineOverview, ...]
    others: tuple[ActionSummary, ...]


@dataclass(frozen=True, slots=True)
class PillarView:
    """A pillar or section with its objectives."""

    overview: PillarOverview
    objectives: tuple[ObjectiveView, ...]
    deliverables: tuple[DeliverableView, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """A work-plan line with its place in the plan, its actions, events (newest first) and deliverables."""

    line: Line
    pillar: Pillar
    objective: Objective
    actions: tuple[ActionSummary, ...]
    counts: tuple[StatusCount, ...]
    events: tuple[DatedEvent, ...]
    deliverables: tuple[DeliverableView, ...]
    previous: Line | None
    following: Line | None


@dataclass(frozen=True, slots=True)
class Voices:
    """The status of an action by three voices, and what the compiled record says.

    A self-report is the latest review, activity or result that a government's own publication reports, None
    where none was found: neither publishes a status for each action. `assessed` is None everywhere until
    assessors can keep accounts, which are not built yet.
    """

    self_reported_us: DatedEvent | None
    self_reported_mx: DatedEvent | None
    assessed: Bilingual | None
    computed: ComputedStatus
    name: Bilingual
    rule: Bilingual
    recorded: RecordedStatus
    last_reported: PartialDate | None
    silent_days: int | None

    @property
    def self_reported(self) -> tuple[tuple[Party, DatedEvent | None], ...]:
        """Each party with its own latest report."""
        return ((Party.US, self.self_reported_us), (Party.MX, self.self_reported_mx))


@dataclass(frozen=True, slots=True)
class ActionView:
    """Everything about an action; empty agencies mean that no source names any."""

    action: Action
    pillar: Pillar
    objective: Objective
    line: Line | None
    timeline: tuple[DatedEvent, ...]
    deliverables: tuple[DeliverableView, ...]
    agencies_us: tuple[Agency, ...]
    agencies_mx: tuple[Agency, ...]
    bodies: tuple[Body, ...]
    voices: Voices
    history: tuple[Mark, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source and how many events and claims rest on it."""

    source: Source
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class AttachedText:
    """A copy of a source's official text, kept by the operator since `attached` (entry `seq`)."""

    attachment: Attachment
    attached: PartialDate
    seq: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source, the copies of its text, and everything of the agenda and the directory that rests on it."""

    source: Source
    attachments: tuple[AttachedText, ...]
    events: tuple[DatedEvent, ...]
    claims: tuple[Claim, ...]
    discrepancies: tuple[Discrepancy, ...]
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A published figure with its source and the other claims about the same quantity."""

    claim: Claim
    source: Source
    rivals: int


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    """A discrepancy; `sources` follows the order of its versions."""

    discrepancy: Discrepancy
    sources: tuple[Source, ...]

    @property
    def pairs(self) -> tuple[tuple[Version, Source], ...]:
        """Each version with its source."""
        return tuple(zip(self.discrepancy.versions, self.sources, strict=True))


@dataclass(frozen=True, slots=True)
class Silence:
    """What went silent for more than `days` days: actions of the four pillars, longest first.

    `never` were never reported on; `sections` are silent actions of governance and the first cycle;
    `announced` are deliverables past their date without an outcome. Adjacent tracks are left out.
    """

    days: int
    actions: tuple[ActionSummary, ...]
    never: tuple[ActionSummary, ...]
    sections: tuple[ActionSummary, ...]
    announced: tuple[DeliverableView, ...]
