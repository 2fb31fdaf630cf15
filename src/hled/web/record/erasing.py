"""Erasing what commitments hide: a projection of redactions, so every node and every replay erases again."""

from django.db import connection
from django.db.models import QuerySet

from hled.record import Entry
from hled.record.redactions import TYPE, Redaction
from hled.web.record.models import DisclosureRow, RedactionRow
from hled.web.record.projection import projects, public_tables

public_tables(RedactionRow)


@projects(TYPE, cumulative=True)
def redacted(entry: Entry, seq: int) -> None:
    """Delete salts and values, and remember on which basis."""
    found = Redaction.from_content(entry.content)
    RedactionRow.objects.bulk_create(
        [
            RedactionRow(
                commitment=item.commitment,
                seq=seq,
                object_id=entry.id,
                field=item.field,
                basis=found.basis.value,
                authority=found.authority.value,
                at=entry.at,
            )
            for item in found.erased
        ],
        ignore_conflicts=True,
    )
    _erase(DisclosureRow.objects.filter(commitment__in=[item.commitment for item in found.erased]))


def erase_again() -> int:
    """Delete every salt and value that a redaction erased and a restored backup brought back; say how many.

    Called at each start.
    """
    return _erase(DisclosureRow.objects.filter(commitment__in=RedactionRow.objects.values("commitment")))


def _erase(rows: QuerySet[DisclosureRow]) -> int:
    if connection.vendor == "sqlite":  # overwrite the bytes on the page, not only the pointer to them
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    return rows.delete()[0]
