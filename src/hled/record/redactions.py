"""Erasing personal data on the record's terms: what was erased, on which legal basis and by whose order.

The entry of a redaction names the commitments whose salts and values are deleted. Every node that meets it
deletes them too, and so does a backup that is restored: the list of redactions is part of the record. It
serves every work-plan line on which people speak.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hled.language import Bilingual
from hled.record.commitments import FIELD
from hled.record.errors import RecordError, refusal

TYPE: Final = "record.object.redacted"
_HASH: Final = re.compile(r"[0-9a-f]{64}\Z")


class RedactionError(RecordError):
    """A redaction cannot be made or read: nothing to erase, or an unknown basis or authority."""

    code = "record.bad_redaction"


class Basis(StrEnum):
    """The legal basis of a redaction; counsel decides which applies."""

    PRIVACY_ACT = "privacy_act"
    FOIA_B6 = "foia_b6"
    LFPDPPP_ARCO = "lfpdppp_arco"
    GDPR_17 = "gdpr_17"
    OTHER = "other"


class Authority(StrEnum):
    """Whose authority ordered a redaction."""

    US = "US"
    MX = "MX"
    BOTH = "both"


BASIS: Final = {
    Basis.PRIVACY_ACT: Bilingual(
        "U.S. Privacy Act of 1974 (5 U.S.C. 552a)",
        "Ley de Privacidad de 1974 de EE. UU. (5 U.S.C. 552a)",
    ),
    Basis.FOIA_B6: Bilingual(
        "U.S. Freedom of Information Act, exemption 6 (personal privacy)",
        "Ley de Libertad de Información de EE. UU., excepción 6 (privacidad personal)",
    ),
    Basis.LFPDPPP_ARCO: Bilingual(
        "Mexican data-protection law (LFPDPPP), ARCO right to cancel or object",
        "Ley Federal de Protección de Datos Personales en Posesión de los Particulares, derechos ARCO de "
        "cancelación u oposición",
    ),
    Basis.GDPR_17: Bilingual(
        "EU General Data Protection Regulation, article 17 (erasure)",
        "Reglamento General de Protección de Datos de la UE, artículo 17 (supresión)",
    ),
    Basis.OTHER: Bilingual("another legal basis", "otro fundamento jurídico"),
}
AUTHORITY: Final = {
    Authority.US: Bilingual("United States", "Estados Unidos"),
    Authority.MX: Bilingual("Mexico", "México"),
    Authority.BOTH: Bilingual("both governments", "ambos gobiernos"),
}


@dataclass(frozen=True, slots=True)
class Erased:
    """A commitment (hex) and the name of the field that it hid."""

    field: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """Commitments of one object whose salts and values are deleted."""

    erased: tuple[Erased, ...]
    basis: Basis
    authority: Authority

    def to_content(self) -> dict[str, object]:
        """Return the content of an entry `record.object.redacted`."""
        return {
            "erased": [{"field": item.field, "commitment": item.commitment} for item in self.erased],
            "basis": self.basis.value,
            "authority": self.authority.value,
        }

    @classmethod
    def from_content(cls, content: dict[str, object]) -> "Redaction":
        """Read the content of an entry back.

        Raises:
            RedactionError: it is malformed, or names an unknown basis or authority.
        """
        listed = content.get("erased")
        found = tuple(map(_erased, listed)) if isinstance(listed, list) else ()
        if not found:
            raise _unread()
        return cls(found, basis(content.get("basis")), authority(content.get("authority")))


def _erased(item: object) -> Erased:
    if not isinstance(item, dict):
        raise _unread()
    field, commitment = item.get("field"), item.get("commitment")
    if not isinstance(field, str) or not isinstance(commitment, str):
        raise _unread()
    if not FIELD.match(field) or not _HASH.match(commitment):
        raise _unread()
    return Erased(field, commitment)


def _unread() -> RedactionError:
    return refusal(
        RedactionError,
        "A redaction lists the commitments that it erases; this one lists none that can be read.",
        "Una supresión enumera los compromisos que elimina; esta no enumera ninguno legible.",
    )


def basis(code: object) -> Basis:
    """Read the code of a legal basis.

    Raises:
        RedactionError: it is unknown.
    """
    known = {item.value: item for item in Basis}
    if not isinstance(code, str) or code not in known:
        raise _unknown(code, known)
    return known[code]


def authority(code: object) -> Authority:
    """Read the code of an authority.

    Raises:
        RedactionError: it is unknown.
    """
    known = {item.value: item for item in Authority}
    if not isinstance(code, str) or code not in known:
        raise _unknown(code, known)
    return known[code]


def _unknown(code: object, known: dict[str, Basis] | dict[str, Authority]) -> RedactionError:
    return refusal(
        RedactionError,
        "“{code}” is unknown here; one of these is expected: {known}.",
        "«{code}» no se conoce aquí; se espera uno de estos: {known}.",
        code=code,
        known=", ".join(known),
    )
