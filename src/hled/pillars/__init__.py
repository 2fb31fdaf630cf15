"""The evidence engines of the work plan: one package for each part, named as the fact sheet names them.

Each engine declares its questions in a light `question` module; this list is the one place where a new one
is added. It serves all fifteen lines; lines without a question say "not built yet".
"""

import importlib
from typing import Final

from hled.evidence import Question, register

QUESTION_MODULES: Final = ("hled.pillars.rebuilding.border.question",)


def questions() -> tuple[Question, ...]:
    """Return the questions that the engines declare, in the order of the list; imports no engine."""
    return tuple(
        question for name in QUESTION_MODULES for question in importlib.import_module(name).QUESTIONS
    )


def register_all() -> None:
    """Register every question, so that `hled.evidence.ask` knows it; may be called again."""
    for question in questions():
        register(question)
