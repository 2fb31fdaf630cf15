"""What a person of a delegation may begin: a pure rule of role, verb, term and the decision's state.

Whether an act counts in the end, the reducer says from keys and signatures; these rules decide what a page
offers and an action accepts, and say why not. Serves the governance of every work-plan line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hled.forum.decisions.statements import Verb
from hled.forum.decisions.status import Status
from hled.forum.delegations import NATIONAL, Term
from hled.forum.errors import DelegationError, refused
from hled.language import Bilingual
from hled.workplan.types import Party


class Role(StrEnum):
    """What a person is in a delegation."""

    SIGNER = "signer"  # keeps the national key
    CO_CHAIR = "co_chair"  # heads a ministry's side and keeps its key
    DEPUTY = "deputy"  # stands in for a co-chair, so that one absence blocks nothing
    OFFICER = "officer"  # prepares texts
    OBSERVER = "observer"  # reads


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in a delegation; `office` is an agency id, or `national` for a signer."""

    person: str
    party: Party
    office: str
    role: Role
    term: Term

    def __post_init__(self) -> None:
        if (self.role is Role.SIGNER) is not (self.office == NATIONAL):
            raise refused(
                DelegationError,
                "A signer, and nobody else, holds the national office; not {role} of {office}.",
                "Quien firma, y nadie más, ocupa la oficina nacional; no {role} de {office}.",
                role=self.role.value,
                office=self.office,
            )


class Barrier(StrEnum):
    """Why a person may not begin an act."""

    NO_SEAT = "no_seat"
    TERM = "term"
    ROLE = "role"
    STATE = "state"
    NOT_THE_PROPOSER = "not_the_proposer"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an act may begin; `barrier` and `message` say why not."""

    barrier: Barrier | None = None

    @property
    def is_allowed(self) -> bool:
        """Whether nothing stands against it."""
        return self.barrier is None

    @property
    def message(self) -> Bilingual | None:
        """Why not, and what to do; None where the act may begin."""
        return None if self.barrier is None else _BARRIERS[self.barrier]


_DRAFTING: Final = frozenset({Verb.PROPOSE, Verb.REVISE, Verb.SUPERSEDE})
_MINISTRY: Final = _DRAFTING | {Verb.CLEAR, Verb.RECONCILE, Verb.OBJECT}
MAY: Final[dict[Role, frozenset[Verb]]] = {
    Role.SIGNER: _DRAFTING | {Verb.RECONCILE, Verb.APPROVE, Verb.OBJECT, Verb.WITHDRAW},
    Role.CO_CHAIR: _MINISTRY,
    Role.DEPUTY: _MINISTRY,
    Role.OFFICER: _DRAFTING,
    Role.OBSERVER: frozenset(),
}
_STANDING: Final = frozenset({Verb.OBJECT, Verb.WITHDRAW, Verb.SUPERSEDE})
WHEN: Final[dict[Status, frozenset[Verb]]] = {
    Status.NONE: frozenset({Verb.PROPOSE}),
    Status.OPEN: frozenset(
        {Verb.REVISE, Verb.CLEAR, Verb.RECONCILE, Verb.APPROVE, Verb.OBJECT, Verb.WITHDRAW}
    ),
    Status.AGREED: _STANDING,
    Status.IN_EFFECT: _STANDING,
    Status.WITHDRAWN: frozenset(),
    Status.ENDED: frozenset(),
    Status.SUPERSEDED: frozenset(),
}
_BARRIERS: Final[dict[Barrier, Bilingual]] = {
    Barrier.NO_SEAT: Bilingual(
        "You have no seat in a delegation. Ask your delegation's secretariat for one.",
        "Usted no tiene lugar en ninguna delegación. Solicítelo al secretariado de su delegación.",
    ),
    Barrier.TERM: Bilingual(
        "Your term in the delegation has not begun or is over. Ask your secretariat to renew it.",
        "Su periodo en la delegación no ha comenzado o ya terminó. Solicite a su secretariado que "
        "lo renueve.",
    ),
    Barrier.ROLE: Bilingual(
        "Your role does not do this: officers draft, ministries clear, the government's signer approves.",
        "Su función no hace esto: el personal redacta, las dependencias dan su visto bueno y quien firma por "
        "el gobierno aprueba.",
    ),
    Barrier.STATE: Bilingual(
        "This cannot be done in the decision's present state. Open the decision to see what can.",
        "Esto no puede hacerse en el estado actual de la decisión. Ábrala para ver qué puede hacerse.",
    ),
    Barrier.NOT_THE_PROPOSER: Bilingual(
        "Only who proposed can withdraw the proposal. To refuse it, object with a reason.",
        "Solo quien propuso puede retirar la propuesta. Para rechazarla, objete con un motivo.",
    ),
}


def may(seat: Seat | None, verb: Verb, status: Status, *, on: str, proposers: Iterable[Party] = ()) -> Ruling:
    """Say whether the holder of `seat` may begin `verb` on a decision.

    Args:
        seat: the person's place; None for somebody without one.
        verb: what they want to do; `supersede` is asked about the decision to be superseded.
        status: the decision's.
        on: the ISO date or UTC moment of the asking.
        proposers: who proposed the decision: before it is agreed only they withdraw it.
    """
    if seat is None:
        return Ruling(Barrier.NO_SEAT)
    if not seat.term.holds(on):
        return Ruling(Barrier.TERM)
    if verb not in MAY[seat.role]:
        return Ruling(Barrier.ROLE)
    if verb not in WHEN[status]:
        return Ruling(Barrier.STATE)
    if verb is Verb.WITHDRAW and status is Status.OPEN and seat.party not in set(proposers):
        return Ruling(Barrier.NOT_THE_PROPOSER)
    return Ruling()
