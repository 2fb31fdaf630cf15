"""Receipts (C2SP tlog-proof): a short text that proves, without a network, that an entry is on the record.

A receipt holds the place of the entry, the audit path and the cosigned checkpoint. Whoever has the entry,
the receipt and the policy needs nothing else, for ever. It serves the promise of transparency under every
work-plan line: a contribution, a decision or a report carries its proof with it.
"""

from dataclasses import dataclass

from hled.record.errors import ProofError, refusal
from hled.record.merkle import HASH_SIZE, MAX_PROOF, leaf_hash, verify_inclusion
from hled.record.notes import Note, parse_note
from hled.record.policies import Accepted, Policy
from hled.record.text import decimal, from_base64, to_base64

HEADER = "c2sp.org/tlog-proof@v1"
MAX_RECEIPT = 1_000_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """The place of an entry, its audit path (hashes of 32 bytes, lowest first) and a signed checkpoint.

    `extra` is what the receipt carries for applications; no signature covers it.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes = b""

    def encode(self) -> bytes:
        """Return the `.tlog-proof` file."""
        lines = [HEADER]
        if self.extra:
            lines.append(f"extra {to_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines += map(to_base64, self.path)
        return ("\n".join(lines) + "\n\n").encode() + self.checkpoint.encode()

    @classmethod
    def parse(cls, data: bytes) -> "Receipt":
        """Read a `.tlog-proof` file, strictly: what is read encodes to the same bytes.

        Raises:
            ProofError: it is malformed.
            NoteError: the checkpoint in it is no signed note.
        """
        if len(data) > MAX_RECEIPT:
            raise _malformed()
        try:
            head, _, note = data.decode().partition("\n\n")
        except UnicodeDecodeError as error:
            raise _malformed() from error
        header, *lines = head.split("\n")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = from_base64(lines.pop(0).removeprefix("extra "), ProofError)
        if header != HEADER or not lines or not lines[0].startswith("index "):
            raise _malformed()
        index = decimal(lines.pop(0).removeprefix("index "), ProofError)
        path = tuple(from_base64(line, ProofError) for line in lines)
        if len(path) > MAX_PROOF or any(len(item) != HASH_SIZE for item in path):
            raise _malformed()
        return cls(index, path, parse_note(note.encode()), extra)

    def classic(self) -> "Receipt":
        """Return the receipt without the large ML-DSA-44 cosignatures and without `extra`."""
        small = tuple(item for item in self.checkpoint.signatures if len(item.body) <= 72)
        return Receipt(self.index, self.path, Note(self.checkpoint.text, small))

    def verify(self, entry: bytes, policy: Policy) -> Accepted:
        """Check that `entry` (its exact bytes) is on the record under `policy`.

        Raises:
            RecordError: a proof, signature or quorum does not hold; the message says which.
        """
        accepted = policy.accept(self.checkpoint)
        found = accepted.checkpoint
        verify_inclusion(leaf_hash(entry), self.index, found.size, self.path, found.root)
        return accepted


def _malformed() -> ProofError:
    return refusal(
        ProofError,
        "This is no receipt of the record: the file begins with “c2sp.org/tlog-proof@v1”, then the "
        "index, the path and the checkpoint. Download it again.",
        "Esto no es un comprobante del registro: el archivo comienza con «c2sp.org/tlog-proof@v1», "
        "luego el índice, la ruta y el punto de control. Descárguelo de nuevo.",
    )
