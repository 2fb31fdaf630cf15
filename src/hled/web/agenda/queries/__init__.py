"""Readers of the agenda: the only ones of its tables, each with a handful of database queries.

`today` is always given by the asker, so that the same record and day give the same answer everywhere.
"""

from hled.web.agenda.queries.change import changes
from hled.web.agenda.queries.detail import action, line, pillar, source, text
from hled.web.agenda.queries.overview import overview, totals
from hled.web.agenda.queries.register import (
    actions,
    claims,
    deliverables,
    discrepancies,
    events,
    loads,
    overdue,
    reports,
    sources,
    sources_by_id,
)
from hled.web.agenda.queries.silence import silent

__all__ = [
    "action",
    "actions",
    "changes",
    "claims",
    "deliverables",
    "discrepancies",
    "events",
    "line",
    "loads",
    "overdue",
    "overview",
    "pillar",
    "reports",
    "silent",
    "source",
    "sources",
    "sources_by_id",
    "text",
    "totals",
]
