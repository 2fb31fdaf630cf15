"""The questions that are known. Pillars register theirs; evidence never imports a pillar.

Registering is light: a declaration names its calculation and does not import it, so the web process can list
the questions of every work-plan line without NumPy or DuckDB.
"""

from typing import Final

from hled.evidence.errors import UnknownQuestionError
from hled.evidence.question import Question

_KNOWN: Final[dict[str, Question]] = {}


def register(question: Question) -> None:
    """Make `question` known; registering the same declaration again changes nothing.

    Raises:
        ValueError: another question has this id.
    """
    if _KNOWN.setdefault(question.id, question) != question:
        raise ValueError(f"another question is registered as {question.id}")


def questions() -> tuple[Question, ...]:
    """Return every registered question, by work-plan line and id."""
    return tuple(sorted(_KNOWN.values(), key=lambda question: (question.line, question.id)))


def question(question_id: str) -> Question:
    """Return the registered question.

    Raises:
        UnknownQuestionError: there is none of this id.
    """
    if question_id not in _KNOWN:
        raise UnknownQuestionError.of(question_id[:80], [known.id for known in questions()])
    return _KNOWN[question_id]
