"""Joining: the policy of the dialogue, made of both governments' cards and those of the witnesses."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hled.record.key_history import KeyHistory
from hled.record.objects import write_whole
from hled.record.policies import Policy
from hled.web.nodes.cards import composed, read_card
from hled.web.nodes.home import Home, keep_configuration, read_configuration


def join(home: Home, cards: Sequence[Path], *, society: int = 0, peers: Sequence[str] = ()) -> Policy:
    """Put the policy of these cards, and of this node's own, into force, and return it.

    `peers` are the addresses to follow; without them, those that the policy names are.

    Raises:
        CardError: a card cannot be read, or they do not fit together.
        ConfigurationError: `node.toml` cannot be read.
    """
    own = read_configuration(home)
    read = [read_card(path) for path in cards]
    if own is not None:
        mine = read_card(home.card)
        read = [mine, *(card for card in read if card != mine)]
    policy = composed(read, society=society)
    if own is not None and peers:
        keep_configuration(home, replace(own, peers=tuple(peers)))
    write_whole(home.key_history, KeyHistory(policy).encode())
    home.keep_policy(policy)
    return policy
