"""A witness (C2SP tlog-witness): it cosigns a log only while the log keeps everything it has shown before.

Each government is a witness of the other's log, and any university or organisation can be one; a log that
shows different histories to different people can then no longer do so unseen. Here are the rules and
the state, without a network: bytes in, bytes out. It serves the promise of transparency under every
work-plan line.
"""

import fcntl
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.language import Bilingual, DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.errors import (
    ForkError,
    ProofError,
    RecordError,
    RequestError,
    SignatureError,
    WitnessStateError,
    refusal,
)
from hled.record.merkle import EMPTY_ROOT, verify_consistency
from hled.record.notes import Note, Signature, SigningKey, VerifierKey, parse_note, verify_note
from hled.record.objects import make_folder, write_whole
from hled.record.witness_messages import AddCheckpoint

_PLAIN: Final = "text/plain; charset=utf-8"
_SIZE: Final = "text/x.tlog.size"
_EMPTY: Final = (0, EMPTY_ROOT)


class UnknownLogError(RecordError):
    """A witness is asked about a log that it was not told to watch."""

    code = "record.unknown_log"


class ConflictError(RecordError):
    """A witness last cosigned another size than the request builds on: ask again from `size`."""

    code = "record.witness_conflict"

    def __init__(self, message: Bilingual, size: int = 0) -> None:
        super().__init__(message)
        self.size = size


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness answers: an HTTP status, the body and its content type."""

    status: int
    body: bytes
    content_type: str = _PLAIN


@dataclass(frozen=True, slots=True)
class FileStore:
    """The newest cosigned checkpoint of each log, at `folder`/<SHA-256 of its origin in hex>/checkpoint.

    An older copy of these files must never be put back: the witness would sign what it has refused.
    """

    folder: Path

    def place(self, origin: str) -> Path:
        """Return where the checkpoint of a log is kept."""
        return self.folder / hashlib.sha256(origin.encode()).hexdigest() / "checkpoint"

    def read(self, origin: str) -> bytes | None:
        """Return the kept note, or None for a log that was never cosigned.

        Raises:
            WitnessStateError: the file is there and cannot be read.
        """
        try:
            return self.place(origin).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _state_lost(origin) from error

    def write(self, origin: str, data: bytes) -> None:
        """Keep a note durably; call it while `held`.

        Raises:
            WitnessStateError: the file cannot be written.
        """
        try:
            write_whole(self.place(origin), data)
        except OSError as error:
            raise _state_lost(origin) from error

    @contextmanager
    def held(self, origin: str) -> Iterator[None]:
        """Keep every other thread and process from the state of one log.

        Raises:
            WitnessStateError: the folder cannot be written.
        """
        place = self.place(origin).with_name(".lock")
        try:
            make_folder(place.parent)
            file = place.open("ab")
        except OSError as error:
            raise _state_lost(origin) from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file closes, also if the process dies
            yield


@dataclass(frozen=True, slots=True)
class Witness:
    """A cosigner: its keys (Ed25519 and ML-DSA-44 cosignature keys), the logs it watches, and its state.

    The origin of a log is the name of its key. Change the keys of log and witness one at a time: the kept
    checkpoint must bear the signature of at least one known key.
    """

    keys: tuple[SigningKey, ...]
    logs: tuple[VerifierKey, ...]
    store: FileStore
    clock: Callable[[], int] = lambda: int(time.time())

    def add_checkpoint(self, body: bytes) -> Answer:
        """Answer the body of a `POST add-checkpoint` with status 200, 400, 403, 404, 409 or 422.

        Status 500 says that the state cannot be read or written, so that nothing was cosigned.
        """
        try:
            signatures = self.cosign(AddCheckpoint.parse(body))
        except ConflictError as error:
            return Answer(409, f"{error.size}\n".encode(), _SIZE)
        except RecordError as error:
            return Answer(_status(error), _said(error))
        return Answer(200, "".join(f"{item.line}\n" for item in signatures).encode())

    def cosign(self, request: AddCheckpoint) -> tuple[Signature, ...]:
        """Cosign a checkpoint that continues the last one cosigned, keep it, and return the cosignatures.

        Raises:
            CheckpointError: the note is no checkpoint.
            UnknownLogError: no key of this origin is known.
            SignatureError: no known key of the log signed, or its signature does not verify.
            RequestError: the old size is larger than the checkpoint.
            ConflictError: another size was cosigned last; `size` says which.
            ForkError: the size was cosigned with another root.
            ProofError: the consistency proof does not hold.
            WitnessStateError: what was cosigned last cannot be read.
        """
        checkpoint = Checkpoint.parse(request.note.text)
        signed = self._by_log(checkpoint, request.note)
        if request.old > checkpoint.size:
            raise refusal(
                RequestError,
                "The old size {old} is larger than the checkpoint ({size}).",
                "El tamaño anterior {old} es mayor que el punto de control ({size}).",
                old=request.old,
                size=checkpoint.size,
            )
        with self.store.held(checkpoint.origin):
            _check_continues(self._last(checkpoint.origin), checkpoint, request)
            at = self.clock()
            ours = tuple(key.sign(request.note.text, at) for key in self.keys)
            self.store.write(checkpoint.origin, Note(request.note.text, (*signed, *ours)).encode())
        return ours

    def published(self, name: str) -> bytes | None:
        """Return the newest checkpoint cosigned of the log whose origin has this SHA-256 (hex), if any."""
        for log in self.logs:
            if self.store.place(log.name).parent.name == name:
                return self.store.read(log.name)
        return None

    def _by_log(self, checkpoint: Checkpoint, note: Note) -> tuple[Signature, ...]:
        """Return the signatures by known keys of the log, all of which hold."""
        keys = [key for key in self.logs if key.name == checkpoint.origin]
        if not keys:
            raise refusal(
                UnknownLogError,
                "This witness does not watch the log “{origin}”. Ask its operator to add the log's key.",
                "Este testigo no vigila la bitácora «{origin}». Pida a quien lo opera que agregue la clave "
                "de la bitácora.",
                origin=checkpoint.origin,
            )
        verify_note(note, keys)
        return tuple(item for item in note.signatures if any(key.signed(item) for key in keys))

    def _last(self, origin: str) -> tuple[int, bytes]:
        """Return size and root of what was cosigned last."""
        data = self.store.read(origin)
        if data is None:
            return _EMPTY
        try:
            note = parse_note(data)
            verify_note(note, (*self.logs, *(key.verifier for key in self.keys)))
            last = Checkpoint.parse(note.text)
        except RecordError as error:
            raise _state_lost(origin) from error
        if last.origin != origin:
            raise _state_lost(origin)
        return last.size, last.root


def _check_continues(last: tuple[int, bytes], new: Checkpoint, request: AddCheckpoint) -> None:
    size, root = last
    if request.old != size:
        message = Bilingual(
            en="This witness last cosigned {size} entries; ask again with a proof from there.",
            es="Este testigo firmó por última vez {size} asientos; pida de nuevo con una prueba desde ahí.",
        )
        raise ConflictError(message.format(size=size), size)
    if new.size == size and new.root != root:
        raise refusal(
            ForkError,
            "FORK: this witness cosigned {size} entries of “{origin}” with another root.",
            "BIFURCACIÓN: este testigo firmó {size} asientos de «{origin}» con otra raíz.",
            size=size,
            origin=new.origin,
        )
    if size:
        verify_consistency(size, new.size, request.proof, old_root=root, new_root=new.root)
    elif request.proof:
        raise refusal(
            ProofError,
            "A first checkpoint comes without a proof.",
            "Un primer punto de control va sin prueba.",
        )


def _status(error: RecordError) -> int:
    statuses = {
        UnknownLogError: 404,
        SignatureError: 403,
        ProofError: 422,
        ForkError: 422,
        WitnessStateError: 500,
    }
    return statuses.get(type(error), 400)


def _said(error: DialogueError) -> bytes:
    return f"{error.text('en')}\n{error.text('es')}\n".encode()


def _state_lost(origin: str) -> WitnessStateError:
    return refusal(
        WitnessStateError,
        "What this witness last cosigned of “{origin}” cannot be read or written, so it cosigns nothing of "
        "it. Look at its folder; restore the newest copy of the file, never an older one.",
        "No se puede leer o escribir lo último que este testigo firmó de «{origin}», así que no firma nada "
        "de ella. Revise su carpeta; restaure la copia más reciente del archivo, nunca una anterior.",
        origin=origin,
    )
