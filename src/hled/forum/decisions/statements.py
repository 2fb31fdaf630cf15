"""Signed acts on a decision: who does what to which revision, having seen which acts before.

Every act is a statement that a key of an office signs with Ed25519. The bytes begin with a label of their
own and a NUL, so they can be no note, checkpoint, cosignature or change of a key; what is signed names the
decision and the revision's hash, so a signature is worth nothing anywhere else. `seen` names the latest acts
that the signer knew: from it follows what came before what, whoever's clock was wrong and whichever log
arrived first. Serves every work-plan line.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from hled.forum.decisions.text import DECISION, HASH, Text
from hled.forum.errors import ActError, refused
from hled.language import Bilingual
from hled.language.concordance import VERSION
from hled.record import canonical
from hled.record.errors import NoteError, SignatureError
from hled.record.notes import Algorithm, SigningKey, VerifierKey
from hled.workplan.types import Party

MAX_SEEN: Final = 500
_AT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z", re.ASCII)


def _is_moment(text: str) -> bool:
    """Say whether a text is a UTC moment to the second that the calendar has."""
    try:
        return _AT.match(text) is not None and dt.datetime.fromisoformat(text) is not None
    except ValueError:
        return False


class Verb(StrEnum):
    """What can be done to a decision."""

    PROPOSE = "propose"
    SUPERSEDE = "supersede"  # propose a decision that takes the place of an agreed one
    REVISE = "revise"
    CLEAR = "clear"
    RECONCILE = "reconcile"  # say why a difference between the two versions is right
    APPROVE = "approve"
    OBJECT = "object"
    WITHDRAW = "withdraw"


OPENING: Final = frozenset({Verb.PROPOSE, Verb.SUPERSEDE, Verb.REVISE})
REASONED: Final = frozenset({Verb.OBJECT, Verb.WITHDRAW, Verb.RECONCILE})


@dataclass(frozen=True)
class Statement:
    """What is signed; `at` is the signer's UTC time, `key` a vkey, `rules` those of the concordance."""

    verb: Verb
    decision: str
    revision: str
    party: Party
    office: str
    key: str
    at: str
    seen: tuple[str, ...] = ()
    reason: Bilingual | None = None
    paragraph: str | None = None
    rules: int | None = None

    def __post_init__(self) -> None:
        if not DECISION.match(self.decision) or not HASH.match(self.revision) or not _is_moment(self.at):
            raise _bad("the decision, the revision or the time", "la decisión, la revisión o la hora")
        if len(self.seen) > MAX_SEEN or not all(map(HASH.match, self.seen)):
            raise _bad("what it has seen", "lo que ha visto")
        if list(self.seen) != sorted(set(self.seen)):
            raise _bad("the order of what it has seen", "el orden de lo que ha visto")
        if (self.reason is not None) is not (self.verb in REASONED):
            raise _bad("the reason", "el motivo")
        if (self.paragraph is not None) is not (self.verb is Verb.RECONCILE):
            raise _bad("the paragraph", "el párrafo")
        if (self.rules is not None) is not (self.verb is Verb.APPROVE):
            raise _bad("the rules of concordance", "las reglas de concordancia")

    @cached_property
    def message(self) -> bytes:
        """The bytes to sign."""
        reason = None if self.reason is None else self.reason.as_dict()
        body = {
            "decision": self.decision,
            "revision": self.revision,
            "party": self.party.value,
            "office": self.office,
            "key": self.key,
            "at": self.at,
            "seen": list(self.seen),
            "reason": reason,
            "paragraph": self.paragraph,
            "rules": self.rules,
        }
        return f"hled decision.{self.verb} v1\n\x00".encode() + canonical(body)

    @cached_property
    def id(self) -> str:
        """SHA-256 of the message in hex: the name of the act, whoever carries it and however often."""
        return hashlib.sha256(self.message).hexdigest()


@dataclass(frozen=True)
class Act:
    """A signed statement where it stands on the record; its text for the verbs that bring one.

    `log` and `index` are its place, `entered` the time of its entry (UTC, by the node that wrote the log).

    Raises:
        ActError: the text is missing or another one, or does not suit the verb.
    """

    statement: Statement
    signature: bytes
    log: str
    index: int
    entered: str
    text: Text | None = None

    def __post_init__(self) -> None:
        statement, text = self.statement, self.text
        if (text is not None) is not (statement.verb in OPENING):
            raise _bad("its text", "su texto")
        if text is None:
            return
        if text.hash != statement.revision or text.decision != statement.decision:
            raise _bad("its text, which is another one", "su texto, que es otro")
        if (text.parent is not None) is not (statement.verb is Verb.REVISE):
            raise _bad("the revision it comes from", "la revisión de la que procede")
        if statement.verb is not Verb.REVISE and (text.supersedes is None) is (
            statement.verb is Verb.SUPERSEDE
        ):
            raise _bad("the decision it supersedes", "la decisión que sustituye")

    @property
    def id(self) -> str:
        """The id of the statement."""
        return self.statement.id

    @property
    def party(self) -> Party:
        """The government that acts."""
        return self.statement.party

    @property
    def reason(self) -> Bilingual | None:
        """Why, where the verb asks for a reason."""
        return self.statement.reason

    @cached_property
    def is_genuine(self) -> bool:
        """Whether the key that the statement names signed it; whose key it is, the register says."""
        try:
            key = VerifierKey.parse(self.statement.key)
            if key.algorithm is not Algorithm.ED25519:
                return False
            key.check_bytes(self.signature, self.statement.message)
        except (NoteError, SignatureError):
            return False
        return True


def sign(statement: Statement, key: SigningKey) -> bytes:
    """Return the signature of a statement by the key that it names.

    Raises:
        ActError: it names another key, or the key is none of the kind that signs acts.
    """
    if str(key.verifier) != statement.key or key.algorithm is not Algorithm.ED25519:
        raise _bad("its key", "su clave")
    return key.sign_bytes(statement.message)


def current_rules(verb: Verb) -> int | None:
    """Return the rules of concordance that a new statement names: those of today for an approval."""
    return VERSION if verb is Verb.APPROVE else None


def _bad(en: str, es: str) -> ActError:
    return refused(
        ActError,
        "This act cannot be used because of {what}. Prepare and sign it again.",
        "Este acto no puede usarse por {what}. Prepárelo y fírmelo de nuevo.",
        what=Bilingual(en, es),
    )
