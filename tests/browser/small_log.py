"""A small log with its receipts, signed by fixed keys: what the browser verifier is given to check."""

import hashlib
from dataclasses import dataclass

from hled.record.checkpoints import Checkpoint
from hled.record.formats.v1.entry import Entry, encode
from hled.record.merkle import inclusion_proof, leaf_hash, root_of
from hled.record.notes import Algorithm, Note, SigningKey
from hled.record.policies import Group, Log, Policy, Witness
from hled.record.proofs import Receipt

AT = 1_795_428_180  # 23 November 2026, 10:03 UTC


def key(name: str, algorithm: Algorithm) -> SigningKey:
    """A key that is the same in every run."""
    return SigningKey(name, algorithm, hashlib.sha256(f"{algorithm} {name}".encode()).digest())


LOG = key("log.example/us", Algorithm.ED25519)
US = key("us.example/w", Algorithm.COSIGNATURE_ED25519)
MX = key("mx.example/w", Algorithm.COSIGNATURE_ED25519)
US_PQ = key("us.example/pq", Algorithm.COSIGNATURE_MLDSA44)
STRANGER = key("stranger.example/w", Algorithm.COSIGNATURE_ED25519)
WITNESSES = (Witness("us", US.verifier), Witness("mx", MX.verifier))
GOVERNMENTS = Group("governments", 2, ("us", "mx"))
POLICY = Policy((Log(LOG.verifier),), WITNESSES, (GOVERNMENTS,), "governments")
ENTRIES = tuple(
    encode(
        Entry(
            "decision.agreed",
            f"urn:hled:decision:2026-{number:03}",
            "2026-11-23T10:00:00Z",
            {"title": {"en": f"Inspection, phase {number}", "es": f"Inspección, fase {number}"}},
        )
    )
    for number in range(17)
)


@dataclass(frozen=True, slots=True)
class SmallLog:
    """The first entries as a log, with the keys that sign its checkpoint: the log's, then the cosigners'."""

    entries: tuple[bytes, ...] = ENTRIES[:5]
    log: SigningKey = LOG
    cosigners: tuple[SigningKey, ...] = (US, MX)

    @property
    def note(self) -> Note:
        """The signed checkpoint."""
        text = Checkpoint(self.log.name, len(self.entries), root_of(map(leaf_hash, self.entries))).text
        cosigned = (key.sign(text, AT + second) for second, key in enumerate(self.cosigners))
        return Note(text, (self.log.sign(text), *cosigned))

    def receipt(self, index: int) -> bytes:
        """The receipt of one entry, as a file."""
        leaves = [leaf_hash(entry) for entry in self.entries]

        def node(level: int, place: int) -> bytes:
            return root_of(leaves[place << level : (place + 1) << level])

        return Receipt(index, tuple(inclusion_proof(index, len(leaves), node)), self.note).encode()
