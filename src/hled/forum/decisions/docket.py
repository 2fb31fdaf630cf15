"""The working notes of the reducer: what was taken in so far about one revision and by one government.

Acts are bits and pasts are masks over them. Serves every work-plan line.
"""

from typing import Final

from hled.forum.decisions.rules import Findings
from hled.forum.decisions.state import Agreement, Revision
from hled.forum.decisions.statements import Act
from hled.forum.decisions.text import Text
from hled.forum.delegations import Delegation
from hled.workplan.types import Party

EVERYTHING: Final = -1  # a past in which all acts lie


class Approval:
    """A national act that takes two: an approval, or the wish to end what was agreed.

    `released` are own later acts that end it; `left` are other texts that the government had approved before,
    each with the act by which it left it.
    """

    __slots__ = ("act", "bit", "left", "page", "past", "released")

    def __init__(self, act: Act, page: "Page", bit: int, past: int) -> None:
        self.act, self.page, self.bit, self.past = act, page, bit, past
        self.left: tuple[tuple[Page, int], ...] = ()
        self.released = 0

    def agrees_with(self, other: "Approval") -> bool:
        """Say whether this and the other side's make an agreement; only their pasts decide."""
        return (
            not self.released & other.past
            and not other.released & self.past
            and self.has_left_safely(other)
            and other.has_left_safely(self)
        )

    def has_left_safely(self, other: "Approval") -> bool:
        """Say whether the other side can no longer agree to a text that this side approved before.

        It has seen that this side left it; or, without ever having approved it, that it was revised.
        """
        party, past = other.act.party, other.past
        return all(
            leaving & past or (page.children & past and not page.approved[party] & past)
            for page, leaving in self.left
        )


class Side:
    """The chain of national acts of one government; `turn` is all of them, which the next must have seen."""

    __slots__ = ("approvals", "ends", "left", "turn")

    def __init__(self) -> None:
        self.turn = 0
        self.approvals: list[Approval] = []
        self.ends: list[Approval] = []
        self.left: list[tuple[Page, int]] = []  # what was approved, and the act that ended it first

    def approve(self, act: Act, page: "Page", bit: int, past: int) -> Approval:
        """Approve a revision; an approval of another one ends by it."""
        self.turn |= bit
        self._release(bit, but=page)
        approval = Approval(act, page, bit, past)
        approval.left = tuple(item for item in self.left if item[0] is not page)
        self.approvals.append(approval)
        page.approvals.append(approval)
        page.approved[act.party] |= bit
        return approval

    def object(self, page: "Page", bit: int) -> None:
        """Object to a revision: its approval ends, and so does the wish to end it after agreement."""
        self.turn |= bit
        self._release(bit, only=page)
        for asked in self.ends:
            asked.released |= bit

    def withdraw(self, bit: int) -> None:
        """Withdraw the proposal: every approval ends."""
        self.turn |= bit
        self._release(bit)

    def end(self, act: Act, page: "Page", bit: int, past: int) -> Approval:
        """Ask to end what was agreed."""
        self.turn |= bit
        asked = Approval(act, page, bit, past)
        self.ends.append(asked)
        return asked

    def _release(self, bit: int, *, but: "Page | None" = None, only: "Page | None" = None) -> None:
        for approval in self.approvals:
            if approval.page is not but and (only is None or approval.page is only):
                if not approval.released:
                    self.left.append((approval.page, bit))
                approval.released |= bit


class Page:
    """One revision: `bits` are the acts that brought it, `children` those that revised it further."""

    __slots__ = ("_clears", "_doubts", "approvals", "approved", "bits", "children", "clearances", "findings",
                 "late_objections", "objections", "proposals", "reconciled", "text")  # fmt: skip

    def __init__(self, text: Text) -> None:
        self.text = text
        self.bits = self.children = 0
        self.proposals: list[Act] = []
        self.clearances: list[Act] = []
        self.approvals: list[Approval] = []
        self.approved = {Party.US: 0, Party.MX: 0}  # acts that approved it, by government
        self.objections: list[Act] = []
        self.late_objections: list[Act] = []
        self.reconciled: list[tuple[int, Act]] = []
        self.findings: dict[int, Findings] = {}
        self._clears: dict[tuple[Party, str], list[tuple[int, int]]] = {}
        self._doubts: dict[tuple[Party, str], list[tuple[int, int]]] = {}

    def order(self) -> tuple[str, str]:
        """The order in which revisions are shown: by time, then by hash."""
        return min(act.entered for act in self.proposals), self.text.hash

    def clear(self, party: Party, office: str, bit: int, past: int) -> None:
        """Note that a ministry cleared the revision."""
        self._clears.setdefault((party, office), []).append((bit, past))

    def doubt(self, party: Party, office: str, bit: int, past: int) -> None:
        """Note that a ministry objected: its clearance counts again when it clears after that."""
        self._doubts.setdefault((party, office), []).append((bit, past))

    def is_cleared(self, delegation: Delegation, past: int) -> bool:
        """Say whether, as far as `past` goes, enough ministries of a side cleared and do not object."""
        missing = delegation.quorum
        for office in delegation.ministries:
            if self._stands((delegation.party, office), past):
                missing -= 1
                if not missing:
                    return True
        return False

    def _stands(self, office: tuple[Party, str], past: int) -> bool:
        doubts = self._doubts.get(office, ())
        for bit, before in self._clears.get(office, ()):
            if bit & past:
                for doubt, _ in doubts:
                    if doubt & past and not doubt & before:
                        break
                else:
                    return True
        return False

    def settled(self, past: int) -> frozenset[str]:
        """Return the paragraphs whose difference, as far as `past` goes, both governments explained."""
        said = {(act.statement.paragraph, act.party) for bit, act in self.reconciled if bit & past}
        names = {paragraph for paragraph, _ in said if paragraph is not None}
        return frozenset(name for name in names if all((name, party) in said for party in Party))

    def frozen(self, agreement: Agreement | None) -> Revision:
        """Return the revision for the state, in which there may be an agreement on it or on another one."""
        mine = self.approvals
        if agreement is None:
            stands = [] if self.children else [item.act for item in mine if not item.released]
        elif agreement.revision == self.text.hash:
            stands = [agreement.us, agreement.mx]
        else:
            stands = []
        counting = {act.id for act in stands}
        return Revision(
            self.text,
            tuple(self.proposals),
            tuple(self._standing()),
            tuple(stands),
            tuple(item.act for item in mine if item.act.id not in counting),
            tuple(self.objections),
            tuple(self.late_objections),
            tuple(act for _, act in self.reconciled),
            () if agreement or len(stands) < 2 else self._unconfirmed(),
        )

    def _standing(self) -> list[Act]:
        """Return the latest clearance of each ministry that does not object by now."""
        latest = {(act.party, act.statement.office): act for act in self.clearances}
        if not self._doubts:
            return list(latest.values())
        return [act for office, act in latest.items() if self._stands(office, EVERYTHING)]

    def _unconfirmed(self) -> tuple[Party, ...]:
        """Return the governments whose latest approval has not seen the other's."""
        latest = {approval.act.party: approval for approval in self.approvals if not approval.released}
        if len(latest) < 2:
            return ()
        return tuple(
            party
            for party in Party
            if not any(other.bit & latest[party].past for name, other in latest.items() if name is not party)
        )
