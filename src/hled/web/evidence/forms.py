"""A question's form, made from its declaration: one field a parameter, with its bounds, help and problems.

The declaration reads the text itself (`hled.evidence.parse`); this module only says how to show it, so that
the web, the command and the interface ask for the same things in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hled.evidence import Choice, Parameter, ParameterError, ParameterKind, Problem, Question, as_raw, parse
from hled.language import Bilingual

YES_NO: Final = (
    Choice("true", Bilingual(en="Yes", es="Sí")),
    Choice("false", Bilingual(en="No", es="No")),
)
_LONGEST: Final = 200
_MODES: Final = {ParameterKind.INTEGER: "numeric", ParameterKind.DECIMAL: "decimal"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `value` is the text to show, `choices` are there where one is to be chosen."""

    name: str
    label: Bilingual
    help: Bilingual
    value: str
    choices: tuple[Choice, ...]
    input_mode: str
    longest: int
    problems: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A form, filled; `raw` is what to ask with, `problems` lists everything that is wrong with it."""

    question: Question
    fields: tuple[Field, ...]
    raw: dict[str, str] = field(hash=False)
    problems: tuple[Problem, ...]


def filled(question: Question, raw: Mapping[str, str]) -> QuestionForm:
    """Return the form with what somebody entered; absent parameters show their defaults."""
    problems: tuple[Problem, ...] = ()
    try:
        texts = as_raw(parse(question, raw))
    except ParameterError as error:
        texts, problems = {**_defaults(question), **_known(question, raw)}, error.problems
    return QuestionForm(
        question=question,
        fields=tuple(_field(parameter, texts, problems) for parameter in question.parameters),
        raw=dict(raw),
        problems=problems,
    )


def in_words(parameter: Parameter, text: str) -> Bilingual:
    """Return a parsed value in words: the label of a choice, yes or no, or the value itself."""
    return next((choice.label for choice in _choices(parameter) if choice.value == text), plain(text))


def with_unit(parameter: Parameter) -> Bilingual:
    """Return the label of a parameter with its unit."""
    if parameter.unit is None:
        return parameter.label
    return Bilingual(en="{label} ({unit})", es="{label} ({unit})").format(
        label=parameter.label, unit=parameter.unit
    )


def plain(text: str) -> Bilingual:
    """Return a text that is the same in both languages; an empty one is a dash."""
    return Bilingual(en=text or "–", es=text or "–")


def _field(parameter: Parameter, texts: Mapping[str, str], problems: tuple[Problem, ...]) -> Field:
    text = parameter.kind is ParameterKind.TEXT and parameter.maximum is not None
    return Field(
        name=parameter.name,
        label=with_unit(parameter),
        help=parameter.help,
        value=texts[parameter.name],
        choices=_choices(parameter),
        input_mode=_MODES.get(parameter.kind, "text"),
        longest=int(parameter.maximum or 0) if text else _LONGEST,
        problems=tuple(problem.message for problem in problems if problem.parameter == parameter.name),
    )


def _choices(parameter: Parameter) -> tuple[Choice, ...]:
    return YES_NO if parameter.kind is ParameterKind.FLAG else parameter.choices


def _defaults(question: Question) -> dict[str, str]:
    return as_raw(parse(question, {}))


def _known(question: Question, raw: Mapping[str, str]) -> dict[str, str]:
    """Return what was entered, each usable value in its canonical form, so that a list shows it as chosen."""
    known = {}
    for parameter in question.parameters:
        text = raw.get(parameter.name, "").strip()
        if text:
            known[parameter.name] = _canonical(question, parameter.name, text)
    return known


def _canonical(question: Question, name: str, text: str) -> str:
    try:
        return as_raw(parse(question, {name: text}))[name]
    except ParameterError:
        return text
