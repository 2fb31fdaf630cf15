"""Personal data and the record: an entry holds a salted commitment, never the value.

Entries are for ever, and what the law asks to erase must not be in them. For each field the entry holds
SHA-256(canonical([salt, field, value])) with 32 random bytes of salt; salt and value are kept beside the
record. Whoever is shown both can check them against the entry. Once they are deleted nobody can, not even
by trying every value, and the entry and all its proofs stay as they were. It serves every work-plan line on
which people speak.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hled.record.canonical import canonical
from hled.record.errors import RecordError, refusal
from hled.record.text import from_base64, to_base64

SALT_SIZE: Final = 32
FIELD: Final = re.compile(r"[a-z][a-z0-9_]{0,79}\Z")


class CommitmentError(RecordError):
    """What is shown is not what was committed to, or cannot be committed to."""

    code = "record.bad_commitment"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a commitment hides: `salt` is base64 of 32 bytes, `value` anything with a canonical form."""

    field: str
    salt: str
    value: object

    def __repr__(self) -> str:
        """Name the field, never what it holds."""
        return f"Disclosure({self.field!r})"

    @property
    def commitment(self) -> str:
        """SHA-256 of the canonical list of salt, field and value, in hex.

        Raises:
            CanonicalError: the value has no canonical form.
        """
        return hashlib.sha256(canonical([self.salt, self.field, self.value])).hexdigest()


def commit(fields: Mapping[str, object]) -> tuple[dict[str, str], tuple[Disclosure, ...]]:
    """Return the commitment of each field, for the entry, and the disclosures, to be kept beside it.

    Raises:
        CanonicalError: a value has no canonical form.
        CommitmentError: a field's name is not small letters, digits and underscores.
    """
    found = tuple(Disclosure(_named(name), _salt(), value) for name, value in fields.items())
    return {item.field: item.commitment for item in found}, found


def verify(commitment: str, disclosure: Disclosure) -> None:
    """Check that a commitment of an entry hides exactly this.

    Raises:
        CommitmentError: it hides something else, or the salt is none.
        CanonicalError: the value has no canonical form.
    """
    salt = from_base64(disclosure.salt, CommitmentError)
    if len(salt) != SALT_SIZE or disclosure.commitment != commitment:
        raise refusal(
            CommitmentError,
            "What is shown for the field “{field}” is not what the entry committed to: the value or its salt "
            "was changed.",
            "Lo que se muestra para el campo «{field}» no es lo que el asiento comprometió: se alteró el "
            "valor o su sal criptográfica.",
            field=disclosure.field,
        )


def _named(field: str) -> str:
    if not FIELD.match(field):
        raise refusal(
            CommitmentError,
            "“{field}” cannot name a field: small letters, digits and underscores are expected.",
            "«{field}» no puede nombrar un campo: se esperan minúsculas, dígitos y guiones bajos.",
            field=field,
        )
    return field


def _salt() -> str:
    return to_base64(secrets.token_bytes(SALT_SIZE))
