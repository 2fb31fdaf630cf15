"""The agenda for programs: the plan, its actions and events, what rests on which source, what went silent."""

from typing import Annotated

from ninja import Query, Router

from hled import workplan
from hled.language import Bilingual
from hled.web.agenda import queries
from hled.web.agenda.shapes import asked as shapes
from hled.web.agenda.shapes import nouns, results
from hled.web.design.api import Listing, Paging, Said, listing, read, today
from hled.web.directory.api import ActionId, SourceId

router = Router()


@read(
    router,
    "/overview",
    results.Overview,
    about=Bilingual(
        "The dialogue at a glance: figures by pillar, what changed last, what is overdue or silent.",
        "El diálogo de un vistazo: cifras por pilar, últimos cambios, lo vencido y lo que calla.",
    ),
)
def overview() -> object:
    """Return the overview."""
    return queries.overview(today())


@read(
    router,
    "/charter",
    nouns.Charter,
    about=Bilingual(
        "The work plan of 9 September 2021: parties, vision, goals, pillars, objectives, lines.",
        "El plan de trabajo del 9 de septiembre de 2021: partes, visión, metas, pilares, objetivos, líneas.",
    ),
)
def charter() -> object:
    """Return the charter."""
    return workplan.charter()


@read(
    router,
    "/pillars",
    Listing[results.PillarOverview],
    about=Bilingual(
        "The four pillars and the sections of the record, in figures.",
        "Los cuatro pilares y las secciones del registro, en cifras.",
    ),
)
def pillars(asked: Query[Paging]) -> dict[str, object]:
    """List pillars and sections."""
    found = queries.overview(today())
    return listing((*found.pillars, *found.sections), asked)


@read(
    router,
    "/pillars/{pillar}",
    results.PillarView,
    about=Bilingual(
        "One pillar with its objectives, lines and actions.",
        "Un pilar con sus objetivos, líneas y acciones.",
    ),
    example="/pillars/I",
)
def pillar(pillar: Annotated[str, Said("Id of a pillar.", "Clave de un pilar.", "I")]) -> object:
    """Return one pillar."""
    return queries.pillar(pillar, today())


@read(
    router,
    "/lines",
    Listing[nouns.Line],
    about=Bilingual("The fifteen work-plan lines.", "Las quince líneas del plan de trabajo."),
)
def lines(asked: Query[Paging]) -> dict[str, object]:
    """List the lines."""
    return listing(workplan.charter().lines, asked)


@read(
    router,
    "/lines/{int:number}",
    results.LineView,
    about=Bilingual(
        "One work-plan line with its actions, events and deliverables.",
        "Una línea del plan de trabajo con sus acciones, eventos y entregables.",
    ),
    example="/lines/5",
)
def line(number: nouns.LineNumber) -> object:
    """Return one line."""
    return queries.line(number, today())


@read(
    router,
    "/actions",
    Listing[results.ActionSummary],
    about=Bilingual(
        "The actions found under the plan, in its order.",
        "Las acciones encontradas bajo el plan, en su orden.",
    ),
    example="/actions?pillar=I&silent-for=180",
)
def actions(asked: Query[shapes.ActionsAsked]) -> dict[str, object]:
    """List actions."""
    return listing(queries.actions(asked.filters(), today()), asked)


@read(
    router,
    "/actions/{action}",
    results.ActionView,
    about=Bilingual(
        "One action with its events, sources, deliverables, agencies, bodies, status by three voices and the "
        "entries of the record about it.",
        "Una acción con sus eventos, fuentes, entregables, dependencias, órganos, estado según tres voces y "
        "los asientos del registro sobre ella.",
    ),
    example="/actions/apprenticeship-exchange",
)
def action(action: ActionId) -> object:
    """Return one action."""
    return queries.action(action, today())


@read(
    router,
    "/events",
    Listing[nouns.Event],
    about=Bilingual(
        "Dated events with their sources, newest first.",
        "Eventos fechados con sus fuentes, del más reciente al más antiguo.",
    ),
    example="/events?kind=meeting&since=2022",
)
def events(asked: Query[shapes.EventsAsked]) -> dict[str, object]:
    """List events."""
    return listing(queries.events(asked.filters()), asked)


@read(
    router,
    "/sources",
    Listing[results.SourceSummary],
    about=Bilingual(
        "The published sources, and how much rests on each.",
        "Las fuentes publicadas y cuánto se apoya en cada una.",
    ),
)
def sources(asked: Query[Paging]) -> dict[str, object]:
    """List sources."""
    return listing(queries.sources(), asked)


@read(
    router,
    "/sources/{source}",
    results.SourceView,
    about=Bilingual(
        "One source with everything that rests on it.", "Una fuente con todo lo que se apoya en ella."
    ),
    example="/sources/wh-2022-09-12-fs",
)
def source(source: SourceId) -> object:
    """Return one source."""
    return queries.source(source)


@read(
    router,
    "/deliverables",
    Listing[nouns.Deliverable],
    about=Bilingual(
        "What was promised for a date, and its outcome.", "Lo prometido para una fecha, y su resultado."
    ),
)
def deliverables(asked: Query[Paging]) -> dict[str, object]:
    """List deliverables."""
    return listing(queries.deliverables(today()), asked)


@read(
    router,
    "/figures",
    Listing[results.ClaimWithSource],
    about=Bilingual(
        "Published figures with their sources; figures of one quantity stand together.",
        "Cifras publicadas con sus fuentes; las de una misma cantidad van juntas.",
    ),
)
def figures(asked: Query[Paging]) -> dict[str, object]:
    """List published figures."""
    return listing(queries.claims(), asked)


@read(
    router,
    "/discrepancies",
    Listing[results.DiscrepancyWithSources],
    about=Bilingual(
        "Published figures that disagree, side by side.", "Cifras publicadas que no coinciden, lado a lado."
    ),
)
def discrepancies(asked: Query[Paging]) -> dict[str, object]:
    """List discrepancies."""
    return listing(queries.discrepancies(), asked)


@read(
    router,
    "/silent",
    results.Silence,
    about=Bilingual(
        "What went silent: no report for a long time, or announced without an outcome.",
        "Lo que quedó en silencio: sin informes por mucho tiempo, o anunciado sin resultado.",
    ),
    example="/silent?days=730",
)
def silent(asked: Query[shapes.SilenceAsked]) -> object:
    """Return what went silent."""
    return queries.silent(asked.days, today())
