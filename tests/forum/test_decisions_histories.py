"""Over histories of two governments, honest and not: one state for all orders, and agreement is safe."""

from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest

from hled.forum.decisions import Act, Facts, State, Status, Verb, reduce
from hled.forum.delegations import NATIONAL
from tests.forum.acting import DECISION, MX, US, rules
from tests.forum.histories import Dice, history
from tests.forum.reference import told

RULES = rules(1)
FINAL = (Status.AGREED, Status.IN_EFFECT, Status.ENDED)  # in the order in which they can follow


def both_signed(state: State, acts: list[Act]) -> bool:
    """Whether each government's national key signed an approval of exactly the agreed text."""
    agreed = state.agreement.revision
    approved = {
        act.statement.party
        for act in acts
        if act.statement.verb is Verb.APPROVE
        and act.statement.revision == agreed
        and act.statement.office == NATIONAL
        and act.log == RULES.logs[act.statement.party]
        and act.is_genuine
    }
    return approved == {US, MX}


def check(seed: int, lies: float) -> list[Status]:
    """Let one history arrive act by act, in a random interleaving of both logs, and check every state."""
    choice = Dice(seed)
    us, mx = history(choice, 24, lies=lies)
    acts = [*us.log, *mx.log]
    facts = Facts(frozenset(act.id for act in acts if choice.random() < 0.8))
    arrived: list[Act] = []
    statuses, before = [Status.NONE], reduce(DECISION, [], RULES, facts)
    for act in interleaved(us.log, mx.log, choice):
        arrived.append(act)
        state = reduce(DECISION, choice.sample(arrived, len(arrived)), RULES, facts)
        check_step(before, state, arrived)
        statuses.append(state.status)
        before = state
    assert (
        reduce(DECISION, [*acts, *choice.choices(acts or [None], k=3 * bool(acts))], RULES, facts) == before
    )
    for node in (us, mx):
        here = reduce(DECISION, node.known, RULES, facts)
        if here.agreement is not None:  # what is agreed anywhere is agreed everywhere, on the same text
            assert before.agreement is not None
            assert here.agreement.revision == before.agreement.revision
    return statuses


def interleaved(one: list[Act], other: list[Act], choice: Dice) -> Iterator[Act]:
    """Both logs, each in its order, in one of the orders in which they can arrive."""
    rest = [list(reversed(one)), list(reversed(other))]
    while any(rest):
        yield choice.choice([log for log in rest if log]).pop()


def check_step(before: State, state: State, arrived: list[Act]) -> None:
    """Check what one more act may do: make an agreement with both keys, and never change one."""
    if before.agreement is not None:
        assert state.agreement is not None
        assert state.agreement.revision == before.agreement.revision
        assert FINAL.index(state.status) >= FINAL.index(before.status)
    if state.agreement is not None:
        assert both_signed(state, arrived)
        assert state.heads == (state.agreement.revision,)
    assert (state.agreement is not None) is (state.status in FINAL)


@pytest.mark.slow
@pytest.mark.parametrize("lies", [0.0, 0.5, 1.0])
def test_random_histories_agree_with_the_reference(lies: float) -> None:
    seen = set()
    for seed in range(150):
        choice = Dice(seed)
        us, mx = history(choice, 30, lies=lies)
        acts = [*us.log, *mx.log]
        facts = Facts(frozenset(act.id for act in acts if choice.random() < 0.7))
        state, slow = reduce(DECISION, acts, RULES, facts), told(DECISION, acts, RULES, facts)
        assert (state.status, state.agreement and state.agreement.revision) == (slow.status, slow.agreed)
        assert set(state.heads) == slow.heads
        assert {item.act: item.reason for item in state.refusals} == slow.refusals
        assert set(state.waiting) == slow.waiting
        seen.add(state.status)
    assert Status.OPEN in seen
    assert seen & set(FINAL)


@pytest.mark.parametrize("lies", [0.0, 0.3, 0.7])
@pytest.mark.parametrize("least", [3_400, pytest.param(50_000, marks=[pytest.mark.slow])])
def test_no_illegal_state_in_many_interleavings(lies: float, least: int) -> None:
    seen: Counter[Status] = Counter()
    for seed in count():
        seen.update(check(seed, lies))
        if seen.total() >= least:
            break
    assert {Status.OPEN, Status.WITHDRAWN, Status.AGREED, Status.IN_EFFECT} <= set(seen)


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_arrival_and_copies_change_nothing(seed: int) -> None:
    choice = Dice(seed)
    us, mx = history(choice, 30, lies=0.4)
    acts = [*us.log, *mx.log]
    state = reduce(DECISION, acts, RULES)
    for _ in range(5):
        assert reduce(DECISION, choice.sample([*acts, *acts], 2 * len(acts)), RULES) == state
