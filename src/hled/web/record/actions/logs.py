"""The logs themselves: the own one is begun, named after its government, and its checkpoints are kept."""

import re
import secrets
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from hled.language import Bilingual
from hled.record.checkpoints import Checkpoint
from hled.record.examining import DEMONSTRATION
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import parse_note
from hled.web.record import heads, queries, read_only
from hled.web.record.errors import ForgedHistoryError, LogTakenError, OutOfStepError
from hled.web.record.models import CheckpointRow, LogRow

LOCAL: Final = "local"
NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,19}\Z")
_ORIGIN: Final = re.compile(r"[^\s+\x00-\x20\x7f]{1,255}\Z")


def own_head(object_ids: Sequence[str] = ("",)) -> tuple[heads.Head, dict[str, heads.Newest]]:
    """Return the head of the node's own log and the newest entry about each object; call it after `queue()`.

    The own log begins with the first need, as a demonstration.
    """
    head, newest = heads.own_head(object_ids)
    while head is None:
        LogRow.objects.create(
            name=LOCAL,
            origin=f"{DEMONSTRATION}record/{secrets.token_hex(4)}",
            own=True,
            root=EMPTY_ROOT.hex(),
        )
        head, newest = heads.own_head(object_ids)
    return head, newest


@transaction.atomic
def own_log() -> queries.Log:
    """Return the node's own log; a node that has none yet gets the demonstration log `local`.

    Raises:
        ReadOnlyError: this node is a read-only mirror.
    """
    found = queries.own()
    if found is not None:
        return found
    read_only.refuse_read_only()
    heads.queue()
    head, _ = own_head()
    return queries.log(head.name)


@transaction.atomic
def adopt(name: str, origin: str) -> queries.Log:
    """Give the own log the name and origin of a government's log; doing so again changes nothing.

    Raises:
        LogTakenError: a checkpoint was published under the old origin, or another log has the name.
        ReadOnlyError: this node is a read-only mirror.
    """
    read_only.refuse_read_only()
    heads.queue()
    head, _ = own_head()
    if (head.name, head.origin) == (name, origin):
        return queries.log(name)
    if not NAME.match(name) or not _ORIGIN.match(origin):
        raise _taken(
            name,
            Bilingual(
                "a name has small letters, an origin no spaces and no “+”",
                "un nombre lleva minúsculas; un origen, ni espacios ni «+»",
            ),
        )
    if CheckpointRow.objects.filter(log_id=head.id, complete=True).exists():
        raise _taken(
            head.name,
            Bilingual(
                "checkpoints were published under its origin; use a new HLED_HOME",
                "ya se publicaron puntos de control con su origen; use una HLED_HOME nueva",
            ),
        )
    others = LogRow.objects.exclude(id=head.id)
    if others.filter(name=name).exists() or others.filter(origin=origin).exists():
        raise _taken(name, Bilingual("another log here has it", "otra bitácora de este nodo lo tiene"))
    CheckpointRow.objects.filter(log_id=head.id).delete()
    LogRow.objects.filter(id=head.id).update(name=name, origin=origin)
    return queries.log(name)


@transaction.atomic
def put_checkpoint(log: str, note: bytes, *, complete: bool) -> queries.KeptCheckpoint:
    """Keep a signed checkpoint of a log, which the caller verified; once complete it stays complete.

    Its date is that of its first keeping: a signer that starts again publishes it again.

    Raises:
        NoSuchLogError: no log has this name.
        NoteError, CheckpointError: the bytes are no signed checkpoint.
        ForgedHistoryError: it speaks of another origin, or another root was signed at this size.
        OutOfStepError: it covers more entries than are held here.
    """
    heads.queue()
    held, found = queries.log(log), Checkpoint.parse(parse_note(note).text)
    before = CheckpointRow.objects.filter(log__name=log, size=found.size).first()
    root = found.root.hex()
    other = (before and before.root != root) or (found.size == held.size and found.root != held.root)
    if other or found.origin != held.origin:
        raise _other_root(found, log)
    if found.size > held.size:
        raise OutOfStepError(
            Bilingual(
                en="The checkpoint covers {size} entries of “{log}”, and {held} are held here. Fetch the "
                "entries first.",
                es="El punto de control abarca {size} asientos de «{log}» y aquí se conservan {held}. "
                "Obtenga primero los asientos.",
            ).format(size=f"{found.size:,}", log=log, held=f"{held.size:,}")
        )
    row = before or CheckpointRow(log_id=LogRow.objects.get(name=log).pk, size=found.size, root=root)
    if not (before and before.complete and not complete):
        row.note = note.decode()
        row.complete = complete
        row.made_at = row.made_at or heads.now()
        row.save()
    return queries.kept_checkpoint(row)


def _taken(name: str, why: Bilingual) -> LogTakenError:
    return LogTakenError(
        Bilingual(
            en="The log cannot be named so (“{name}”): {why}.",
            es="La bitácora no puede llamarse así («{name}»): {why}.",
        ).format(name=name[:40], why=why)
    )


def _other_root(found: Checkpoint, log: str) -> ForgedHistoryError:
    return ForgedHistoryError(
        Bilingual(
            en="The checkpoint of “{origin}” at size {size} contradicts what is held here of “{log}”. Keep "
            "both and publish them: two signed roots of one size are evidence of tampering.",
            es="El punto de control de «{origin}» de tamaño {size} contradice lo que aquí se conserva de "
            "«{log}». Conserve ambos y publíquelos: dos raíces firmadas de un mismo tamaño son evidencia de "
            "alteración.",
        ).format(origin=found.origin, size=f"{found.size:,}", log=log)
    )
