"""Problems of a record file: all of them, each with its place, its code and its words in both languages.

A person who compiles a record wants the whole list at once, so the readers note problems in `Findings` and go
on; only at the end is `RecordInvalid` raised. Serves every work-plan line.
"""

import json
from dataclasses import dataclass, field

from hled.language import Bilingual, DialogueError
from hled.workplan.messages import MESSAGES

_SHOWN = 60
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: `path` is a JSON path (`$.actions[3].title_es`) or a place (`row 3, column date`)."""

    path: str
    code: str
    message: Bilingual

    def __str__(self) -> str:
        return f"{self.path}: {self.message.en}"


class RecordInvalid(DialogueError):
    """The file is no valid record; `problems` holds everything found, in the order found."""

    code = "workplan.record_invalid"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(_summary(problems))
        self.problems = problems


@dataclass(slots=True)
class Findings:
    """The problems found so far."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, path: str, code: str, **values: object) -> None:
        """Note a problem; `values` fill the message of `code`."""
        self.problems.append(Problem(path, code, MESSAGES[code].format(**values)))

    def refuse_if_any(self) -> None:
        """Raise what was found.

        Raises:
            RecordInvalid: at least one problem was noted.
        """
        if self.problems:
            raise RecordInvalid(tuple(self.problems))


def shown(value: object) -> str:
    """Return `value` as it stands in the file, cut to a readable length."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def child(path: str, key: object) -> str:
    """Return the JSON path of a member of the value at `path`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if str(key).isidentifier() else f"{path}[{shown(key)}]"


def _summary(problems: tuple[Problem, ...]) -> Bilingual:
    named = problems[:_NAMED]
    more = len(problems) - len(named)
    return Bilingual(
        en="; ".join(f"{p.path}: {p.message.en}" for p in named) + (f" (and {more:,} more)" if more else ""),
        es="; ".join(f"{p.path}: {p.message.es}" for p in named) + (f" (y {more:,} más)" if more else ""),
    )
