"""The refusals of outgoing connections: one small tree, each saying in both languages what to do.

It serves the exchange between the two nodes, under every work-plan line.
"""

from typing import TypeVar

from hled.language import Bilingual, DialogueError


class FetchError(DialogueError):
    """Something could not be fetched."""

    code = "fetch.failed"


class AddressError(FetchError):
    """An address is malformed, or leads into a private network and nobody allowed that."""

    code = "fetch.bad_address"


class UnreachableError(FetchError):
    """The other side does not answer, not in time, or its certificate does not hold; it may do so later."""

    code = "fetch.unreachable"


class AnswerError(FetchError):
    """The other side answers, but with something else than the file asked for."""

    code = "fetch.bad_answer"


class NotThereError(AnswerError):
    """The other side has no such file (404 or 410)."""

    code = "fetch.not_there"


class AnswerTooLargeError(AnswerError):
    """The answer is larger than anything that may stand at this place."""

    code = "fetch.too_large"


Kind = TypeVar("Kind", bound=FetchError)


def refusal(kind: type[Kind], en: str, es: str, **facts: object) -> Kind:
    """Return an error of `kind` whose two texts name the same facts, each shortened to 200 characters."""
    shown = {name: str(fact)[:200] for name, fact in facts.items()}
    return kind(Bilingual(en=en, es=es).format(**shown))
