"""A state machine of two nodes: whatever both sides do, in whatever order it arrives, the rules hold."""

import datetime as dt
import random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hled.forum.decisions import Reason, State, Status, Verb, admissible, pending, reduce
from hled.forum.delegations import NATIONAL
from hled.workplan.types import Party
from tests.forum.acting import DECISION, MINISTRIES, MX, OTHER, US, Node, covering, rules, text, two
from tests.forum.histories import blind, known_texts, wild
from tests.forum.reference import told

PARTIES = st.sampled_from(list(Party))
RULES = rules(1)


class Dialogue(RuleBasedStateMachine):
    """Both governments act in every way that they can; acts arrive late or not at all."""

    def __init__(self) -> None:
        super().__init__()
        us, mx = two(1)
        self.nodes: dict[Party, Node] = {US: us, MX: mx}
        self.agreed: str | None = None
        self.in_effect = False

    @property
    def state(self) -> State:
        """What follows from both logs, all of it cosigned."""
        acts = [*self.nodes[US].log, *self.nodes[MX].log]
        return reduce(DECISION, acts, RULES, covering(acts))

    def pick(self, party: Party, choice: random.Random) -> str:
        return choice.choice(known_texts(self.nodes[party])).hash

    @initialize(party=PARTIES)
    def propose(self, party: Party) -> None:
        self.nodes[party].act(Verb.PROPOSE, text("one"), MINISTRIES[party][0])
        self.arrive(OTHER[party], 1)

    @rule(party=PARTIES, count=st.integers(1, 5))
    def arrive(self, party: Party, count: int) -> None:
        self.nodes[party].pull(self.nodes[OTHER[party]], count)

    @rule(party=PARTIES, label=st.sampled_from(["two", "three", "MISMATCH"]), choice=st.randoms())
    def revise(self, party: Party, label: str, choice: random.Random) -> None:
        self.nodes[party].act(Verb.REVISE, text(label, self.pick(party, choice)), MINISTRIES[party][1])

    @rule(party=PARTIES, choice=st.randoms())
    def clear_and_approve(self, party: Party, choice: random.Random) -> None:
        node, on = self.nodes[party], self.pick(party, choice)
        node.act(Verb.CLEAR, on, MINISTRIES[party][2])
        act = node.act(Verb.APPROVE, on)
        refused = {item.act: item.reason for item in node.state().refusals}
        known = [other for other in node.known if other is not act]
        refusal = admissible(act, known, RULES)
        assert (refusal is not None) is (act.id in refused)
        assert refusal is None or refusal.reason in {
            Reason.UNKNOWN_REVISION,  # its own revision was refused
            Reason.STALE_REVISION,
            Reason.ALREADY_AGREED,
            Reason.WITHDRAWN,
            Reason.MISMATCH,
            Reason.NOT_CLEARED,
            Reason.OUT_OF_TURN,
        }

    @rule(
        party=PARTIES, verb=st.sampled_from([Verb.OBJECT, Verb.WITHDRAW, Verb.RECONCILE]), choice=st.randoms()
    )
    def say(self, party: Party, verb: Verb, choice: random.Random) -> None:
        self.nodes[party].act(verb, self.pick(party, choice), NATIONAL)

    @rule(party=PARTIES, choice=st.randoms())
    def lie(self, party: Party, choice: random.Random) -> None:
        choice.choice((blind, wild))(self.nodes[party], choice)

    @precondition(lambda self: self.state.status is Status.OPEN)
    @rule(days=st.integers(1, 100_000))
    def keep_silent(self, days: int) -> None:
        """Nothing but time passes: whoever owed an answer owes it still, and nothing else changed."""
        before = self.state
        later = dt.date(2026, 1, 1) + dt.timedelta(days)
        owed = {item.party for party in Party for item in pending(before, party, later)}
        assert owed, "an open decision waits for somebody"
        assert self.state == before

    @invariant()
    def agreement_only_grows(self) -> None:
        """What is agreed stays agreed on the same text, here and wherever the acts have arrived."""
        state = self.state
        now = state.agreement.revision if state.agreement else None
        assert self.agreed in {None, now}
        assert not self.in_effect or state.status in {Status.IN_EFFECT, Status.ENDED}
        self.agreed, self.in_effect = now, state.status in {Status.IN_EFFECT, Status.ENDED}
        for node in self.nodes.values():
            here = node.state()
            assert here.agreement is None or here.agreement.revision == now

    @invariant()
    def the_reference_says_the_same(self) -> None:
        acts = [*self.nodes[US].log, *self.nodes[MX].log]
        slow = told(DECISION, acts, RULES, covering(acts))
        state = self.state
        assert (state.status, set(state.heads)) == (slow.status, slow.heads)
        assert {item.act: item.reason for item in state.refusals} == slow.refusals


Dialogue.TestCase.settings = settings(max_examples=25, stateful_step_count=18, deadline=None)
TestDialogue = Dialogue.TestCase
