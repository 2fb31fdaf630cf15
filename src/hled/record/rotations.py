"""Changes of keys: said on the record itself, signed by the key that goes and by the key that comes.

A record meant for decades outlives every key in its first policy. A rotation is an entry of type
`key.rotate`; whoever trusts a policy and reads the rotations after it knows today's keys, and trusts no new
list of keys from anybody. It serves the promise of transparency under every work-plan line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from hled.record.canonical import CanonicalError, canonical
from hled.record.errors import NoteError, RotationError, SignatureError, refusal
from hled.record.notes import COSIGNATURES, Algorithm, SigningKey, VerifierKey
from hled.record.policies import Policy
from hled.record.text import from_base64, to_base64

Role = Literal["log", "cosigner"]
TYPE: Final = "key.rotate"
_PARTY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}\Z")
_STATEMENT: Final = b"hled key.rotate v1\n\x00"  # the NUL keeps it from ever being a note or a cosignature


@dataclass(frozen=True, slots=True)
class Rotation:
    """A change of one key, with both signatures over `statement`; `verify` and `rotate` make checked ones.

    Name and algorithm stay: the name of a log's key is the origin of the log.
    """

    role: Role
    party: str
    old: VerifierKey
    new: VerifierKey
    by_old: bytes
    by_new: bytes

    @property
    def statement(self) -> bytes:
        """What both keys sign."""
        return _statement(self.role, self.party, self.old, self.new)

    @property
    def content(self) -> dict[str, object]:
        """The content of the entry."""
        return {
            "role": self.role,
            "party": self.party,
            "old": str(self.old),
            "new": str(self.new),
            "signatures": {"old": to_base64(self.by_old), "new": to_base64(self.by_new)},
        }


def rotate(old: SigningKey, new: SigningKey, *, role: Role, party: str) -> dict[str, object]:
    """Return the content of the entry by which `new` takes the place of `old`.

    Raises:
        RotationError: the keys have different names or algorithms, are the same, or do not suit the role.
    """
    statement = _statement(role, party, old.verifier, new.verifier)
    signatures = old.sign_bytes(statement), new.sign_bytes(statement)
    rotation = Rotation(role, party, old.verifier, new.verifier, *signatures)
    return verify(rotation.content).content


def verify(content: object) -> Rotation:
    """Read the content of a `key.rotate` entry and check both signatures.

    Raises:
        RotationError: it is malformed, or a signature does not hold.
    """
    match content:
        case {
            "role": "log" | "cosigner" as role,
            "party": str(party),
            "old": str(old),
            "new": str(new),
            "signatures": {"old": str(by_old), "new": str(by_new)},
        }:
            rotation = Rotation(
                role,
                party,
                _key(old),
                _key(new),
                from_base64(by_old, RotationError),
                from_base64(by_new, RotationError),
            )
        case _:
            raise malformed()
    if rotation.content != content or not _PARTY.match(party):
        raise malformed()
    _check_keys(rotation)
    try:
        rotation.old.check_bytes(rotation.by_old, rotation.statement)
        rotation.new.check_bytes(rotation.by_new, rotation.statement)
    except SignatureError as error:
        raise RotationError(error.message) from error
    return rotation


def follow(policy: Policy, rotations: Iterable[Rotation]) -> Policy:
    """Return the policy after checked rotations, in their order: each new key in the place of the old one.

    The old keys no longer count in it; `key_history` says for which older checkpoints they still do.

    Raises:
        RotationError: a key is not in the policy at its turn, or a new one was used before.
    """
    used = {key.public for key in policy.keys}
    for rotation in rotations:
        if rotation.new.public in used:
            raise _out_of_order(rotation)
        used.add(rotation.new.public)
        policy = _replaced(policy, rotation)
    return policy


def _statement(role: Role, party: str, old: VerifierKey, new: VerifierKey) -> bytes:
    try:
        return _STATEMENT + canonical({"role": role, "party": party, "old": str(old), "new": str(new)})
    except CanonicalError as error:
        raise RotationError(error.message) from error


def _check_keys(rotation: Rotation) -> None:
    old, new = rotation.old, rotation.new
    suited = {"log": {Algorithm.ED25519}, "cosigner": COSIGNATURES}[rotation.role]
    same = old.name == new.name and old.algorithm is new.algorithm
    if not same or old.public == new.public or old.algorithm not in suited:
        raise refusal(
            RotationError,
            "The key “{name}” cannot be changed so: name and kind stay, and the key itself is a new one.",
            "La clave «{name}» no puede cambiarse así: nombre y tipo se conservan, y la clave es una nueva.",
            name=old.name,
        )


def _replaced(policy: Policy, rotation: Rotation) -> Policy:
    old, new = rotation.old, rotation.new
    if old not in policy.keys:
        raise _out_of_order(rotation)
    logs = tuple(replace(log, key=new) if log.key == old else log for log in policy.logs)
    witnesses = tuple(replace(item, key=new) if item.key == old else item for item in policy.witnesses)
    return replace(policy, logs=logs, witnesses=witnesses)


def _key(text: str) -> VerifierKey:
    try:
        return VerifierKey.parse(text)
    except NoteError as error:
        raise RotationError(error.message) from error


def _out_of_order(rotation: Rotation) -> RotationError:
    return refusal(
        RotationError,
        "The change of the key “{name}” does not follow from the keys before it. Begin with the policy that "
        "you trust and read every change after it, in order.",
        "El cambio de la clave «{name}» no se sigue de las claves anteriores. Comience con la política en la "
        "que confía y lea todos los cambios posteriores, en orden.",
        name=rotation.old.name,
    )


def malformed() -> RotationError:
    """Return the error of bytes that are no change of a key."""
    return refusal(
        RotationError,
        "This is no change of a key as the record writes them (role, party, old and new key, two "
        "signatures).",
        "Esto no es un cambio de clave como los escribe el registro (función, parte, clave anterior y nueva, "
        "dos firmas).",
    )
