"""The refusals of a node: about its keys, its configuration, what it signed before, and sticks of files.

It serves the promise of transparency under every work-plan line: who runs a node must know what to do next.
"""

from typing import TypeVar

from hled.language import Bilingual, DialogueError


class NodeError(DialogueError):
    """Something about this node stands in the way."""

    code = "node.refused"


class NotBegunError(NodeError):
    """This home has no keys, no configuration or no policy yet."""

    code = "node.not_begun"


class KeysExistError(NodeError):
    """Keys would be overwritten."""

    code = "node.keys_exist"


class KeyFileError(NodeError):
    """A key file cannot be read, is readable by others, or holds no key."""

    code = "node.bad_key_file"


class ConfigurationError(NodeError):
    """The configuration of the node, or what is asked of it, cannot be used."""

    code = "node.bad_configuration"


class CardError(NodeError):
    """A card does not describe a node or a witness, or cards do not fit together."""

    code = "node.bad_card"


class BehindError(NodeError):
    """The database holds fewer entries than this node has signed: a backup was restored."""

    code = "node.behind"


class DivergedError(NodeError):
    """The database does not begin with the entries that this node has signed."""

    code = "node.diverged"


class WitnessRefusesError(NodeError):
    """A witness does not cosign a checkpoint of this node's log."""

    code = "node.witness_refuses"


class StickError(NodeError):
    """A file of `hled sync --file` cannot be used."""

    code = "node.bad_stick"


class BusyError(NodeError):
    """Another process of this home is at the same work."""

    code = "node.busy"


class NoRoomError(NodeError):
    """The disk is nearly full; nothing more is fetched."""

    code = "node.no_room"


Kind = TypeVar("Kind", bound=NodeError)


def refusal(kind: type[Kind], en: str, es: str, **facts: object) -> Kind:
    """Return an error of `kind` whose two texts name the same facts, each shortened to 200 characters."""
    shown = {name: fact if isinstance(fact, Bilingual) else str(fact)[:200] for name, fact in facts.items()}
    return kind(Bilingual(en=en, es=es).format(**shown))
