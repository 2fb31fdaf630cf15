"""Joining: the policy of the dialogue, made of both governments' cards and those of the witnesses."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hled.record.key_history import KeyHistory, Placed
from hled.record.objects import write_whole
from hled.record.policies import Policy
from hled.record.rotations import Rotation
from hled.web.nodes.cards import composed, read_card
from hled.web.nodes.errors import CardError, refusal
from hled.web.nodes.home import Home, keep_configuration, read_configuration


def join(home: Home, cards: Sequence[Path], *, society: int = 0, peers: Sequence[str] = ()) -> Policy:
    """Put the policy of these cards, and of this node's own, into force, and return it.

    `peers` are the addresses to follow; without them, those that the policy names are.

    Raises:
        CardError: a card cannot be read or names a key that was changed since, or they do not fit together.
        RotationError, PolicyError: the history of keys that is there is damaged.
        ConfigurationError: `node.toml` cannot be read.
    """
    own = read_configuration(home)
    read = [read_card(path) for path in cards]
    if own is not None:
        mine = read_card(home.card)
        read = [mine, *(card for card in read if card != mine)]
    policy = composed(read, society=society)
    history = _history(home, policy)
    if own is not None and peers:
        keep_configuration(home, replace(own, peers=tuple(peers)))
    write_whole(home.key_history, history.encode())
    home.keep_policy(policy)
    return policy


def _history(home: Home, policy: Policy) -> KeyHistory:
    """Return the history of keys that ends in the new policy: the one that is there, with its changes.

    Raises:
        CardError: a key of the new policy was changed before.
        RotationError, PolicyError: the history that is there is damaged.
    """
    if not home.key_history.is_file():
        return KeyHistory(policy)
    changes = KeyHistory.parse(home.key_history.read_bytes()).rotations
    retired = {item.rotation.old for item in changes}
    for key in policy.keys:
        if key in retired:
            raise _retired(key.name)
    first = policy
    kept: list[Placed] = []
    for item in reversed(changes):
        if item.rotation.new in first.keys:  # another's, whose card is no longer among these
            first = _before(first, item.rotation)
            kept.insert(0, item)
    return KeyHistory(first, tuple(kept))


def _before(policy: Policy, change: Rotation) -> Policy:
    old, new = change.old, change.new
    logs = tuple(replace(log, key=old) if log.key == new else log for log in policy.logs)
    witnesses = tuple(replace(item, key=old) if item.key == new else item for item in policy.witnesses)
    return replace(policy, logs=logs, witnesses=witnesses)


def _retired(name: str) -> CardError:
    return refusal(
        CardError,
        "A card names a key of “{name}” that was changed on the record since: it no longer counts. Ask its "
        "operator for today's card, which `hled node rotate` wrote.",
        "Una tarjeta nombra una clave de «{name}» que fue cambiada después en el registro: ya no cuenta. "
        "Pida a su operador la tarjeta vigente, que escribió `hled node rotate`.",
        name=name,
    )
