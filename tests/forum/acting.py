"""Two governments at work: their keys, logs and nodes, for tests of decisions."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from hled.forum.decisions import (
    Act,
    Facts,
    Findings,
    Keys,
    KeyTerm,
    Rules,
    State,
    Statement,
    Successor,
    Text,
    Verb,
    reduce,
    sign,
)
from hled.forum.decisions.statements import OPENING, REASONED, current_rules
from hled.forum.delegations import NATIONAL, Delegation, Term
from hled.language import Bilingual
from hled.language.concordance import Paragraph
from hled.record.notes import Algorithm, SigningKey
from hled.workplan.types import Party

US, MX = Party.US, Party.MX
OTHER = {US: MX, MX: US}
DECISION = "urn:hled:decision:2026-014"
BEGIN = "2026-01-01T00:00:00Z"
WHY = Bilingual("It does not suit us.", "No nos conviene.")
MINISTRIES = {US: ("us-state", "us-commerce", "us-ustr"), MX: ("mx-sre", "mx-se", "mx-shcp")}


@cache
def key(party: Party, office: str, number: int = 1) -> SigningKey:
    """The key of an office, always the same one."""
    name = f"{party.lower()}/{office}/{number}"
    return SigningKey(name, Algorithm.ED25519, hashlib.sha256(name.encode()).digest())


@cache
def vkey(party: Party, office: str, number: int = 1) -> str:
    """Its public form."""
    return str(key(party, office, number).verifier)


@cache
def rules(quorum: int = 2) -> Rules:
    """Both delegations, each office with one key since the beginning."""
    terms = [
        KeyTerm(party, office, vkey(party, office), Term(BEGIN))
        for party in Party
        for office in (NATIONAL, *MINISTRIES[party])
    ]
    sides = tuple(Delegation(party, MINISTRIES[party], quorum, Term("2026-01-01")) for party in Party)
    return Rules(Keys(tuple(terms)), sides, {US: "us", MX: "mx"}, {1: checked})


def checked(text: Text) -> Findings:
    """A checker for tests: a paragraph mismatches that says so, and is missing where a version is empty."""
    return Findings(
        frozenset(item.id for item in text.paragraphs if "MISMATCH" in item.en),
        frozenset(item.id for item in text.paragraphs if not item.es),
    )


@cache
def text(
    label: str = "one",
    parent: str | None = None,
    *,
    decision: str = DECISION,
    supersedes: Successor | None = None,
) -> Text:
    """A text that says its label in both languages."""
    paragraph = Paragraph("p1", f"We {label}.", f"Nosotros {label}.")
    title = Bilingual("A decision", "Una decisión")
    return Text(decision, title, (paragraph,), (), parent, supersedes)


def moment(number: int) -> str:
    """A time: `number` minutes after the beginning."""
    day, hour, minute = 1 + number // 1440 % 28, number // 60 % 24, number % 60
    return f"2026-{1 + number // 40320:02}-{day:02}T{hour:02}:{minute:02}:00Z"


@cache
def signature(statement: Statement, number: int) -> bytes:
    """Sign once; Ed25519 gives the same bytes every time."""
    return sign(statement, key(statement.party, statement.office, number))


@cache
def placed(statement: Statement, number: int, place: tuple[str, int, str], body: Text | None) -> Act:
    """An act at its place; the same object for the same act, so that its signature is checked once."""
    return Act(statement, signature(statement, number), *place, body)


class Node:
    """One government's node: its log, and as much of the other's as has arrived."""

    def __init__(self, party: Party, quorum: int = 2) -> None:
        self.party, self.rules = party, rules(quorum)
        self.log: list[Act] = []
        self.mirror: list[Act] = []

    @property
    def known(self) -> list[Act]:
        """Everything that has arrived here."""
        return [*self.log, *self.mirror]

    def state(self, facts: Facts | None = None, decision: str = DECISION) -> State:
        """What follows from it."""
        return reduce(decision, self.known, self.rules, facts or Facts())

    def act(self, verb: Verb, on: str | Text, office: str = NATIONAL, **more: object) -> Act:
        """Do something, having seen everything that is known here, unless `more` says otherwise."""
        body = on if isinstance(on, Text) else None
        decision = body.decision if body else str(more.pop("decision", DECISION))
        at = str(more.pop("at", moment(len(self.known))))
        entered, number = str(more.pop("entered", at)), int(str(more.pop("number", 1)))
        statement = Statement(
            verb,
            decision,
            body.hash if body else str(on),
            self.party,
            office,
            vkey(self.party, office, number),
            at,
            self.state(decision=decision).frontier,
            WHY if verb in REASONED else None,
            "p1" if verb is Verb.RECONCILE else None,
            current_rules(verb),
        )
        act = placed(
            replace(statement, **more),
            number,
            (self.party.lower(), len(self.log), entered),
            body if verb in OPENING else None,
        )
        self.log.append(act)
        return act

    def clear(self, on: str, ministries: int = 2) -> None:
        """Let some ministries clear a revision."""
        for office in MINISTRIES[self.party][:ministries]:
            self.act(Verb.CLEAR, on, office)

    def approve(self, on: str) -> Act:
        """Clear a revision and approve it with the national key."""
        self.clear(on)
        return self.act(Verb.APPROVE, on)

    def pull(self, other: "Node", count: int | None = None) -> None:
        """Mirror the other's log, up to `count` acts more."""
        have = len(self.mirror)
        self.mirror = other.log[: len(other.log) if count is None else have + count]


def two(quorum: int = 2) -> tuple[Node, Node]:
    """Both nodes, new."""
    return Node(US, quorum), Node(MX, quorum)


def sync(one: Node, other: Node) -> None:
    """Let both see everything."""
    one.pull(other)
    other.pull(one)


def covering(acts: Iterable[Act]) -> Facts:
    """Facts that say that the other side cosigned all of them."""
    return Facts(frozenset(act.id for act in acts))
