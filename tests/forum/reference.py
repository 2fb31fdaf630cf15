"""The rules of a decision said plainly and slowly: what `reduce` must agree with, act by act.

Sets instead of bits, definitions instead of running notes; nothing is remembered from one question to the
next.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hled.forum.decisions import Act, Facts, Reason, Rules, Status, Verb
from hled.forum.decisions.credentials import doubt
from hled.forum.decisions.statements import OPENING
from hled.forum.delegations import NATIONAL
from hled.workplan.types import Party


@dataclass
class Told:
    """What the reference says of a decision."""

    status: Status
    agreed: str | None
    heads: set[str]
    refusals: dict[str, Reason]
    waiting: set[str]


@dataclass
class Reference:
    """The acts that were taken, in an order in which each comes after its past, and what was refused."""

    decision: str
    rules: Rules
    acts: dict[str, Act] = field(default_factory=dict)
    pasts: dict[str, frozenset[str]] = field(default_factory=dict)
    refusals: dict[str, Reason] = field(default_factory=dict)

    def good(self, within: Iterable[str], *verbs: Verb) -> list[Act]:
        """The acts of some verbs within a past that count."""
        inside = set(within)
        return [
            act
            for name, act in self.acts.items()
            if name in inside and name not in self.refusals and act.statement.verb in verbs
        ]

    def national(self, within: Iterable[str], *verbs: Verb) -> list[Act]:
        return [act for act in self.good(within, *verbs) if act.statement.office == NATIONAL]

    def texts(self, within: Iterable[str]) -> dict[str, Act]:
        return {act.statement.revision: act for act in self.good(within, *OPENING)}

    def is_edited(self, revision: str, within: Iterable[str]) -> bool:
        return any(act.text.parent == revision for act in self.good(within, *OPENING))

    def releases(self, approval: Act, within: Iterable[str]) -> list[Act]:
        """Own later acts that end an approval."""
        found = []
        for act in self.national(within, Verb.OBJECT, Verb.WITHDRAW, Verb.APPROVE):
            same = act.statement.revision == approval.statement.revision
            ends = {
                Verb.OBJECT: same,
                Verb.WITHDRAW: not self.is_ending(act),
                Verb.APPROVE: not same,
            }[act.statement.verb]
            if act.statement.party is approval.statement.party and approval.id in self.pasts[act.id] and ends:
                found.append(act)
        return found

    def is_ending(self, act: Act) -> bool:
        """A withdrawal made with an agreement in its past asks to end it."""
        return bool(self.agreements(self.pasts[act.id]))

    def agree(self, one: Act, other: Act) -> bool:
        """Whether an approval of each side makes an agreement."""
        for mine, theirs in ((one, other), (other, one)):
            if self.releases(mine, self.pasts[theirs.id]):
                return False
            for earlier in self.national(self.pasts[mine.id], Verb.APPROVE):
                left = earlier.statement
                if left.party is not mine.statement.party or left.revision == mine.statement.revision:
                    continue
                never = not any(
                    act.statement.party is theirs.statement.party and act.statement.revision == left.revision
                    for act in self.national(self.pasts[theirs.id], Verb.APPROVE)
                )
                edited = self.is_edited(left.revision, self.pasts[theirs.id])
                if not self.releases(earlier, self.pasts[theirs.id]) and not (never and edited):
                    return False
        return one.statement.revision == other.statement.revision

    def agreements(self, within: Iterable[str]) -> list[tuple[Act, Act]]:
        approvals = self.national(within, Verb.APPROVE)
        return [
            (us, mx)
            for us in approvals
            for mx in approvals
            if us.statement.party is Party.US and mx.statement.party is Party.MX and self.agree(us, mx)
        ]

    def is_withdrawn(self, within: Iterable[str]) -> bool:
        proposed = {act.statement.party for act in self.good(within, *OPENING) if act.text.parent is None}
        withdrew = {
            act.statement.party for act in self.national(within, Verb.WITHDRAW) if not self.is_ending(act)
        }
        return bool(proposed) and proposed <= withdrew

    def closed(self, within: Iterable[str]) -> Reason | None:
        if self.agreements(within):
            return Reason.ALREADY_AGREED
        return Reason.WITHDRAWN if self.is_withdrawn(within) else None

    def cleared(self, act: Act, past: frozenset[str]) -> bool:
        statement = act.statement
        side = self.rules.delegation(statement.party, act.entered)
        if side is None:
            return False
        standing = set()
        for clear in self.good(past, Verb.CLEAR):
            word = clear.statement
            if word.party is not statement.party or word.revision != statement.revision:
                continue
            doubts = [
                other
                for other in self.good(past, Verb.OBJECT)
                if (other.statement.party, other.statement.office) == (word.party, word.office)
                and other.statement.revision == word.revision
                and other.id not in self.pasts[clear.id]
            ]
            if not doubts and word.office in side.ministries:
                standing.add(word.office)
        return len(standing) >= side.quorum

    def unsettled(self, act: Act, past: frozenset[str]) -> Reason | None:
        statement = act.statement
        if statement.rules not in self.rules.checkers:
            return Reason.UNKNOWN_RULES
        found = self.rules.checkers[statement.rules](self.texts(past)[statement.revision].text)
        if found.missing:
            return Reason.ONE_LANGUAGE
        for paragraph in found.mismatched:
            said = {
                item.statement.party
                for item in self.good(past, Verb.RECONCILE)
                if item.statement.paragraph == paragraph and item.statement.revision == statement.revision
            }
            if said != set(Party):
                return Reason.MISMATCH
        return None

    def judged(self, act: Act, past: frozenset[str]) -> Reason | None:
        """Why an act does not count."""
        statement, verb = act.statement, act.statement.verb
        if verb in OPENING:
            unknown = act.text.parent is not None and act.text.parent not in self.texts(past)
            return self.closed(past) or (Reason.UNKNOWN_REVISION if unknown else None)
        office = statement.office == NATIONAL
        if (verb is Verb.CLEAR and office) or (verb in {Verb.APPROVE, Verb.WITHDRAW} and not office):
            return Reason.WRONG_OFFICE
        if statement.revision not in self.texts(past):
            return Reason.UNKNOWN_REVISION
        return self.judged_on_a_text(act, past, self.closed(past))

    def judged_on_a_text(self, act: Act, past: frozenset[str], closed: Reason | None) -> Reason | None:
        statement, verb = act.statement, act.statement.verb
        deciding = verb in {Verb.CLEAR, Verb.RECONCILE, Verb.APPROVE}
        if deciding and (closed or self.is_edited(statement.revision, past)):
            return closed or Reason.STALE_REVISION
        if verb is Verb.OBJECT and closed is Reason.WITHDRAWN:
            return closed
        if verb in {Verb.CLEAR, Verb.RECONCILE} or statement.office != NATIONAL:
            return None
        return self.national_act(act, past, closed)

    def national_act(self, act: Act, past: frozenset[str], closed: Reason | None) -> Reason | None:
        statement, verb = act.statement, act.statement.verb
        before = [
            other
            for other in self.national(self.acts, Verb.APPROVE, Verb.OBJECT, Verb.WITHDRAW)
            if other.statement.party is statement.party and other.id != act.id
        ]
        if any(other.id not in past for other in before):
            return Reason.OUT_OF_TURN
        if verb is Verb.APPROVE:
            return Reason.NOT_CLEARED if not self.cleared(act, past) else self.unsettled(act, past)
        if verb is Verb.WITHDRAW:
            if closed is Reason.ALREADY_AGREED:
                agreed = {us.statement.revision for us, _ in self.agreements(past)}
                return None if statement.revision in agreed else closed
            roots = [act for act in self.good(past, *OPENING) if act.text.parent is None]
            if closed is None and not any(root.statement.party is statement.party for root in roots):
                return Reason.NOT_THE_PROPOSER
            return closed
        return None

    def take(self, act: Act) -> None:
        past = frozenset().union(*({seen} | self.pasts[seen] for seen in act.statement.seen))
        self.pasts[act.id], self.acts[act.id] = past, act
        reason = doubt(act, self.rules) or self.judged(act, past)
        if reason is not None:
            self.refusals[act.id] = reason

    def status(self, facts: Facts) -> Status:
        pairs = self.agreements(self.acts)
        if not pairs:
            if self.is_withdrawn(self.acts):
                return Status.WITHDRAWN
            return Status.OPEN if self.texts(self.acts) else Status.NONE
        if not any({us.id, mx.id} <= facts.cosigned for us, mx in pairs):
            return Status.AGREED
        asked = [act for act in self.national(facts.cosigned, Verb.WITHDRAW) if self.is_ending(act)]
        pairs = [
            (one, other)
            for one in asked
            for other in asked
            if one.statement.party is Party.US
            and other.statement.party is Party.MX
            and one.statement.revision == other.statement.revision
        ]
        lasting = [
            one for one, other in pairs if not self.taken_back(one, other) and not self.taken_back(other, one)
        ]
        return Status.ENDED if lasting else Status.IN_EFFECT

    def taken_back(self, one: Act, other: Act) -> bool:
        return any(
            act.statement.party is one.statement.party and one.id in self.pasts[act.id]
            for act in self.national(self.pasts[other.id], Verb.OBJECT)
        )


def sorted_out(reference: Reference, known: list[Act]) -> dict[str, Act]:
    """One act for each id from the log of its own government; what stands elsewhere only is refused."""
    own: dict[str, Act] = {}
    for act in known:
        if act.statement.decision != reference.decision:
            reference.refusals[act.id] = Reason.OTHER_DECISION
        elif act.log == reference.rules.logs[act.statement.party]:
            own[act.id] = min(act, own.get(act.id, act), key=lambda item: item.index)
    for act in known:
        if act.statement.decision == reference.decision and act.id not in own:
            reference.refusals[act.id] = Reason.FOREIGN_LOG
    return own


def told(decision: str, acts: Iterable[Act], rules: Rules, facts: Facts | None = None) -> Told:
    """Say what follows from the acts, slowly."""
    reference = Reference(decision, rules)
    own = sorted_out(reference, list(acts))
    logs: dict[Party, list[Act]] = {party: [] for party in Party}
    for act in sorted(own.values(), key=lambda item: (item.index, item.id)):
        logs[act.party].append(act)
    moved = True
    while moved:
        moved = False
        for log in Party:
            if logs[log] and all(seen in reference.pasts for seen in logs[log][0].statement.seen):
                reference.take(logs[log].pop(0))
                moved = True
    agreed = {us.statement.revision for us, _ in reference.agreements(reference.acts)}
    assert len(agreed) <= 1, "two texts agreed at once"
    texts = reference.texts(reference.acts)
    heads = agreed or {name for name in texts if not reference.is_edited(name, reference.acts)}
    waiting = {act.id for queue in logs.values() for act in queue}
    return Told(
        reference.status(facts or Facts()), next(iter(agreed), None), heads, reference.refusals, waiting
    )
