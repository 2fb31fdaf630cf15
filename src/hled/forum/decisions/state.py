"""What follows from the acts on a decision: its status, its revisions, who stands where, what is refused.

A state is derived anew from the record whenever it is asked for. Whatever waits for a government is shown
with its age; no age turns silence into consent. Serves every work-plan line.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hled.forum.decisions.refusals import Refusal
from hled.forum.decisions.statements import Act
from hled.forum.decisions.status import Status
from hled.forum.decisions.text import Successor, Text
from hled.language import Bilingual
from hled.language.concordance import Resolution
from hled.workplan.types import Party
from hled.workplan.words import PARTY


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision and the acts about it that count; `clearances` are one for each ministry that stands by it.

    `lapsed` are approvals that an edit or an objection ended, `late_objections` those made after both had
    agreed: they are on the record and change nothing.

    `unconfirmed` are governments whose approval stands beside the other's and does not make an agreement yet:
    the other one came from another text, and they approve once more, having seen that.
    """

    text: Text
    proposals: tuple[Act, ...]
    clearances: tuple[Act, ...]
    approvals: tuple[Act, ...]
    lapsed: tuple[Act, ...]
    objections: tuple[Act, ...]
    late_objections: tuple[Act, ...]
    reconciled: tuple[Act, ...]
    unconfirmed: tuple[Party, ...] = ()

    @property
    def hash(self) -> str:
        """The hash of the text."""
        return self.text.hash

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """What both sides said about differences between the versions, as `concordance.compare` takes it."""
        digests = {part.id: part.digest for part in self.text.parts}
        return tuple(
            Resolution(digests[act.statement.paragraph], act.party.value, act.reason)
            for act in self.reconciled
            if act.statement.paragraph in digests and act.reason is not None
        )

    def approved_by(self, party: Party) -> Act | None:
        """Return the approval of `party` that stands."""
        return next((act for act in self.approvals if act.party is party), None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One text, approved by both governments."""

    revision: str
    us: Act
    mx: Act


@dataclass(frozen=True, slots=True)
class State:
    """A decision as the record has it.

    `heads` are the revisions that nobody revised further: two while two are on the table, the agreed one once
    there is one. `frontier` is what the next act names as seen. `waiting` are acts that refer to acts which
    have not arrived. `ending` are governments that ask to end what was agreed; both must.
    """

    decision: str
    status: Status
    revisions: tuple[Revision, ...] = ()
    heads: tuple[str, ...] = ()
    agreement: Agreement | None = None
    withdrawals: tuple[Act, ...] = ()
    ending: tuple[Act, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    waiting: tuple[str, ...] = ()
    frontier: tuple[str, ...] = ()
    superseded_by: tuple[Successor, ...] = ()

    def revision(self, wanted: str) -> Revision | None:
        """Return the revision of a hash."""
        return next((item for item in self.revisions if item.hash == wanted), None)

    @property
    def proposers(self) -> frozenset[Party]:
        """The governments that put the decision on the table."""
        return frozenset(
            act.party for item in self.revisions if item.text.parent is None for act in item.proposals
        )


class Need(StrEnum):
    """What a government still owes an answer with."""

    APPROVAL = "approval"
    CONFIRMATION = "confirmation"  # approve once more, having seen that the other side left another text
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Pending:
    """An answer that is owed for one revision, since a day, for so many days."""

    party: Party
    need: Need
    revision: str
    since: dt.date
    days: int

    @property
    def message(self) -> Bilingual:
        """For people: pending Mexico, 41 days."""
        return _PENDING[self.days == 1].format(party=PARTY[self.party], days=f"{self.days:,}")


_PENDING: Final = {
    False: Bilingual("pending {party}, {days} days", "pendiente de {party}, {days} días"),
    True: Bilingual("pending {party}, {days} day", "pendiente de {party}, {days} día"),
}


def pending(state: State, party: Party, today: dt.date) -> tuple[Pending, ...]:
    """Return what waits for `party`, each with its age on the day that the caller gives.

    An approval is awaited since the other side approved the text, else since the text was proposed. However
    old, it stays awaited: silence is never consent.
    """
    return tuple(
        Pending(party, need, revision, since, max((today - since).days, 0))
        for need, revision, since in _owed(state, party)
    )


def _owed(state: State, party: Party) -> Iterator[tuple[Need, str, dt.date]]:
    if state.status is Status.OPEN:
        for item in state.revisions:
            need = Need.CONFIRMATION if party in item.unconfirmed else Need.APPROVAL
            owes = need is Need.CONFIRMATION or item.approved_by(party) is None
            if item.hash in state.heads and owes:
                acts = [act for act in item.approvals if act.party is not party] or item.proposals
                yield need, item.hash, _day(min(act.entered for act in acts))
    agreed = state.agreement
    if agreed is not None and state.status in {Status.AGREED, Status.IN_EFFECT}:
        asked = [act for act in state.ending if act.party is not party]
        if asked and all(act.party is not party for act in state.ending):
            yield Need.ENDING, agreed.revision, _day(min(act.entered for act in asked))


def _day(moment: str) -> dt.date:
    return dt.date.fromisoformat(moment[:10])
