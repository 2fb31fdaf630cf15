"""Who may begin what: every role, every state, every verb, written down one by one."""

import itertools

import pytest

from hled.forum.decisions import Status, Verb
from hled.forum.delegations import NATIONAL, Delegation, Term, example_delegations
from hled.forum.errors import DelegationError
from hled.forum.permissions import Barrier, Role, Seat, may
from hled.workplan import bundled_record
from tests.forum.acting import MX, US

TERM = Term("2026-01-01", "2027-01-01")
TODAY = "2026-06-01"
# P propose, R revise, U supersede, C clear, E reconcile, A approve, O object, W withdraw.
LETTERS = dict(
    zip("PRUCEAOW", [Verb.PROPOSE, Verb.REVISE, Verb.SUPERSEDE, Verb.CLEAR, Verb.RECONCILE, Verb.APPROVE,
                     Verb.OBJECT, Verb.WITHDRAW], strict=True)
)  # fmt: skip
TABLE = {
    #                    none  open      agreed  in_effect  withdrawn  ended  superseded
    Role.SIGNER:        ("P", "REAOW", "OWU", "OWU", "", "", ""),
    Role.CO_CHAIR:      ("P", "RCEO", "OU", "OU", "", "", ""),
    Role.DEPUTY:        ("P", "RCEO", "OU", "OU", "", "", ""),
    Role.OFFICER:       ("P", "R", "U", "U", "", "", ""),
    Role.OBSERVER:      ("", "", "", "", "", "", ""),
}  # fmt: skip


def seat(role: Role, party: object = US, term: Term = TERM) -> Seat:
    office = NATIONAL if role is Role.SIGNER else "us-state"
    return Seat("somebody", party, office, role, term)


@pytest.mark.parametrize(("role", "status", "verb"), list(itertools.product(Role, Status, Verb)))
def test_the_whole_table(role: Role, status: Status, verb: Verb) -> None:
    cell = TABLE[role][list(Status).index(status)]
    ruling = may(seat(role), verb, status, on=TODAY, proposers=[US])
    assert ruling.is_allowed is (verb in {LETTERS[letter] for letter in cell})
    assert (ruling.message is None) is ruling.is_allowed
    if ruling.message is not None:
        assert ruling.message.en != ruling.message.es
        assert ruling.barrier in {Barrier.ROLE, Barrier.STATE}


def test_only_who_proposed_withdraws_before_agreement() -> None:
    asked = {"on": TODAY, "proposers": [MX]}
    assert may(seat(Role.SIGNER), Verb.WITHDRAW, Status.OPEN, **asked).barrier is Barrier.NOT_THE_PROPOSER
    assert may(seat(Role.SIGNER), Verb.WITHDRAW, Status.IN_EFFECT, **asked).is_allowed


@pytest.mark.parametrize(("day", "allowed"), [("2025-12-31", False), (TODAY, True), ("2027-01-01", False)])
def test_a_seat_counts_in_its_term(day: str, allowed: bool) -> None:
    ruling = may(seat(Role.CO_CHAIR), Verb.CLEAR, Status.OPEN, on=day)
    assert ruling.is_allowed is allowed
    assert allowed or ruling.barrier is Barrier.TERM


@pytest.mark.parametrize("verb", list(Verb))
def test_nobody_acts_without_a_seat(verb: Verb) -> None:
    assert {may(None, verb, status, on=TODAY).barrier for status in Status} == {Barrier.NO_SEAT}


def test_only_a_signer_holds_the_national_office() -> None:
    for role, office in [(Role.SIGNER, "us-state"), (Role.CO_CHAIR, NATIONAL), (Role.OBSERVER, NATIONAL)]:
        with pytest.raises(DelegationError):
            Seat("somebody", US, office, role, TERM)


@pytest.mark.parametrize(
    ("ministries", "quorum"), [((), 1), (("a",), 0), (("a",), 2), (("a", "a"), 1), ((NATIONAL,), 1)]
)
def test_a_delegation_can_reach_its_quorum(ministries: tuple[str, ...], quorum: int) -> None:
    with pytest.raises(DelegationError):
        Delegation(US, ministries, quorum, TERM)


def test_the_example_names_the_co_chairs_of_the_public_record() -> None:
    agencies = {agency.id: agency for agency in bundled_record().agencies}
    us, mx = example_delegations()
    assert {(side.party, agencies[name].party) for side in (us, mx) for name in side.ministries} == {
        (US, US),
        (MX, MX),
    }
    assert [agencies[name].short.en for name in us.ministries] == ["State", "Commerce", "USTR"]
    assert [agencies[name].short.es for name in mx.ministries] == ["SRE", "SE", "SHCP"]
