"""All decisions together: their states, what supersedes what, and whether a new act may be entered.

Serves every work-plan line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Final

from hled.forum.decisions.reducer import reduce
from hled.forum.decisions.refusals import Reason, Refusal
from hled.forum.decisions.rules import Facts, Rules
from hled.forum.decisions.state import State
from hled.forum.decisions.statements import Act
from hled.forum.decisions.status import Status
from hled.forum.decisions.text import Successor

_NO_FACTS: Final = Facts()


def reduce_all(acts: Iterable[Act], rules: Rules, facts: Facts = _NO_FACTS) -> dict[str, State]:
    """Return the state of every decision that an act speaks of, with what supersedes what."""
    grouped: dict[str, list[Act]] = {}
    for act in acts:
        grouped.setdefault(act.statement.decision, []).append(act)
    return superseded({name: reduce(name, group, rules, facts) for name, group in grouped.items()})


def superseded(states: Mapping[str, State]) -> dict[str, State]:
    """Return the states in which a decision is superseded that one in effect takes the place of."""
    links: dict[str, list[Successor]] = {}
    for name, state in states.items():
        agreed = state.agreement and state.revision(state.agreement.revision)
        old = agreed.text.supersedes if agreed and state.status is Status.IN_EFFECT else None
        target = states.get(old.decision) if old else None
        if old and agreed and target and target.agreement and target.agreement.revision == old.revision:
            links.setdefault(old.decision, []).append(Successor(name, agreed.hash))
    done = dict(states)
    for name, successors in links.items():
        if done[name].status is Status.IN_EFFECT:
            named = tuple(sorted(successors, key=attrgetter("decision")))
            done[name] = replace(done[name], status=Status.SUPERSEDED, superseded_by=named)
    return done


def admissible(act: Act, known: Iterable[Act], rules: Rules) -> Refusal | None:
    """Say why a new act may not be entered beside what is known here; None where it may.

    Stricter than the reducer, which must take what two nodes did apart: an act to be entered now must have
    seen everything that is known here.
    """
    before = list(known)
    decision = act.statement.decision
    state = reduce(decision, [*before, act], rules)
    for refusal in state.refusals:
        if refusal.act == act.id:
            return refusal
    if act.statement.seen == reduce(decision, before, rules).frontier:
        return None
    return Refusal(act.id, act.statement.party, act.statement.verb, Reason.OUT_OF_DATE)
