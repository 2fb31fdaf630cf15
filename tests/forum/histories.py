"""Histories of two governments, honest and not, for tests over all interleavings."""

import random
from dataclasses import replace

from hled.forum.decisions import Act, Statement, Verb
from hled.forum.decisions.statements import OPENING, REASONED, current_rules
from hled.forum.delegations import NATIONAL
from tests.forum.acting import DECISION, MINISTRIES, OTHER, WHY, Node, key, moment, text, two, vkey

TURNS = (Verb.REVISE, Verb.CLEAR, Verb.APPROVE, Verb.OBJECT, Verb.WITHDRAW, Verb.RECONCILE)
LABELS = ("one", "two", "MISMATCH")


class Dice(random.Random):
    """Choices that a seed repeats."""


def known_texts(node: Node) -> list:
    """The texts that have arrived at a node."""
    return [act.text for act in node.known if act.text is not None]


def honest(node: Node, choice: random.Random) -> None:
    """Do one thing that a page would offer, having seen everything known here."""
    texts = known_texts(node)
    if not texts or choice.random() < 0.03:
        node.act(Verb.PROPOSE, text(choice.choice(LABELS)), choice.choice(MINISTRIES[node.party]))
        return
    body = choice.choice(texts[-3:])
    verb = choice.choices(TURNS, [2, 4, 6, 2, 1, 1])[0]
    if verb is Verb.REVISE:
        node.act(verb, text(choice.choice(LABELS), body.hash), choice.choice(MINISTRIES[node.party]))
    elif verb is Verb.CLEAR:
        node.act(verb, body.hash, choice.choice(MINISTRIES[node.party]))
    elif verb is Verb.APPROVE and choice.random() < 0.7:
        node.act(Verb.CLEAR, body.hash, choice.choice(MINISTRIES[node.party]))
        node.act(verb, body.hash)
    else:
        office = (
            choice.choice(MINISTRIES[node.party])
            if verb is Verb.OBJECT and choice.random() < 0.3
            else NATIONAL
        )
        node.act(verb, body.hash, office)


def blind(node: Node, choice: random.Random) -> None:
    """Do one thing while claiming to have seen less than what is known here."""
    log, mirror = node.log, node.mirror
    kept = choice.choice([len(log), choice.randint(0, len(log))])
    node.log, node.mirror = log[:kept], mirror[: choice.randint(0, len(mirror))]
    seen = node.state().frontier
    body = choice.choice(known_texts(node) or [text("one")])
    node.log, node.mirror = log, mirror
    verb = choice.choices(TURNS, [2, 4, 8, 3, 2, 1])[0]
    ministry = verb in {Verb.REVISE, Verb.CLEAR}
    on = text(choice.choice(LABELS), body.hash) if verb is Verb.REVISE else body.hash
    node.act(verb, on, choice.choice(MINISTRIES[node.party]) if ministry else NATIONAL, seen=seen)


def wild(node: Node, choice: random.Random) -> None:
    """Sign anything with any own key, in the own name or the other's; or copy what was signed before."""
    if node.known and choice.random() < 0.2:
        copied = choice.choice(node.known)
        node.log.append(replace(copied, log=node.party.lower(), index=len(node.log), entered=moment(5)))
        return
    seen = [act.id for act in node.known]
    verb = choice.choice(list(TURNS))
    body = choice.choice(known_texts(node) or [text("one")])
    if verb is Verb.REVISE:
        body = text(choice.choice(LABELS), body.hash)
    party = choice.choice((node.party, node.party, OTHER[node.party]))
    office = choice.choice((NATIONAL, *MINISTRIES[node.party]))
    statement = Statement(
        verb,
        DECISION,
        body.hash,
        party,
        office,
        vkey(node.party, office),
        moment(choice.randrange(3)),
        tuple(sorted(set(choice.sample(seen, min(len(seen), choice.randrange(4)))))),
        WHY if verb in REASONED else None,
        "p1" if verb is Verb.RECONCILE else None,
        current_rules(verb),
    )
    signature = key(node.party, office).sign_bytes(statement.message)
    place = (node.party.lower(), len(node.log), moment(5))  # nobody can write into the other's log
    act = Act(statement, signature, *place, body if verb in OPENING else None)
    act.__dict__["is_genuine"] = True  # just signed; checking it again would only cost time
    node.log.append(act)


def history(choice: random.Random, steps: int, *, lies: float = 0.0) -> tuple[Node, Node]:
    """Let both governments act and mirror each other for some steps; `lies` is the share of bad acts.

    In half of the histories only one of the two lies.
    """
    nodes = two(1)
    liars = choice.choice([nodes, nodes[:1], nodes[1:], nodes])
    for _ in range(steps):
        node, other = choice.sample(nodes, 2)
        if choice.random() < 0.35:
            node.pull(other, choice.randrange(1, 4))
        elif node in liars and choice.random() < lies:
            choice.choice((blind, blind, blind, wild))(node, choice)
        else:
            honest(node, choice)
    return nodes
