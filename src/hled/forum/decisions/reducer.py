"""From signed acts to the state of a decision: a pure function, the same in whatever order acts arrive.

Each act names what its signer had seen, so acts form a partial order that no clock and no transport decides.
Whether an act counts depends only on what lies before it in that order and in its own government's log, never
on what comes later. Hence: once both governments approved one text, nothing that one of them does, or says
to have done before, undoes it; and nothing short of both makes it.

An approval is ended by what its own government does later (an objection, a withdrawal, the approval of
another text) as soon as the other government has seen that; if the other approved without having seen it,
both have agreed. So two governments that act at the same moment, with the line between them down, still end
in one state. Acts of a national key stand in a chain: each must have seen the ones before it, so no
government can sign two contradictory things and choose later. `tests/forum/reference.py` says the same
slowly. Serves every work-plan line.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Final

from hled.forum.decisions.credentials import doubt
from hled.forum.decisions.docket import EVERYTHING, Approval, Page, Side
from hled.forum.decisions.refusals import Reason, Refusal
from hled.forum.decisions.rules import Facts, Findings, Rules
from hled.forum.decisions.state import Agreement, State
from hled.forum.decisions.statements import MAX_SEEN, Act, Verb
from hled.forum.decisions.status import Status
from hled.forum.delegations import NATIONAL
from hled.workplan.types import Party

_OTHER: Final = {Party.US: Party.MX, Party.MX: Party.US}
_NO_FACTS: Final = Facts()
_BY_INDEX: Final = attrgetter("index")
_BY_PLACE: Final = attrgetter("index", "id")  # two acts at one place: a damaged log, and still one order


def reduce(decision: str, acts: Iterable[Act], rules: Rules, facts: Facts = _NO_FACTS) -> State:
    """Return the state of one decision.

    Args:
        decision: its URN.
        acts: in any order, from any log, as often as they may come.
        rules: keys, delegations, logs and checkers.
        facts: which acts are under a checkpoint that the other side cosigned.
    """
    docket = _Docket(decision, rules)
    docket.read(acts)
    return docket.state(facts)


class _Docket:
    """The acts of one decision as they are taken in, each after everything that it has seen.

    Acts are bits and pasts are masks: `past & bit` says that an act lies before another one.
    """

    __slots__ = ("_agreements", "_decision", "_ends", "_next", "_pages", "_pasts", "_refusals",
                 "_roots", "_rules", "_sides", "_union", "_waiting", "_withdrawals")  # fmt: skip

    def __init__(self, decision: str, rules: Rules) -> None:
        self._decision, self._rules = decision, rules
        self._pasts: dict[str, int] = {}
        self._next, self._union = 1, 0
        self._pages: dict[str, Page] = {}
        self._sides = {Party.US: Side(), Party.MX: Side()}
        self._roots: list[tuple[int, Party]] = []
        self._agreements: list[tuple[Approval, Approval]] = []
        self._ends: list[tuple[Approval, Approval]] = []
        self._withdrawals: list[tuple[int, Act]] = []
        self._refusals: dict[str, Refusal] = {}
        self._waiting: list[str] = []

    def read(self, acts: Iterable[Act]) -> None:
        """Take the acts of each side as its log has them, each once everything that it has seen was taken."""
        queues = [_sorted(queue) for queue in self._queues(acts)]
        places = [0] * len(queues)
        progress = True
        while progress:
            progress = False
            for number, queue in enumerate(queues):
                before = places[number]
                places[number] = self._take_from(queue, before)
                progress = progress or places[number] > before
        for queue, place in zip(queues, places, strict=True):
            self._waiting += [act.id for act in queue[place:]]

    def _queues(self, acts: Iterable[Act]) -> tuple[list[Act], list[Act]]:
        """Return the acts of each side from its own log, one for each id; copies change nothing."""
        own: dict[str, Act] = {}
        strangers: list[Act] = []
        logs, decision = self._rules.logs, self._decision
        for act in acts:
            statement = act.statement
            if statement.decision != decision:
                self._refuse(act, Reason.OTHER_DECISION)
            elif act.log != logs[statement.party]:
                strangers.append(act)
            else:
                kept = own.setdefault(statement.id, act)
                if act.index < kept.index:
                    own[statement.id] = act
        for act in strangers:
            if act.statement.id not in own:
                self._refuse(act, Reason.FOREIGN_LOG)
        queues: tuple[list[Act], list[Act]] = ([], [])
        for act in own.values():
            queues[act.statement.party is Party.MX].append(act)
        return queues

    def _take_from(self, queue: list[Act], place: int) -> int:
        """Take what can be taken from `place` on, and return how far that went."""
        pasts, rules = self._pasts, self._rules
        while place < len(queue):
            act = queue[place]
            statement, past = act.statement, 0
            for seen in statement.seen:
                before = pasts.get(seen)
                if before is None:
                    return place
                past |= before
            bit = self._next
            self._next = bit << 1
            pasts[statement.id] = past | bit
            reason = doubt(act, rules) or _EFFECTS[statement.verb](self, act, bit, past)
            if reason is None:
                self._union |= past
            else:
                self._refuse(act, reason)
            place += 1
        return place

    def _refuse(self, act: Act, reason: Reason) -> None:
        statement = act.statement
        self._refusals[statement.id] = Refusal(statement.id, statement.party, statement.verb, reason)

    def _closed(self, past: int) -> Reason | None:
        """Say whether, as far as `past` goes, the decision was agreed or withdrawn."""
        for us, mx in self._agreements:
            both = us.bit | mx.bit
            if past & both == both:
                return Reason.ALREADY_AGREED
        return Reason.WITHDRAWN if self._withdrawals and self._is_withdrawn(past) else None

    def _is_withdrawn(self, past: int) -> bool:
        proposed = {party for bit, party in self._roots if bit & past}
        withdrew = {act.party for bit, act in self._withdrawals if bit & past}
        return bool(proposed) and proposed <= withdrew

    def _known(self, act: Act, past: int) -> Page | None:
        """Return the revision that the act speaks of, if it lies in `past`."""
        page = self._pages.get(act.statement.revision)
        return page if page is not None and page.bits & past else None

    def open(self, act: Act, bit: int, past: int) -> Reason | None:
        text, closed = act.text, self._closed(past)
        if text is None or closed is not None:
            return closed
        if text.parent is None:
            self._roots.append((bit, act.statement.party))
        else:
            parent = self._pages.get(text.parent)
            if parent is None or not parent.bits & past:
                return Reason.UNKNOWN_REVISION
            parent.children |= bit
        page = self._pages.get(text.hash)
        if page is None:
            page = self._pages[text.hash] = Page(text)
        page.bits |= bit
        page.proposals.append(act)
        return None

    def _about(self, act: Act, past: int) -> Page | Reason:
        """Return the revision that the act speaks of, if it is still to be decided as far as `past` goes."""
        page = self._known(act, past)
        if page is None:
            return Reason.UNKNOWN_REVISION
        if self._agreements or self._withdrawals:
            closed = self._closed(past)
            if closed is not None:
                return closed
        return Reason.STALE_REVISION if page.children & past else page

    def clear(self, act: Act, bit: int, past: int) -> Reason | None:
        statement = act.statement
        if statement.office == NATIONAL:
            return Reason.WRONG_OFFICE
        page = self._about(act, past)
        if isinstance(page, Reason):
            return page
        page.clear(statement.party, statement.office, bit, past)
        page.clearances.append(act)
        return None

    def reconcile(self, act: Act, bit: int, past: int) -> Reason | None:
        page = self._about(act, past)
        if isinstance(page, Reason):
            return page
        page.reconciled.append((bit, act))
        return None

    def approve(self, act: Act, bit: int, past: int) -> Reason | None:
        statement = act.statement
        side = self._sides[statement.party]
        if statement.office != NATIONAL:
            return Reason.WRONG_OFFICE
        page = self._about(act, past)
        if isinstance(page, Reason):
            return page
        if side.turn & past != side.turn:
            return Reason.OUT_OF_TURN
        reason = self._unready(act, page, past)
        if reason is not None:
            return reason
        approval = side.approve(act, page, bit, past)
        for other in page.approvals:
            if other.act.party is not statement.party and approval.agrees_with(other):
                pair = (approval, other) if statement.party is Party.US else (other, approval)
                self._agreements.append(pair)
        return None

    def _unready(self, act: Act, page: Page, past: int) -> Reason | None:
        """Say what a government must do before its national key approves this text."""
        statement = act.statement
        delegation = self._rules.delegation(statement.party, act.entered)
        if delegation is None or not page.is_cleared(delegation, past):
            return Reason.NOT_CLEARED
        found = self._findings(page, statement.rules or 0)
        if found is None:
            return Reason.UNKNOWN_RULES
        if found.missing:
            return Reason.ONE_LANGUAGE
        if found.mismatched and found.mismatched - page.settled(past):
            return Reason.MISMATCH
        return None

    def _findings(self, page: Page, version: int) -> Findings | None:
        if version not in page.findings and version in self._rules.checkers:
            page.findings[version] = self._rules.checkers[version](page.text)
        return page.findings.get(version)

    def object(self, act: Act, bit: int, past: int) -> Reason | None:
        statement = act.statement
        page = self._known(act, past)
        if page is None:
            return Reason.UNKNOWN_REVISION
        closed = self._closed(past)
        if closed is Reason.WITHDRAWN:
            return closed
        side = self._sides[statement.party]
        if statement.office == NATIONAL:
            if side.turn & past != side.turn:
                return Reason.OUT_OF_TURN
            side.object(page, bit)
        else:
            page.doubt(statement.party, statement.office, bit, past)
        (page.objections if closed is None else page.late_objections).append(act)
        return None

    def withdraw(self, act: Act, bit: int, past: int) -> Reason | None:
        statement = act.statement
        page, side = self._known(act, past), self._sides[statement.party]
        if statement.office != NATIONAL:
            return Reason.WRONG_OFFICE
        if page is None:
            return Reason.UNKNOWN_REVISION
        if side.turn & past != side.turn:
            return Reason.OUT_OF_TURN
        closed = self._closed(past)
        if closed is Reason.ALREADY_AGREED:
            return self._end(act, page, bit, past)
        if closed is None and not any(
            mine & past and party is statement.party for mine, party in self._roots
        ):
            closed = Reason.NOT_THE_PROPOSER
        if closed is None:
            side.withdraw(bit)
            self._withdrawals.append((bit, act))
        return closed

    def _end(self, act: Act, page: Page, bit: int, past: int) -> Reason | None:
        """Ask to end what was agreed: it ends when both ask."""
        if not any(us.page is page and past & us.bit and past & mx.bit for us, mx in self._agreements):
            return Reason.ALREADY_AGREED
        asked = self._sides[act.statement.party].end(act, page, bit, past)
        for other in self._sides[_OTHER[act.statement.party]].ends:
            if other.page is page and asked.agrees_with(other):
                self._ends.append((asked, other))
        return None

    def state(self, facts: Facts) -> State:
        """Return the state after everything that was read."""
        agreement, is_covered = self._agreement(facts)
        agreed = agreement.revision if agreement else None
        pages = sorted(self._pages.values(), key=Page.order)
        open_heads = tuple(page.text.hash for page in pages if not page.children)
        ending = [asked.act for side in self._sides.values() for asked in side.ends if not asked.released]
        return State(
            self._decision,
            self._status(agreement, facts, is_covered=is_covered),
            tuple(page.frozen(agreement) for page in pages),
            open_heads if agreed is None else (agreed,),
            agreement,
            tuple(act for _, act in self._withdrawals),
            tuple(ending) if agreement else (),
            tuple(self._refusals[act] for act in sorted(self._refusals)),
            tuple(sorted(self._waiting)),
            self._frontier(),
        )

    def _agreement(self, facts: Facts) -> tuple[Agreement | None, bool]:
        """Return the agreement, and whether it is in effect: each approval covered for the other side."""
        covered = facts.cosigned
        pairs = sorted(
            (us.act.id not in covered or mx.act.id not in covered, us.act.id, mx.act.id, us, mx)
            for us, mx in self._agreements
        )
        if not pairs:
            return None, False
        uncovered, _, _, us, mx = pairs[0]
        return Agreement(us.page.text.hash, us.act, mx.act), not uncovered

    def _status(self, agreement: Agreement | None, facts: Facts, *, is_covered: bool) -> Status:
        if agreement is None:
            if self._withdrawals and self._is_withdrawn(EVERYTHING):
                return Status.WITHDRAWN
            return Status.OPEN if self._pages else Status.NONE
        if not is_covered:
            return Status.AGREED
        ended = any({one.act.id, other.act.id} <= facts.cosigned for one, other in self._ends)
        return Status.ENDED if ended else Status.IN_EFFECT

    def _frontier(self) -> tuple[str, ...]:
        """Return the acts that count and that no other one has seen, the latest where there are too many."""
        bit, union, found = 1, self._union, []
        for act in self._pasts:
            if not union & bit and act not in self._refusals:
                found.append(act)
            bit <<= 1
        return tuple(sorted(found[-MAX_SEEN:]))


_EFFECTS: Final[dict[Verb, Callable[[_Docket, Act, int, int], Reason | None]]] = {
    Verb.PROPOSE: _Docket.open,
    Verb.SUPERSEDE: _Docket.open,
    Verb.REVISE: _Docket.open,
    Verb.CLEAR: _Docket.clear,
    Verb.RECONCILE: _Docket.reconcile,
    Verb.APPROVE: _Docket.approve,
    Verb.OBJECT: _Docket.object,
    Verb.WITHDRAW: _Docket.withdraw,
}


def _sorted(queue: list[Act]) -> list[Act]:
    queue.sort(key=_BY_INDEX)
    places = {act.index for act in queue}
    return queue if len(places) == len(queue) else sorted(queue, key=_BY_PLACE)
