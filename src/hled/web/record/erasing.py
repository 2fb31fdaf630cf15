"""Erasing what commitments hide: a projection of redactions, so every node and every replay erases again.

A redaction erases values of the object that it is about, and counts where its authority is that of the log
on which it stands: no government erases in the name of the other. Rows that are deleted are overwritten in
the file, and the write-ahead log, which held them too, is emptied after the commit.
"""

import logging
import time
from contextlib import suppress
from typing import Final

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from hled.record import Entry
from hled.record.errors import refusal
from hled.record.redactions import AUTHORITY, TYPE, Authority, Redaction, RedactionError
from hled.web.record.models import DisclosureRow, EntryRow, RedactionRow
from hled.web.record.projection import projects, public_tables

public_tables(RedactionRow)

_OF_LOG: Final = {"us": Authority.US, "mx": Authority.MX}
_TRIES: Final = 5
_PAUSE: Final = 0.2  # seconds
_NOT_OVERWRITTEN: Final = (
    "what was erased is deleted, and another process that reads keeps its bytes in hled.sqlite3-wal: stop "
    "that process; the next start of the site overwrites them"
)
_log = logging.getLogger("hled.record")


@projects(TYPE, cumulative=True)
def redacted(entry: Entry, seq: int) -> None:
    """Delete salts and values of the entry's object, and remember on which basis.

    Of several redactions of one field the earliest is remembered, in whatever order they arrive.

    Raises:
        RedactionError: it cannot be read, or is in the name of another government than its log.
    """
    found = Redaction.from_content(entry.content)
    log, is_own = EntryRow.objects.values_list("log__name", "log__own").get(seq=seq)
    if not is_own:  # what stands on the own log was looked at when it was appended
        refuse_foreign(found.authority, log)
    commitments = [item.commitment for item in found.erased]
    kept = RedactionRow.objects.filter(object_id=entry.id, commitment__in=commitments)
    said = (entry.at, found.basis.value, found.authority.value)
    earlier = {row.commitment for row in kept if (row.at, row.basis, row.authority) <= said}
    kept.exclude(commitment__in=earlier).delete()
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
            for item in {item.commitment: item for item in found.erased}.values()
            if item.commitment not in earlier
        ]
    )
    _erase(DisclosureRow.objects.filter(object_id=entry.id, commitment__in=commitments))


def refuse_foreign(authority: Authority, log: str) -> None:
    """Let a redaction stand on the log of a government only by the authority of that government.

    Raises:
        RedactionError: it is by another authority.
    """
    own = _OF_LOG.get(log, authority)
    if authority is not own:
        raise refusal(
            RedactionError,
            "On the log “{log}” personal data are erased by the authority of {own} alone. Where both "
            "governments order it, each puts it on its own log.",
            "En la bitácora «{log}» los datos personales se suprimen solo por orden de {own}. Si lo ordenan "
            "ambos gobiernos, cada uno lo asienta en su propia bitácora.",
            log=log,
            own=AUTHORITY[own],
        )


def erase_again() -> int:
    """Delete every salt and value that a redaction erased and a restored backup brought back; say how many.

    Called at each start; what a process that was killed left in the write-ahead log goes too.
    """
    erased = 0
    for row in RedactionRow.objects.order_by("id").iterator(chunk_size=1000):
        erased += _erase(DisclosureRow.objects.filter(object_id=row.object_id, commitment=row.commitment))
    transaction.on_commit(overwritten)
    return erased


def overwritten() -> bool:
    """Empty SQLite's write-ahead log, where what was deleted still stands; say whether that was possible.

    Another process that reads for long may be in the way: it is tried again, and said in the program's log.
    """
    if connection.vendor != "sqlite":
        return True
    for _ in range(_TRIES):
        with suppress(OperationalError), connection.cursor() as cursor:  # a statement here still reads
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0] == 0:
                return True
        time.sleep(_PAUSE)
    _log.warning("%s", _NOT_OVERWRITTEN)
    return False


def _erase(rows: QuerySet[DisclosureRow]) -> int:
    erased = rows.delete()[0]
    if erased:
        transaction.on_commit(overwritten)
    return erased
