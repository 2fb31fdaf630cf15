"""A decision exists only when both governments approved one text; everything else stays open and visible."""

import datetime as dt
from dataclasses import replace

import pytest

from hled.forum.decisions import (
    Facts,
    Reason,
    Rules,
    Status,
    Successor,
    Text,
    Verb,
    admissible,
    pending,
    reduce,
    reduce_all,
)
from hled.forum.decisions.statements import Act
from hled.language import Bilingual
from hled.language.concordance import Paragraph, compare
from tests.forum.acting import (
    DECISION,
    MINISTRIES,
    MX,
    US,
    Node,
    covering,
    moment,
    rules,
    sync,
    text,
    two,
    vkey,
)

ONE = text("one")


def reasons(node: Node) -> dict[str, Reason]:
    return {refusal.act: refusal.reason for refusal in node.state().refusals}


def proposed() -> tuple[Node, Node]:
    us, mx = two()
    us.act(Verb.PROPOSE, ONE, "us-state")
    sync(us, mx)
    return us, mx


def agreed() -> tuple[Node, Node]:
    us, mx = proposed()
    us.approve(ONE.hash)
    mx.pull(us)
    mx.approve(ONE.hash)
    sync(us, mx)
    return us, mx


def test_nothing_is_decided_where_nothing_is_proposed() -> None:
    state = Node(US).state()
    assert (state.status, state.revisions, state.frontier) == (Status.NONE, (), ())


def test_a_proposal_is_open_until_both_approve() -> None:
    us, mx = proposed()
    assert us.state().status is Status.OPEN
    us.approve(ONE.hash)
    assert us.state().status is Status.OPEN
    assert us.state().agreement is None
    mx.pull(us)
    mx.approve(ONE.hash)
    assert mx.state().status is Status.AGREED
    assert us.state().status is Status.OPEN  # nothing has arrived here yet
    us.pull(mx)
    assert us.state() == mx.state()
    agreement = us.state().agreement
    assert agreement is not None
    assert (agreement.revision, agreement.us.party, agreement.mx.party) == (ONE.hash, US, MX)


def test_an_agreement_takes_effect_when_both_approvals_are_cosigned() -> None:
    us, _ = agreed()
    approvals = [act for act in us.known if act.statement.verb is Verb.APPROVE]
    assert [us.state(covering(some)).status for some in ([], approvals[:1], approvals[1:], approvals)] == [
        Status.AGREED, Status.AGREED, Status.AGREED, Status.IN_EFFECT
    ]  # fmt: skip
    assert reduce(DECISION, us.log, us.rules, covering(us.known)).status is Status.OPEN


def test_both_approve_at_once_while_the_line_is_down() -> None:
    us, mx = proposed()
    us.approve(ONE.hash)
    mx.approve(ONE.hash)
    assert us.state().status is mx.state().status is Status.OPEN
    sync(us, mx)
    assert us.state().status is mx.state().status is Status.AGREED


def test_an_edit_voids_approvals() -> None:
    us, mx = proposed()
    us.approve(ONE.hash)
    mx.pull(us)
    two_ = text("two", ONE.hash)
    mx.act(Verb.REVISE, two_, "mx-se")
    late = mx.act(Verb.APPROVE, ONE.hash)
    sync(us, mx)
    state = us.state()
    assert reasons(us)[late.id] is Reason.STALE_REVISION
    assert state.heads == (two_.hash,)
    first = state.revision(ONE.hash)
    assert first is not None
    assert (first.approvals, len(first.lapsed)) == ((), 1)
    mx.approve(two_.hash)
    us.pull(mx)
    us.approve(two_.hash)
    assert us.state().agreement is not None
    assert us.state().agreement.revision == two_.hash


def test_two_revisions_at_once_are_both_shown_until_both_approve_one() -> None:
    us, mx = proposed()
    ours, theirs = text("ours", ONE.hash), text("theirs", ONE.hash)
    us.act(Verb.REVISE, ours, "us-ustr")
    mx.act(Verb.REVISE, theirs, "mx-se")
    us.approve(ours.hash)
    mx.approve(theirs.hash)
    sync(us, mx)
    assert set(us.state().heads) == {ours.hash, theirs.hash}
    assert us.state().status is Status.OPEN
    mx.approve(ours.hash)  # it leaves its own text: the other side confirms having seen that
    us.pull(mx)
    assert us.state().status is Status.OPEN
    today = dt.date(2026, 1, 3)
    owed = {party: pending(us.state(), party, today) for party in (US, MX)}
    assert {(item.need, item.revision) for item in owed[US]} == {
        ("confirmation", ours.hash),
        ("approval", theirs.hash),
    }
    assert {(item.need, item.revision) for item in owed[MX]} == {("approval", theirs.hash)}
    us.act(Verb.APPROVE, ours.hash)
    assert us.state().status is Status.AGREED
    assert us.state().heads == (ours.hash,)


def test_crossing_over_to_each_other_s_text_agrees_on_neither() -> None:
    us, mx = proposed()
    ours, theirs = text("ours", ONE.hash), text("theirs", ONE.hash)
    us.act(Verb.REVISE, ours, "us-ustr")
    mx.act(Verb.REVISE, theirs, "mx-se")
    us.approve(ours.hash)
    mx.approve(theirs.hash)
    sync(us, mx)
    us.approve(theirs.hash)
    mx.approve(ours.hash)
    sync(us, mx)
    assert us.state() == mx.state()
    assert us.state().status is Status.OPEN


def test_a_national_key_counts_only_after_its_own_ministries_cleared() -> None:
    us, mx = proposed()
    early = us.act(Verb.APPROVE, ONE.hash)
    us.clear(ONE.hash, 1)
    still = us.act(Verb.APPROVE, ONE.hash)
    assert reasons(us) == {early.id: Reason.NOT_CLEARED, still.id: Reason.NOT_CLEARED}
    us.act(Verb.CLEAR, ONE.hash, "us-ustr")
    us.act(Verb.APPROVE, ONE.hash)
    mx.pull(us)
    foreign = mx.act(Verb.APPROVE, ONE.hash)  # the other side's clearances are not its own
    assert reasons(mx)[foreign.id] is Reason.NOT_CLEARED
    mx.approve(ONE.hash)
    assert mx.state().status is Status.AGREED


def test_one_ministry_clearing_twice_is_one_clearance() -> None:
    us, _ = proposed()
    us.act(Verb.CLEAR, ONE.hash, "us-state")
    us.act(Verb.CLEAR, ONE.hash, "us-state", at=moment(50))
    act = us.act(Verb.APPROVE, ONE.hash, at=moment(51))
    assert reasons(us)[act.id] is Reason.NOT_CLEARED


def test_a_ministry_s_objection_takes_its_clearance_back_until_it_clears_again() -> None:
    us, _ = proposed()
    us.clear(ONE.hash)
    us.act(Verb.OBJECT, ONE.hash, "us-state")
    refused = us.act(Verb.APPROVE, ONE.hash)
    assert reasons(us) == {refused.id: Reason.NOT_CLEARED}
    us.act(Verb.CLEAR, ONE.hash, "us-state")
    us.act(Verb.APPROVE, ONE.hash)
    assert us.state().revisions[0].approved_by(US) is not None
    assert us.state().revisions[0].objections[0].reason is not None


def test_an_objection_ends_the_own_approval_once_the_other_side_saw_it() -> None:
    us, mx = proposed()
    us.approve(ONE.hash)
    us.act(Verb.OBJECT, ONE.hash)
    assert us.state().revisions[0].approved_by(US) is None
    mx.pull(us)
    mx.approve(ONE.hash)
    sync(us, mx)
    assert us.state().status is Status.OPEN
    us.act(Verb.APPROVE, ONE.hash)  # having thought again
    assert us.state().status is Status.AGREED


def test_an_objection_that_crosses_the_other_side_s_approval_comes_too_late() -> None:
    us, mx = proposed()
    us.approve(ONE.hash)
    mx.pull(us)
    us.act(Verb.OBJECT, ONE.hash)
    mx.approve(ONE.hash)
    sync(us, mx)
    assert us.state() == mx.state()
    assert us.state().status is Status.AGREED
    assert len(us.state().revisions[0].objections) == 1


@pytest.mark.parametrize("verb", [Verb.OBJECT, Verb.WITHDRAW, Verb.REVISE])
@pytest.mark.parametrize("seen", ["everything", "nothing of the other side"])
def test_what_is_agreed_one_side_cannot_undo(verb: Verb, seen: str) -> None:
    us, mx = agreed()
    before = us.state(covering(us.known))
    on = text("two", ONE.hash) if verb is Verb.REVISE else ONE.hash
    blind = tuple(sorted([us.log[-1].id])) if seen != "everything" else us.state().frontier
    us.act(verb, on, seen=blind)
    sync(us, mx)
    after = us.state(covering(us.known))
    assert before.status is after.status is Status.IN_EFFECT
    assert (after.agreement, after.heads) == (before.agreement, before.heads)
    if verb is Verb.OBJECT and seen == "everything":
        assert len(after.revisions[0].late_objections) == 1


def test_ending_what_was_agreed_takes_both() -> None:
    us, mx = agreed()
    us.act(Verb.WITHDRAW, ONE.hash)
    mx.pull(us)
    facts = covering(mx.known)
    assert mx.state(facts).status is Status.IN_EFFECT
    assert [act.party for act in mx.state(facts).ending] == [US]
    assert [item.need for item in pending(mx.state(facts), MX, dt.date(2026, 1, 9))] == ["ending"]
    assert pending(mx.state(facts), US, dt.date(2026, 1, 9)) == ()
    mx.act(Verb.WITHDRAW, ONE.hash)
    assert mx.state(facts).status is Status.IN_EFFECT  # not cosigned yet
    assert mx.state(covering(mx.known)).status is Status.ENDED


def test_asking_to_end_can_be_taken_back_before_the_other_side_agrees() -> None:
    us, mx = agreed()
    us.act(Verb.WITHDRAW, ONE.hash)
    us.act(Verb.OBJECT, ONE.hash)
    sync(us, mx)
    mx.act(Verb.WITHDRAW, ONE.hash)
    state = mx.state(covering(mx.known))
    assert state.status is Status.IN_EFFECT
    assert [act.party for act in state.ending] == [MX]


def test_who_proposed_may_withdraw_before_agreement_and_nobody_else() -> None:
    us, mx = proposed()
    refused = mx.act(Verb.WITHDRAW, ONE.hash)
    assert reasons(mx) == {refused.id: Reason.NOT_THE_PROPOSER}
    us.act(Verb.WITHDRAW, ONE.hash)
    sync(us, mx)
    assert mx.state().status is Status.WITHDRAWN
    assert mx.state().withdrawals[0].reason is not None
    late = mx.act(Verb.CLEAR, ONE.hash, "mx-se")
    assert reasons(mx)[late.id] is Reason.WITHDRAWN
    assert mx.state().revisions != ()  # withdrawn, not hidden


def test_a_withdrawal_that_crosses_the_last_approval_comes_too_late() -> None:
    us, mx = proposed()
    us.approve(ONE.hash)
    mx.pull(us)
    us.act(Verb.WITHDRAW, ONE.hash)
    mx.approve(ONE.hash)
    sync(us, mx)
    assert us.state().status is Status.AGREED


def test_a_decision_in_effect_is_superseded_by_another_in_effect() -> None:
    us, mx = agreed()
    other = "urn:hled:decision:2026-015"
    new = text("new", decision=other, supersedes=Successor(DECISION, ONE.hash))
    us.act(Verb.SUPERSEDE, new, "us-state")
    sync(us, mx)
    for node in (us, mx):
        for office in MINISTRIES[node.party]:
            node.act(Verb.CLEAR, new.hash, office, decision=other)
        node.act(Verb.APPROVE, new.hash, decision=other)
        states = reduce_all(node.known, node.rules, covering(node.known))
        assert states[DECISION].status is Status.IN_EFFECT
    sync(us, mx)
    states = reduce_all(us.known, us.rules, Facts())
    assert [states[name].status for name in (DECISION, other)] == [Status.AGREED, Status.AGREED]
    states = reduce_all(us.known, us.rules, covering(us.known))
    assert [states[name].status for name in (DECISION, other)] == [Status.SUPERSEDED, Status.IN_EFFECT]
    assert states[DECISION].superseded_by == (Successor(other, new.hash),)
    assert states[DECISION].agreement is not None  # it stays to be read


def test_a_mismatch_keeps_a_text_from_being_approved_until_both_explain_it() -> None:
    us, mx = two()
    odd = text("MISMATCH")
    us.act(Verb.PROPOSE, odd, "us-state")
    us.clear(odd.hash)
    refused = us.act(Verb.APPROVE, odd.hash)
    us.act(Verb.RECONCILE, odd.hash, "us-state")
    sync(us, mx)
    alone = us.act(Verb.APPROVE, odd.hash)
    assert set(reasons(us).values()) == {Reason.MISMATCH}
    assert set(reasons(us)) == {refused.id, alone.id}
    mx.act(Verb.RECONCILE, odd.hash)
    us.pull(mx)
    us.act(Verb.APPROVE, odd.hash)
    sync(us, mx)
    mx.approve(odd.hash)
    assert mx.state().status is Status.AGREED
    assert {act.statement.paragraph for act in mx.state().revisions[0].reconciled} == {"p1"}


def drafted(spanish: str, parent: str | None = None) -> Text:
    paragraph = Paragraph("p1", "Mexico will invest US$1.5 billion in the HLED.", spanish)
    return Text(DECISION, Bilingual("Works", "Obras"), (paragraph,), (), parent)


def test_a_wrong_number_is_caught_by_the_comparison_itself() -> None:
    real = replace(rules(), checkers=Rules(rules().keys, (), {}).checkers)
    us, mx = two()
    us.rules = mx.rules = real
    wrong = drafted("México invertirá 1.5 billones de dólares en el DEAN.")
    us.act(Verb.PROPOSE, wrong, "us-state")
    us.approve(wrong.hash)
    assert set(reasons(us).values()) == {Reason.MISMATCH}
    half = drafted("", wrong.hash)
    us.act(Verb.REVISE, half, "us-state")
    us.approve(half.hash)
    assert set(reasons(us).values()) == {Reason.MISMATCH, Reason.ONE_LANGUAGE}
    right = drafted("México invertirá 1,500 millones de dólares en el DEAN.", half.hash)
    us.act(Verb.REVISE, right, "us-state")
    us.approve(right.hash)
    mx.pull(us)
    mx.approve(right.hash)
    assert mx.state().status is Status.AGREED
    assert mx.state().heads == (right.hash,)


def test_explained_differences_show_as_resolved() -> None:
    us, mx = two()
    odd = drafted("México invertirá 1.5 billones de dólares en el DEAN.")
    us.act(Verb.PROPOSE, odd, "us-state")
    us.act(Verb.RECONCILE, odd.hash, "us-state")
    sync(us, mx)
    mx.act(Verb.RECONCILE, odd.hash)
    statuses = [
        [item.status for item in compare(odd.parts, resolutions=node.state().revisions[0].resolutions)]
        for node in (us, mx)
    ]
    assert statuses == [["concordant", "mismatch"], ["concordant", "resolved"]]


def test_unknown_rules_of_concordance_are_refused() -> None:
    us, _ = proposed()
    us.clear(ONE.hash)
    act = us.act(Verb.APPROVE, ONE.hash, rules=99)
    assert reasons(us) == {act.id: Reason.UNKNOWN_RULES}


def test_silence_is_pending_with_its_age_and_never_consent() -> None:
    us, mx = proposed()
    us.approve(ONE.hash)
    mx.pull(us)
    (item,) = pending(mx.state(), MX, dt.date(2026, 2, 11))
    assert (item.since, item.days) == (dt.date(2026, 1, 1), 41)
    assert item.message.en == "pending Mexico, 41 days"
    assert item.message.es == "pendiente de México, 41 días"
    assert pending(mx.state(), US, dt.date(2026, 2, 11)) == ()
    assert pending(mx.state(), MX, dt.date(2096, 1, 1))[0].message.en == "pending Mexico, 25,567 days"
    assert mx.state().status is Status.OPEN
    mx.approve(ONE.hash)
    assert pending(mx.state(), MX, dt.date(2026, 2, 11)) == ()


def test_an_act_to_be_entered_must_have_seen_everything_known_here() -> None:
    us, mx = proposed()
    old = mx.state().frontier
    us.act(Verb.REVISE, text("two", ONE.hash), "us-state")
    mx.pull(us)
    mx.clear(ONE.hash)
    blind = mx.act(Verb.APPROVE, ONE.hash, seen=old)
    known = [act for act in mx.known if act is not blind]
    refusal = admissible(blind, known, mx.rules)
    assert refusal is not None
    assert refusal.reason in {Reason.OUT_OF_DATE, Reason.NOT_CLEARED}
    good = mx.act(Verb.CLEAR, text("two", ONE.hash).hash, "mx-se")
    assert admissible(good, [act for act in mx.known if act is not good], mx.rules) is None


def test_what_refers_to_something_that_has_not_arrived_waits() -> None:
    us, mx = proposed()
    mx.approve(ONE.hash)
    state = reduce(DECISION, mx.log, mx.rules)
    assert state.status is Status.NONE
    assert set(state.waiting) == {act.id for act in mx.log}
    assert us.state().waiting == ()


def tampered(act: Act, **changes: object) -> Act:
    return replace(act, statement=replace(act.statement, **changes))


def test_each_false_act_is_refused_with_its_reason_and_changes_nothing() -> None:
    us, mx = proposed()
    us.clear(ONE.hash)
    good = us.act(Verb.APPROVE, ONE.hash)
    before = us.state()
    mx.pull(us)
    other = text("other")
    foreign = replace(good.statement, key=vkey(MX, "national"))
    false = {
        Reason.BAD_SIGNATURE: tampered(good, at=moment(0)),
        Reason.FOREIGN_KEY: replace(good, statement=foreign),
        Reason.UNKNOWN_KEY: tampered(good, key=vkey(US, "national", 7)),
        Reason.WRONG_OFFICE: tampered(good, office="us-state", key=vkey(US, "us-state")),
        Reason.KEY_NOT_ACTIVE: replace(
            tampered(good, at="2025-12-31T23:59:59Z"), entered="2025-12-31T23:59:59Z"
        ),
        Reason.CLOCK: tampered(good, at=moment(1000)),
        Reason.UNKNOWN_REVISION: tampered(good, revision=other.hash),
        Reason.FOREIGN_LOG: replace(tampered(good, at=moment(8)), log="mx"),
        Reason.OTHER_DECISION: tampered(good, decision="urn:hled:decision:other"),
    }
    for reason, act in false.items():
        placed = act if reason is Reason.FOREIGN_LOG else replace(act, index=99)
        if reason in {Reason.UNKNOWN_REVISION, Reason.WRONG_OFFICE}:
            placed.__dict__["is_genuine"] = True  # as if rightly signed
        state = reduce(DECISION, [*us.known, placed], us.rules)
        assert [item.reason for item in state.refusals] == [reason]
        assert replace(state, refusals=()) == before
        (refusal,) = state.refusals
        assert refusal.message.en != refusal.message.es


def test_a_signature_for_another_revision_or_decision_is_worth_nothing() -> None:
    us, _ = proposed()
    two_ = text("two", ONE.hash)
    us.clear(ONE.hash)
    good = us.act(Verb.APPROVE, ONE.hash)
    us.act(Verb.REVISE, two_, "us-state")
    us.clear(two_.hash)
    replayed = replace(tampered(good, revision=two_.hash, seen=us.state().frontier), index=99)
    state = reduce(DECISION, [*us.known, replayed], us.rules)
    assert [item.reason for item in state.refusals] == [Reason.BAD_SIGNATURE]
    assert state.revision(two_.hash).approvals == ()


def test_an_approval_prepared_before_another_national_act_is_out_of_turn() -> None:
    us, _ = proposed()
    us.clear(ONE.hash)
    seen = us.state().frontier
    us.act(Verb.OBJECT, ONE.hash)
    blind = us.act(Verb.APPROVE, ONE.hash, seen=seen)
    assert reasons(us) == {blind.id: Reason.OUT_OF_TURN}
    assert us.state().revisions[0].approvals == ()
