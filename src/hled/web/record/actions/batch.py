"""Acts of many people as one entry: votes of a campaign, a bulk import, with a receipt for each person."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hled.record.batches import Batch, ItemProof
from hled.web.record import queries, read_only
from hled.web.record.actions.append import Act, append


class Items(StrEnum):
    """What becomes of the acts themselves: kept for everybody, or handed to the caller and to nobody else."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Batched:
    """The number of the entry on this node, and each person's act with its path to the entry's root.

    Of private items nothing else is kept: who does not hand these out loses them.
    """

    seq: int
    proofs: tuple[ItemProof, ...]


def batch(entry_type: str, object_id: str, kind: str, values: Iterable[object], items: Items) -> Batched:
    """Append one entry for acts of one kind, with the root of a tree over them all.

    Public items lie in one body, a line each, that the entry names by its SHA-256.

    Raises:
        ProofError: there is no act.
        EntryError, CanonicalError: an act cannot be written; nothing is appended.
        ReadOnlyError: this node is a read-only mirror.
    """
    read_only.refuse_read_only()
    made = Batch.of(kind, values)
    content = made.to_content()
    if items is Items.PUBLIC:
        content["sha256"] = queries.objects().keep(made.to_body())  # before the entry that names it
    (seq,) = append([Act(entry_type, object_id, content)])
    return Batched(seq, tuple(map(made.receipt, range(made.size))))
