"""Publishing checkpoints: the newest that a log signed, and the newest that satisfies the policy.

What is published only moves forward, and only with the files that it needs. It serves the promise of
transparency under every work-plan line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.record.checkpoints import Checkpoint
from hled.record.errors import RecordError
from hled.record.log_files import CHECKPOINT, PENDING
from hled.record.notes import Note, parse_note
from hled.record.policies import Policy
from hled.web.nodes.cosigner import known
from hled.web.nodes.home import Home
from hled.web.nodes.published import publish
from hled.web.record import actions, queries

_NOTHING: Final = (0, None)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The published files of a log of which `log.size` entries are laid out, under a policy."""

    home: Home
    log: queries.Log
    policy: Policy

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.home.log(self.log.name)

    def show_pending(self, note: Note) -> None:
        """Publish a checkpoint that the log signed, where it is newer or better signed than the one there."""
        size, before = read_published(self.folder / PENDING)
        found = Checkpoint.parse(note.text)
        if before is not None and before.text == note.text:
            note = before.with_signatures(note.signatures)
        if found.size < size or note == before:
            return
        publish(self.folder, self.log, found.size, note, PENDING)
        actions.put_checkpoint(self.log.name, note.encode(), complete=False)

    def show_complete(self, notes: Sequence[Note]) -> int:
        """Publish the largest of these that satisfies the policy; return how many entries are on record."""
        size, before = read_published(self.folder / CHECKPOINT)
        for note in (known(item, self.policy) for item in notes):
            accepted = self.policy.signed(note)
            found = accepted.checkpoint.size
            if found < size or note == before or not self.policy.satisfied(accepted.cosigned):
                continue
            publish(self.folder, self.log, found, note, CHECKPOINT)
            actions.put_checkpoint(self.log.name, note.encode(), complete=True)
            size, before = found, note
        return size


def read_published(place: Path) -> tuple[int, Note | None]:
    """Return size and note of a published checkpoint; 0 and None where none can be read."""
    try:
        note = parse_note(place.read_bytes())
        return Checkpoint.parse(note.text).size, note
    except (OSError, RecordError):
        return _NOTHING
