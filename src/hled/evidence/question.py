"""The one shape of evidence: a question with its parameters, needs and limits, declared without any engine.

The web form, the command, the interface and the documentation of every question come from this declaration;
the calculation is named by `ask` (`module:function`) and imported only when somebody asks. It serves every
work-plan line.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from hled.language import Bilingual

QUESTION_ID: Final = re.compile(r"[a-z][a-z_]*(?:\.[a-z][a-z_]*)+\Z")
_PARAMETER: Final = re.compile(r"[a-z][a-z_]*\Z")
_ASK: Final = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*\Z", re.ASCII)

Value = str | int | bool
Parameters = dict[str, Value]


class ParameterKind(StrEnum):
    """What a parameter holds, and so how it is asked for in a form."""

    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice, also found by its labels and `aliases`, whatever the case and accents."""

    value: str
    label: Bilingual
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question.

    `default` is raw text, as a person would type it. `minimum` and `maximum` bound integers and decimals in
    `unit` (for text, `maximum` is the greatest length). `at_least` names another parameter of the same
    question below whose value this one may not fall.

    Raises:
        ValueError: a name that is no lower-case word, or choices missing or unexpected.
    """

    name: str
    label: Bilingual
    kind: ParameterKind
    default: str
    help: Bilingual
    choices: tuple[Choice, ...] = ()
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    unit: Bilingual | None = None
    at_least: str | None = None

    def __post_init__(self) -> None:
        if not _PARAMETER.match(self.name):
            raise ValueError(f"parameter name {self.name!r}")
        if bool(self.choices) != (self.kind is ParameterKind.CHOICE):
            raise ValueError(f"{self.name}: choices belong to a choice, and only there")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one asking may take on one thread: wall-clock seconds and peak memory."""

    seconds: int
    memory_mb: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the platform can answer.

    `line` is the work-plan line, 1-15, or 0 for the vision. `needs` names tables (no dot) or other questions
    (with a dot); a needed question is asked with the parameters of the same names, else its defaults.
    `ask` is `package.module:function`; the function takes the parsed parameters and the `Inputs` and returns
    an `Answer`. `version` changes when the meaning of the answer changes. A question without randomness
    keeps seed 0.

    Raises:
        ValueError: an id, a line or an `ask` that does not have its form, or a parameter named twice.
    """

    id: str
    line: int
    title: Bilingual
    description: Bilingual
    parameters: tuple[Parameter, ...]
    needs: tuple[str, ...]
    version: str
    limits: Limits
    ask: str
    seed: int = 0

    def __post_init__(self) -> None:
        if not QUESTION_ID.match(self.id):
            raise ValueError(f"question id {self.id!r}")
        if not 0 <= self.line <= 15:
            raise ValueError(f"{self.id}: line {self.line} is not 0-15")
        if not _ASK.match(self.ask) or "." not in self.ask:
            raise ValueError(f"{self.id}: ask must be package.module:function, not {self.ask!r}")
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.id}: a parameter is named twice")

    @property
    def package(self) -> str:
        """The package whose source files are the code of this question."""
        return self.ask.partition(":")[0].rpartition(".")[0]
