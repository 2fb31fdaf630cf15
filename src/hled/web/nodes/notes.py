"""The signed checkpoints that a node shows about a log, and which of them to build on.

It serves the promise of transparency under every work-plan line.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hled.fetch import Files, NotThereError
from hled.record.checkpoints import Checkpoint
from hled.record.clocks import timely
from hled.record.errors import CheckpointError, StaleError, refusal
from hled.record.exporting import COSIGNED
from hled.record.log_files import CHECKPOINT, PENDING
from hled.record.notes import MAX_NOTE, Note, parse_note
from hled.record.policies import Accepted, Policy
from hled.record.witness import FileStore
from hled.web.nodes.home import Home, log_name
from hled.web.nodes.succession import signed_by_any


@dataclass(frozen=True, slots=True)
class Shown:
    """A checkpoint that its log signed, and the policy under which that holds.

    Cosignatures from the future are left out of it; `ahead` says whose.
    """

    note: Note
    accepted: Accepted
    policy: Policy
    ahead: StaleError | None = field(default=None, compare=False)

    @property
    def checkpoint(self) -> Checkpoint:
        """What was signed."""
        return self.accepted.checkpoint

    @property
    def is_complete(self) -> bool:
        """Say whether the cosignatures satisfy the policy."""
        return self.policy.satisfied(self.accepted.cosigned)


def cosigned_path(home: Home, origin: str) -> str:
    """Return the path, below a record's folder, of the checkpoint that a node has cosigned."""
    place = FileStore(home.record / COSIGNED).place(origin)
    return place.relative_to(home.record).as_posix()


def shown_by(source: Files, home: Home, policy: Policy, origin: str) -> list[Shown]:
    """Return every checkpoint that a node shows of a log, each once: cosigned, pending and complete ones.

    Raises:
        NoteError, CheckpointError, SignatureError: one of them is malformed or not signed by the log.
        FetchError: one cannot be had.
    """
    name = log_name(origin)
    paths = (cosigned_path(home, origin), f"{name}/{PENDING}", f"{name}/{CHECKPOINT}")
    merged: dict[str, Shown] = {}
    for path in paths:
        note = read_note(source, path)
        if note is not None:
            shown = checked(note, source, policy, origin)
            before = merged.get(note.text)
            if before is not None:
                both = before.note.with_signatures(shown.note.signatures)
                ahead = before.ahead or shown.ahead
                shown = replace(checked(both, source, policy, origin), ahead=ahead)
            merged[note.text] = shown
    return list(merged.values())


def read_note(source: Files, path: str) -> Note | None:
    """Return a note of a node, None where it shows none.

    Raises:
        NoteError: the file is no note.
    """
    try:
        return parse_note(source.read(path, MAX_NOTE))
    except NotThereError:
        return None


def checked(note: Note, source: Files, policy: Policy, origin: str) -> Shown:
    """Check whose log a note speaks of and that this log signed it; what is dated ahead is left out.

    Raises:
        CheckpointError, SignatureError: it does not hold.
    """
    found = Checkpoint.parse(note.text)
    if found.origin != origin:
        raise refusal(
            CheckpointError,
            "A checkpoint of “{found}” lies where one of “{origin}” is expected. Check the address.",
            "Hay un punto de control de «{found}» donde se espera uno de «{origin}». Revise la dirección.",
            found=found.origin,
            origin=origin,
        )
    accepted, under = signed_by_any(policy, note, source, origin)
    note, ahead = timely(note, under.keys, now=int(time.time()))
    return Shown(note, under.signed(note) if ahead else accepted, under, ahead)


def chosen(shown: Sequence[Shown], size: int) -> Shown | None:
    """Return the checkpoint to build on, given how many entries are held here.

    The first that is news is taken, and the order prefers what the log's own cosigner has signed: what both
    cosign is then the same checkpoint, however fast the log grows. Without news it is the largest.
    """
    news = [item for item in shown if item.checkpoint.size > size]
    if news:
        return news[0]
    return max(shown, key=lambda item: item.checkpoint.size, default=None)
