"""What a page was asked for, read once and strictly, so that nothing asked is silently left out.

Lists say how many actions of the work plan they show; a filter that was mistyped or given twice must not turn
into a longer or another list. It serves every work-plan line.
"""

import re
from collections.abc import Iterable
from typing import ClassVar, Final
from urllib.parse import urlencode

from django.http import QueryDict

from hled.language import Bilingual, DialogueError

_SHOWN: Final = 40
_WHOLE: Final = re.compile(r"(?:0|[1-9][0-9]{0,14})\Z")


class BadParametersError(DialogueError):
    """An address names parameters that its page does not know, or one twice; the web answers 400."""

    code = "page.bad_parameters"
    status: ClassVar[int] = 400


def once(query: QueryDict) -> dict[str, str]:
    """Return every parameter with its value.

    Raises:
        BadParametersError: one is given more than once, or holds the character NUL.
    """
    for name, values in query.lists():
        if len(values) > 1:
            raise _refused(
                name, Bilingual("It is given more than once: {name}.", "Se indicó más de una vez: {name}.")
            )
        if "\0" in name or "\0" in values[0]:
            raise _refused(
                name,
                Bilingual(
                    "It holds a character that no value has: {name}.",
                    "Contiene un carácter que ningún valor tiene: {name}.",
                ),
            )
    return {name: str(value) for name, value in query.items()}


def asked(query: QueryDict, known: Iterable[str]) -> dict[str, str]:
    """Return every parameter with its value, where the page knows them all.

    Raises:
        BadParametersError: as `once`, or a name is not in `known`.
    """
    given, names = once(query), tuple(known)
    for name in given:
        if name not in names:
            raise _unknown(name, names)
    return given


def whole(text: str, name: str) -> int | None:
    """Read a whole number from 0, None for an empty text.

    Raises:
        BadParametersError: it has other signs than ASCII digits, leading zeros, or more than 15 digits.
    """
    if not text:
        return None
    if not _WHOLE.match(text):
        raise _refused(name, Bilingual("It is no whole number: {name}.", "No es un número entero: {name}."))
    return int(text)


def given(query: QueryDict, *, leaving: str = "") -> str:
    """Return what has a value as the query of an address, without the parameter called `leaving`."""
    kept = {name: value for name, value in query.items() if value and name != leaving}
    return urlencode(kept)


def _unknown(name: str, names: tuple[str, ...]) -> BadParametersError:
    if not names:
        return _refused(
            name,
            Bilingual(
                "This address takes no parameters: {name}.", "Esta dirección no admite parámetros: {name}."
            ),
        )
    message = Bilingual(
        "There is no such filter here: {name}. Known: {known}.",
        "Aquí no existe ese filtro: {name}. Se conocen: {known}.",
    )
    return _refused(name, message, known=", ".join(names))


def _refused(name: str, message: Bilingual, *, known: str = "") -> BadParametersError:
    shown = name.replace("\0", "�")[:_SHOWN]
    return BadParametersError(message.format(name=Bilingual(en=f"“{shown}”", es=f"«{shown}»"), known=known))
