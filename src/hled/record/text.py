"""Strict readings shared by the text formats of the record: one spelling for one value.

A signature covers bytes, so two spellings of one hash or number would be two receipts for one thing; every
parser of the record therefore refuses all spellings but the canonical one.
"""

import base64
import binascii
import re
from typing import Final

from hled.record.errors import RecordError, refusal

MAX_SIZE: Final = 10**15 - 1  # every language of a verifier holds these exactly
_DECIMAL: Final = re.compile(r"(?:0|[1-9][0-9]{0,14})\Z")


def decimal(text: str, kind: type[RecordError]) -> int:
    """Read an ASCII decimal of at most 15 digits, without sign or leading zeros."""
    if not _DECIMAL.match(text):
        raise refusal(
            kind,
            "“{text}” is no number: decimal digits without leading zeros are expected.",
            "«{text}» no es un número: se esperan dígitos decimales sin ceros a la izquierda.",
            text=text,
        )
    return int(text)


def from_base64(text: str, kind: type[RecordError]) -> bytes:
    """Read standard base64 (RFC 4648, 4) with padding, refusing every other spelling of the bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or base64.b64encode(data).decode() != text:
        raise refusal(
            kind,
            "“{text}” is not canonical base64.",
            "«{text}» no es base64 canónico.",
            text=text,
        )
    return data


def to_base64(data: bytes) -> str:
    """Write standard base64 with padding."""
    return base64.b64encode(data).decode()
