"""From the public record back to its file: the inverse of `reading`, byte for byte the same every time.

What one node exports another can load. Serves every work-plan line.
"""

import json

from hled.workplan.shapes import (
    ACTION,
    AGENCY,
    BODY,
    CLAIM,
    DELIVERABLE,
    DISCREPANCY,
    EVENT_OF_ACTION,
    MEETING,
    META,
    SOURCE,
    Meta,
    Note,
)
from hled.workplan.types import Action, PublicRecord


def dump_record(record: PublicRecord) -> str:
    """Return the JSON file of `record`; loading it gives an equal record but for the checksum."""
    meta = Meta(record.compiled, record.title, tuple(Note(note) for note in record.notes))
    document = {
        META.section: META.write(meta),
        SOURCE.section: [SOURCE.write(source) for source in record.sources],
        AGENCY.section: [AGENCY.write(agency) for agency in record.agencies],
        BODY.section: [BODY.write(body) for body in record.bodies],
        ACTION.section: [_action(action) for action in record.actions],
        DELIVERABLE.section: [DELIVERABLE.write(deliverable) for deliverable in record.deliverables],
        CLAIM.section: [CLAIM.write(claim) for claim in record.claims],
        DISCREPANCY.section: [DISCREPANCY.write(discrepancy) for discrepancy in record.discrepancies],
        MEETING.section: [MEETING.write(meeting) for meeting in record.meetings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _action(action: Action) -> dict[str, object]:
    events = [EVENT_OF_ACTION.write(event) for event in action.events]
    return {**ACTION.write(action), EVENT_OF_ACTION.section: events}
