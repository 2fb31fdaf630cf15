"""A log that another node wrote: entries with their checkpoints, as a follower would bring them."""

from hled.record import Entry, encode
from hled.record.checkpoints import Checkpoint
from hled.record.merkle import Frontier, consistency_proof, leaf_hash, subtree_root
from hled.web.record.actions import PartOf

MORNING = "2026-11-23T08:00:00Z"


class Scribe:
    """Writes a log in memory; hashes are computed the slow and simple way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.origin = f"{name}.example/record/{name}"
        self.entries: list[bytes] = []

    def add(
        self, kind: str, urn: str, content: dict[str, object] | None = None, at: str = MORNING
    ) -> "Scribe":
        self.entries.append(encode(Entry(kind, urn, at, content if content is not None else {"n": 1})))
        return self

    def node(self, level: int, index: int) -> bytes:
        frontier = Frontier()
        for data in self.entries[index << level : (index + 1) << level]:
            frontier.append(leaf_hash(data))
        return frontier.root()

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        size = len(self.entries) if size is None else size
        return Checkpoint(self.origin, size, subtree_root(0, size, self.node))

    def part(self, reached: int) -> PartOf:
        size = len(self.entries)
        return PartOf(self.checkpoint(), consistency_proof(reached, size, self.node))

    def delivery(self, first: int, end: int) -> tuple[str, str, int, list[bytes], Checkpoint | PartOf]:
        """What `receive` is given for entries [first, end)."""
        proof = self.checkpoint() if end == len(self.entries) else self.part(end)
        return self.name, self.origin, first, self.entries[first:end], proof
