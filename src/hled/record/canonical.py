"""Canonical JSON (RFC 8785, JCS), without floats: one text for one value, so that hashes are reproducible.

Numbers that are not integers travel as decimal strings; that removes the only hard part of JCS.
"""

import json
from collections.abc import Collection, Iterable
from itertools import repeat
from typing import Final

from hled.language import Bilingual, DialogueError

MAX_INTEGER: Final = 2**53 - 1
MAX_DEPTH: Final = 64
_SCALARS: Final = frozenset({str, bool, type(None)})
_AS_GIVEN: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_SORTED: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False, sort_keys=True
)


class CanonicalError(DialogueError):
    """A value has no canonical form: a float, a huge integer, a lone surrogate, a non-text key, too deep."""

    code = "record.not_canonical"


def canonical(value: object) -> bytes:
    """Return the RFC 8785 form of `value` as UTF-8 bytes.

    Args:
        value: None, bool, int (|n| < 2^53), str, or lists, tuples and text-keyed dicts of these.

    Raises:
        CanonicalError: `value` holds anything else.
    """
    try:
        if _is_plain(value, 0):
            return _SORTED.encode(value).encode()
        return _AS_GIVEN.encode(_ordered(value, 0)).encode()
    except UnicodeEncodeError as error:
        raise _refused("a lone surrogate", "un sustituto Unicode sin pareja") from error


def _is_plain(value: object, depth: int) -> bool:
    """Say whether the encoder alone writes the canonical form: exact types, ASCII keys, safe integers.

    ASCII keys stand in the same order by code point and by UTF-16 code unit. What is not plain is left to
    `_ordered`, which takes it or says why not; this path is only the quick one.
    """
    if type(value) in _SCALARS:
        return True
    if type(value) is int:
        return -MAX_INTEGER <= value <= MAX_INTEGER
    if depth >= MAX_DEPTH:
        return False
    if type(value) is dict:
        return _are_ascii(value) and _are_plain(value.values(), depth + 1)
    return type(value) is list and _are_plain(value, depth + 1)


def _are_plain(values: Collection[object], depth: int) -> bool:
    return _SCALARS.issuperset(map(type, values)) or all(map(_is_plain, values, repeat(depth)))


def _are_ascii(keys: Iterable[str]) -> bool:
    try:
        return "".join(keys).isascii()
    except TypeError:
        return False


def _ordered(value: object, depth: int) -> object:
    if depth > MAX_DEPTH:
        raise _refused("nesting deeper than 64", "más de 64 niveles de anidamiento")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise _refused("an integer beyond 2^53", "un entero mayor que 2^53")
        return int(value)
    if isinstance(value, list | tuple):
        return [_ordered(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _ordered(value[key], depth + 1) for key in sorted(value, key=_utf16)}
    kind = type(value).__name__
    raise _refused(f"a value of type {kind}", f"un valor de tipo {kind}")


def _utf16(key: object) -> bytes:
    """Order keys by UTF-16 code units (RFC 8785, 3.2.3)."""
    if not isinstance(key, str):
        raise _refused("a key that is no text", "una clave que no es texto")
    return key.encode("utf-16-be", "surrogatepass")


def _refused(what_en: str, what_es: str) -> CanonicalError:
    return CanonicalError(
        Bilingual(
            en=f"This value cannot be written as canonical JSON: it holds {what_en}.",
            es=f"Este valor no puede escribirse como JSON canónico: contiene {what_es}.",
        )
    )
