"""Receipts of persons whose act stands in a batch: the entry's receipt, with their own act in its `extra`.

They are put together from published files alone: the entry, the body of items that it names, the tiles. It
serves every work-plan line on which people speak.
"""

from functools import lru_cache

from hled.language import Bilingual, DialogueError
from hled.record import decode
from hled.record.batches import Batch, personal
from hled.record.proofs import Receipt
from hled.web.record import queries, receipts
from hled.web.record.errors import NoSuchFileError


def personal_receipt(log: str, index: int, item: int) -> Receipt:
    """Return the receipt of one act of a batch, below 4 KB for most acts.

    Raises:
        NoSuchEntryError: the log is not held here, or is shorter.
        NoSuchFileError: the entry is no batch with public items that are kept here, or has no such item.
        NotYetError: no checkpoint that satisfies the policy covers the entry yet.
    """
    data = queries.raw(log, index)
    content = decode(data).content
    found = _batch(str(content.get("kind")), str(content.get("sha256")))
    if found is None or (found.root.hex(), found.size) != (content.get("root"), content.get("size")):
        raise _missing()
    if not 0 <= item < found.size:
        raise _missing()
    return personal(receipts.receipt(log, index).classic(), found.receipt(item), data)


@lru_cache(maxsize=4)  # a body named by its checksum never changes; many ask for one batch at once
def _kept(kind: str, checksum: str) -> Batch:
    return Batch.of_body(kind, queries.objects().read(checksum))


def _batch(kind: str, checksum: str) -> Batch | None:
    try:
        return _kept(kind, checksum)
    except (DialogueError, ValueError):
        return None


def _missing() -> NoSuchFileError:
    return NoSuchFileError(
        Bilingual(
            en="This entry has no public act of this number. Its body may not be kept here, or its acts are "
            "private: then whoever recorded them hands out the receipts.",
            es="Este asiento no tiene ningún acto público con este número. Tal vez aquí no se conserve su "
            "contenido, o sus actos son privados: en ese caso entrega los comprobantes quien los asentó.",
        )
    )
