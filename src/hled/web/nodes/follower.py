"""Rounds: one exchange with one other node, log by log; and the loop that goes round until it is stopped.

Trouble with one log is said and the others go on; a node that is down is tried again, and said once. It
serves the promise of transparency under every work-plan line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from hled.fetch import Reach
from hled.language import DialogueError
from hled.web.nodes.foreign import Foreign
from hled.web.nodes.home import Home
from hled.web.nodes.mirror import Mirror
from hled.web.nodes.ours import Ours
from hled.web.nodes.peers import OpenPeer, Peer
from hled.web.nodes.succession import settled

PATIENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Met:
    """What a round found about one log at one place (empty for this node itself).

    `size` entries are held, `taken` of them are new, `on_record` are covered by a checkpoint that satisfies
    the policy. A `problem` beside numbers is one that did not stand in the way.
    """

    where: str
    log: str
    size: int = 0
    taken: int = 0
    on_record: int = 0
    problem: DialogueError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Follower:
    """The exchange of this home with others; nothing else uses the cosigner's keys.

    `reach` says which witnesses may be asked; None asks nobody, as where there is no network.
    """

    home: Home
    reach: Reach | None = Reach.PUBLIC
    _mended: set[str] = field(default_factory=set, compare=False)  # logs whose files were looked at

    def own_round(self) -> list[Met]:
        """Cosign the own log as its signer left it, ask the witnesses, and publish what is complete.

        Raises:
            NotBegunError, PolicyError, RotationError: this home has no policy that can be used.
        BusyError: another process of this home follows.
        """
        with self.home.held("follow", patience=PATIENCE):
            policy = settled(self.home)
            return _met("", "", lambda: self._own(Ours.of(self.home, policy, self.reach)))

    def round_with(self, peer: Peer) -> list[Met]:
        """Exchange every log of the policy with one node.

        Raises:
            NotBegunError, PolicyError, RotationError: as for `own_round`.
        """
        with self.home.held("follow", patience=PATIENCE):
            found: list[Met] = []
            for origin in sorted(self._others()):
                found += self._foreign(peer, Mirror(self.home, origin))
            return found + _met(peer.name, "", lambda: self._collected(peer))

    def _others(self) -> set[str]:
        policy = settled(self.home)
        return {log.key.name for log in policy.logs if not Mirror(self.home, log.key.name).held().own}

    def _foreign(self, peer: Peer, mirror: Mirror) -> list[Met]:
        def follow() -> Met | None:
            if mirror.name not in self._mended:  # once after every start, as the signer does
                mirror.mend()
                self._mended.add(mirror.name)
            took = Foreign(self.home, settled(self.home), mirror, peer).follow()
            if took is None:
                return None
            return Met(peer.name, mirror.name, took.size, took.taken, took.on_record, took.problem)

        return _met(peer.name, mirror.name, follow)

    def _own(self, ours: Ours | None) -> Met | None:
        return Met("", ours.log.name, ours.log.size, on_record=ours.cosign()) if ours else None

    def _collected(self, peer: Peer) -> Met | None:
        ours = Ours.of(self.home, settled(self.home), self.reach)
        on_record = ours.collect(peer) if ours else None
        if ours is None or on_record is None:
            return None
        return Met(peer.name, ours.log.name, ours.log.size, on_record=on_record)


def _met(where: str, log: str, work: Callable[[], Met | None]) -> list[Met]:
    try:
        found = work()
    except DialogueError as error:
        return [Met(where, log, problem=error)]
    return [found] if found else []


def go_round(follower: Follower, peers: Sequence[OpenPeer]) -> list[Met]:
    """Do one round with this node itself and with every other.

    Raises:
        NotBegunError, PolicyError, RotationError: this home has no policy that can be used.
    """
    found = follower.own_round()
    for opened in peers:
        with opened() as peer:
            found += follower.round_with(peer)
    return found
