"""The nouns of the work plan as the API shows them: each field with its meaning in both languages.

They are read by attribute from the frozen nouns themselves; nothing is calculated here. They serve every
work-plan line.
"""

from typing import Annotated, Literal

from pydantic import Field

from hled.web.agenda.results import DeliverableState
from hled.web.design.api import Day, Flat, Said, Shown, Text
from hled.web.directory.api import ActionId, Adjacent, SourceId
from hled.web.search.api import PillarId
from hled.workplan import ComputedStatus, RecordedStatus
from hled.workplan.types import DateBasis, EventKind, Official, Party, SourceRead, Weight

Count = Annotated[int, Said("How many.", "Cuántos.", 3)]
EventId = Annotated[
    str,
    Said("Id of an event.", "Clave de un evento.", "supply-chain-working-group.2021-09-09.commitment"),
]
ObjectiveId = Annotated[str, Said("Id of an objective.", "Clave de un objetivo.", "supply-chains")]
LineNumber = Annotated[
    int, Said("Number of a work-plan line, 1 to 15.", "Número de una línea del plan, de 1 a 15.", 5)
]
Title = Annotated[Text, Said("What it is called.", "Cómo se llama.")]
Summary = Annotated[Text, Said("What it is, in a sentence.", "Qué es, en una frase.")]
Computed = Annotated[
    ComputedStatus,
    Said("The status that the events allow.", "El estado que permiten los eventos.", "under_way"),
]
Recorded = Annotated[
    RecordedStatus,
    Said("What the compiled record says.", "Lo que dice el registro compilado.", "progress_reported"),
]
LastReported = Annotated[
    Day | None,
    Said("When anything was last reported.", "Cuándo se informó algo por última vez.", "2022-09-12"),
]
SilentDays = Annotated[
    int | None,
    Said(
        "Days since the last report (unit: day); null if there never was one.",
        "Días desde el último informe (unidad: día); nulo si nunca lo hubo.",
        1533,
    ),
]

OfficialOf = Annotated[
    Official | None,
    Said(
        "Which government's own publication it is; null: of neither (press, firms, chambers, institutes).",
        "De qué gobierno es publicación propia; nulo: de ninguno (prensa, empresas, cámaras, institutos).",
        "US",
    ),
]


class Source(Shown):
    """A published source."""

    id: SourceId
    url: Annotated[
        str | None,
        Said("Its address, where a stable one is known.", "Su dirección, si se conoce una estable."),
    ]
    publisher: Annotated[Text, Said("Who published it, and what.", "Quién la publicó y qué es.")]
    published: Annotated[Day | None, Said("When.", "Cuándo.", "2021-09-09")]
    read: Annotated[SourceRead, Said("How much of it was read.", "Cuánto se leyó de ella.", "full")]
    official: OfficialOf


class AttachedText(Flat):
    """A copy of a source's official text; /en/sources/{source}/texts/{sha256} sends its bytes."""

    wraps = "attachment"
    name: Annotated[str, Said("Name of the file.", "Nombre del archivo.", "fact-sheet.pdf")]
    language: Annotated[
        Literal["en", "es"] | None,
        Said("Language of the text, where it was said.", "Idioma del texto, si se indicó.", "en"),
    ]
    media_type: Annotated[
        Literal["application/pdf", "text/html", "text/markdown", "text/plain"],
        Said("What kind of file it is.", "Qué tipo de archivo es.", "application/pdf"),
    ]
    sha256: Annotated[
        str,
        Field(pattern="^[0-9a-f]{64}$"),
        Said("Checksum of its bytes, in hex.", "Suma de verificación de su contenido, en hexadecimal."),
    ]
    size: Annotated[int, Said("How large it is (unit: byte).", "Cuánto mide (unidad: byte).", 120_000)]
    note: Annotated[Text | None, Said("What the operator notes.", "Lo que anota quien opera el sitio.")]
    attached: Annotated[Day, Said("When it was attached (UTC).", "Cuándo se adjuntó (UTC).")]
    seq: Annotated[int, Said("Its entry of the record.", "Su asiento del registro.", 0)]


class Event(Flat):
    """A dated event with its source; a promise never counts as a result."""

    wraps = "event"
    id: EventId
    action: ActionId
    action_title: Title
    pillar: PillarId
    adjacent: Adjacent
    date: Annotated[Day | None, Said("When it happened, see `basis`.", "Cuándo ocurrió, véase `basis`.")]
    basis: Annotated[DateBasis, Said("How its date is known.", "Cómo se conoce su fecha.", "event")]
    reported: Annotated[Day | None, Said("When it was reported.", "Cuándo se informó.", "2022-09-12")]
    kind: Annotated[EventKind, Said("What it reports.", "Qué informa.", "meeting")]
    weight: Annotated[Weight, Said("What it may count as.", "Como qué puede contar.", "activity")]
    summary: Summary
    source: Annotated[Source, Said("Where it was published.", "Dónde se publicó.")]
    read: Annotated[SourceRead, Said("How much of it was read.", "Cuánto se leyó de ella.", "full")]


class PlainEvent(Shown):
    """An event by itself."""

    id: EventId
    action: ActionId
    date: Day | None
    basis: DateBasis
    reported: Day | None
    kind: EventKind
    summary: Summary
    source: SourceId
    read: SourceRead


class Deliverable(Flat):
    """Something promised for a date, with its state today."""

    wraps = "deliverable"
    id: Annotated[str, Said("Id of a deliverable.", "Clave de un entregable.", "surges-award-2022")]
    action: ActionId
    action_title: Title
    adjacent: Adjacent
    title: Title
    due: Annotated[Day, Said("The date promised.", "La fecha prometida.", "2022-10")]
    state: Annotated[
        DeliverableState, Said("met, due or overdue.", "Con resultado, por vencer o vencido.", "overdue")
    ]
    days_overdue: Annotated[
        int, Said("Days past its date (unit: day).", "Días de atraso (unidad: día).", 1484)
    ]
    promised_by: Annotated[PlainEvent, Said("The event that promised it.", "El evento que lo prometió.")]
    outcome: Annotated[
        PlainEvent | None,
        Said("Its outcome; null if none was found.", "Su resultado; nulo si no se encontró ninguno."),
    ]
    note: Annotated[Text | None, Said("A caution.", "Una advertencia.")]


class Claim(Shown):
    """A published figure; never computed with."""

    id: Annotated[str, Said("Id of a figure.", "Clave de una cifra.", "trade-2022-ustr")]
    quantity: Annotated[str, Said("What is measured.", "Qué se mide.", "us_mx_trade_goods_services")]
    label: Title
    period: Annotated[str | None, Said("The period it speaks of.", "El periodo del que habla.", "2022")]
    value: Annotated[Text, Said("The value as published.", "El valor tal como se publicó.")]
    unit: Annotated[Text, Said("Its unit.", "Su unidad.")]
    is_target: Annotated[bool, Said("A target, not a fact.", "Una meta, no un hecho.")]
    source: SourceId


class Version(Shown):
    """One of the conflicting statements."""

    statement: Text
    source: SourceId


class Discrepancy(Shown):
    """Published figures that disagree, side by side and never merged."""

    id: Annotated[str, Said("Id of a discrepancy.", "Clave de una discrepancia.", "trade-2022")]
    title: Title
    explanation: Annotated[Text, Said("What is known about it.", "Lo que se sabe al respecto.")]
    versions: list[Version]


class Pillar(Shown):
    """A pillar, or a section of the record that is no pillar."""

    id: PillarId
    title: Title
    aim: Annotated[Text, Said("What it is to reach.", "Qué se propone lograr.")]
    is_section: Annotated[bool, Said("A section, no pillar.", "Una sección, no un pilar.")]


class Objective(Shown):
    """A group of lines under a pillar."""

    id: ObjectiveId
    pillar: PillarId
    title: Title
    since: Annotated[Day | None, Said("When it entered the plan.", "Cuándo entró al plan.", "2021-09-09")]


class Line(Shown):
    """One of the fifteen work-plan lines."""

    number: LineNumber
    pillar: PillarId
    objective: ObjectiveId
    title: Title
    gap: Annotated[Text | None, Said("What is missing in the plan.", "Qué falta en el plan.")]
    module: Annotated[
        str,
        Said("The package that serves it.", "El paquete que la atiende.", "hled.pillars.rebuilding.border"),
    ]


class Goal(Shown):
    """One of the five goals of the vision."""

    id: Annotated[str, Said("Id of a goal.", "Clave de una meta.", "growth")]
    title: Title
    direction: Annotated[str, Said("up or down.", "Si debe subir (up) o bajar (down).", "up")]


class PartyNames(Shown):
    """A party and its names."""

    party: Party
    name: Text
    adjective: Text


class Charter(Shown):
    """The work plan as adopted, in this project's own words."""

    title: Title
    short: Annotated[Text, Said("Its short name.", "Su nombre corto.")]
    vision: Annotated[Text, Said("The vision.", "La visión.")]
    source_id: SourceId
    adopted: Day
    parties: list[PartyNames]
    goals: list[Goal]
    pillars: list[Pillar]
    objectives: list[Objective]
    lines: list[Line]
