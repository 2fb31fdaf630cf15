"""Figures of the agenda: what its results look like, each with a plain finding in both languages."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from hled.figures import Progress, ProgressRow, Timeline, TimelineMark, TimelineRow
from hled.language import Bilingual, PartialDate
from hled.web.agenda.results import ActionView, DatedEvent, Overview, StatusCount
from hled.workplan import ComputedStatus
from hled.workplan.status import NAME
from hled.workplan.types import DateBasis, Weight

_STATUS_KIND: Final = {
    ComputedStatus.NOT_REPORTED: "scheduled",
    ComputedStatus.PROMISED: "promise",
    ComputedStatus.REVIEWED: "review",
    ComputedStatus.UNDER_WAY: "activity",
    ComputedStatus.OUTPUT_REPORTED: "result",
}
_STATUS_LEGEND: Final = tuple(
    (_STATUS_KIND[status], NAME[status]) for status in reversed(ComputedStatus) if status in _STATUS_KIND
)
_WEIGHT_NAMES: Final = {
    Weight.RESULT: Bilingual("Results", "Resultados"),
    Weight.ACTIVITY: Bilingual("Activity", "Actividad"),
    Weight.REVIEW: Bilingual("Reviews", "Revisiones"),
    Weight.PROMISE: Bilingual("Promises", "Promesas"),
}
_MARK_NAMES: Final = {
    "result": Bilingual("Result", "Resultado"),
    "activity": Bilingual("Activity", "Actividad"),
    "review": Bilingual("Review", "Revisión"),
    "promise": Bilingual("Promise", "Promesa"),
    "scheduled": Bilingual("Scheduled date", "Fecha programada"),
}


def segments(counts: Iterable[StatusCount]) -> tuple[tuple[str, int], ...]:
    """Return the segments of one progress bar, furthest status first."""
    by_status = {count.status: count.count for count in counts}
    return tuple((_STATUS_KIND[status], by_status.get(status, 0)) for status in reversed(ComputedStatus))


def pillars(overview: Overview, language: str) -> Progress:
    """Show how far the actions of each pillar reach, with links to the pages in `language`."""
    rows = [
        ProgressRow(
            Bilingual("{id}. {title}", "{id}. {title}").format(id=row.pillar.id, title=row.pillar.title),
            f"/{language}/pillars/{row.pillar.id}/",
            segments(row.counts),
        )
        for row in overview.pillars
    ]
    return Progress(
        id="pillars",
        title=Bilingual("Actions by what the record supports", "Acciones según lo que consta en el registro"),
        finding=pillars_finding(overview),
        rows=tuple(rows),
        legend=_STATUS_LEGEND,
    )


def pillars_finding(overview: Overview) -> Bilingual:
    """Say in one sentence how many actions rest on words alone and how many show a result."""
    total = sum(row.actions for row in overview.pillars)
    counts: Counter[ComputedStatus] = Counter()
    for row in overview.pillars:
        counts.update({count.status: count.count for count in row.counts})
    words = (
        counts[ComputedStatus.NOT_REPORTED]
        + counts[ComputedStatus.PROMISED]
        + counts[ComputedStatus.REVIEWED]
    )
    return Bilingual(
        en="Of {total} actions in the four pillars, {results} have a reported result and {words} "
        "show only promises, dates or mentions in a review.",
        es="De las {total} acciones de los cuatro pilares, {results} tienen algún resultado reportado "
        "y de {words} solo constan promesas, fechas o menciones en una revisión.",
    ).format(total=total, results=counts[ComputedStatus.OUTPUT_REPORTED], words=words)


def by_year(events: Iterable[DatedEvent]) -> Progress:
    """Show how many events each year has, by what they may count as."""
    dated = [
        (event.event.date.earliest.year, event.weight)
        for event in events
        if event.event.date and not event.adjacent
    ]
    counts = Counter(dated)
    totals = Counter(year for year, _ in dated)
    span = range(min(totals), max(totals) + 1) if totals else range(0)
    peak = max(totals, key=lambda year: (totals[year], -year), default=0)
    last = max(totals, default=0)
    return Progress(
        id="events-by-year",
        title=Bilingual("Events on record by year", "Eventos registrados por año"),
        finding=Bilingual(
            en="The record is densest in {peak}, with {most} events; "
            "the last year with any, {last}, has {few}.",
            es="El registro es más denso en {peak}, con {most} eventos; "
            "el último año con alguno, {last}, tiene {few}.",
        ).format(peak=peak, most=totals[peak], last=last, few=totals[last]),
        rows=tuple(
            ProgressRow(
                Bilingual(str(year), str(year)),
                None,
                tuple((weight.value, counts[year, weight]) for weight in _WEIGHT_NAMES),
            )
            for year in span
        ),
        legend=tuple((weight.value, name) for weight, name in _WEIGHT_NAMES.items()),
    )


def action_timeline(view: ActionView) -> Timeline | None:
    """Draw the dated events of an action, one row per weight; None where no event is dated."""
    dated = [event for event in view.timeline if event.event.date]
    if not dated:
        return None
    kinds = [kind for kind in _MARK_NAMES if any(_mark_kind(event) == kind for event in dated)]
    rows = tuple(
        TimelineRow(
            _MARK_NAMES[kind],
            None,
            tuple(_mark(event) for event in dated if _mark_kind(event) == kind),
        )
        for kind in kinds
    )
    first, last = dated[0].event.date, dated[-1].event.date
    return Timeline(
        id="timeline",
        title=Bilingual("Dated events", "Eventos con fecha"),
        finding=_span_finding(view, len(dated)) if first != last else _single_finding(view, len(dated)),
        rows=rows,
        legend=tuple((kind, _MARK_NAMES[kind]) for kind in kinds),
    )


def _span_finding(view: ActionView, count: int) -> Bilingual:
    dates = [event.event.date for event in view.timeline if event.event.date]
    return Bilingual(
        en="{count} dated events between {first} and {last}.",
        es="{count} eventos con fecha entre {first} y {last}.",
    ).format(count=count, first=_written(str(min(dates))), last=_written(str(max(dates))))


def _single_finding(view: ActionView, count: int) -> Bilingual:
    when = next(event.event.date for event in view.timeline if event.event.date)
    if count == 1:
        return Bilingual(en="One dated event: {when}.", es="Un solo evento con fecha: {when}.").format(
            when=_written(str(when))
        )
    return Bilingual(
        en="{count} events, all dated {when}.", es="{count} eventos, todos con fecha {when}."
    ).format(count=count, when=_written(str(when)))


def _written(iso: str) -> Bilingual:
    date = PartialDate(iso)
    return Bilingual(date.text("en"), date.text("es"))


def _mark_kind(event: DatedEvent) -> str:
    if event.event.basis is DateBasis.SCHEDULED:
        return "scheduled"
    return event.weight.value


def _mark(event: DatedEvent) -> TimelineMark:
    return TimelineMark(
        start=str(event.event.date),
        end=None,
        kind=_mark_kind(event),
        label=event.event.summary,
    )
