"""Single things with everything around them: a pillar, a line, an action, a source."""

import datetime as dt
from collections.abc import Iterable

from hled.language import Bilingual, PartialDate
from hled.record.objects import DamagedObjectError, MissingObjectError
from hled.web.agenda import rows
from hled.web.agenda.errors import TextDamagedError, TextMissingError, not_on_record
from hled.web.agenda.filters import ActionFilters
from hled.web.agenda.models import (
    ActionRow,
    AttachmentRow,
    ClaimRow,
    DeliverableRow,
    DiscrepancyRow,
    EventRow,
    SourceRow,
)
from hled.web.agenda.queries.overview import counts, pillar_overview
from hled.web.agenda.queries.register import actions, dated, deliverable_views, silent_days, summaries
from hled.web.agenda.results import (
    ActionSummary,
    ActionView,
    AttachedText,
    DatedEvent,
    DeliverableView,
    LineOverview,
    LineView,
    ObjectiveView,
    PillarView,
    SourceView,
    StatusCount,
    Voices,
)
from hled.web.directory import queries as directory
from hled.web.record import queries as record
from hled.web.record.columns import date
from hled.workplan import ComputedStatus, RecordedStatus, charter
from hled.workplan import status as rules
from hled.workplan.types import Action, Line, Objective, Party, Pillar, Weight


def pillar(key: str, today: dt.date) -> PillarView:
    """Return a pillar or section with its objectives, lines and actions, in four queries.

    Raises:
        NotOnRecordError: the charter has no such pillar.
    """
    found = _pillar(key)
    inside = list(ActionRow.objects.filter(pillar=found.id).prefetch_related("links"))
    listed = summaries(inside, {agency.id: agency for agency in directory.agencies()}, today)
    plan = charter()
    return PillarView(
        overview=pillar_overview(found, inside),
        objectives=tuple(
            _objective_view(objective, plan.lines, listed)
            for objective in plan.objectives
            if objective.pillar == found.id
        ),
        deliverables=deliverable_views(DeliverableRow.objects.filter(action__pillar=found.id), today),
    )


def line(number: int, today: dt.date) -> LineView:
    """Return a work-plan line with its actions, events and deliverables, in five queries.

    Raises:
        NotOnRecordError: the charter has no such line.
    """
    numbered = {item.number: item for item in charter().lines}
    found = numbered.get(number)
    if found is None:
        raise not_on_record(Bilingual("line", "línea"), number)
    listed = actions(ActionFilters(line=number), today)
    return LineView(
        line=found,
        pillar=_pillar(found.pillar),
        objective=_objective(found.objective),
        actions=listed,
        counts=_counts(listed),
        events=dated(EventRow.objects.filter(action__line=number)),
        deliverables=deliverable_views(DeliverableRow.objects.filter(action__line=number), today),
        previous=numbered.get(number - 1),
        following=numbered.get(number + 1),
    )


def action(key: str, today: dt.date) -> ActionView:
    """Return an action with its timeline (oldest first, undated last), voices and history, in seven queries.

    Raises:
        NotOnRecordError: no action has this id.
    """
    row = ActionRow.objects.prefetch_related("links").filter(id=_clean(key)).first()
    if row is None:
        raise not_on_record(Bilingual("action", "acción"), key)
    timeline = _timeline(dated(EventRow.objects.filter(action=row)))
    found = rows.action(row, tuple(item.event for item in timeline))
    agencies = directory.agencies((*found.agencies_us, *found.agencies_mx))
    lines = {item.number: item for item in charter().lines}
    promised = deliverable_views(DeliverableRow.objects.filter(action=row), today)
    marks = record.marks(_urns(found, promised))
    return ActionView(
        action=found,
        pillar=_pillar(found.pillar),
        objective=_objective(found.objective),
        line=lines.get(found.line or 0),
        timeline=timeline,
        deliverables=promised,
        agencies_us=tuple(item for item in agencies if item.party is Party.US),
        agencies_mx=tuple(item for item in agencies if item.party is Party.MX),
        bodies=directory.bodies_of(row.id),
        voices=_voices(row, timeline, today),
        history=marks.listed,
        entries=marks.total,
    )


def source(key: str) -> SourceView:
    """Return a source with its texts and what rests on it, in seven queries.

    Raises:
        NotOnRecordError: no source has this id.
    """
    row = SourceRow.objects.filter(id=_clean(key)).first()
    if row is None:
        raise not_on_record(Bilingual("source", "fuente"), key)
    discrepancies = [rows.discrepancy(item) for item in DiscrepancyRow.objects.order_by("position")]
    return SourceView(
        source=rows.source(row),
        attachments=tuple(map(_attached, AttachmentRow.objects.filter(source=row).order_by("seq"))),
        events=dated(EventRow.objects.filter(source=row)),
        claims=tuple(rows.claim(item) for item in ClaimRow.objects.filter(source=row).order_by("position")),
        discrepancies=tuple(
            item for item in discrepancies if any(version.source == row.id for version in item.versions)
        ),
        bodies=tuple(body for body in directory.bodies() if row.id in body.sources),
    )


def text(key: str, checksum: str) -> tuple[AttachedText, bytes]:
    """Return an attached text of a source with its bytes.

    Raises:
        NotOnRecordError: the source has no such text.
        TextMissingError, TextDamagedError: its bytes are not kept here, or are not those on record.
    """
    row = AttachmentRow.objects.filter(source_id=_clean(key), sha256=_clean(checksum)).first()
    if row is None:
        raise not_on_record(Bilingual("text", "texto"), checksum)
    try:
        return _attached(row), record.objects().read(row.sha256)
    except MissingObjectError as error:
        raise TextMissingError(error.message) from error
    except DamagedObjectError as error:
        raise TextDamagedError(error.message) from error


def _attached(row: AttachmentRow) -> AttachedText:
    return AttachedText(rows.attachment(row), PartialDate(row.at[:10]), row.seq)


def _objective_view(
    objective: Objective, lines: Iterable[Line], listed: tuple[ActionSummary, ...]
) -> ObjectiveView:
    inside = [item for item in listed if item.objective == objective.id]
    return ObjectiveView(
        objective=objective,
        lines=tuple(_line_overview(item, listed) for item in lines if item.objective == objective.id),
        others=tuple(item for item in inside if item.line is None),
    )


def _line_overview(found: Line, listed: tuple[ActionSummary, ...]) -> LineOverview:
    inside = tuple(item for item in listed if item.line == found.number)
    return LineOverview(found, inside, _counts(inside))


def _counts(listed: Iterable[ActionSummary]) -> tuple[StatusCount, ...]:
    return counts(item.computed for item in listed if not item.adjacent)


def _voices(row: ActionRow, timeline: tuple[DatedEvent, ...], today: dt.date) -> Voices:
    computed = ComputedStatus(row.computed)
    return Voices(
        self_reported_us=_own_report(timeline, Party.US),
        self_reported_mx=_own_report(timeline, Party.MX),
        assessed=None,
        computed=computed,
        name=rules.NAME[computed],
        rule=rules.RULE[computed],
        recorded=RecordedStatus(row.recorded),
        last_reported=date(row.reported),
        silent_days=silent_days(row, today),
    )


def _own_report(timeline: tuple[DatedEvent, ...], party: Party) -> DatedEvent | None:
    """Return the latest report in a publication of `party` itself, undated ones last; a promise is none."""
    own = [item for item in reversed(timeline) if _reports(item, party)]
    return next((item for item in own if item.event.date), next(iter(own), None))


def _reports(item: DatedEvent, party: Party) -> bool:
    official = item.source.official
    return item.weight is not Weight.PROMISE and official is not None and official.speaks_for(party)


def _timeline(newest_first: tuple[DatedEvent, ...]) -> tuple[DatedEvent, ...]:
    oldest_first = newest_first[::-1]
    return tuple(sorted(oldest_first, key=lambda item: item.event.date is None))


def _urns(found: Action, promised: Iterable[DeliverableView]) -> tuple[str, ...]:
    events = (f"urn:hled:event:{event.id}" for event in found.events)
    things = (f"urn:hled:deliverable:{item.deliverable.id}" for item in promised)
    return (f"urn:hled:action:{found.id}", *events, *things)


def _pillar(key: str) -> Pillar:
    for found in charter().pillars:
        if found.id == key:
            return found
    raise not_on_record(Bilingual("pillar", "pilar"), key)


def _objective(key: str) -> Objective:
    return next(item for item in charter().objectives if item.id == key)


def _clean(key: str) -> str:
    """PostgreSQL refuses NUL in a text, and no id has one."""
    return key.replace("\0", "")
