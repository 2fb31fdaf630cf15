"""The dialogue at a glance: the home page, `hled status` and the API's overview."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Count, Subquery, Value

from hled.language import PartialDate
from hled.web.agenda.models import ActionRow, LoadRow, SourceRow
from hled.web.agenda.queries.change import changes
from hled.web.agenda.queries.register import overdue, silent_days
from hled.web.agenda.results import (
    LongSilence,
    Overview,
    PillarOverview,
    SilentSummary,
    StatusCount,
    Totals,
    status_count,
)
from hled.web.record import queries as record
from hled.web.record.columns import bilingual, date
from hled.workplan import ComputedStatus, charter
from hled.workplan.types import Pillar

LATEST = 8


def overview(today: dt.date) -> Overview:
    """Return the whole register in figures, what changed last, what is overdue and silent, in six queries."""
    rows = list(ActionRow.objects.order_by("position"))
    plan = charter()
    parts = [pillar_overview(pillar, rows) for pillar in plan.pillars]
    last = changes(LATEST)
    sources, compiled = _loaded()
    entries = last.entries[0].mark.seq + 1 if last.entries else 0
    return Overview(
        totals=_totals(rows, sources, entries),
        pillars=tuple(part for part in parts if not part.pillar.is_section),
        sections=tuple(part for part in parts if part.pillar.is_section),
        changes=last,
        overdue=overdue(today),
        silent=_silent(rows, today),
        compiled=compiled,
    )


def totals() -> Totals:
    """Return the register in figures, in three queries."""
    return _totals(list(ActionRow.objects.all()), _loaded()[0], record.head().size)


def pillar_overview(pillar: Pillar, rows: Sequence[ActionRow]) -> PillarOverview:
    """Return the figures of one pillar or section, counting from the given rows."""
    inside = [row for row in rows if row.pillar == pillar.id]
    own = [row for row in inside if not row.adjacent]
    return PillarOverview(
        pillar=pillar,
        actions=len(own),
        adjacent=len(inside) - len(own),
        events=sum(row.event_count for row in own),
        counts=counts(ComputedStatus(row.computed) for row in own),
        last_reported=max((PartialDate(row.reported) for row in own if row.reported), default=None),
    )


def counts(statuses: Iterable[ComputedStatus]) -> tuple[StatusCount, ...]:
    """Return how many actions have each computed status, weakest first, zeros included."""
    found = Counter(statuses)
    return tuple(status_count(status, found[status]) for status in ComputedStatus)


def _totals(rows: Sequence[ActionRow], sources: int, entries: int) -> Totals:
    plan = charter()
    return Totals(
        pillars=sum(not pillar.is_section for pillar in plan.pillars),
        lines=len(plan.lines),
        actions=len(rows),
        adjacent=sum(row.adjacent for row in rows),
        events=sum(row.event_count for row in rows),
        sources=sources,
        entries=entries,
    )


def _silent(rows: Sequence[ActionRow], today: dt.date) -> SilentSummary:
    sections = {pillar.id for pillar in charter().pillars if pillar.is_section}
    own = [row for row in rows if not row.adjacent and row.pillar not in sections]
    silences = [(days, row) for row in own if (days := silent_days(row, today)) is not None]
    longest = max(silences, key=lambda item: item[0], default=None)
    return SilentSummary(
        over_365=sum(days > 365 for days, _ in silences),
        over_730=sum(days > 730 for days, _ in silences),
        never=len(own) - len(silences),
        longest=_long_silence(*longest) if longest else None,
    )


def _long_silence(days: int, row: ActionRow) -> LongSilence:
    return LongSilence(row.id, bilingual(row, "title"), date(row.reported), days)


def _loaded() -> tuple[int, PartialDate | None]:
    """Return the number of sources and the compilation date of the last loaded file, in one query."""
    every = SourceRow.objects.annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values("count")
    row = LoadRow.objects.order_by("-at", "-seq").annotate(sources=Subquery(every)).first()
    return (row.sources or 0, PartialDate(row.compiled)) if row else (0, None)
