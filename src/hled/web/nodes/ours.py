"""The own log in one round: cosigned here, its cosignatures collected elsewhere, and published when complete.

It serves the promise of transparency under every work-plan line.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from hled.fetch import Reach
from hled.language import DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.log_files import PENDING, read_folder
from hled.record.notes import Note
from hled.record.policies import Policy
from hled.record.tiles import TileReader
from hled.web.nodes.cosigner import Cosigner, ask_witness, asked_of, known
from hled.web.nodes.home import Home
from hled.web.nodes.notes import checked, cosigned_path, read_note
from hled.web.nodes.peers import Peer
from hled.web.nodes.published import agrees
from hled.web.nodes.showing import Shelf, read_published
from hled.web.nodes.signer import check_continues, diverged
from hled.web.record import queries


@dataclass(frozen=True, slots=True)
class Ours:
    """The own log as its signer published it last."""

    home: Home
    policy: Policy
    reach: Reach | None
    log: queries.Log
    note: Note

    @classmethod
    def of(cls, home: Home, policy: Policy, reach: Reach | None) -> "Ours | None":
        """Return the own log; None without one that the policy names, or before its first checkpoint.

        Raises:
            BehindError, DivergedError: the database does not hold what was signed.
        """
        own = queries.own()
        if own is None or not policy.log_of(own.origin):
            return None
        _, note = read_published(home.log(own.name) / PENDING)
        if note is None:
            return None
        signed = policy.signed(note).checkpoint
        check_continues(own, signed)
        return cls(home, policy, reach, replace(own, size=signed.size, root=signed.root), note)

    def cosign(self) -> int:
        """Cosign what the signer left, and publish it; return how many entries are on the record.

        Raises:
            RecordError: it does not continue what was cosigned before, or its files do not hold.
            FetchError, WitnessRefusesError: a witness that is needed does not answer, or not as hoped.
        """
        note = self.note
        cosigner = Cosigner.of(self.home, self.policy)
        if cosigner is not None:
            note = cosigner.cosign_log(note, self._folder, self.log, self.policy)
            with self.home.held("pending"):
                Shelf(self.home, self.log, self.policy).show_pending(note)
        return self._finished(note)

    def collect(self, peer: Peer) -> int | None:
        """Take the other's cosignatures from its files; return how many entries are on the record.

        Raises:
            BehindError, DivergedError: the other cosigned what this node does not hold.
            StaleError: a cosignature is dated ahead; the others were taken.
            DialogueError: as for `cosign`; or what the other shows does not hold.
        """
        note = read_note(peer, cosigned_path(self.home, self.log.origin))
        if note is None:
            return None
        shown = checked(note, peer, self.policy, self.log.origin)
        found = shown.checkpoint
        check_continues(self.log, found)
        if found.size and not agrees(self._folder, self.log, found):
            raise diverged(self.log.name, found.size)
        on_record = self._finished(known(note, self.policy))
        if shown.ahead is not None:  # it did not count, and somebody's clock must be set
            raise shown.ahead
        return on_record

    def _finished(self, note: Note) -> int:
        """Ask the witnesses that are still wanted, and publish the checkpoint if it is complete."""
        problem: DialogueError | None = None
        note = self._together(note)
        if self.reach is not None:
            note, problem = self._asked(note, self.reach)
        note = self._together(note)
        on_record = Shelf(self.home, self.log, self.policy).show_complete([note])
        if problem is not None and on_record < Checkpoint.parse(note.text).size:
            raise problem
        return on_record

    def _asked(self, note: Note, reach: Reach) -> tuple[Note, DialogueError | None]:
        problem: DialogueError | None = None
        for listed in asked_of(self.policy, self.policy.signed(note).cosigned).values():
            try:
                note = note.with_signatures(ask_witness(listed, note, self._reader(), reach))
            except DialogueError as error:  # another one may do: the quorum decides
                problem = error
        return note, problem

    def _together(self, note: Note) -> Note:
        cosigner = Cosigner.of(self.home, self.policy)
        return cosigner.add(note, self.policy) if cosigner else note

    @property
    def _folder(self) -> Path:
        return self.home.log(self.log.name)

    def _reader(self) -> TileReader:
        return TileReader(read_folder(self._folder), self.log.size)
