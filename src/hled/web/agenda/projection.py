"""From entries to the rows of the agenda, and what follows from the events of an action.

An object keeps the `position` of its first entry, so that a correction does not move it in the lists, and the
`seq` of its latest.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from django.db import models

from hled.record import Entry
from hled.web.agenda import indexing, rows
from hled.web.agenda.models import (
    ActionAgencyRow,
    ActionRow,
    AttachmentRow,
    ClaimRow,
    DeliverableRow,
    DiscrepancyRow,
    EventRow,
    LoadRow,
    SourceRow,
)
from hled.web.record.columns import bilingual, both, iso
from hled.web.record.projection import named, projects, public_tables
from hled.workplan import attachments, from_content
from hled.workplan import status as rules
from hled.workplan.types import Action, Claim, Deliverable, Discrepancy, Event, Party, Source

public_tables(
    LoadRow,
    SourceRow,
    AttachmentRow,
    ActionRow,
    ActionAgencyRow,
    EventRow,
    DeliverableRow,
    ClaimRow,
    DiscrepancyRow,
)


_POINTERS: Final = {
    "action": "action",
    "source": "source",
    "source_id": "source",
    "promised_by": "event",
    "outcome": "event",
}


def _refers(entry: Entry) -> Iterator[str]:
    """Yield the URNs of the rows that a row points to."""
    for key, noun in _POINTERS.items():
        named = entry.content.get(key)
        if named is not None:
            yield f"urn:hled:{noun}:{named}"


def _file(entry: Entry) -> str:
    return f"urn:hled:record:{str(entry.content['checksum'])[:16]}"


def _copy(entry: Entry) -> str:
    return attachments.from_content(entry.content).urn


@projects("agenda.record.loaded", about=_file)
def loaded(entry: Entry, seq: int) -> None:
    """Remember the file that was loaded last with this checksum, and make the charter itself findable."""
    content = entry.content
    LoadRow.objects.filter(checksum=str(content["checksum"])).delete()
    LoadRow.objects.create(
        seq=seq,
        at=entry.at,
        checksum=str(content["checksum"]),
        compiled=str(content["compiled"]),
        title_en=str(content["title_en"]),
        title_es=str(content["title_es"]),
        notes=content["notes"],
    )
    indexing.put_charter()


@projects("agenda.source.compiled", about=named("source"))
def source(entry: Entry, seq: int) -> None:
    """Store or replace a source."""
    found = from_content(Source, entry.content)
    SourceRow.objects.update_or_create(
        id=found.id,
        defaults={
            "seq": seq,
            "url": found.url or "",
            "published": iso(found.published),
            "read": found.read.value,
            "official": found.official.value if found.official else "",
            **both(publisher=found.publisher),
        },
    )
    indexing.put_source(found)


@projects("agenda.source.attached", about=_copy, needs=_refers)
def attachment(entry: Entry, seq: int) -> None:
    """Store or replace what is said of a copy of an official text."""
    found = attachments.from_content(entry.content)
    AttachmentRow.objects.update_or_create(
        id=found.key,
        defaults={
            "seq": seq,
            "source_id": found.source,
            "at": entry.at,
            "language": found.language or "",
            "media_type": found.media_type,
            "sha256": found.sha256,
            "size": found.size,
            "name": found.name,
            **both(note=found.note),
        },
    )


@projects("agenda.action.compiled", about=named("action"))
def action(entry: Entry, seq: int) -> None:
    """Store or replace an action and the agencies named in it; its events have entries of their own."""
    found = from_content(Action, entry.content)
    columns = {
        "seq": seq,
        "pillar": found.pillar,
        "objective": found.objective,
        "line": found.line,
        "adjacent": found.adjacent,
        **both(title=found.title, summary=found.summary, origin=found.origin),
    }
    row, _ = ActionRow.objects.update_or_create(
        id=found.id, defaults=columns, create_defaults={**columns, "position": seq}
    )
    row.links.all().delete()
    ActionAgencyRow.objects.bulk_create(
        ActionAgencyRow(action=row, agency_id=agency, party=party.value, position=position)
        for party, named in ((Party.US, found.agencies_us), (Party.MX, found.agencies_mx))
        for position, agency in enumerate(named)
    )
    indexing.put_action(found)
    indexing.retitle_events(found)
    _follow(row.id)


@projects("agenda.event.compiled", about=named("event"), needs=_refers)
def event(entry: Entry, seq: int) -> None:
    """Store or replace an event and bring its action's status up to date."""
    found = from_content(Event, entry.content)
    before = EventRow.objects.filter(id=found.id).values_list("action_id", flat=True).first()
    _put(
        EventRow,
        found.id,
        seq,
        {
            "action_id": found.action,
            "date": iso(found.date),
            "basis": found.basis.value,
            "reported": iso(found.reported),
            "kind": found.kind.value,
            "source_id": found.source,
            "read": found.read.value,
            **both(summary=found.summary),
        },
    )
    row = ActionRow.objects.get(id=found.action)
    indexing.put_event(found, bilingual(row, "title"), row.pillar)
    for changed in {before or found.action, found.action}:
        _follow(changed)


@projects("agenda.deliverable.compiled", about=named("deliverable"), needs=_refers)
def deliverable(entry: Entry, seq: int) -> None:
    """Store or replace a deliverable."""
    found = from_content(Deliverable, entry.content)
    DeliverableRow.objects.update_or_create(
        id=found.id,
        defaults={
            "seq": seq,
            "action_id": found.action,
            "due": found.due.iso,
            "due_last": found.due.latest,
            "promised_by_id": found.promised_by,
            "outcome_id": found.outcome,
            **both(title=found.title, note=found.note),
        },
    )
    indexing.put_deliverable(found)


@projects("agenda.claim.compiled", about=named("claim"), needs=_refers)
def claim(entry: Entry, seq: int) -> None:
    """Store or replace a published figure."""
    found = from_content(Claim, entry.content)
    columns = {
        "quantity": found.quantity,
        "period": found.period or "",
        "is_target": found.is_target,
        "source_id": found.source,
        **both(label=found.label, value=found.value, unit=found.unit),
    }
    _put(ClaimRow, found.id, seq, columns)
    indexing.put_claim(found)


@projects("agenda.discrepancy.compiled", about=named("discrepancy"))
def discrepancy(entry: Entry, seq: int) -> None:
    """Store or replace a discrepancy with its versions."""
    found = from_content(Discrepancy, entry.content)
    versions = [
        {**both(statement=version.statement), "source_id": version.source} for version in found.versions
    ]
    columns = {"versions": versions, **both(title=found.title, explanation=found.explanation)}
    _put(DiscrepancyRow, found.id, seq, columns)
    indexing.put_discrepancy(found)


def _put(table: type[models.Model], key: str, seq: int, columns: Mapping[str, object]) -> None:
    wanted = {**columns, "seq": seq}
    table._default_manager.update_or_create(
        id=key, defaults=wanted, create_defaults={**wanted, "position": seq}
    )


def _follow(key: str) -> None:
    """Bring what follows from the events of an action up to date."""
    events = [rows.event(row) for row in EventRow.objects.filter(action_id=key)]
    last = iso(rules.last_reported(events))
    computed = rules.computed_status(events).value
    ActionRow.objects.filter(id=key).update(
        computed=computed,
        recorded=rules.recorded_status(events).value,
        event_count=len(events),
        reported=last,
        reported_last=rules.heard_until(events),
    )
    indexing.restate_action(key, status=computed, date=last)
