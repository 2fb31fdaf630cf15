"""Taking entries of a log from another node or from a mirror: checked to the root, or refused as a whole."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.db.models import Q

from hled.language import Bilingual, DialogueError
from hled.record import Entry, decode
from hled.record.checkpoints import Checkpoint
from hled.record.errors import ProofError
from hled.record.merkle import EMPTY_ROOT, leaf_hash, verify_consistency
from hled.web.record import heads
from hled.web.record.actions.logs import NAME
from hled.web.record.arrivals import Arrived, StoredArrivals
from hled.web.record.errors import ClockSkewError, ForgedHistoryError, LogTakenError, OutOfStepError
from hled.web.record.models import LogRow
from hled.web.record.projection import group_of

Parsed = tuple[Entry, bytes, bytes]  # an entry, its bytes, its leaf hash


@dataclass(frozen=True, slots=True)
class PartOf:
    """A signed checkpoint for entries that do not reach it yet.

    `proof` is the consistency proof from the size that they reach to the size of the checkpoint, so that
    nothing unproven is ever stored.
    """

    checkpoint: Checkpoint
    proof: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What was taken: the numbers on this node of the entries, and the size of the log after them."""

    seqs: range
    size: int


@dataclass(slots=True)
class _Batch:
    """Entries being checked behind the head of their log."""

    head: heads.Head
    latest: str
    parsed: list[Parsed] = field(default_factory=list)

    def add(self, data: bytes) -> None:
        """Check the next entry and put it behind the head."""
        entry = self._decoded(data)
        if entry.at > self.latest:
            raise _ahead(entry, self.head.name)
        if entry.at < self.head.last_at:
            raise _forged(self.head.name, self.head.frontier.size, _BACK)
        leaf = leaf_hash(data)
        self.head.frontier.append(leaf)
        self.head.last_at = entry.at
        self.parsed.append((entry, data, leaf))

    def _decoded(self, data: bytes) -> Entry:
        try:
            entry = decode(data)
        except DialogueError as error:
            raise _forged(self.head.name, self.head.frontier.size, error.message) from error
        if not heads.fits(entry):
            raise _forged(self.head.name, self.head.frontier.size, _TOO_LONG)
        return entry


_BACK: Final = Bilingual(
    "its time lies before that of the entry before", "su hora es anterior a la del previo"
)
_TOO_LONG: Final = Bilingual("its type or id is too long", "su tipo o su identificador es demasiado largo")
_ROOT: Final = Bilingual(
    "the entries do not lead to the signed root", "los asientos no conducen a la raíz firmada"
)


@transaction.atomic
def receive(
    log_name: str, origin: str, first_index: int, entries: Sequence[bytes], checkpoint: Checkpoint | PartOf
) -> Received:
    """Take the next entries of another node's log, with the checkpoint whose signatures the caller verified.

    The entries must lead to the root of `checkpoint`; where they do not reach its size, give a `PartOf`.
    All are kept, or none.

    Raises:
        OutOfStepError: `first_index` is not the size of the log here, or no root proves the entries.
        ForgedHistoryError: an entry is malformed, goes back in time, or the root is another.
        ClockSkewError: an entry is more than 300 s ahead of this machine's clock.
        LogTakenError: the log is the node's own (see `restore`), or the name or origin is another log's.
    """
    heads.queue()
    return _take(_head(log_name, origin, own=False), first_index, entries, checkpoint)


@transaction.atomic
def restore(
    log_name: str, origin: str, first_index: int, entries: Sequence[bytes], checkpoint: Checkpoint | PartOf
) -> Received:
    """Take back entries of the node's own log from a mirror, after this node lost them.

    Raises:
        OutOfStepError, ForgedHistoryError, ClockSkewError: see `receive`.
        LogTakenError: the node's own log has another name or origin.
    """
    heads.queue()
    return _take(_head(log_name, origin, own=True), first_index, entries, checkpoint)


def _take(
    head: heads.Head, first_index: int, entries: Sequence[bytes], checkpoint: Checkpoint | PartOf
) -> Received:
    if first_index != head.frontier.size:
        raise _out_of_step(head, first_index)
    latest = heads.written(dt.datetime.now(dt.UTC) + heads.MAX_AHEAD)
    batch = _Batch(head, latest)
    for data in entries:
        batch.add(data)
    _prove(head, checkpoint)
    seqs = heads.write(head, batch.parsed)
    _show(head, batch.parsed, seqs)
    return Received(seqs, head.frontier.size)


def _prove(head: heads.Head, given: Checkpoint | PartOf) -> None:
    """Check that the log with the new entries is what was signed, or its beginning."""
    signed = given.checkpoint if isinstance(given, PartOf) else given
    size, root = head.frontier.size, head.frontier.root()
    if signed.origin != head.origin:
        raise _other_log(head.name, signed.origin)
    if size == signed.size:
        if root != signed.root:
            raise _forged(head.name, size, _ROOT)
        return
    if size > signed.size or not isinstance(given, PartOf):
        raise _unproven(head, signed)
    try:
        verify_consistency(size, signed.size, given.proof, old_root=root, new_root=signed.root)
    except ProofError as error:
        raise _forged(head.name, size, _ROOT) from error


def _show(head: heads.Head, parsed: Sequence[Parsed], seqs: range) -> None:
    """Bring the public rows up to date, whatever the order in which the logs arrive."""
    index = head.frontier.size - len(parsed)
    shown = [
        Arrived(seq, (entry.at, head.origin, index + n), entry)
        for n, ((entry, _, _), seq) in enumerate(zip(parsed, seqs, strict=True))
        if group_of(entry.type)
    ]
    arrivals = StoredArrivals(seqs.start, (item.entry.id for item in shown))
    for item in shown:
        arrivals.take(item)
    arrivals.save()


def _head(name: str, origin: str, *, own: bool) -> heads.Head:
    """Return the head of a log, which begins with its first entries."""
    while (head := heads.head_of(name)) is None:
        same = Q(origin=origin) | Q(own=True) if own else Q(origin=origin)
        if not NAME.match(name) or LogRow.objects.filter(same).exists():
            raise _other_log(name, origin)
        LogRow.objects.create(name=name, origin=origin, own=own, root=EMPTY_ROOT.hex())
    if head.origin != origin or head.own is not own:
        raise _other_log(name, origin)
    return head


def _forged(log: str, index: int, why: Bilingual) -> ForgedHistoryError:
    return ForgedHistoryError(
        Bilingual(
            en="Entries of the log “{log}” are refused at {index}: {why}. Nothing was taken. Keep what was "
            "sent, compare it with another mirror, and ask the other side's operator.",
            es="Se rechazan asientos de la bitácora «{log}» en {index}: {why}. No se tomó nada. Conserve lo "
            "recibido, compárelo con otra copia espejo y consulte al operador de la otra parte.",
        ).format(log=log, index=f"{index:,}", why=why)
    )


def _ahead(entry: Entry, log: str) -> ClockSkewError:
    return ClockSkewError(
        Bilingual(
            en="An entry of the log “{log}” is dated {at}, more than five minutes ahead of this machine "
            "({now}). Check the clocks of both machines (NTP), then follow again.",
            es="Un asiento de la bitácora «{log}» lleva la hora {at}, más de cinco minutos adelantada a la "
            "de este equipo ({now}). Revise los relojes de ambos equipos (NTP) y vuelva a seguirla.",
        ).format(log=log, at=entry.at, now=heads.now())
    )


def _out_of_step(head: heads.Head, first: int) -> OutOfStepError:
    return OutOfStepError(
        Bilingual(
            en="Entries of “{log}” from {first} on were offered, and {size} are held here. Offer them from "
            "{size} on.",
            es="Se ofrecieron asientos de «{log}» desde {first} y aquí se conservan {size}. Ofrézcalos desde "
            "{size}.",
        ).format(log=head.name, first=f"{first:,}", size=f"{head.frontier.size:,}")
    )


def _unproven(head: heads.Head, signed: Checkpoint) -> OutOfStepError:
    return OutOfStepError(
        Bilingual(
            en="The entries lead “{log}” to size {size} and the checkpoint speaks of {signed}. Give entries "
            "up to the checkpoint, or the proof that it continues them.",
            es="Los asientos llevan «{log}» al tamaño {size} y el punto de control habla de {signed}. "
            "Entregue asientos hasta el punto de control, o la prueba de que los continúa.",
        ).format(log=head.name, size=f"{head.frontier.size:,}", signed=f"{signed.size:,}")
    )


def _other_log(name: str, origin: str) -> LogTakenError:
    return LogTakenError(
        Bilingual(
            en="“{name}” with the origin “{origin}” is not the log that this node knows. Check the address "
            "of the other node and the policy file.",
            es="«{name}» con el origen «{origin}» no es la bitácora que este nodo conoce. Revise la "
            "dirección del otro nodo y el archivo de política.",
        ).format(name=name[:40], origin=origin[:120])
    )
