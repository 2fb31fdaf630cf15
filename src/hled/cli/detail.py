"""One thing of the register with everything around it, as text for a terminal."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import singledispatch
from typing import Final

from hled.cli.output import wrapped
from hled.language import Bilingual, Language
from hled.web.agenda import queries as agenda
from hled.web.agenda.errors import not_on_record
from hled.web.agenda.results import (
    ActionSummary,
    ActionView,
    AttachedText,
    DatedEvent,
    DeliverableView,
    LineView,
    PillarView,
    SourceView,
)
from hled.web.directory import queries as directory
from hled.web.meetings import queries as meetings
from hled.web.meetings.queries import MeetingView
from hled.web.record import queries as record
from hled.workplan import charter
from hled.workplan.types import Agency, Body, Party, Source
from hled.workplan.words import KIND, OFFICIAL, PARTY, READ, WEIGHT

Found = ActionView | LineView | PillarView | SourceView | Agency | Body | MeetingView

_NONE_NAMED: Final = Bilingual("none named in the sources", "ninguna mencionada en las fuentes")
_NO_REPORT: Final = Bilingual(
    "no report by this government was found", "no se encontró ningún informe de este gobierno"
)
_NEITHER: Final = Bilingual("neither government", "ninguno de los dos gobiernos")
_NOT_BUILT: Final = Bilingual("not built yet", "aún por construir")
_NO_DATE: Final = Bilingual("no date", "sin fecha")
_WORDS: Final = {
    "line": Bilingual("Work-plan line", "Línea del plan de trabajo"),
    "adjacent": Bilingual(
        "Adjacent track: not counted as the dialogue's.", "Vía paralela: no se cuenta como parte del diálogo."
    ),
    "self": Bilingual("Self-reported", "Autorreportado"),
    "assessed": Bilingual("Assessed", "Evaluado"),
    "computed": Bilingual("Computed", "Calculado"),
    "timeline": Bilingual("Timeline", "Cronología"),
    "deliverables": Bilingual("Deliverables", "Entregables"),
    "bodies": Bilingual("Bodies", "Órganos"),
    "actions": Bilingual("Actions", "Acciones"),
    "entries": Bilingual("Entries of the record", "Asientos del registro"),
    "source": Bilingual("Source", "Fuente"),
    "own": Bilingual("Own publication of", "Publicación propia de"),
    "texts": Bilingual("Copies kept by the operator", "Copias que conserva quien opera el sitio"),
    "published": Bilingual("Published figures", "Cifras publicadas"),
    "no_address": Bilingual("no stable address", "sin dirección estable"),
}


def find(key: str, today: dt.date) -> Found:
    """Return what has this id: a line by its number, a pillar, action, source, body, agency or meeting.

    Raises:
        NotOnRecordError: nothing has it.
    """
    if key.isdecimal():
        return agenda.line(int(key[:9]), today)
    if key.upper() in {pillar.id for pillar in charter().pillars}:
        return agenda.pillar(key.upper(), today)
    readers: dict[str, Callable[[], Found]] = {
        "action": lambda: agenda.action(key, today),
        "source": lambda: agenda.source(key),
        "body": lambda: directory.body(key),
        "agency": lambda: directory.agency(key),
        "meeting": lambda: meetings.meeting(key, today),
    }
    urns = {f"urn:hled:{noun}:{key}": reader for noun, reader in readers.items()}
    known = record.latest_hashes(urns)
    for urn, reader in urns.items():
        if urn in known:
            return reader()
    raise not_on_record(Bilingual("anything with the id", "nada con la clave"), key)


@singledispatch
def lines(found: object, language: Language) -> list[str]:
    """Return what was found as lines of text."""
    raise TypeError(f"{type(found).__name__} ({language})")


@lines.register
def _action(found: ActionView, language: Language) -> list[str]:
    action = found.action
    return [
        action.title.text(language),
        f"{action.id} · {_place(found, language)}",
        *([_said("adjacent", language)] if action.adjacent else []),
        "",
        wrapped(action.summary.text(language)),
        *_agencies(found, language),
        "",
        *_voices(found, language),
        "",
        f"{_said('timeline', language)} ({len(found.timeline):,})",
        *_events(found.timeline, language),
        *_deliverables(found.deliverables, language),
        *_listed("bodies", (body.name.text(language) for body in found.bodies), language),
        f"{_said('entries', language)}: {', '.join(f'{mark.seq:,}' for mark in found.history)}",
    ]


@lines.register
def _line(found: LineView, language: Language) -> list[str]:
    gap = found.line.gap
    return [
        f"{_said('line', language)} {found.line.number}: {found.line.title.text(language)}",
        f"{found.pillar.id} · {found.pillar.title.text(language)} · {found.objective.title.text(language)}",
        *([wrapped(gap.text(language))] if gap else []),
        "",
        *_actions(found.actions, language),
        *_deliverables(found.deliverables, language),
        f"{_said('timeline', language)} ({len(found.events):,})",
        *_events(found.events, language),
    ]


@lines.register
def _pillar(found: PillarView, language: Language) -> list[str]:
    pillar = found.overview.pillar
    text = [f"{pillar.id} · {pillar.title.text(language)}", wrapped(pillar.aim.text(language))]
    for objective in found.objectives:
        text += ["", objective.objective.title.text(language)]
        text += [
            wrapped(f"{part.line.number:>2}  {part.line.title.text(language)}", "  ")
            for part in objective.lines
        ]
        text += _actions(
            [*(a for part in objective.lines for a in part.actions), *objective.others], language
        )
    return [*text, *_deliverables(found.deliverables, language)]


@lines.register
def _source(found: SourceView, language: Language) -> list[str]:
    source = found.source
    claims = (
        f"{claim.label.text(language)}: {claim.value.text(language)} {claim.unit.text(language)}"
        for claim in found.claims
    )
    date = source.published.text(language) if source.published else _NO_DATE.text(language)
    issuer = OFFICIAL[source.official] if source.official else _NEITHER
    return [
        f"{_said('source', language)}: {source.publisher.text(language)}",
        f"{source.id} · {date} · {READ[source.read].text(language)}",
        source.url or _said("no_address", language),
        f"{_said('own', language)}: {issuer.text(language)}",
        "",
        *_listed("texts", (_text(item, language) for item in found.attachments), language),
        f"{_said('timeline', language)} ({len(found.events):,})",
        *_events(found.events, language),
        *_listed("published", claims, language),
    ]


@lines.register
def _agency(found: Agency, language: Language) -> list[str]:
    return [
        f"{found.name.text(language)} ({found.short.text(language)}) · {PARTY[found.party].text(language)}"
    ]


@lines.register
def _body(found: Body, language: Language) -> list[str]:
    return [
        found.name.text(language),
        *([_said("adjacent", language)] if found.adjacent else []),
        wrapped(found.purpose.text(language)),
        wrapped(found.track.text(language)),
        *_listed("actions", found.actions, language),
    ]


@lines.register
def _meeting(found: MeetingView, language: Language) -> list[str]:
    meeting = found.meeting
    return [
        meeting.title.text(language),
        f"{meeting.date.text(language)} · {meeting.place.text(language)}",
        wrapped(meeting.summary.text(language)),
        f"{_said('source', language)}: {_cited(found.source, language)}",
    ]


def _said(name: str, language: Language) -> str:
    return _WORDS[name].text(language)


def _place(found: ActionView, language: Language) -> str:
    line = f"{_said('line', language)} {found.line.number} · " if found.line else ""
    return f"{found.pillar.id} · {line}{found.objective.title.text(language)}"


def _agencies(found: ActionView, language: Language) -> list[str]:
    named = ((Party.US, found.agencies_us), (Party.MX, found.agencies_mx))
    return [
        f"{PARTY[party].text(language)}: "
        + (", ".join(item.short.text(language) for item in agencies) or _NONE_NAMED.text(language))
        for party, agencies in named
    ]


def _voices(found: ActionView, language: Language) -> list[str]:
    voices = found.voices
    own: list[str] = []
    for party, report in voices.self_reported:
        name = f"{_said('self', language)}, {PARTY[party].text(language)}"
        own += _own_report(name, report, language)
    return [
        *own,
        f"{_said('assessed', language)}: {(voices.assessed or _NOT_BUILT).text(language)}",
        f"{_said('computed', language)}: {voices.name.text(language)}",
        wrapped(voices.rule.text(language), "  "),
    ]


def _own_report(name: str, report: DatedEvent | None, language: Language) -> list[str]:
    if report is None:
        return [f"{name}: {_NO_REPORT.text(language)}"]
    date = report.event.date.iso if report.event.date else _NO_DATE.text(language)
    return [
        f"{name}: {date}  {KIND[report.event.kind].text(language)}",
        wrapped(report.event.summary.text(language), "      "),
        f"      {_cited(report.source, language)}",
    ]


def _events(found: Iterable[DatedEvent], language: Language) -> list[str]:
    text: list[str] = []
    for item in found:
        event = item.event
        date = event.date.iso if event.date else _NO_DATE.text(language)
        kind = f"{KIND[event.kind].text(language)} ({WEIGHT[item.weight].text(language)})"
        text += [
            f"  {date}  {kind}",
            wrapped(event.summary.text(language), "      "),
            f"      {_cited(item.source, language)}",
        ]
    return [*text, ""]


def _text(item: AttachedText, language: Language) -> str:
    kept = item.attachment
    written = f" ({kept.language})" if kept.language else ""
    note = f" · {kept.note.text(language)}" if kept.note else ""
    return f"{kept.name}{written} · {item.attached.text(language)} · {kept.size:,} B · {kept.sha256}{note}"


def _cited(source: Source, language: Language) -> str:
    return f"{source.publisher.text(language)} · {source.url or _said('no_address', language)}"


def _deliverables(found: Iterable[DeliverableView], language: Language) -> list[str]:
    listed = (
        f"{item.deliverable.due.text(language)}: {item.deliverable.title.text(language)}"
        f" ({item.state.label.text(language)})"
        for item in found
    )
    return _listed("deliverables", listed, language)


def _actions(found: Iterable[ActionSummary], language: Language) -> list[str]:
    listed = (f"{item.id}: {item.title.text(language)} ({item.status.text(language)})" for item in found)
    return _listed("actions", listed, language)


def _listed(name: str, items: Iterable[str], language: Language) -> list[str]:
    text = [wrapped(item, "  ") for item in items]
    return [_said(name, language), *text, ""] if text else []
