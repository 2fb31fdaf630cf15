"""How many acts on decisions the reducer takes in, and what reading and checking each of them costs before.

Three claims, kept apart because a page pays them at different times. `decisions_reducer`: acts per second of
CPU from acts to states, all decisions of the dialogue at once; every act was read, its name hashed and its
signature checked before the clock starts, and the texts were compared before (each is compared once). It is
one pure function on one core, so CPU time is what is measured. `decisions_reading`: from the bytes of an
entry to an act with its name. `decisions_signatures`: Ed25519 checks, once per act, by `cryptography`.
"""

import time
from collections.abc import Callable, Sequence
from itertools import count

from results import Goal, Result

from hled.forum.decisions import (
    Act,
    Keys,
    KeyTerm,
    Rules,
    Statement,
    Status,
    Text,
    Verb,
    act_entry,
    read_act,
    reduce_all,
    sign,
)
from hled.forum.decisions.statements import OPENING, REASONED, current_rules
from hled.forum.delegations import NATIONAL, Term, example_delegations
from hled.language import Bilingual
from hled.language.concordance import Paragraph
from hled.record import decode, encode
from hled.record.notes import Algorithm, SigningKey
from hled.workplan.types import Party

DECISIONS = 500
PASSES = 10  # 500 decisions of 20 acts, ten times over: 100,000 acts in a sample
AT = "2026-11-23T12:00:00Z"
WHY = Bilingual("The costs are not settled.", "Los costos no están definidos.")
SIDES = {side.party: side.ministries for side in example_delegations()}
SIGNERS = {
    (party, office): SigningKey.generate(f"{party.lower()}/{office}", Algorithm.ED25519)
    for party in Party
    for office in (NATIONAL, *SIDES[party])
}
RULES = Rules(
    Keys(
        tuple(
            KeyTerm(*office, str(signer.verifier), Term("2026-01-01")) for office, signer in SIGNERS.items()
        )
    ),
    example_delegations(),
    {Party.US: "us", Party.MX: "mx"},
)


def decided(number: int, places: dict[Party, "count[int]"]) -> list[Act]:
    """One decision as they go: proposed, doubted, revised twice, cleared and approved by both; 20 acts."""
    name = f"urn:hled:decision:bench-{number}"
    first = text(name, "a bridge", None)
    second = text(name, "a ferry", first.hash)
    third = text(name, "a gate", second.hash)
    us, mx = Party.US, Party.MX
    plan: list[tuple[Verb, Party, str, Text]] = [
        (Verb.PROPOSE, us, SIDES[us][0], first),
        *((Verb.CLEAR, us, office, first) for office in SIDES[us]),
        (Verb.APPROVE, us, NATIONAL, first),
        (Verb.OBJECT, mx, SIDES[mx][1], first),
        (Verb.OBJECT, mx, NATIONAL, first),
        (Verb.REVISE, mx, SIDES[mx][0], second),
        (Verb.CLEAR, mx, SIDES[mx][0], second),
        (Verb.OBJECT, us, SIDES[us][2], second),
        (Verb.REVISE, us, SIDES[us][1], third),
        *((Verb.CLEAR, us, office, third) for office in SIDES[us]),
        (Verb.APPROVE, us, NATIONAL, third),
        *((Verb.CLEAR, mx, office, third) for office in SIDES[mx]),
        (Verb.APPROVE, mx, NATIONAL, third),
        (Verb.OBJECT, mx, SIDES[mx][2], third),
    ]
    acts: list[Act] = []
    for verb, party, office, body in plan:
        seen = (acts[-1].id,) if acts else ()
        acts.append(act(verb, (party, office), body, seen, next(places[party])))
    return acts


def text(decision: str, label: str, parent: str | None) -> Text:
    """A text of two paragraphs whose versions agree."""
    paragraphs = (
        Paragraph("p1", f"The parties build {label}.", f"Las partes construyen {label}."),
        Paragraph("p2", "They meet on 9 September 2027.", "Se reúnen el 9 de septiembre de 2027."),
    )
    return Text(decision, Bilingual("A crossing", "Un cruce"), paragraphs, (), parent)


def act(verb: Verb, office: tuple[Party, str], body: Text, seen: tuple[str, ...], index: int) -> Act:
    """A signed act at its place in its government's log."""
    key = SIGNERS[office]
    reason = WHY if verb in REASONED else None
    rules = current_rules(verb)
    statement = Statement(
        verb, body.decision, body.hash, *office, str(key.verifier), AT, seen, reason, None, rules
    )
    log = RULES.logs[office[0]]
    return Act(statement, sign(statement, key), log, index, AT, body if verb in OPENING else None)


def rate(work: Callable[[], object], items: int, samples: int) -> list[float]:
    """Return items per second of CPU, a sample each time that `work` is done."""
    found = []
    for _ in range(samples):
        started = time.process_time()
        work()
        found.append(round(items / (time.process_time() - started)))
    return found


def fresh(acts: Sequence[Act]) -> list[Act]:
    """The same acts as nobody has checked them yet."""
    return [
        Act(item.statement, item.signature, item.log, item.index, item.entered, item.text) for item in acts
    ]


def main() -> None:
    """Build the acts, check that both ways lead to the right states, and measure."""
    places = {party: count() for party in Party}
    acts = [item for number in range(DECISIONS) for item in decided(number, places)]
    entries = [encode(act_entry(item.statement, item.signature, at=AT)) for item in acts]
    data: dict[str, str | None] = {"kind": "synthetic", "checksum": None}

    unread = list(zip(acts, entries, strict=True))

    def read() -> None:
        for item, entry in unread:
            _ = read_act(decode(entry), log=item.log, index=item.index, text=item.text).id

    reading = rate(read, len(acts), 5)
    unchecked = iter([fresh(acts[:2_000]) for _ in range(5)])
    checks = rate(lambda: [item.is_genuine for item in next(unchecked)], 2_000, 5)

    states = reduce_all(acts, RULES).values()
    if len(acts) != 20 * DECISIONS or any(
        item.status is not Status.AGREED or item.refusals for item in states
    ):
        raise SystemExit("the acts do not lead to agreements, so nothing was measured")
    reducing = rate(lambda: [reduce_all(acts, RULES) for _ in range(PASSES)], len(acts) * PASSES, 7)

    for claim, samples, goal in (
        ("decisions_reducer", reducing, 100_000),
        ("decisions_reading", reading, 5_000),
        ("decisions_signatures", checks, 2_000),
    ):
        Result(claim, "decisions", "acts/s", "higher", samples, Goal("absolute", goal), data=data).write()


if __name__ == "__main__":
    main()
