"""The other's logs in one round: what they show is taken in, cosigned and published here, or refused.

What contradicts what a log signed before is kept as an exhibit, with both signatures. It serves the promise
of transparency under every work-plan line.
"""

from dataclasses import dataclass
from typing import Final

from hled.language import Bilingual, DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.errors import ForkError, RollbackError, SignatureError
from hled.record.log_files import PENDING
from hled.record.objects import ObjectStore
from hled.record.policies import Policy
from hled.record.verify import forked
from hled.web.nodes.bodies import Budget, Wanted
from hled.web.nodes.cosigner import Cosigner, kept, known
from hled.web.nodes.exhibits import keep_exhibit
from hled.web.nodes.home import Home
from hled.web.nodes.mirror import Growth, Mirror
from hled.web.nodes.notes import Shown, chosen, shown_by
from hled.web.nodes.peers import Peer
from hled.web.nodes.published import agrees
from hled.web.nodes.showing import Shelf
from hled.web.nodes.succession import adopt
from hled.web.record import queries

_NOT_ON_LOG: Final = Bilingual(
    "“{origin}” is signed by a new key, and the change of keys does not stand on the log. Nothing was taken. "
    "Ask its operator, by telephone, which key is theirs.",
    "«{origin}» está firmada con una clave nueva, y el cambio de clave no consta en la bitácora. No se tomó "
    "nada. Pregunte a su operador, por teléfono, cuál es su clave.",
)


@dataclass(frozen=True, slots=True)
class Took:
    """What a round took of one log: entries held, how many of them new, how many on the record.

    `problem` is what was left out and does not stand in the way of the rest.
    """

    size: int
    taken: int
    on_record: int
    problem: DialogueError | None = None


@dataclass(slots=True)
class Foreign:
    """One log of another node, followed from one place."""

    home: Home
    policy: Policy
    mirror: Mirror
    peer: Peer

    def follow(self) -> Took | None:
        """Take in, cosign and publish what the peer shows of the log; None where it shows nothing of it.

        Raises:
            RollbackError, ForkError: it contradicts what the log signed before; an exhibit was kept.
            DialogueError: something else does not hold, or cannot be had.
        """
        shown = shown_by(self.peer, self.home, self.policy, self.mirror.origin)
        best = chosen(shown, self.mirror.held().size)
        if best is None:
            return None
        wanted = Wanted(self.home.state / "wanted" / self.mirror.name)
        growth = self._taken(best, wanted)
        held = self.mirror.held()
        for item in shown:
            self._compare(held, item)
        note = known(best.note, self.policy)
        cosigner = Cosigner.of(self.home, self.policy)
        if cosigner is not None:
            note = cosigner.cosign_log(note, self.mirror.folder, held, self.policy)
        shelf = Shelf(self.home, held, self.policy)
        shelf.show_pending(note)
        others = [item.note for item in shown if item.checkpoint.size <= held.size]
        on_record = shelf.show_complete([note, *others])
        self._fetch(wanted)
        ahead = next((item.ahead for item in shown if item.ahead), None)
        return Took(held.size, held.size - growth.first, on_record, ahead)

    def _fetch(self, wanted: Wanted) -> None:
        """Fetch bodies last: what nobody has must not keep a checkpoint from being cosigned."""
        try:
            wanted.fetch(self.peer, ObjectStore(self.home.root / "objects" / "sha256"), Budget())
        finally:
            wanted.save()

    def _taken(self, best: Shown, wanted: Wanted) -> Growth:
        def confirm(growth: Growth) -> None:
            policy = adopt(self.home, self.policy, growth.rotations)
            if best.accepted.log.key not in policy.keys:
                raise SignatureError(_NOT_ON_LOG.format(origin=self.mirror.origin))
            self.policy = policy
            wanted.add(growth.bodies)
            wanted.save()

        try:
            return self.mirror.take_in(best.checkpoint, self.peer, confirm=confirm)
        except (ForkError, RollbackError) as error:
            self._exhibit(error, best)
            raise

    def _compare(self, held: queries.Log, shown: Shown) -> None:
        """Compare a checkpoint that is not news with what is held.

        Raises:
            ForkError: the log signed another history at this size.
        """
        found = shown.checkpoint
        if 0 < found.size <= held.size and not agrees(self.mirror.folder, held, found):
            error = forked(Checkpoint(found.origin, held.size, held.root))
            self._exhibit(error, shown)
            raise error

    def _exhibit(self, error: DialogueError, shown: Shown) -> None:
        files = {"shown": known(shown.note, shown.policy).encode()}
        before = kept(self.home.cosigned, self.mirror.origin)
        if before is not None:
            files["cosigned-before"] = before.encode()
        pending = self.mirror.folder / PENDING
        if pending.is_file():
            files["shown-before"] = pending.read_bytes()
        keep_exhibit(self.home.record, error, files)
