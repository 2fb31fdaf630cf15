"""What can go wrong when evidence is asked for, kept or replayed, said in both languages.

Missing data is no error: an answer says it. These are wrong requests and damaged stores, for the questions
of every work-plan line.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hled.language import Bilingual, DialogueError


class EvidenceError(DialogueError):
    """A request for evidence cannot be met."""

    code = "evidence.error"


class UnknownQuestionError(EvidenceError):
    """No question of this id is registered."""

    code = "evidence.unknown_question"

    @classmethod
    def of(cls, wanted: str, known: Iterable[str]) -> "UnknownQuestionError":
        """Say which id is unknown and which are registered."""
        names = ", ".join(known) or "–"
        return cls(
            Bilingual(
                en=f"There is no question “{wanted}”. Registered: {names}.",
                es=f"No existe la pregunta «{wanted}». Registradas: {names}.",
            )
        )


class CircularNeedsError(EvidenceError):
    """Questions need each other in a circle."""

    code = "evidence.circular_needs"

    @classmethod
    def of(cls, path: Iterable[str]) -> "CircularNeedsError":
        """Show the circle."""
        circle = " → ".join(path)
        return cls(
            Bilingual(
                en=f"These questions need each other in a circle: {circle}.",
                es=f"Estas preguntas se necesitan unas a otras en círculo: {circle}.",
            )
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one parameter."""

    parameter: str
    message: Bilingual


class ParameterError(EvidenceError):
    """The parameters of a request are wrong; `problems` lists all of them, in the question's order."""

    code = "evidence.bad_parameters"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            Bilingual(
                en=" ".join(problem.message.en for problem in problems),
                es=" ".join(problem.message.es for problem in problems),
            )
        )
        self.problems = problems


class UnknownRunError(EvidenceError):
    """The store keeps no run of this id."""

    code = "evidence.unknown_run"

    @classmethod
    def of(cls, run_id: str) -> "UnknownRunError":
        """Name the run."""
        return cls(
            Bilingual(
                en=f"No run {run_id[:64]} is kept here.",
                es=f"Aquí no se conserva ninguna ejecución {run_id[:64]}.",
            )
        )


class DamagedStoreError(EvidenceError):
    """A kept file is missing or its bytes are not those that its name promises."""

    code = "evidence.damaged_store"

    @classmethod
    def of(cls, name: str) -> "DamagedStoreError":
        """Name the file."""
        return cls(
            Bilingual(
                en=f"The kept file {name} is missing or damaged: its checksum does not match.",
                es=f"El archivo conservado {name} falta o está dañado: su suma de verificación no coincide.",
            )
        )


class NotAnAnswerError(EvidenceError):
    """Bytes that do not hold an answer or a run in the known format."""

    code = "evidence.not_an_answer"

    @classmethod
    def of(cls, what: str) -> "NotAnAnswerError":
        """Say what was met."""
        return cls(
            Bilingual(
                en=f"This is not an answer or a run in the known format: {what}.",
                es=f"Esto no es una respuesta ni una ejecución en el formato conocido: {what}.",
            )
        )
