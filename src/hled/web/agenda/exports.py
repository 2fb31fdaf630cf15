"""The agenda to take away: each list, narrowed by the same filters as the page that shows it."""

import datetime as dt
from collections import defaultdict

from hled.web.agenda import rows
from hled.web.agenda.filters import ActionFilters, EventFilters
from hled.web.agenda.models import ClaimRow, DeliverableRow, DiscrepancyRow, EventRow, SourceRow
from hled.web.agenda.queries.register import events as dated_events
from hled.web.agenda.queries.register import narrowed_actions
from hled.web.record.exports import Table, table
from hled.workplan.types import Event


def actions(filters: ActionFilters, today: dt.date) -> Table:
    """Return actions with their events, in the order of the record; the CSV leaves the events out."""
    events: defaultdict[str, list[Event]] = defaultdict(list)
    for row in EventRow.objects.order_by("position"):
        events[row.action_id].append(rows.event(row))
    found = narrowed_actions(filters, today).prefetch_related("links").order_by("position")
    return table("actions", (rows.action(row, tuple(events[row.id])) for row in found))


def events(filters: EventFilters) -> Table:
    """Return events, newest first."""
    return table("events", (item.event for item in dated_events(filters)))


def sources() -> Table:
    """Return every source in the order of the record."""
    return table("sources", map(rows.source, SourceRow.objects.order_by("seq")))


def deliverables() -> Table:
    """Return every deliverable in the order of the record."""
    return table("deliverables", map(rows.deliverable, DeliverableRow.objects.order_by("seq")))


def claims() -> Table:
    """Return every published figure in the order of the record."""
    return table("figures", map(rows.claim, ClaimRow.objects.order_by("position")))


def discrepancies() -> Table:
    """Return every discrepancy in the order of the record; the CSV has one row per version."""
    return table("discrepancies", map(rows.discrepancy, DiscrepancyRow.objects.order_by("position")))
