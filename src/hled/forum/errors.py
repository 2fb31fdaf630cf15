"""What can go wrong when the dialogue's acts are written or read, said in both languages.

An act that is well formed but may not count is no error: the state of a decision lists it as refused, with
the reason (`hled.forum.decisions.refusals`). Serves every work-plan line.
"""

from typing import TypeVar

from hled.language import Bilingual, DialogueError


class ForumError(DialogueError):
    """An act of the dialogue cannot be written or read."""

    code = "forum.refused"


class TextError(ForumError):
    """A text for decision is malformed: ids twice, no paragraph, or bytes that are not canonical."""

    code = "forum.bad_text"


class ActError(ForumError):
    """An act on a decision lacks what its verb needs, or says it in another form."""

    code = "forum.bad_act"


class OfficeKeyError(ForumError):
    """A key for acts of an office cannot be used: of another kind, used elsewhere, or badly changed."""

    code = "forum.bad_key"


class DelegationError(ForumError):
    """A delegation makes no sense: no ministries, or a quorum that they cannot reach."""

    code = "forum.bad_delegation"


Kind = TypeVar("Kind", bound=ForumError)


def refused(kind: type[Kind], en: str, es: str, **facts: object) -> Kind:
    """Return an error of `kind` whose two texts name the same facts, each shortened to 120 characters."""
    shown = {name: fact if isinstance(fact, Bilingual) else str(fact)[:120] for name, fact in facts.items()}
    return kind(Bilingual(en=en, es=es).format(**shown))
