"""Appending to the node's own log: the one way by which a public act begins."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from hled.language import Bilingual
from hled.record import Entry, EntryError, encode
from hled.record.commitments import Disclosure
from hled.record.merkle import leaf_hash
from hled.web.record import heads, read_only
from hled.web.record.actions.disclose import disclose
from hled.web.record.actions.logs import own_head
from hled.web.record.arrivals import StoredArrivals
from hled.web.record.projection import project


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded: entry type, URN of the object, content with a canonical form.

    Where the content holds commitments in place of personal data, `disclosures` are what they hide: kept
    beside the entry, never in it.
    """

    type: str
    id: str
    content: dict[str, object]
    disclosures: tuple[Disclosure, ...] = ()


@transaction.atomic
def append(acts: Iterable[Act]) -> tuple[int, ...]:
    """Append one entry per act to the own log, project each, and return their sequence numbers.

    The time of an entry is now, and never before that of the entry before it in the log or about its object.

    Raises:
        EntryError, CanonicalError: an act cannot be written; nothing of the call is kept.
        ReadOnlyError: this node is a read-only mirror.
    """
    read_only.refuse_read_only()
    heads.queue()
    wanted = tuple(acts)
    if not wanted:
        return ()
    head, known = own_head([act.id for act in wanted])
    heads.refuse_ahead(head.name, head.last_at)
    now = heads.now()
    previous = {name: item.leaf_hash for name, item in known.items()}
    written: list[tuple[Entry, bytes, bytes]] = []
    for act in wanted:
        at = max(now, head.last_at, _not_before(known.get(act.id), head))
        entry = Entry(type=act.type, id=act.id, at=at, prev=previous.get(act.id), content=act.content)
        if not heads.fits(entry):
            raise _too_long(entry)
        data = encode(entry)
        leaf = leaf_hash(data)
        previous[act.id], head.last_at = leaf.hex(), at
        head.frontier.append(leaf)
        written.append((entry, data, leaf))
    seqs = heads.write(head, written)
    for act, (entry, _, _), seq in zip(wanted, written, seqs, strict=True):
        if act.disclosures:
            disclose(act.id, act.disclosures)
        project(entry, seq)
    if head.some_wait:
        arrivals = StoredArrivals(seqs.stop)
        arrivals.release(act.id for act in wanted)
        arrivals.save()
    return tuple(seqs)


def _too_long(entry: Entry) -> EntryError:
    return EntryError(
        Bilingual(
            en="An entry's type has at most {type} characters and its id at most {id}; {name} has more.",
            es="El tipo de un asiento tiene a lo más {type} caracteres y su identificador a lo más {id}; "
            "{name} tiene más.",
        ).format(type=heads.MAX_TYPE, id=heads.MAX_ID, name=entry.id[:80])
    )


def _not_before(newest: heads.Newest | None, head: heads.Head) -> str:
    """Return the earliest time that makes an own entry the newest about its object."""
    if newest is None:
        return ""
    if newest.log_id == head.id:
        return newest.at
    return heads.written(dt.datetime.fromisoformat(newest.at) + dt.timedelta(seconds=1))
