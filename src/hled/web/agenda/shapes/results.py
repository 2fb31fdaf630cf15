"""The results of the agenda's queries as the API shows them: lists, single things, the dialogue at a glance.

They mirror `hled.web.agenda.results`, which they read by attribute. They serve every work-plan line.
"""

from typing import Annotated

from pydantic import Field

from hled.web.agenda.shapes.nouns import (
    AttachedText,
    Claim,
    Computed,
    Count,
    Deliverable,
    Discrepancy,
    Event,
    LastReported,
    Line,
    LineNumber,
    Objective,
    ObjectiveId,
    OfficialOf,
    Pillar,
    Recorded,
    SilentDays,
    Source,
    Summary,
    Title,
    Version,
)
from hled.web.design.api import Day, Flat, Said, Shown, Text
from hled.web.directory.api import ActionId, Adjacent, Agency, Body, SourceId
from hled.web.record.shapes import Mark
from hled.web.search.api import PillarId
from hled.workplan.types import SourceRead

OwnReport = Annotated[
    Event | None,
    Said(
        "The latest review, activity or result in this government's own publications; null: none was found.",
        "La última revisión, actividad o resultado en publicaciones de este gobierno; nulo: no se encontró.",
    ),
]


class SourceSummary(Flat):
    """A source and how many events and figures rest on it."""

    wraps = "source"
    id: SourceId
    url: str | None
    publisher: Text
    published: Day | None
    read: SourceRead
    official: OfficialOf
    events: Count
    claims: Count


class ClaimWithSource(Flat):
    """A published figure with its source."""

    wraps = "claim"
    id: str
    quantity: str
    label: Title
    period: str | None
    value: Text
    unit: Text
    is_target: bool
    source: Source
    rivals: Annotated[
        int,
        Said("Other figures for the same quantity.", "Otras cifras de la misma cantidad.", 1),
    ]


class DiscrepancyWithSources(Flat):
    """A discrepancy; `sources` follows the order of `versions`."""

    wraps = "discrepancy"
    id: str
    title: Title
    explanation: Text
    versions: list[Version]
    sources: list[Source]


class StatusCount(Shown):
    """How many actions have a computed status."""

    status: Computed
    name: Annotated[Text, Said("The status in words.", "El estado en palabras.")]
    rule: Annotated[Text, Said("By which rule it is computed.", "Con qué regla se calcula.")]
    count: Count


class ActionSummary(Shown):
    """An action in a list."""

    id: ActionId
    pillar: PillarId
    objective: ObjectiveId
    line: Annotated[LineNumber | None, Said("Its line of 2021.", "Su línea de 2021.", 5)]
    title: Title
    summary: Summary
    adjacent: Adjacent
    status: Computed = Field(validation_alias="computed")
    recorded: Recorded
    last_reported: LastReported
    silent_days: SilentDays
    events: Count
    agencies_us: Annotated[
        list[Agency],
        Said("U.S. agencies that a source names.", "Dependencias de EE. UU. que nombra una fuente."),
    ]
    agencies_mx: Annotated[
        list[Agency],
        Said("Mexican agencies that a source names.", "Dependencias de México que nombra una fuente."),
    ]


class Voices(Shown):
    """The status by three voices: what each government's own publications report, assessed, computed."""

    self_reported_us: OwnReport
    self_reported_mx: OwnReport
    assessed: Annotated[
        Text | None,
        Said(
            "Null everywhere: assessments come with accounts for assessors, which are not built yet.",
            "Nulo en todas: las evaluaciones llegarán con las cuentas para evaluadores, aún por construir.",
        ),
    ]
    computed: Computed
    name: Text
    rule: Text
    recorded: Recorded
    last_reported: LastReported
    silent_days: SilentDays


class PillarOverview(Flat):
    """A pillar in figures; adjacent tracks are left out of `actions`, `events` and `counts`."""

    wraps = "pillar"
    id: PillarId
    title: Title
    aim: Text
    is_section: bool
    actions: Count
    adjacent: Count
    events: Count
    counts: list[StatusCount]
    last_reported: LastReported


class LineOverview(Flat):
    """A line with its actions."""

    wraps = "line"
    number: LineNumber
    title: Title
    gap: Text | None
    module: str
    actions: list[ActionSummary]
    counts: list[StatusCount]


class ObjectiveView(Flat):
    """An objective with its lines and the actions that belong to no line of 2021."""

    wraps = "objective"
    id: ObjectiveId
    title: Title
    since: Day | None
    lines: list[LineOverview]
    others: list[ActionSummary]


class PillarView(Shown):
    """A pillar with its objectives."""

    overview: PillarOverview
    objectives: list[ObjectiveView]
    deliverables: list[Deliverable]


class LineView(Flat):
    """A line with its place in the plan, actions, events (newest first) and deliverables."""

    wraps = "line"
    number: LineNumber
    title: Title
    gap: Text | None
    module: str
    pillar: Pillar
    objective: Objective
    actions: list[ActionSummary]
    counts: list[StatusCount]
    events: list[Event]
    deliverables: list[Deliverable]


class ActionView(Flat):
    """Everything about an action; empty agencies mean that no source names any."""

    wraps = "action"
    id: ActionId
    title: Title
    summary: Summary
    origin: Annotated[Text, Said("Where it comes from.", "De dónde proviene.")]
    adjacent: Adjacent
    pillar: Pillar
    objective: Objective
    line: Line | None
    timeline: Annotated[list[Event], Said("Oldest first.", "Del más antiguo al más reciente.")]
    deliverables: list[Deliverable]
    agencies_us: list[Agency]
    agencies_mx: list[Agency]
    bodies: list[Body]
    voices: Voices
    history: Annotated[
        list[Mark], Said("Entries of the record about it.", "Asientos del registro sobre ella.")
    ]


class SourceView(Flat):
    """A source with copies of its text and everything that rests on it."""

    wraps = "source"
    id: SourceId
    url: str | None
    publisher: Text
    published: Day | None
    read: SourceRead
    official: OfficialOf
    attachments: Annotated[
        list[AttachedText],
        Said(
            "Copies of its text kept by the operator of this site.",
            "Copias de su texto que conserva quien opera este sitio.",
        ),
    ]
    events: list[Event]
    claims: list[Claim]
    discrepancies: list[Discrepancy]
    bodies: list[Body]


class Totals(Shown):
    """The whole register in figures, adjacent tracks included."""

    pillars: Count
    lines: Count
    actions: Count
    adjacent: Count
    events: Count
    sources: Count
    entries: Count


class LongSilence(Shown):
    """The action that has been silent the longest."""

    id: ActionId
    title: Title
    last_reported: LastReported
    silent_days: SilentDays


class SilentSummary(Shown):
    """How many actions of the four pillars were silent longer than a year, two years, or always."""

    over_365: Count
    over_730: Count
    never: Count
    longest: LongSilence | None


class Change(Shown):
    """An entry of the record with the title of its object."""

    mark: Mark
    kind: Annotated[str, Said("What kind of object.", "Qué clase de objeto.", "event")]
    what: Annotated[Text, Said("What the entry did, in words.", "Lo que hizo el asiento, en palabras.")]
    title: Title


class Changes(Shown):
    """What changed last, newest first."""

    events: list[Event]
    entries: list[Change]


class Overview(Shown):
    """The dialogue at a glance."""

    totals: Totals
    pillars: list[PillarOverview]
    sections: list[PillarOverview]
    changes: Changes
    overdue: list[Deliverable]
    silent: SilentSummary
    compiled: Annotated[Day | None, Said("When the record was compiled.", "Cuándo se compiló el registro.")]


class Silence(Shown):
    """What went silent for more than `days` days; adjacent tracks are left out."""

    days: Annotated[int, Said("Days asked for (unit: day).", "Días solicitados (unidad: día).", 365)]
    actions: Annotated[list[ActionSummary], Said("Longest silence first.", "Primero el silencio más largo.")]
    never: Annotated[list[ActionSummary], Said("Never reported on.", "Nunca se informó de ellas.")]
    sections: Annotated[
        list[ActionSummary], Said("Of governance and the first cycle.", "De la gobernanza y el primer ciclo.")
    ]
    announced: Annotated[
        list[Deliverable],
        Said("Past their date without an outcome.", "Vencidos sin resultado encontrado."),
    ]
