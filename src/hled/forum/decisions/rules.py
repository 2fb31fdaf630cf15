"""What the reducer is told beside the acts: keys, delegations, logs, and how texts are compared.

All of it is public and on the record, so that anyone derives the same state. Serves every work-plan line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from hled.forum.decisions.keys import Keys, KeyTerm
from hled.forum.decisions.text import Text
from hled.forum.delegations import NATIONAL, Delegation
from hled.forum.names import dialogue_names
from hled.language.concordance import VERSION, Status, compare
from hled.workplan.types import Party


@dataclass(frozen=True, slots=True)
class Findings:
    """Which paragraphs keep a text from being approved: both versions differ, or one is missing."""

    mismatched: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()


Checker = Callable[[Text], Findings]
Span = tuple[Party, str, tuple[tuple[str, str], ...]]
_NEVER: Final = "~"  # after every date


@lru_cache(maxsize=4096)
def compared(text: Text) -> Findings:
    """Compare both versions of a text, its title too, by the rules of today."""
    found = compare(text.parts, dialogue_names())
    return Findings(
        frozenset(item.paragraph.id for item in found if item.status is Status.MISMATCH),
        frozenset(item.paragraph.id for item in found if item.status is Status.MISSING),
    )


def _checkers() -> Mapping[int, Checker]:
    return {VERSION: compared}


@dataclass(frozen=True)
class Rules:
    """The rules of one dialogue.

    `logs` names the log that each government writes itself; on a node for demonstration it is one for both.
    `checkers` are the rules of concordance by version: an old approval is judged by the rules it names.
    `skew` is how far, in seconds, a signer's clock may run ahead of the record's.
    """

    keys: Keys
    delegations: tuple[Delegation, ...]
    logs: Mapping[Party, str]
    checkers: Mapping[int, Checker] = field(default_factory=_checkers)
    skew: int = 300
    spans: Mapping[str, Span] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spans = {
            key: (terms[0].party, terms[0].office, self._spans(terms))
            for key, terms in self.keys.by_key.items()
        }
        object.__setattr__(self, "spans", spans)

    def _spans(self, terms: tuple[KeyTerm, ...]) -> tuple[tuple[str, str], ...]:
        """Return the times in which a key and its office both hold, for looking it up quickly."""
        found = []
        for key in terms:
            for side in self.delegations:
                if side.party is key.party and (key.office == NATIONAL or key.office in side.ministries):
                    ends = [item.end or _NEVER for item in (key.term, side.term)]
                    found.append((max(key.term.start, side.term.start), min(ends)))
        return tuple(found)

    def delegation(self, party: Party, moment: str) -> Delegation | None:
        """Return the side of `party` at a UTC moment."""
        for item in self.delegations:
            if item.party is party and item.term.holds(moment):
                return item
        return None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the record: `cosigned` are acts under a checkpoint that the other side cosigned.

    Facts only grow: a cosignature is never taken back.
    """

    cosigned: frozenset[str] = frozenset()
