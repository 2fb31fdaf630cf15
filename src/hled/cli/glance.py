"""The overview and the list of actions as text for a terminal, and the overview as JSON."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from hled.cli.output import aligned, bar, plain, wrapped
from hled.language import Bilingual, Language
from hled.web.agenda.results import ActionSummary, DeliverableView, Overview, PillarOverview, SilentSummary
from hled.workplan import charter

SIGNS: Final = "·-+=#"  # nothing reported, promised, reviewed, under way, result: weakest first
_WIDTH: Final = 24

_NOTICE: Final = Bilingual(
    "Compiled from public sources; not a statement of either government.",
    "Compilado de fuentes públicas; no es una declaración de ninguno de los dos gobiernos.",
)
_TOTALS: Final = Bilingual(
    "{pillars} pillars · {lines} lines · {actions} actions ({adjacent} on adjacent tracks, not below) · "
    "{events} events · {sources} sources · {entries} entries of the record",
    "{pillars} pilares · {lines} líneas · {actions} acciones ({adjacent} en vías paralelas, no abajo) · "
    "{events} eventos · {sources} fuentes · {entries} asientos del registro",
)
_COUNTED: Final = Bilingual("{actions} actions, {events} events", "{actions} acciones, {events} eventos")
_LAST: Final = Bilingual("last reported {date}", "último reporte {date}")
_NEVER: Final = Bilingual("never reported on", "sin ningún reporte")
_SILENT: Final = Bilingual(
    "Silent for over a year: {year}; over two years: {two}; never reported on: {never}.",
    "En silencio por más de un año: {year}; más de dos años: {two}; sin ningún reporte: {never}.",
)
_LONGEST: Final = Bilingual(
    "Longest silent: {title} ({days} days).", "El silencio más largo: {title} ({days} días)."
)
_OVERDUE: Final = Bilingual("Past its date without a known outcome:", "Vencido sin resultado conocido:")
_LATEST: Final = Bilingual("Latest events:", "Eventos más recientes:")
_DUE: Final = Bilingual("due {date}", "para {date}")
_NONE: Final = Bilingual("No action passes these filters.", "Ninguna acción cumple estos filtros.")
_FOUND: Final = Bilingual("{count} actions.", "{count} acciones.")
_SILENT_DAYS: Final = Bilingual("{days} days silent", "{days} días en silencio")


def as_json(found: Overview) -> dict[str, object]:
    """Return the overview with the counts of the register at the top, as integers."""
    totals = plain(found.totals)
    counts = totals if isinstance(totals, dict) else {}
    return {
        **counts,
        "compiled": plain(found.compiled),
        "by_pillar": [_pillar_json(part) for part in found.pillars],
        "sections": [_pillar_json(part) for part in found.sections],
        "overdue": plain(found.overdue),
        "silent": plain(found.silent),
        "changes": plain(found.changes),
    }


def lines(found: Overview, today: dt.date, language: Language) -> list[str]:
    """Return the overview as lines of text."""
    plan = charter()
    totals = {name: f"{value:,}" for name, value in _whole_numbers(found).items()}
    parts = (*found.pillars, *found.sections)
    titles = [f"{part.pillar.id}: {part.pillar.title.text(language)}" for part in parts]
    figures = aligned(_figures(part, language) for part in parts)
    return [
        f"{plan.title.text(language)} ({plan.short.text(language)})  {today.isoformat()}",
        wrapped(_NOTICE.text(language)),
        "",
        wrapped(_TOTALS.format(**totals).text(language)),
        "",
        *(line for title, row in zip(titles, figures, strict=True) for line in (title, f"  {row}")),
        "",
        wrapped(_legend(found, language)),
        "",
        *_silent(found.silent, language),
        *_overdue(found.overdue, language),
        _LATEST.text(language),
        *(
            wrapped(f"{item.event.date}  {item.event.summary.text(language)}", "  ")
            for item in found.changes.events[:5]
        ),
    ]


def action_lines(found: Sequence[ActionSummary], language: Language) -> list[str]:
    """Return a list of actions as lines of text."""
    if not found:
        return [_NONE.text(language)]
    rows = [
        (
            item.pillar,
            str(item.line or "-"),
            item.id,
            item.status.text(language),
            _NEVER.text(language)
            if item.silent_days is None
            else _SILENT_DAYS.format(days=f"{item.silent_days:,}").text(language),
        )
        for item in found
    ]
    listed = aligned(rows, frozenset({1}))
    titles = (f"    {item.title.text(language)}" for item in found)
    paired = [line for pair in zip(listed, titles, strict=True) for line in pair]
    return [*paired, "", _FOUND.format(count=f"{len(found):,}").text(language)]


def _pillar_json(part: PillarOverview) -> dict[str, object]:
    return {
        "id": part.pillar.id,
        "title": part.pillar.title.as_dict(),
        "actions": part.actions,
        "adjacent": part.adjacent,
        "events": part.events,
        "status": {item.status.value: item.count for item in part.counts},
        "last_reported": plain(part.last_reported),
    }


def _figures(part: PillarOverview, language: Language) -> tuple[str, ...]:
    counts = [item.count for item in part.counts]
    last = part.last_reported
    return (
        f"[{bar(counts[::-1], SIGNS[::-1], _WIDTH)}]",
        _COUNTED.format(actions=f"{part.actions:,}", events=f"{part.events:,}").text(language),
        _LAST.format(date=last).text(language) if last else _NEVER.text(language),
    )


def _legend(found: Overview, language: Language) -> str:
    names = [
        (sign, item.name.text(language)) for sign, item in zip(SIGNS, found.pillars[0].counts, strict=True)
    ]
    return "   ".join(f"{sign} {name}" for sign, name in reversed(names))


def _silent(found: SilentSummary, language: Language) -> list[str]:
    said = _SILENT.format(year=f"{found.over_365:,}", two=f"{found.over_730:,}", never=f"{found.never:,}")
    longest = found.longest
    if longest is None:
        return [wrapped(said.text(language)), ""]
    named = _LONGEST.format(title=longest.title, days=f"{longest.silent_days:,}")
    return [wrapped(said.text(language)), wrapped(named.text(language)), ""]


def _overdue(found: Sequence[DeliverableView], language: Language) -> list[str]:
    listed = [
        wrapped(
            f"{item.deliverable.title.text(language)} "
            f"({_DUE.format(date=item.deliverable.due.text(language)).text(language)})",
            "  ",
        )
        for item in found
    ]
    return [_OVERDUE.text(language), *listed, ""] if listed else []


def _whole_numbers(found: Overview) -> dict[str, int]:
    names = ("pillars", "lines", "actions", "adjacent", "events", "sources", "entries")
    return {name: getattr(found.totals, name) for name in names}
