"""The lists: actions, events, deliverables, sources, published figures, discrepancies, error reports."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hled.language import Bilingual, PartialDate
from hled.web.agenda import rows
from hled.web.agenda.errors import FilterError
from hled.web.agenda.filters import ActionFilters, EventFilters
from hled.web.agenda.models import (
    ActionRow,
    ClaimRow,
    DeliverableRow,
    DiscrepancyRow,
    ErrorReport,
    EventRow,
    LoadRow,
    SourceRow,
)
from hled.web.agenda.results import (
    ActionSummary,
    ClaimView,
    DatedEvent,
    DeliverableState,
    DeliverableView,
    DiscrepancyView,
    SourceSummary,
)
from hled.web.directory import queries as directory
from hled.web.record.columns import bilingual, date
from hled.web.search import queries as search
from hled.workplan import ComputedStatus, RecordedStatus, charter
from hled.workplan import status as rules
from hled.workplan.types import Agency, Party, Source


@dataclass(frozen=True, slots=True)
class Report:
    """An error report as the officers read it; `at` is ISO text in UTC."""

    id: int
    about: str
    text: str
    source: str
    email: str
    language: str
    request_id: str
    at: str


@dataclass(frozen=True, slots=True)
class Load:
    """A record file that was loaded, with what it says about itself."""

    seq: int
    checksum: str
    compiled: PartialDate
    title: Bilingual
    notes: tuple[Bilingual, ...]


def actions(filters: ActionFilters, today: dt.date) -> tuple[ActionSummary, ...]:
    """Return the actions that pass the filters, in the plan's order, in three queries (with a text four).

    Raises:
        FilterError: no such agency.
        SearchRefusedError: the text cannot be searched for.
    """
    agencies = {agency.id: agency for agency in directory.agencies()}
    if filters.agency is not None and filters.agency not in agencies:
        raise _no_agency(filters.agency)
    found = narrowed_actions(filters, today).prefetch_related("links")
    return summaries(found, agencies, today)


def narrowed_actions(filters: ActionFilters, today: dt.date) -> QuerySet[ActionRow]:
    """Return the rows that pass the filters, unordered."""
    wanted = Q()
    if filters.pillar is not None:
        wanted &= Q(pillar=filters.pillar)
    if filters.line is not None:
        wanted &= Q(line=filters.line)
    if filters.status is not None:
        wanted &= Q(computed=filters.status.value)
    if filters.adjacent is not None:
        wanted &= Q(adjacent=filters.adjacent)
    if filters.agency is not None:
        wanted &= Q(links__agency_id=filters.agency)
    if filters.silent_for is not None:
        wanted &= _silent_for(filters.silent_for, today)
    if filters.text is not None:
        wanted &= Q(id__in=search.keys(filters.text, "action"))
    return ActionRow.objects.filter(wanted)


def summaries(
    found: Iterable[ActionRow], agencies: dict[str, Agency], today: dt.date
) -> tuple[ActionSummary, ...]:
    """Return summaries in the order of the plan; `links` must be prefetched."""
    order = {pillar.id: place for place, pillar in enumerate(charter().pillars)}
    ordered = sorted(found, key=lambda row: (order.get(row.pillar, len(order)), row.position))
    return tuple(_summary(row, agencies, today) for row in ordered)


def events(filters: EventFilters) -> tuple[DatedEvent, ...]:
    """Return the events that pass the filters, newest first and undated last, in one query."""
    wanted = Q()
    for column, value in (
        ("action_id", filters.action),
        ("action__pillar", filters.pillar),
        ("action__line", filters.line),
        ("kind", filters.kind),
        ("source_id", filters.source),
        ("date__gte", filters.since and filters.since.iso),
        ("action__adjacent", filters.adjacent),
    ):
        if value is not None:
            wanted &= Q(**{column: value})
    if filters.until is not None:
        wanted &= Q(date__gt="") & (Q(date__lte=filters.until.iso) | Q(date__startswith=filters.until.iso))
    return dated(EventRow.objects.filter(wanted))


def dated(found: QuerySet[EventRow], limit: int | None = None) -> tuple[DatedEvent, ...]:
    """Return (the first `limit`) events with their sources, newest first and undated last, in one query."""
    ordered = found.select_related("action", "source").order_by("-date", "-position")
    return tuple(_dated_event(row) for row in ordered[:limit])


def _dated_event(row: EventRow) -> DatedEvent:
    event = rows.event(row)
    return DatedEvent(
        event=event,
        source=rows.source(row.source),
        weight=rules.weight(event),
        action_title=bilingual(row.action, "title"),
        pillar=row.action.pillar,
        adjacent=row.action.adjacent,
    )


def deliverables(today: dt.date) -> tuple[DeliverableView, ...]:
    """Return every deliverable by due date, in one query."""
    return deliverable_views(DeliverableRow.objects.all(), today)


def overdue(today: dt.date) -> tuple[DeliverableView, ...]:
    """Return the deliverables past their date without an outcome, oldest first, in one query.

    Those of adjacent tracks are left out: they are shown with their actions but never counted.
    """
    late = DeliverableRow.objects.filter(outcome=None, due_last__lt=today, action__adjacent=False)
    return deliverable_views(late, today)


def deliverable_views(found: QuerySet[DeliverableRow], today: dt.date) -> tuple[DeliverableView, ...]:
    """Return deliverables with their state on `today`, by due date."""
    ordered = found.select_related("action", "promised_by", "outcome").order_by("due_last", "seq")
    return tuple(_deliverable(row, today) for row in ordered)


def sources() -> tuple[SourceSummary, ...]:
    """Return every source by publication, newest first and undated last, in one query."""
    counted = SourceRow.objects.annotate(
        event_count=Count("events", distinct=True), claim_count=Count("claims", distinct=True)
    )
    ordered = counted.order_by("-published", "publisher_en", "id")
    return tuple(SourceSummary(rows.source(row), row.event_count, row.claim_count) for row in ordered)


def sources_by_id(ids: Iterable[str]) -> dict[str, Source]:
    """Return the sources with the given ids, in one query."""
    return {row.id: rows.source(row) for row in SourceRow.objects.filter(id__in=list(ids))}


def claims() -> tuple[ClaimView, ...]:
    """Return the published figures, those of one quantity together, in one query."""
    found = list(ClaimRow.objects.select_related("source").order_by("position"))
    count = Counter(row.quantity for row in found)
    first: dict[str, int] = {}
    for row in found:
        first.setdefault(row.quantity, row.position)
    ordered = sorted(found, key=lambda row: (first[row.quantity], row.position))
    return tuple(
        ClaimView(rows.claim(row), rows.source(row.source), rivals=count[row.quantity] - 1) for row in ordered
    )


def discrepancies() -> tuple[DiscrepancyView, ...]:
    """Return every discrepancy with the sources of its versions, in two queries."""
    found = [rows.discrepancy(row) for row in DiscrepancyRow.objects.order_by("position")]
    known = sources_by_id({version.source for item in found for version in item.versions})
    return tuple(
        DiscrepancyView(item, tuple(known[version.source] for version in item.versions)) for item in found
    )


def loads() -> tuple[Load, ...]:
    """Return the files that were loaded, the latest first."""
    return tuple(
        Load(
            seq=row.seq,
            checksum=row.checksum,
            compiled=PartialDate(row.compiled),
            title=bilingual(row, "title"),
            notes=tuple(Bilingual(note["en"], note["es"]) for note in row.notes),
        )
        for row in LoadRow.objects.order_by("-at", "-seq")
    )


def reports() -> tuple[Report, ...]:
    """Return the error reports kept for the officers, newest first."""
    return tuple(
        Report(
            id=row.pk,
            about=row.about,
            text=row.text,
            source=row.source,
            email=row.email,
            language=row.language,
            request_id=row.request_id,
            at=row.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        for row in ErrorReport.objects.order_by("-at", "-pk")
    )


def silent_days(row: ActionRow, today: dt.date) -> int | None:
    """Return the days since the last report, by the rule of `hled.workplan.status.silent_days`."""
    return None if row.reported_last is None else max(0, (today - row.reported_last).days)


def _silent_for(days: int, today: dt.date) -> Q:
    """Silent for more than `days`, or never reported on at all; year 1 bounds what a date can be."""
    bound = dt.date.fromordinal(max(1, today.toordinal() - days))
    return Q(reported_last__lt=bound) | Q(reported_last=None)


def _summary(row: ActionRow, agencies: dict[str, Agency], today: dt.date) -> ActionSummary:
    named = {
        party: tuple(agencies[key] for key in rows.agencies(row, party) if key in agencies) for party in Party
    }
    return ActionSummary(
        id=row.id,
        pillar=row.pillar,
        objective=row.objective,
        line=row.line,
        title=bilingual(row, "title"),
        summary=bilingual(row, "summary"),
        adjacent=row.adjacent,
        computed=ComputedStatus(row.computed),
        recorded=RecordedStatus(row.recorded),
        last_reported=date(row.reported),
        silent_days=silent_days(row, today),
        events=row.event_count,
        agencies_us=named[Party.US],
        agencies_mx=named[Party.MX],
    )


def _deliverable(row: DeliverableRow, today: dt.date) -> DeliverableView:
    found = rows.deliverable(row)
    late = rules.overdue(found, today)
    state = DeliverableState.MET if found.outcome else DeliverableState.DUE
    return DeliverableView(
        deliverable=found,
        state=DeliverableState.OVERDUE if late else state,
        days_overdue=(today - row.due_last).days if late else 0,
        action_title=bilingual(row.action, "title"),
        adjacent=row.action.adjacent,
        promised_by=rows.event(row.promised_by),
        outcome=rows.event(row.outcome) if row.outcome else None,
    )


def _no_agency(key: str) -> FilterError:
    return FilterError(
        Bilingual(
            en="The directory has no agency “{key}”.", es="El directorio no tiene la dependencia «{key}»."
        ).format(key=key[:60])
    )
