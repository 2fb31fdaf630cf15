"""What is said to a witness and what it answers (C2SP tlog-witness), without a network.

The log's side of the conversation: a request to cosign with its consistency proof, and the cosignatures in
the answer. It serves the promise of transparency under every work-plan line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hled.record.checkpoints import Checkpoint
from hled.record.errors import NoteError, ProofError, RequestError, refusal
from hled.record.merkle import HASH_SIZE, MAX_PROOF
from hled.record.notes import (
    MAX_SIGNATURES,
    Note,
    Signature,
    VerifierKey,
    parse_note,
    parse_signature,
    verify_note,
)
from hled.record.text import decimal, from_base64, to_base64
from hled.record.tiles import TileReader

MAX_BODY: Final = 262_144


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A request to cosign: the size last cosigned, the consistency proof from it, and the signed note."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def encode(self) -> bytes:
        """Return the body of the request."""
        lines = [f"old {self.old}", *map(to_base64, self.proof), "", ""]
        return "\n".join(lines).encode() + self.note.encode()

    @classmethod
    def parse(cls, body: bytes) -> "AddCheckpoint":
        """Read the body of a request, strictly: what is read encodes to the same bytes.

        Raises:
            RequestError: it is malformed or too large.
            NoteError: what follows the empty line is no signed note.
        """
        try:
            head, _, note = body.decode().partition("\n\n") if len(body) <= MAX_BODY else ("", "", "")
        except UnicodeDecodeError as error:
            raise _malformed() from error
        first, *lines = head.split("\n")
        if not first.startswith("old ") or len(lines) > MAX_PROOF:
            raise _malformed()
        proof = tuple(from_base64(line, RequestError) for line in lines)
        if any(len(item) != HASH_SIZE for item in proof):
            raise _malformed()
        return cls(decimal(first.removeprefix("old "), RequestError), proof, parse_note(note.encode()))


def request_for(old: int, note: Note, reader: TileReader) -> AddCheckpoint:
    """Return the request to cosign `note`, for a witness that last cosigned `old` entries.

    `reader` reads a log of at least the size of the checkpoint.

    Raises:
        CheckpointError: the note is no checkpoint.
        ProofError: `old` is larger than the checkpoint: the witness has seen a longer log than this.
        TileError: a tile that the proof needs is missing.
    """
    size = Checkpoint.parse(note.text).size
    if old > size:
        raise refusal(
            ProofError,
            "The witness has cosigned {old} entries, this log has {size}: this is an old copy of the log, or "
            "another one signed with its key. Sign nothing more until you know which.",
            "El testigo firmó {old} asientos y esta bitácora tiene {size}: esta es una copia vieja, u otra "
            "bitácora firmada con su clave. No firme nada más hasta saber cuál es el caso.",
            old=old,
            size=size,
        )
    proof = reader.consistency_proof(old, size) if 0 < old < size else ()
    return AddCheckpoint(old, proof, note)


def cosignatures_from(body: bytes, note: Note, keys: Iterable[VerifierKey]) -> tuple[Signature, ...]:
    """Return the cosignatures of known witnesses in an answer (status 200); unknown keys are ignored.

    Raises:
        RequestError: the answer is no list of signature lines.
        SignatureError: a known key's cosignature does not hold, or there is none.
    """
    known = tuple(keys)
    try:
        *lines, end = body.decode().split("\n") if len(body) <= MAX_BODY else ["", ""]
        signatures = tuple(map(parse_signature, lines))
    except (UnicodeDecodeError, NoteError) as error:
        raise _no_answer() from error
    if end or len(lines) > MAX_SIGNATURES:
        raise _no_answer()
    verify_note(Note(note.text, signatures), known)
    return tuple(item for item in signatures if any(key.signed(item) for key in known))


def size_from(body: bytes) -> int:
    """Return the size in an answer with status 409, from which to ask again.

    Raises:
        RequestError: the answer holds no size.
    """
    text = body[:32].decode("ascii", "replace")
    if not text.endswith("\n"):
        raise _no_answer()
    return decimal(text[:-1], RequestError)


def _malformed() -> RequestError:
    return refusal(
        RequestError,
        "This is no add-checkpoint request: “old” and a size, up to 63 hashes, an empty line and a signed "
        "checkpoint are expected.",
        "Esto no es una petición add-checkpoint: se espera «old» y un tamaño, hasta 63 hashes, una línea "
        "vacía y un punto de control firmado.",
    )


def _no_answer() -> RequestError:
    return refusal(
        RequestError,
        "This is no answer of a witness. Check the witness's address.",
        "Esto no es una respuesta de un testigo. Revise la dirección del testigo.",
    )
