"""Another government's node, made of pure code alone: what it publishes, honestly or not, in a folder."""

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hled.record import Entry, encode
from hled.record.checkpoints import Checkpoint
from hled.record.log_files import PENDING, LogWriter, read_folder
from hled.record.notes import Note, Signature, SigningKey, parse_note
from hled.record.objects import write_whole
from hled.record.policies import Policy
from hled.record.tiles import TileReader
from hled.record.witness import FileStore, Witness
from hled.record.witness_messages import request_for
from hled.web.nodes.cards import card_of
from hled.web.nodes.home import Configuration
from hled.web.nodes.keyring import ALGORITHMS, COSIGNERS, LOG
from hled.web.nodes.peers import FolderPeer

MX = Configuration("MX", "https://mx.example")


START = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def acts(first: int, count: int, *, says: str = "honest", start: dt.datetime = START) -> list[bytes]:
    """Entries of a type that no projection knows, one second apart."""
    return [
        encode(
            Entry(
                type="other.act.done",
                id=f"urn:hled:act:{number}",
                at=(start + dt.timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                content={"says": says, "number": number},
            )
        )
        for number in range(first, first + count)
    ]


@dataclass
class OtherNode:
    """A node with keys of its own; `publish` appends entries and signs, `cosign` answers as a government."""

    folder: Path
    who: Configuration = MX
    keys: dict[str, SigningKey] = field(init=False)
    clock: int = 0

    def __post_init__(self) -> None:
        names = {LOG: self.who.origin}
        names |= {role: f"{self.who.host}/{role}/{self.who.log_name}" for role in COSIGNERS}
        self.keys = {role: SigningKey.generate(names[role], ALGORITHMS[role]) for role in names}
        self.restart()

    @property
    def log(self) -> Path:
        return self.folder / self.who.log_name

    @property
    def peer(self) -> FolderPeer:
        return FolderPeer(self.folder)

    def card(self, place: Path) -> Path:
        place.write_text(card_of(self.who, self.keys))
        return place

    def restart(self) -> None:
        """Begin the log again, from nothing, in the same folder."""
        self.writer = LogWriter(self.log)

    def publish(self, entries: Sequence[bytes]) -> Note:
        """Append, write every file, sign and publish as pending; return the note."""
        frontier = self.writer.extend(entries)
        return self.sign(Checkpoint(self.who.origin, frontier.size, frontier.root()))

    def sign(self, checkpoint: Checkpoint, name: str = PENDING) -> Note:
        note = Note(checkpoint.text, (self.keys[LOG].sign(checkpoint.text),))
        write_whole(self.log / name, note.encode())
        return note

    def cosign(self, note: Note, files: Path, size: int, policy: Policy) -> None:
        """Cosign another's checkpoint as its mirror would, and publish that."""
        store = FileStore(self.folder / "cosigned")
        keys = tuple(self.keys[role] for role in COSIGNERS)
        clock = (lambda: self.clock) if self.clock else (lambda: int(time.time()))
        witness = Witness(keys, tuple(log.key for log in policy.logs), store, clock)
        before = store.read(Checkpoint.parse(note.text).origin)
        old = Checkpoint.parse(parse_note(before).text).size if before else 0
        witness.cosign(request_for(old, note, TileReader(read_folder(files), size)))

    def cosignature(self, note: Note, at: int) -> Signature:
        return self.keys[COSIGNERS[0]].sign(note.text, at)
