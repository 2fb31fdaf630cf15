"""Whether an act is the word of the office it names: its key, term, clock and signature.

Only a government's own keys speak for it, and only in their term. Serves every work-plan line.
"""

import datetime as dt
from typing import Final

from hled.forum.decisions.keys import KeyTerm
from hled.forum.decisions.refusals import Reason
from hled.forum.decisions.rules import Rules
from hled.forum.decisions.statements import Act
from hled.forum.delegations import NATIONAL

_NOBODY: Final = (None, "", ())


def doubt(act: Act, rules: Rules) -> Reason | None:
    """Say why the act is not its office's word; None where it is."""
    statement, entered = act.statement, act.entered
    party, office, spans = rules.spans.get(statement.key, _NOBODY)
    if party is statement.party and office == statement.office:
        signed = statement.at
        for start, end in spans:
            if start <= signed <= entered < end:
                return None if act.is_genuine else Reason.BAD_SIGNATURE
    return _closely(act, rules)


def _closely(act: Act, rules: Rules) -> Reason | None:
    """Look at an act that is not plainly good: find what is wrong, or that only its clock runs ahead."""
    statement, entered = act.statement, act.entered
    terms = rules.keys.by_key.get(statement.key)
    if not terms:
        return Reason.UNKNOWN_KEY
    if terms[0].party is not statement.party:
        return Reason.FOREIGN_KEY
    if terms[0].office != statement.office or not _has_office(act, rules):
        return Reason.WRONG_OFFICE
    if not _is_active(terms, entered, statement.at):
        return Reason.KEY_NOT_ACTIVE
    if statement.at > entered and _ahead(statement.at, entered) > rules.skew:
        return Reason.CLOCK
    return None if act.is_genuine else Reason.BAD_SIGNATURE


def _is_active(terms: tuple[KeyTerm, ...], entered: str, signed: str) -> bool:
    """Say whether one term holds both when the act was signed and when it was entered."""
    for item in terms:
        start, end = item.term.start, item.term.end
        if start <= entered and start <= signed and (end is None or (entered < end and signed < end)):
            return True
    return False


def _has_office(act: Act, rules: Rules) -> bool:
    """Say whether the government had the office when the act was entered."""
    statement = act.statement
    if statement.office == NATIONAL:
        return True
    delegation = rules.delegation(statement.party, act.entered)
    return delegation is not None and statement.office in delegation.ministries


def _ahead(one: str, other: str) -> float:
    """Return by how many seconds one moment is after another."""
    return (dt.datetime.fromisoformat(one) - dt.datetime.fromisoformat(other)).total_seconds()
