"""Personal data beside the record: what is disclosed of an object, and what was erased of it."""

import json
from dataclasses import dataclass

from hled.record.commitments import Disclosure
from hled.record.redactions import Authority, Basis
from hled.web.record.models import DisclosureRow, RedactionRow


@dataclass(frozen=True, slots=True)
class Redacted:
    """A field that was erased: its commitment, when (UTC), by which entry, on which basis, by whose order."""

    field: str
    commitment: str
    at: str
    seq: int
    basis: Basis
    authority: Authority


def disclosures(object_id: str) -> dict[str, Disclosure]:
    """Return what the commitments about an object hide, by commitment, in one query."""
    rows = DisclosureRow.objects.filter(object_id=object_id).order_by("field", "commitment")
    return {row.commitment: Disclosure(row.field, row.salt, json.loads(row.value)) for row in rows}


def redactions(object_id: str) -> tuple[Redacted, ...]:
    """Return what was erased of an object, in one query."""
    return tuple(
        Redacted(row.field, row.commitment, row.at, row.seq, Basis(row.basis), Authority(row.authority))
        for row in RedactionRow.objects.filter(object_id=object_id).order_by("seq", "field")
    )
