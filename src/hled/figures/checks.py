"""The conditions under which a figure can be drawn honestly; each raises its own bilingual error.

They run when a description is built, so that no drawing code of any work-plan line meets a broken value.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from hled.figures.errors import (
    DateOrderError,
    FigureError,
    LengthsDifferError,
    NotDecimalError,
    UnknownKindError,
    UnsafeTextError,
    message,
)
from hled.language import PartialDate

_DECIMAL: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?\Z")
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,79}\Z")
_LINK: Final = re.compile(r"(?:https?://[^\s/]|/(?![/\\])|[#?])[^\s\x00-\x1f\\]*\Z|/\Z")


def decimals(values: Iterable[str | None], *, where: str) -> None:
    """Refuse a value that is neither decimal text (up to 18 digits and 12 decimals) nor None."""
    for value in values:
        if value is not None and not (isinstance(value, str) and _DECIMAL.match(value)):
            raise NotDecimalError(
                message(
                    f"{where}: {value!r} is not decimal text such as 1234.5.",
                    f"{where}: {value!r} no es un número decimal en texto, como 1234.5.",
                )
            )


def not_negative(values: Iterable[str | None]) -> None:
    """Refuse what has no area: text that is no decimal, or a number below zero."""
    for value in values:
        decimals([value], where="value")
        if value is not None and value.startswith("-") and value.strip("-0."):
            raise NotDecimalError(
                message(
                    f"{value} is below zero; areas cannot show it.",
                    f"{value} es menor que cero; un área no puede mostrarlo.",
                )
            )


def counts(values: Iterable[int]) -> None:
    """Refuse a count that is not a whole number from zero up."""
    for value in values:
        if type(value) is not int or value < 0:
            raise NotDecimalError(message(f"{value!r} is not a count.", f"{value!r} no es un conteo."))


def lengths(expected: int, found: Mapping[str, int]) -> None:
    """Refuse series that do not have exactly one value for each place of the figure."""
    for key, length in found.items():
        if length != expected:
            raise LengthsDifferError(
                message(
                    f"Series {key} has {length} values for {expected} places.",
                    f"La serie {key} tiene {length} valores para {expected} posiciones.",
                )
            )


def known(name: str, allowed: Sequence[str]) -> None:
    """Refuse a name that is not among `allowed`."""
    if name not in allowed:
        raise UnknownKindError(
            message(
                f"{name!r} is unknown here; known: {', '.join(allowed) or 'none'}.",
                f"{name!r} no se conoce aquí; se conocen: {', '.join(allowed) or 'ninguno'}.",
            )
        )


def unique(names: Sequence[str]) -> None:
    """Refuse a name that occurs twice."""
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice is not None:
        raise FigureError(message(f"{twice!r} occurs twice.", f"{twice!r} aparece dos veces."))


def periods(values: Sequence[str]) -> None:
    """Refuse dates that are impossible, of different precision, or not strictly ascending."""
    for value in values:
        _date(value)
    if len({len(value) for value in values}) > 1:
        raise DateOrderError(
            message("The dates have different precision.", "Las fechas tienen distinta precisión.")
        )
    for before, after in pairwise(values):
        if before >= after:
            raise DateOrderError(
                message(f"{after} does not follow {before}.", f"{after} no es posterior a {before}.")
            )


def span(start: str, end: str | None) -> None:
    """Refuse an impossible date, or an end before its start."""
    first = _date(start)
    if end is not None and _date(end).latest < first.earliest:
        raise DateOrderError(message(f"{end} is before {start}.", f"{end} es anterior a {start}."))


def identifier(value: str) -> None:
    """Refuse an id that cannot prefix the ids inside a page."""
    if not _IDENTIFIER.match(value):
        raise UnsafeTextError(
            message(
                f"{value!r} is no identifier (letters, digits, `_`, `.` and `-`).",
                f"{value!r} no es un identificador (letras sin acento, dígitos, `_`, `.` y `-`).",
            )
        )


def link(value: str | None) -> None:
    """Refuse a link that is neither a path of this site nor http(s)."""
    if value is not None and not _LINK.match(value):
        raise UnsafeTextError(
            message(
                f"{value!r} is no link of this site nor an http(s) address.",
                f"{value!r} no es un enlace de este sitio ni una dirección http(s).",
            )
        )


def place(lon: str, lat: str) -> None:
    """Refuse coordinates that are no decimal text or not on the globe."""
    decimals([lon, lat], where="lon, lat")
    if abs(float(lon)) > 180 or abs(float(lat)) > 90:
        raise NotDecimalError(
            message(f"{lon}, {lat} is not a place on the globe.", f"{lon}, {lat} no es un lugar del globo.")
        )


def _date(value: str) -> PartialDate:
    try:
        return PartialDate(value)
    except ValueError as error:
        raise DateOrderError(
            message(
                f"{value!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD).",
                f"{value!r} no es una fecha (AAAA, AAAA-MM o AAAA-MM-DD).",
            )
        ) from error
