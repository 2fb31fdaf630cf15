"""Whose key is whose, and when: the register by which a signature becomes a word of an office.

A key for acts serves one office of one government, and nothing else: not a log, not a cosigner. An office
changes its key with both signatures, the old key's and the new one's; the old term ends at the moment when
the change was entered, never earlier, so that nobody can unsay what was said. Serves every work-plan line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from hled.forum.delegations import Term
from hled.forum.errors import OfficeKeyError, refused
from hled.record import canonical
from hled.record.errors import NoteError, SignatureError
from hled.record.notes import Algorithm, SigningKey, VerifierKey
from hled.workplan.types import Party

_LABEL: Final = b"hled office.key_change v1\n\x00"


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A key (vkey) of an office for a term in UTC moments."""

    party: Party
    office: str
    key: str
    term: Term


@dataclass(frozen=True, slots=True)
class KeyChange:
    """An office puts `new` in the place of `old`; both keys sign it."""

    party: Party
    office: str
    old: str
    new: str
    by_old: bytes
    by_new: bytes

    @property
    def message(self) -> bytes:
        """What both keys sign."""
        body = {"party": self.party.value, "office": self.office, "old": self.old, "new": self.new}
        return _LABEL + canonical(body)


@dataclass(frozen=True)
class Keys:
    """The register. `reserved` are public keys (32 bytes) of logs and cosigners, which may sign no act.

    Raises:
        OfficeKeyError: a key is malformed, no Ed25519 key, reserved, or serves two offices.
    """

    terms: tuple[KeyTerm, ...]
    reserved: frozenset[bytes] = frozenset()
    by_key: Mapping[str, tuple[KeyTerm, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grouped: dict[str, tuple[KeyTerm, ...]] = {}
        offices: dict[bytes, tuple[Party, str]] = {}
        for item in self.terms:
            public = _public(item.key)
            office = offices.setdefault(public, (item.party, item.office))
            if public in self.reserved or office != (item.party, item.office):
                raise _used_elsewhere(item.key)
            grouped[item.key] = (*grouped.get(item.key, ()), item)
        object.__setattr__(self, "by_key", grouped)

    def of(self, party: Party, office: str, moment: str) -> tuple[str, ...]:
        """Return the keys of an office that are active at a UTC moment."""
        wanted = (party, office)
        return tuple(
            item.key for item in self.terms if (item.party, item.office) == wanted and item.term.holds(moment)
        )

    def changed(self, change: KeyChange, entered: str) -> "Keys":
        """Return the register after a change that was entered at a UTC moment.

        Raises:
            OfficeKeyError: a signature does not hold, the old key is not active then, or the new one was
                used before.
        """
        for key, signature in ((change.old, change.by_old), (change.new, change.by_new)):
            _public(key)
            try:
                VerifierKey.parse(key).check_bytes(signature, change.message)
            except SignatureError as error:
                raise OfficeKeyError(error.message) from error
        if change.old not in self.of(change.party, change.office, entered) or change.new in self.by_key:
            raise refused(
                OfficeKeyError,
                "The change does not follow from the register: the old key must be the office's present one "
                "and the new one must never have been used.",
                "El cambio no se sigue del registro de claves: la clave anterior debe ser la vigente de la "
                "oficina y la nueva no debe haberse usado nunca.",
            )
        terms = (_ended(item, change.old, entered) for item in self.terms)
        new = KeyTerm(change.party, change.office, change.new, Term(entered))
        return Keys((*terms, new), self.reserved)


def change_key(old: SigningKey, new: SigningKey, *, party: Party, office: str) -> KeyChange:
    """Return a signed change of an office's key."""
    unsigned = KeyChange(party, office, str(old.verifier), str(new.verifier), b"", b"")
    by_old, by_new = (key.sign_bytes(unsigned.message) for key in (old, new))
    return replace(unsigned, by_old=by_old, by_new=by_new)


def follow(keys: Keys, changes: Iterable[tuple[KeyChange, str]]) -> Keys:
    """Return the register after changes in the order in which they were entered.

    Raises:
        OfficeKeyError: one does not follow from the register at its turn.
    """
    for change, entered in changes:
        keys = keys.changed(change, entered)
    return keys


def _ended(item: KeyTerm, key: str, entered: str) -> KeyTerm:
    if item.key != key or not item.term.holds(entered):
        return item
    return replace(item, term=Term(item.term.start, entered))


def _public(key: str) -> bytes:
    try:
        parsed = VerifierKey.parse(key)
    except NoteError as error:
        raise OfficeKeyError(error.message) from error
    if parsed.algorithm is not Algorithm.ED25519:
        raise _used_elsewhere(key)
    return parsed.public


def _used_elsewhere(key: str) -> OfficeKeyError:
    return refused(
        OfficeKeyError,
        "The key {key} cannot sign acts: a key serves one office of one government, and no log and no "
        "cosigner. Make a new one.",
        "La clave {key} no puede firmar actos: una clave sirve a una sola oficina de un gobierno, y a "
        "ninguna bitácora ni firmante conjunto. Genere otra.",
        key=key.partition("+")[0],
    )
