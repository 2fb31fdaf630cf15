"""Decisions that exist only when both governments agree: texts, signed acts, and the state that follows.

`reduce` derives the state of one decision from the acts of both logs, `reduce_all` that of all; `statements`
and `entries` make and read the acts. Serves every work-plan line.
"""

from hled.forum.decisions.entries import ENTRY_TYPES, act_entry, read_act
from hled.forum.decisions.keys import KeyChange, Keys, KeyTerm, change_key
from hled.forum.decisions.reducer import reduce
from hled.forum.decisions.refusals import Reason, Refusal
from hled.forum.decisions.register import admissible, reduce_all
from hled.forum.decisions.rules import Facts, Findings, Rules
from hled.forum.decisions.state import Agreement, Pending, Revision, State, pending
from hled.forum.decisions.statements import Act, Statement, Verb, sign
from hled.forum.decisions.status import Status
from hled.forum.decisions.text import Successor, Text, read_text

__all__ = [
    "ENTRY_TYPES",
    "Act",
    "Agreement",
    "Facts",
    "Findings",
    "KeyChange",
    "KeyTerm",
    "Keys",
    "Pending",
    "Reason",
    "Refusal",
    "Revision",
    "Rules",
    "State",
    "Statement",
    "Status",
    "Successor",
    "Text",
    "Verb",
    "act_entry",
    "admissible",
    "change_key",
    "pending",
    "read_act",
    "read_text",
    "reduce",
    "reduce_all",
    "sign",
]
