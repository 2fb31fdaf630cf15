"""Healing: what a restored older database lost comes back from a copy that this node itself has signed.

The own published files, or the other node's mirror, hold every entry. They are checked like a foreign log,
then become rows again; redactions among them are done again. It serves the promise of transparency under
every work-plan line.
"""

from dataclasses import dataclass

from hled.language import DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.objects import ObjectStore
from hled.web.nodes.bodies import Budget, Wanted
from hled.web.nodes.errors import NotBegunError, refusal
from hled.web.nodes.home import Home, read_configuration
from hled.web.nodes.mirror import Growth, Mirror
from hled.web.nodes.notes import Shown, shown_by
from hled.web.nodes.peers import Peer
from hled.web.nodes.published import root_of_rows
from hled.web.nodes.signer import diverged, remember, remembered
from hled.web.nodes.succession import settled
from hled.web.record import actions, queries


@dataclass(frozen=True, slots=True)
class Healed:
    """What came back: entries, and how many are still missing to what this node has signed."""

    log: str
    size: int
    restored: int
    missing: int


def heal(home: Home, peer: Peer) -> Healed:
    """Bring back the entries of the own log that a copy holds and this database does not.

    Raises:
        NotBegunError: this node has no log, or the copy shows nothing of it.
        ForkError, ForgedHistoryError, DivergedError: entries were recorded after the restore, or the copy
            is another's.
        DialogueError: the copy does not hold what was signed, or cannot be had.
    """
    own = _own(home)
    policy = settled(home)
    shown = shown_by(peer, home, policy, own.origin)
    best = max(shown, key=lambda item: item.checkpoint.size, default=None)
    if best is None:
        raise _nothing(peer.name, own.name)
    growth = _restored(home, peer, own, best)
    now = queries.log(own.name)
    signed = _remembered(home, best.checkpoint)
    return Healed(own.name, now.size, now.size - growth, max(0, signed.size - now.size))


def _own(home: Home) -> queries.Log:
    """Return the own log; where the whole database was lost, it begins anew under its old name."""
    configured = read_configuration(home)
    if queries.own() is None and configured is not None:
        return actions.adopt(configured.log_name, configured.origin)
    return actions.own_log()


def _remembered(home: Home, shown: Checkpoint) -> Checkpoint:
    """Return the largest that this node signed; the copy counts, since its own key signed that too."""
    before = remembered(home, shown.origin)
    if before is not None and before.size >= shown.size:
        return before
    remember(home, shown)
    return shown


def _restored(home: Home, peer: Peer, own: queries.Log, best: Shown) -> int:
    if best.checkpoint.size <= own.size:
        if root_of_rows(own.name, best.checkpoint.size) != best.checkpoint.root:
            raise diverged(own.name, best.checkpoint.size)
        return own.size
    wanted = Wanted(home.state / "wanted" / own.name)

    def confirm(growth: Growth) -> None:
        wanted.add(growth.bodies)

    Mirror(home, own.origin).take_in(best.checkpoint, peer, confirm=confirm, take=actions.restore)
    try:
        wanted.fetch(peer, ObjectStore(home.root / "objects" / "sha256"), Budget.unlimited())
    finally:
        wanted.save()
    return own.size


def _nothing(where: str, log: str) -> DialogueError:
    return refusal(
        NotBegunError,
        "{where} shows nothing of the log “{log}”. Name the address of a mirror, or the folder of its files.",
        "{where} no muestra nada de la bitácora «{log}». Indique la dirección de una copia espejo, o la "
        "carpeta de sus archivos.",
        where=where,
        log=log,
    )
