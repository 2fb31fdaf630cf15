"""Over histories of two governments, honest and not: one state for all orders, and agreement is safe."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hled.forum.decisions import Act, Facts, State, Status, Verb, reduce
from hled.forum.delegations import NATIONAL
from tests.forum.acting import DECISION, MX, US, covering, rules
from tests.forum.histories import Dice, history
from tests.forum.reference import told

RULES = rules(1)
FINAL = {Status.AGREED, Status.IN_EFFECT, Status.ENDED}


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


def check(seed: int, steps: int, lies: float) -> State:
    """Run one history and check everything that must hold of it."""
    choice = Dice(seed)
    us, mx = history(choice, steps, lies=lies)
    acts = [*us.log, *mx.log]
    facts = Facts(frozenset(act.id for act in acts if choice.random() < 0.7))
    state = reduce(DECISION, acts, RULES, facts)
    shuffled = [*acts, *choice.choices(acts, k=5)] if acts else []
    choice.shuffle(shuffled)
    assert reduce(DECISION, shuffled, RULES, facts) == state
    if state.agreement is not None:
        assert both_signed(state, acts)
        assert state.status in FINAL
        assert state.heads == (state.agreement.revision,)
    for node in (us, mx):
        here = reduce(DECISION, node.known, RULES, facts)
        if here.agreement is not None:  # what is agreed anywhere is agreed everywhere, on the same text
            assert state.agreement is not None
            assert here.agreement.revision == state.agreement.revision
            assert here.status in {state.status, Status.AGREED, Status.IN_EFFECT}
    return state


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
    assert FINAL & seen


@pytest.mark.parametrize("lies", [0.0, 0.3, 0.7])
@pytest.mark.parametrize("count", [150, pytest.param(3_400, marks=[pytest.mark.slow])])
def test_no_illegal_state_in_ten_thousand_interleavings(lies: float, count: int) -> None:
    statuses = [check(seed, 24, lies).status for seed in range(count)]
    assert {Status.OPEN, Status.WITHDRAWN} <= set(statuses)
    assert FINAL & set(statuses)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_illegal_state_in_a_million_interleavings() -> None:
    for seed in range(1_000_000):
        check(seed, 16, (seed % 10) / 10)


@given(st.randoms(use_true_random=False), st.integers(5, 40), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_what_is_agreed_stays_agreed_whatever_one_side_adds(
    choice: random.Random, steps: int, lies: float
) -> None:
    us, mx = history(choice, steps, lies=lies)
    prefixes = [0, 0]
    logs = (us.log, mx.log)
    agreed = None
    while any(done < len(log) for done, log in zip(prefixes, logs, strict=True)):
        side = choice.choice([place for place in (0, 1) if prefixes[place] < len(logs[place])])
        prefixes[side] += 1
        acts = [act for log, done in zip(logs, prefixes, strict=True) for act in log[:done]]
        state = reduce(DECISION, acts, RULES, covering(acts))
        if agreed is not None:
            assert state.agreement is not None
            assert state.agreement.revision == agreed
        agreed = state.agreement.revision if state.agreement else None
