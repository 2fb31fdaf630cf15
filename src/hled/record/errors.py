"""The refusals of the record: one small tree, so that bad bytes are refused in both languages.

It serves the promise of transparency under every work-plan line: a proof that fails must say what failed.
"""

from typing import TypeVar

from hled.language import Bilingual, DialogueError


class RecordError(DialogueError):
    """Bytes of a log, or a claim about it, are refused."""

    code = "record.refused"


class NoteError(RecordError):
    """Bytes are no signed note, or a key is not written as one (C2SP signed-note)."""

    code = "record.bad_note"


class SignatureError(RecordError):
    """A signature by a known key does not verify, or no known key signed."""

    code = "record.bad_signature"


class CheckpointError(RecordError):
    """The text of a note is no checkpoint, or speaks of another log (C2SP tlog-checkpoint)."""

    code = "record.bad_checkpoint"


class ProofError(RecordError):
    """A proof is malformed, or does not lead to the root that was signed."""

    code = "record.bad_proof"


class TileError(RecordError):
    """A tile or entry bundle is missing, has the wrong length, or holds hashes that do not match."""

    code = "record.bad_tile"


class MissingFileError(TileError):
    """A file that a log of this size has is not there."""

    code = "record.file_missing"


class PolicyError(RecordError):
    """A policy file breaks the format (C2SP tlog-policy)."""

    code = "record.bad_policy"


class QuorumError(RecordError):
    """A checkpoint is signed by its log but lacks cosignatures that the policy asks for."""

    code = "record.no_quorum"


class RollbackError(RecordError):
    """A log shows fewer entries than it has shown before."""

    code = "record.rollback"


class ForkError(RecordError):
    """A log shows another history than it has shown before."""

    code = "record.fork"


class StaleError(RecordError):
    """A cosignature is dated in the future: it does not count."""

    code = "record.stale"


class RotationError(RecordError):
    """A change of keys is malformed, is not signed by both keys, or does not follow from the keys before."""

    code = "record.bad_rotation"


class RequestError(RecordError):
    """Bytes are no request to a witness, or no answer of one (C2SP tlog-witness)."""

    code = "record.bad_request"


class WitnessStateError(RecordError):
    """What a witness keeps about a log cannot be read or is damaged, so it cosigns nothing."""

    code = "record.witness_state"


Kind = TypeVar("Kind", bound=RecordError)


def refusal(kind: type[Kind], en: str, es: str, **facts: object) -> Kind:
    """Return an error of `kind` whose two texts name the same facts, each shortened to 120 characters."""
    shown = {name: fact if isinstance(fact, Bilingual) else str(fact)[:120] for name, fact in facts.items()}
    return kind(Bilingual(en=en, es=es).format(**shown))
