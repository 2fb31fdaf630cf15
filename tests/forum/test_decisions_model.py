"""Every sequence of acts on small instances: no state in which one side alone publishes, hides or edits.

Two governments, two revisions on the table and a third that may come, a key that changes in the middle,
honest acts and acts that claim to have seen less. All sequences up to a depth, each state once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from hled.forum.decisions import Act, Keys, KeyTerm, Reason, Rules, State, Status, Verb, reduce
from hled.forum.delegations import NATIONAL, Delegation, Term
from hled.workplan.types import Party
from tests.forum.acting import BEGIN, DECISION, MINISTRIES, MX, OTHER, US, Node, checked, moment, text, vkey

ROOT = text("one")
OURS, THEIRS = text("ours", ROOT.hash), text("theirs", ROOT.hash)
LATER = text("later", OURS.hash)
CHANGE = moment(14)  # the United States changes its national key here
MINISTRY = {US: "us-state", MX: "mx-sre"}


@cache
def changing_rules() -> Rules:
    """One ministry clears; the national key of the United States is another one from `CHANGE` on."""
    terms = [
        KeyTerm(party, office, vkey(party, office), Term(BEGIN))
        for party in Party
        for office in (NATIONAL, *MINISTRIES[party])
        if (party, office) != (US, NATIONAL)
    ]
    terms += [
        KeyTerm(US, NATIONAL, vkey(US, NATIONAL, 1), Term(BEGIN, CHANGE)),
        KeyTerm(US, NATIONAL, vkey(US, NATIONAL, 2), Term(CHANGE)),
    ]
    sides = tuple(Delegation(party, MINISTRIES[party], 1, Term("2026-01-01")) for party in Party)
    return Rules(Keys(tuple(terms)), sides, {US: "us", MX: "mx"}, {1: checked})


@dataclass(frozen=True)
class World:
    """Both logs, and how much of each has arrived at the other side."""

    us: tuple[Act, ...]
    mx: tuple[Act, ...]
    us_has: int
    mx_has: int

    def node(self, party: Party) -> Node:
        """The node of a government in this world."""
        node = Node(party)
        node.rules = changing_rules()
        ours, theirs, has = (
            (self.us, self.mx, self.us_has) if party is US else (self.mx, self.us, self.mx_has)
        )
        node.log, node.mirror = list(ours), list(theirs[:has])
        return node

    def after(self, node: Node) -> "World":
        """This world after a node went on."""
        log, has = tuple(node.log), len(node.mirror)
        if node.party is US:
            return World(log, self.mx, has, self.mx_has)
        return World(self.us, log, self.us_has, has)

    @property
    def name(self) -> tuple[object, ...]:
        """What makes two worlds the same."""
        return (*(tuple(act.id for act in log) for log in (self.us, self.mx)), self.us_has, self.mx_has)


DERIVED: dict[frozenset[str], State] = {}


def derived(known: Iterable[Act]) -> State:
    """The state that follows; each set of acts is reduced once."""
    acts_ = {act.id: act for act in known}
    name = frozenset(acts_)
    if name not in DERIVED:
        DERIVED[name] = reduce(DECISION, acts_.values(), changing_rules())
    return DERIVED[name]


def begin() -> World:
    """Both texts are on the table, cleared by both sides, and everybody knows."""
    us, mx = Node(US), Node(MX)
    for node in (us, mx):
        node.rules = changing_rules()
    us.act(Verb.PROPOSE, ROOT, "us-state")
    us.act(Verb.REVISE, OURS, "us-state", at=moment(1), seen=us.state().frontier)
    mx.pull(us, 1)
    mx.act(Verb.REVISE, THEIRS, "mx-sre", at=moment(1))
    us.pull(mx)
    mx.pull(us)
    for node in (us, mx):
        for place, body in enumerate((OURS, THEIRS)):
            node.act(Verb.CLEAR, body.hash, MINISTRY[node.party], at=moment(2 + place))
        node.pull(us if node is mx else mx)
    us.pull(mx)
    return World(tuple(us.log), tuple(mx.log), len(us.mirror), len(mx.mirror))


def moves(world: World, *, with_lies: bool) -> Iterator[World]:
    """Every world one act or one arrival further."""
    for party in Party:
        node = world.node(party)
        if len(node.mirror) < len(world.node(OTHER[party]).log):
            node.pull(world.node(OTHER[party]), 1)
            yield world.after(node)
        yield from acts(world, party, lie=False)
        if with_lies:
            yield from acts(world, party, lie=True)


def acts(world: World, party: Party, *, lie: bool) -> Iterator[World]:
    """Every act of one side; a lie claims to have seen less than it did."""
    known = {act.statement.revision for act in world.node(party).known}
    done = [(Verb.APPROVE, OURS), (Verb.APPROVE, THEIRS), (Verb.OBJECT, OURS), (Verb.WITHDRAW, OURS)]
    done += [(Verb.REVISE, LATER)] if LATER.hash not in known else [(Verb.APPROVE, LATER)]
    for verb, body in done:
        for number in (1, 2) if (party, verb) == (US, Verb.APPROVE) else (1,):
            node = world.node(party)
            at = moment(10 + len(node.log))
            present = 2 if party is US and at >= CHANGE else 1
            if verb is Verb.REVISE:
                node.act(verb, body, MINISTRY[party], at=at, **pretended(node, lie=lie))
            if body is LATER:
                node.act(Verb.CLEAR, body.hash, MINISTRY[party], at=at)
            if verb is not Verb.REVISE:
                which = number if verb is Verb.APPROVE else present
                node.act(verb, body.hash, at=at, number=which, **pretended(node, lie=lie))
            yield world.after(node)


def pretended(node: Node, *, lie: bool) -> dict[str, tuple[str, ...]]:
    """What would be seen if only own national acts had come since the beginning."""
    if not lie:
        return {}
    blind = Node(node.party)
    blind.rules = node.rules
    start = START_SIZE[node.party]
    blind.log = node.log[:start] + [act for act in node.log[start:] if act.statement.office == NATIONAL]
    blind.mirror = node.mirror[: START_SIZE[OTHER[node.party]]]
    return {"seen": blind.state().frontier}


START = begin()
START_SIZE = {US: len(START.us), MX: len(START.mx)}


def signed_by_both(state: State, acts_: Iterable[Act]) -> bool:
    assert state.agreement is not None
    keys = {US: {vkey(US, NATIONAL, 1), vkey(US, NATIONAL, 2)}, MX: {vkey(MX, NATIONAL)}}
    return all(
        any(
            act.statement.verb is Verb.APPROVE
            and act.statement.key in keys[party]
            and act.statement.revision == state.agreement.revision
            and act.is_genuine
            for act in acts_
        )
        for party in Party
    )


def explore(depth: int, *, with_lies: bool) -> tuple[int, set[Status]]:
    """Check every world up to `depth` moves from the start; return how many, and the statuses."""
    seen, layer, statuses = {START.name}, [START], set()
    for _ in range(depth):
        following = []
        for world in layer:
            before = derived((*world.us, *world.mx))
            for further in moves(world, with_lies=with_lies):
                if further.name not in seen:
                    seen.add(further.name)
                    following.append(further)
                    statuses.add(checked_world(further, before))
        layer = following
    return len(seen), statuses


def checked_world(world: World, before: State) -> Status:
    """Check one world against the one that it follows from."""
    whole = (*world.us, *world.mx)
    state = derived(whole)
    if before.agreement is not None:
        assert state.agreement is not None, "one act undid an agreement"
        assert state.agreement.revision == before.agreement.revision, "one act exchanged the agreed text"
    if state.agreement is not None:
        assert signed_by_both(state, whole), "agreed without both keys"
        assert not ended_in_sight(state, whole), "agreed against an objection that the other side had seen"
    for party in Party:
        here = derived(world.node(party).known)
        if here.agreement is not None:
            assert state.agreement is not None
            assert here.agreement.revision == state.agreement.revision
    return state.status


def ended_in_sight(state: State, whole: Iterable[Act]) -> bool:
    """Whether the other side had seen that an approval was ended when it approved itself."""
    assert state.agreement is not None
    by_id = {act.id: act for act in whole}
    us, mx = (state.agreement.us, state.agreement.mx)
    refused = {refusal.act for refusal in state.refusals}
    return any(
        act.statement.verb is Verb.OBJECT
        and act.statement.revision == state.agreement.revision
        and act.statement.party is mine.statement.party
        and act.id not in refused
        and mine.id in past(act, by_id)
        and act.id in past(other, by_id)
        for act in whole
        for mine, other in ((us, mx), (mx, us))
    )


def past(act: Act, by_id: dict[str, Act]) -> set[str]:
    found: set[str] = set()
    waiting = list(act.statement.seen)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += by_id[name].statement.seen
    return found


def test_every_sequence_of_honest_acts_is_safe() -> None:
    count, statuses = explore(3, with_lies=False)
    assert count > 1_000
    assert statuses >= {Status.OPEN, Status.AGREED, Status.WITHDRAWN}


def test_every_sequence_with_lies_is_safe() -> None:
    count, statuses = explore(3, with_lies=True)
    assert count > 1_000
    assert Status.AGREED in statuses


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize(("depth", "with_lies"), [(5, False), (4, True)])
def test_every_longer_sequence_is_safe(depth: int, with_lies: bool) -> None:
    count, statuses = explore(depth, with_lies=with_lies)
    assert count > 10_000
    assert statuses >= {Status.OPEN, Status.AGREED, Status.WITHDRAWN}


def test_the_old_key_counts_until_it_is_changed_and_the_new_one_from_then_on() -> None:
    node = START.node(US)
    early, late = moment(5), CHANGE
    for number, at, stands in [(1, early, True), (2, early, False), (1, late, False), (2, late, True)]:
        trial = START.node(US)
        trial.act(Verb.APPROVE, OURS.hash, at=at, number=number)
        page = trial.state().revision(OURS.hash)
        assert page is not None
        assert (page.approved_by(US) is not None) is stands
    assert node.state().status is Status.OPEN


def agreed_on(*nodes: Node) -> set[str]:
    """What is agreed where everything has arrived."""
    state = derived([act for node in nodes for act in node.log])
    return {state.agreement.revision} if state.agreement else set()


def test_two_contradictory_approvals_of_one_key_make_one_agreement_at_most() -> None:
    us, mx = START.node(US), START.node(MX)
    blind = us.state().frontier
    mx.act(Verb.APPROVE, OURS.hash)
    us.act(Verb.APPROVE, OURS.hash)
    mx.act(Verb.APPROVE, THEIRS.hash)
    us.pull(mx)
    seen = tuple(sorted({*blind, *mx.state().frontier}))
    us.act(Verb.APPROVE, THEIRS.hash, seen=seen)  # as if it had never approved its own
    assert us.state().refusals[0].reason is Reason.OUT_OF_TURN
    assert agreed_on(us, mx) == {OURS.hash}


def test_a_text_approved_by_both_unseen_is_not_exchanged_for_a_later_one() -> None:
    us, mx = START.node(US), START.node(MX)
    blind = us.state().frontier
    mx.act(Verb.APPROVE, OURS.hash)
    us.act(Verb.REVISE, LATER, "us-state")
    us.act(Verb.CLEAR, LATER.hash, "us-state")
    mx.pull(us)
    us.act(Verb.APPROVE, OURS.hash, seen=blind)  # prepared before the text was revised
    mx.act(Verb.CLEAR, LATER.hash, "mx-sre")
    mx.act(Verb.APPROVE, LATER.hash)
    us.act(Verb.APPROVE, LATER.hash)
    assert agreed_on(us, mx) == {OURS.hash}
    us.pull(mx)
    us.act(Verb.APPROVE, LATER.hash)
    mx.pull(us)
    mx.act(Verb.APPROVE, LATER.hash)
    assert agreed_on(us, mx) == {OURS.hash}


def test_after_an_agreement_no_other_text_of_the_decision_can_be_approved() -> None:
    us, mx = START.node(US), START.node(MX)
    us.act(Verb.APPROVE, OURS.hash)
    mx.pull(us)
    mx.act(Verb.APPROVE, OURS.hash)
    for node, other in ((us, mx), (mx, us)):
        node.pull(other)
        late = node.act(Verb.APPROVE, THEIRS.hash)
        assert {item.act: item.reason for item in node.state().refusals}[late.id] is Reason.ALREADY_AGREED
    assert agreed_on(us, mx) == {OURS.hash}
