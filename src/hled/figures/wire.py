"""Frozen figure descriptions to JSON and back, by their own type annotations.

Figures are stored with each answer and served by the interface of every work-plan line, so their JSON has one
form: no floats (values stay decimal text), tuples as lists, bilingual text as `{"en": …, "es": …}`.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, Union, get_args, get_origin, get_type_hints

from hled.figures.errors import NotAFigureError, message
from hled.language import Bilingual

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def encode(value: object) -> object:
    """Return the JSON form of a frozen description: only None, text, int, list and dict."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"a figure holds a value of type {type(value).__name__}")


def decode(kind: object, value: object, path: str) -> object:
    """Read `value` as the annotated type `kind`; `path` is the JSON path for messages.

    Raises:
        NotAFigureError: the value does not have the form of `kind`.
    """
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind, value, path)
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind), value, path)
    if origin in {Union, types.UnionType}:
        return None if value is None else decode(get_args(kind)[0], value, path)
    if origin is Literal:
        return _literal(get_args(kind), value, path)
    if type(value) is not kind:
        raise _refused(path, getattr(kind, "__name__", str(kind)))
    return value


@cache
def _hints(kind: type) -> dict[str, object]:
    return get_type_hints(kind)


def _record(kind: type["DataclassInstance"], value: object, path: str) -> object:
    if not isinstance(value, Mapping):
        raise _refused(path, "object")
    known = {field.name: field for field in fields(kind)}
    needed = {name for name, field in known.items() if field.default is MISSING}
    odd = (set(value) - set(known)) | (needed - set(value))
    if odd:
        raise _refused(f"{path}.{min(map(str, odd))}", "known and required fields only")
    hints = _hints(kind)
    read = {name: decode(hints[name], item, f"{path}.{name}") for name, item in value.items()}
    if kind is Bilingual and not all(str(text).strip() for text in read.values()):
        raise _refused(path, "text in both languages")
    build: Callable[..., object] = kind
    return build(**read)


def _tuple(kinds: tuple[object, ...], value: object, path: str) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise _refused(path, "list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(decode(kinds[0], item, f"{path}[{place}]") for place, item in enumerate(value))
    if len(kinds) != len(value):
        raise _refused(path, f"list of {len(kinds)}")
    pairs = enumerate(zip(kinds, value, strict=True))
    return tuple(decode(kind, item, f"{path}[{place}]") for place, (kind, item) in pairs)


def _literal(allowed: tuple[str, ...], value: object, path: str) -> object:
    if value not in allowed:
        raise _refused(path, " | ".join(allowed))
    return value


def _refused(path: str, expected: str) -> NotAFigureError:
    return NotAFigureError(
        message(
            f"This is not a figure: at {path} the expected form is {expected}.",
            f"Esto no es una figura: en {path} la forma esperada es {expected}.",
        )
    )
