"""Rows of the agenda as the frozen nouns of the work plan."""

from hled.language import LANGUAGES, Bilingual, PartialDate
from hled.web.agenda.models import (
    ActionRow,
    AttachmentRow,
    ClaimRow,
    DeliverableRow,
    DiscrepancyRow,
    EventRow,
    SourceRow,
)
from hled.web.record.columns import bilingual, date, optional
from hled.workplan.attachments import Attachment
from hled.workplan.types import (
    Action,
    Claim,
    DateBasis,
    Deliverable,
    Discrepancy,
    Event,
    EventKind,
    Official,
    Party,
    Source,
    SourceRead,
    Version,
)


def source(row: SourceRow) -> Source:
    """Return a source."""
    return Source(
        id=row.id,
        url=row.url or None,
        publisher=bilingual(row, "publisher"),
        published=date(row.published),
        read=SourceRead(row.read),
        official=Official(row.official) if row.official else None,
    )


def attachment(row: AttachmentRow) -> Attachment:
    """Return what is said of an attached text."""
    return Attachment(
        source=row.source_id,
        language=next((language for language in LANGUAGES if language == row.language), None),
        media_type=row.media_type,
        sha256=row.sha256,
        size=row.size,
        name=row.name,
        note=optional(row, "note"),
    )


def event(row: EventRow) -> Event:
    """Return an event."""
    return Event(
        id=row.id,
        action=row.action_id,
        date=date(row.date),
        basis=DateBasis(row.basis),
        reported=date(row.reported),
        kind=EventKind(row.kind),
        summary=bilingual(row, "summary"),
        source=row.source_id,
        read=SourceRead(row.read),
    )


def action(row: ActionRow, events: tuple[Event, ...]) -> Action:
    """Return an action with its events; `links` must be prefetched."""
    return Action(
        id=row.id,
        pillar=row.pillar,
        objective=row.objective,
        line=row.line,
        title=bilingual(row, "title"),
        summary=bilingual(row, "summary"),
        agencies_us=agencies(row, Party.US),
        agencies_mx=agencies(row, Party.MX),
        origin=bilingual(row, "origin"),
        adjacent=row.adjacent,
        events=events,
    )


def agencies(row: ActionRow, party: Party) -> tuple[str, ...]:
    """Return the ids of a party's agencies named in an action, in the order of the record."""
    links = sorted(row.links.all(), key=lambda link: link.position)
    return tuple(link.agency_id for link in links if link.party == party)


def deliverable(row: DeliverableRow) -> Deliverable:
    """Return a deliverable."""
    return Deliverable(
        id=row.id,
        action=row.action_id,
        title=bilingual(row, "title"),
        due=PartialDate(row.due),
        promised_by=row.promised_by_id,
        outcome=row.outcome_id,
        note=optional(row, "note"),
    )


def claim(row: ClaimRow) -> Claim:
    """Return a published figure."""
    return Claim(
        id=row.id,
        quantity=row.quantity,
        label=bilingual(row, "label"),
        period=row.period or None,
        value=bilingual(row, "value"),
        unit=bilingual(row, "unit"),
        is_target=row.is_target,
        source=row.source_id,
    )


def discrepancy(row: DiscrepancyRow) -> Discrepancy:
    """Return a discrepancy with its versions."""
    return Discrepancy(
        id=row.id,
        title=bilingual(row, "title"),
        explanation=bilingual(row, "explanation"),
        versions=tuple(
            Version(Bilingual(item["statement_en"], item["statement_es"]), item["source_id"])
            for item in row.versions
        ),
    )
