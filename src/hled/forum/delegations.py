"""Who takes part for each government: delegations with their ministries, each for a term.

A ministry clears, a government approves: a national key counts only after a quorum of the delegation's own
ministries cleared the same text. Serves the governance of every work-plan line.
"""

from dataclasses import dataclass
from typing import Final

from hled.forum.errors import DelegationError, refused
from hled.workplan.types import Party

NATIONAL: Final = "national"  # the office that speaks for the government itself


@dataclass(frozen=True, slots=True)
class Term:
    """From `start` to before `end` (None: open), as ISO dates or UTC moments, which order as text."""

    start: str
    end: str | None = None

    def __post_init__(self) -> None:
        if not self.start or (self.end is not None and self.end <= self.start):
            raise refused(
                DelegationError,
                "A term ends after it begins, not from {start} to {end}.",
                "Un periodo termina después de comenzar, no va de {start} a {end}.",
                start=self.start,
                end=self.end,
            )

    def holds(self, moment: str) -> bool:
        """Say whether an ISO date or UTC moment lies within the term."""
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class Delegation:
    """A government's side for a term: `ministries` are agency ids, of whom `quorum` must clear a text."""

    party: Party
    ministries: tuple[str, ...]
    quorum: int
    term: Term

    def __post_init__(self) -> None:
        odd = len(set(self.ministries)) < len(self.ministries) or NATIONAL in self.ministries
        if odd or not 1 <= self.quorum <= len(self.ministries):
            raise refused(
                DelegationError,
                "The delegation of {party} names {count} ministries; a quorum of {quorum} does not fit.",
                "La delegación de {party} nombra {count} dependencias; un quórum de {quorum} no corresponde.",
                party=self.party.value,
                count=len(self.ministries),
                quorum=self.quorum,
            )


def example_delegations() -> tuple[Delegation, Delegation]:
    """Return the two sides as the public record names their co-chairs since 2021.

    State, Commerce, USTR; SRE, SE, SHCP. No source publishes how many of them must clear a text: two of three
    is this example's own choice, and every government sets its own.
    """
    since = Term("2021-09-09")
    return (
        Delegation(Party.US, ("us-state", "us-commerce", "us-ustr"), 2, since),
        Delegation(Party.MX, ("mx-sre", "mx-se", "mx-shcp"), 2, since),
    )
