"""Acts on decisions as the contents of entries of the record, and back.

The type of the entry is the verb, its URN the decision, its content the rest of the statement and the
signature; the text lies beside the record under its SHA-256, which is the revision's name. Serves every
work-plan line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from hled.forum.decisions.keys import KeyChange
from hled.forum.decisions.state import Agreement
from hled.forum.decisions.statements import Act, Statement, Verb
from hled.forum.decisions.text import Text
from hled.forum.errors import ActError, refused
from hled.record import Entry
from hled.record.errors import NoteError
from hled.record.text import from_base64, to_base64
from hled.workplan import RecordInvalid
from hled.workplan.errors import Findings
from hled.workplan.fields import Choice, Identifier, Ids, Whole
from hled.workplan.fields import Text as Words
from hled.workplan.parts import Both, One, Shape
from hled.workplan.types import Party

ENTRY_TYPES: Final[dict[str, Verb]] = {
    "decision.proposed": Verb.PROPOSE,
    "decision.successor_proposed": Verb.SUPERSEDE,
    "decision.revised": Verb.REVISE,
    "decision.cleared": Verb.CLEAR,
    "decision.reconciled": Verb.RECONCILE,
    "decision.approved": Verb.APPROVE,
    "decision.objected": Verb.OBJECT,
    "decision.withdrawn": Verb.WITHDRAW,
}
AGREED: Final = "decision.agreed"
KEY_CHANGED: Final = "office.key_changed"
_TYPES: Final = {verb: name for name, verb in ENTRY_TYPES.items()}
Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True)
class _Signed:
    """The content of an entry that carries an act."""

    revision: str
    party: Party
    office: str
    key: str
    at: str
    seen: tuple[str, ...]
    reason: object
    paragraph: str | None
    rules: int | None
    signature: str


def _shape(noun: type[Noun], *parts: One | Both) -> Shape[Noun]:
    return Shape(noun, noun="decision", entry="", section="", parts=parts)


_ACT: Final = _shape(
    _Signed,
    One("revision", "revision", Identifier()),
    One("party", "party", Choice(Party)),
    One("office", "office", Identifier()),
    One("key", "key", Words(400)),
    One("at", "at", Words(20)),
    One("seen", "seen", Ids()),
    Both("reason", "reason", nullable=True),
    One("paragraph", "paragraph", Identifier(), nullable=True),
    One("rules", "rules", Whole(low=1, high=10**6), nullable=True),
    One("signature", "signature", Words(120)),
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a node says when it derived that a decision took effect: which acts made it so.

    It is no source of anything: whoever reads it derives the state again (`confirms`).
    """

    revision: str
    approval_us: str
    approval_mx: str

    def confirms(self, agreement: Agreement | None) -> bool:
        """Say whether the derived agreement is the one that is told here."""
        return agreement is not None and self == agreed_by(agreement)


_AGREED: Final = _shape(
    Agreed,
    *(One(name, name, Identifier()) for name in ("revision", "approval_us", "approval_mx")),
)


@dataclass(frozen=True, slots=True)
class _Changed:
    """The content of an entry that changes an office's key."""

    party: Party
    office: str
    old: str
    new: str
    by_old: str
    by_new: str


_CHANGED: Final = _shape(
    _Changed,
    One("party", "party", Choice(Party)),
    One("office", "office", Identifier()),
    *(One(name, name, Words(400)) for name in ("old", "new", "by_old", "by_new")),
)


def act_entry(statement: Statement, signature: bytes, *, at: str, prev: str | None = None) -> Entry:
    """Return the entry of a signed statement; `at` is the node's own time, UTC."""
    content = _Signed(
        statement.revision,
        statement.party,
        statement.office,
        statement.key,
        statement.at,
        statement.seen,
        statement.reason,
        statement.paragraph,
        statement.rules,
        to_base64(signature),
    )
    return Entry(_TYPES[statement.verb], statement.decision, at, _ACT.write(content), prev)


def read_act(entry: Entry, *, log: str, index: int, text: Text | None = None) -> Act:
    """Read an act from its entry, at its place; `text` for the verbs that bring one.

    Raises:
        RecordInvalid: the content has another form.
        ActError: the entry is no act, its signature no base64, or the text is missing or another one.
    """
    verb = ENTRY_TYPES.get(entry.type)
    if verb is None:
        raise _no_act(entry)
    content = _read(_ACT, entry.content)
    signature = _bytes(content.pop("signature"))
    statement = Statement(verb=verb, decision=entry.id, **content)
    return Act(statement, signature, log, index, entry.at, text)


def agreed_by(agreement: Agreement) -> Agreed:
    """Return what there is to say about an agreement."""
    return Agreed(agreement.revision, agreement.us.id, agreement.mx.id)


def agreed_entry(decision: str, agreed: Agreed, *, at: str, prev: str | None = None) -> Entry:
    """Return the entry by which a node says that a decision took effect."""
    return Entry(AGREED, decision, at, _AGREED.write(agreed), prev)


def read_agreed(entry: Entry) -> Agreed:
    """Read it back.

    Raises:
        RecordInvalid: the content has another form.
        ActError: the entry is of another type.
    """
    if entry.type != AGREED:
        raise _no_act(entry)
    return Agreed(**{name: str(value) for name, value in _read(_AGREED, entry.content).items()})


def change_entry(change: KeyChange, *, at: str, prev: str | None = None) -> Entry:
    """Return the entry of an office's change of key, under the URN of the office."""
    signatures = to_base64(change.by_old), to_base64(change.by_new)
    content = _Changed(change.party, change.office, change.old, change.new, *signatures)
    name = f"urn:hled:office:{change.party.value.lower()}.{change.office}"
    return Entry(KEY_CHANGED, name, at, _CHANGED.write(content), prev)


def read_change(entry: Entry) -> KeyChange:
    """Read an office's change of key; `Keys.changed` checks it.

    Raises:
        RecordInvalid: the content has another form.
        ActError: the entry is of another type or about another office.
    """
    if entry.type != KEY_CHANGED:
        raise _no_act(entry)
    content = _read(_CHANGED, entry.content)
    signatures = [_bytes(content.pop(name)) for name in ("by_old", "by_new")]
    change = KeyChange(**content, by_old=signatures[0], by_new=signatures[1])
    if change_entry(change, at=entry.at).id != entry.id:
        raise _no_act(entry)
    return change


def _read(shape: Shape[Any], content: Mapping[str, object]) -> dict[str, Any]:
    findings = Findings()
    row = shape.read(dict(content), "$", findings)
    if findings.problems:
        raise RecordInvalid(tuple(findings.problems))
    return row


def _bytes(text: object) -> bytes:
    try:
        return from_base64(str(text), NoteError)
    except NoteError as error:
        raise ActError(error.message) from error


def _no_act(entry: Entry) -> ActError:
    return refused(
        ActError,
        "The entry {id} ({type}) is not the act that is expected here.",
        "El asiento {id} ({type}) no es el acto que se espera aquí.",
        id=entry.id,
        type=entry.type,
    )
