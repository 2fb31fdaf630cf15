"""Reading raw text from a form, a command or an address as the parameters of a question.

Every problem is found in one pass and said in both languages, so that a person corrects once. The parsed
values are canonical (`LAREDO`, `2304` and `laredo` give one value), which makes the run id the same for the
same question. It serves the questions of every work-plan line.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from hled.evidence.errors import ParameterError, Problem
from hled.evidence.question import Choice, Parameter, ParameterKind, Parameters, Question, Value
from hled.language import Bilingual

TEXT_LENGTH: Final = 200
_INTEGER: Final = re.compile(r"-?\d{1,15}\Z", re.ASCII)
_DECIMAL: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?\Z", re.ASCII)
_YES: Final = frozenset({"1", "yes", "true", "on", "si", "verdadero"})
_NO: Final = frozenset({"0", "no", "false", "off", "falso"})


def parse(question: Question, raw: Mapping[str, str]) -> Parameters:
    """Return the parsed parameters of `question`, in its order; an absent or empty one takes its default.

    Raises:
        ParameterError: with every problem: unknown names, wrong values, bounds, order of two parameters.
    """
    problems = [_unknown(name, question) for name in raw if name not in _names(question)]
    values: Parameters = {}
    for parameter in question.parameters:
        text = raw.get(parameter.name, "").strip() or parameter.default
        read = _READERS[parameter.kind](parameter, text)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            values[parameter.name] = read
    problems += _orders(question, values)
    if problems:
        raise ParameterError(tuple(problems))
    return values


def as_raw(values: Mapping[str, Value]) -> dict[str, str]:
    """Write parsed parameters as the raw text that parses to them again."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in values.items()
    }


def fold(text: str) -> str:
    """Return `text` without case, accents, punctuation and repeated spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())


def _names(question: Question) -> list[str]:
    return [parameter.name for parameter in question.parameters]


def _unknown(name: str, question: Question) -> Problem:
    known, shown = ", ".join(_names(question)) or "–", name[:40]
    return Problem(
        parameter=shown,
        message=Bilingual(
            en=f"There is no parameter “{shown}”; known: {known}.",
            es=f"No existe el parámetro «{shown}»; se conocen: {known}.",
        ),
    )


def _wrong(parameter: Parameter, *, en: str, es: str) -> Problem:
    return Problem(
        parameter=parameter.name,
        message=Bilingual(en=f"{parameter.label.en}: {en}.", es=f"{parameter.label.es}: {es}."),
    )


def _choice(parameter: Parameter, text: str) -> str | Problem:
    wanted = fold(text)
    found = next((choice.value for choice in parameter.choices if wanted in _spellings(choice)), None)
    if found is not None:
        return found
    spellings = {spelling: choice for choice in parameter.choices for spelling in _spellings(choice)}
    close = difflib.get_close_matches(wanted[:60], list(spellings), n=3) or [
        fold(choice.value) for choice in parameter.choices[:3]
    ]
    near = list(dict.fromkeys(spellings[spelling].value for spelling in close))
    shown, names = text[:60], ", ".join(near)
    return _wrong(
        parameter,
        en=f"“{shown}” is none of its {len(parameter.choices)} choices, for example {names}",
        es=f"«{shown}» no es ninguna de sus {len(parameter.choices)} opciones, por ejemplo {names}",
    )


def _spellings(choice: Choice) -> set[str]:
    return {fold(text) for text in (choice.value, choice.label.en, choice.label.es, *choice.aliases)}


def _integer(parameter: Parameter, text: str) -> int | Problem:
    if not _INTEGER.match(text):
        return _wrong(
            parameter, en=f"“{text[:40]}” is not a whole number", es=f"«{text[:40]}» no es un número entero"
        )
    return _outside(parameter, Decimal(text)) or int(text)


def _decimal(parameter: Parameter, text: str) -> str | Problem:
    if not _DECIMAL.match(text):
        return _wrong(
            parameter,
            en=f"“{text[:40]}” is not a decimal number such as 1234.5",
            es=f"«{text[:40]}» no es un número decimal, como 1234.5",
        )
    value = Decimal(text)
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return _outside(parameter, value) or ("0" if value == 0 else plain)


def _outside(parameter: Parameter, value: Decimal) -> Problem | None:
    low, high = parameter.minimum, parameter.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    unit_en, unit_es = (
        ("", "") if parameter.unit is None else (f" {parameter.unit.en}", f" {parameter.unit.es}")
    )
    lowest, highest = "–∞" if low is None else low, "∞" if high is None else high
    return _wrong(
        parameter,
        en=f"{value} is outside its bounds, {lowest} to {highest}{unit_en}",
        es=f"{value} está fuera de sus límites, de {lowest} a {highest}{unit_es}",
    )


def _text(parameter: Parameter, text: str) -> str | Problem:
    longest = TEXT_LENGTH if parameter.maximum is None else int(parameter.maximum)
    if len(text) > longest or not text.isprintable():
        return _wrong(
            parameter,
            en=f"at most {longest} printable characters",
            es=f"a lo sumo {longest} caracteres imprimibles",
        )
    return unicodedata.normalize("NFC", text)


def _flag(parameter: Parameter, text: str) -> bool | Problem:
    wanted = fold(text)
    if wanted in _YES or wanted in _NO:
        return wanted in _YES
    return _wrong(parameter, en=f"“{text[:40]}” is neither yes nor no", es=f"«{text[:40]}» no es ni sí ni no")


def _orders(question: Question, values: Parameters) -> list[Problem]:
    labels = {parameter.name: parameter.label for parameter in question.parameters}
    problems = []
    for parameter in question.parameters:
        floor, value = values.get(parameter.at_least or ""), values.get(parameter.name)
        if floor is None or value is None or Decimal(value) >= Decimal(floor):
            continue
        other = labels[parameter.at_least or ""]
        problems.append(
            _wrong(
                parameter,
                en=f"{value} is below “{other.en}” ({floor})",
                es=f"{value} es menor que «{other.es}» ({floor})",
            )
        )
    return problems


_READERS: Final[dict[ParameterKind, Callable[[Parameter, str], Value | Problem]]] = {
    ParameterKind.CHOICE: _choice,
    ParameterKind.INTEGER: _integer,
    ParameterKind.DECIMAL: _decimal,
    ParameterKind.TEXT: _text,
    ParameterKind.FLAG: _flag,
}
