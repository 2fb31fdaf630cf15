"""The keys of the record over time (`keys.json`): which key counted for which checkpoint.

A receipt of ten years ago was signed with keys that have been changed since. It stays valid, for what was
on the record before each change, and no stolen old key can sign anything later. It serves the promise of
transparency under every work-plan line.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Final

from hled.record.canonical import CanonicalError, canonical
from hled.record.errors import QuorumError, SignatureError
from hled.record.formats.v1.entry import Entry, EntryError
from hled.record.notes import Note
from hled.record.policies import Accepted, Policy
from hled.record.rotations import TYPE, Rotation, follow, malformed, verify

MAX_HISTORY: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A rotation where it stands: entry `index` of the log `origin`, at POSIX second `at`."""

    rotation: Rotation
    origin: str
    index: int
    at: int

    def allows(self, accepted: Accepted, policy: Policy) -> bool:
        """Say whether the old key counts under what `policy` (of before the change) accepted.

        A log's old key counts for checkpoints that do not hold the rotation yet (size <= index); a
        cosigner's old key counts for cosignatures up to the time of the entry.
        """
        if self.rotation.role == "log":
            return accepted.log.key != self.rotation.old or accepted.checkpoint.size <= self.index
        names = {item.name for item in policy.witnesses if item.key == self.rotation.old}
        return all(accepted.cosigned.get(name, 0) <= self.at for name in names)


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """The first policy and every rotation since, in their order: the file `keys.json`.

    The signatures carry the chain of keys, but not `origin`, `index` and `at`: who does not trust the
    giver of the file makes it again from the entries of the verified logs, with `place`.
    """

    first: Policy
    rotations: tuple[Placed, ...] = ()

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy, from the first to today's.

        Raises:
            RotationError: the rotations do not follow from one another.
        """
        changes = [item.rotation for item in self.rotations]
        return tuple(follow(self.first, changes[:count]) for count in range(len(changes) + 1))

    def accept(self, note: Note) -> Accepted:
        """Check a checkpoint of today or of the past, under the keys that counted then (`Placed.allows`).

        Raises:
            RecordError: no policy accepts it; the error is the one of today's policy.
        """
        *former, today = self.policies
        try:
            return today.accept(note)
        except (SignatureError, QuorumError):
            for count, policy in reversed(list(enumerate(former))):
                accepted = self._under(count, policy, note)
                if accepted is not None:
                    return accepted
            raise

    def _under(self, count: int, policy: Policy, note: Note) -> Accepted | None:
        try:
            accepted = policy.accept(note)
        except (SignatureError, QuorumError):
            return None
        later = self.rotations[count:]
        return accepted if all(item.allows(accepted, policy) for item in later) else None

    def encode(self) -> bytes:
        """Return the file: canonical JSON."""
        rotations = [
            {
                "origin": item.origin,
                "index": item.index,
                "at": dt.datetime.fromtimestamp(item.at, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "content": item.rotation.content,
            }
            for item in self.rotations
        ]
        return canonical({"v": 1, "policy": self.first.text, "rotations": rotations})

    @classmethod
    def parse(cls, data: bytes) -> "KeyHistory":
        """Read the file, strictly: what is read encodes to the same bytes.

        Raises:
            RotationError: it is malformed, a signature does not hold, or the rotations do not follow.
            PolicyError: the first policy is malformed.
        """
        try:
            value = json.loads(data) if len(data) <= MAX_HISTORY else None
        except (ValueError, RecursionError) as error:
            raise malformed() from error
        match value:
            case {"policy": str(policy), "rotations": list(rotations)}:
                history = cls(
                    Policy.parse(policy.encode(errors="surrogateescape")), tuple(map(_placed, rotations))
                )
            case _:
                raise malformed()
        if _encoded(history) != data:
            raise malformed()
        follow(history.first, [item.rotation for item in history.rotations])
        return history


def place(origin: str, index: int, entry: Entry) -> Placed:
    """Return the rotation that a `key.rotate` entry of a verified log holds.

    Raises:
        RotationError: it is malformed, a signature does not hold, or a log's key is changed in another log.
    """
    rotation = verify(entry.content)
    elsewhere = rotation.role == "log" and rotation.old.name != origin
    if elsewhere or entry.type != TYPE or index < 0 or index is True:
        raise malformed()
    at = dt.datetime.fromisoformat(entry.at)
    return Placed(rotation, origin, index, int(at.timestamp()))


def _placed(value: object) -> Placed:
    match value:
        case {"origin": str(origin), "index": int(index), "at": str(at), "content": dict(content)}:
            try:
                return place(origin, index, Entry(TYPE, "urn:hled:key:rotation", at, content))
            except EntryError as error:
                raise malformed() from error
        case _:
            raise malformed()


def _encoded(history: KeyHistory) -> bytes:
    try:
        return history.encode()
    except CanonicalError as error:
        raise malformed() from error
