"""What the evidence pages and the queue refuse or report, each with the HTTP status of its page."""

from typing import ClassVar

from hled.evidence import DamagedStoreError, UnknownQuestionError, UnknownRunError
from hled.language import Bilingual, DialogueError


class QuestionNotFoundError(UnknownQuestionError):
    """The address names a question that is not registered."""

    status: ClassVar[int] = 404


class RunNotFoundError(UnknownRunError):
    """The address names a run that was never asked here."""

    status: ClassVar[int] = 404


class DamagedAnswerError(DamagedStoreError):
    """A kept answer is missing or changed; the fault is ours, not the asker's."""

    status: ClassVar[int] = 500


class FileNotFoundInRunError(DialogueError):
    """The run has no table, figure or format of this name."""

    code = "evidence.unknown_file"
    status: ClassVar[int] = 404

    @classmethod
    def of(cls, name: str, known: tuple[str, ...]) -> "FileNotFoundInRunError":
        """Say which file was wanted and which there are."""
        names = ", ".join(known)
        return cls(
            Bilingual(
                en=f"This run has no file “{name[:80]}”. It has: {names}.",
                es=f"Esta ejecución no tiene el archivo «{name[:80]}». Tiene: {names}.",
            )
        )


class QuotaExceededError(DialogueError):
    """An asker, or everybody together, asks for more than the worker can do."""

    code = "evidence.quota"
    status: ClassVar[int] = 429


class StoreFullError(DialogueError):
    """The answers kept take up the room that there is for questions of strangers."""

    code = "evidence.full"
    status: ClassVar[int] = 503

    @classmethod
    def of(cls, limit: int) -> "StoreFullError":
        """Say how much room there is (bytes), and what stays open."""
        return cls(
            Bilingual(
                en="The room for new answers ({limit} MB) is used up, so this question is not calculated "
                "here until the operator makes room. Kept answers stay open to you.",
                es="El espacio para respuestas nuevas ({limit} MB) está agotado, por lo que esta pregunta no "
                "se calcula aquí hasta que se libere espacio. Las respuestas conservadas siguen a su "
                "disposición.",
            ).format(limit=f"{limit // 1024**2:,}")
        )


class CalculationError(DialogueError):
    """A calculation ended without an answer."""

    code = "evidence.calculation"


class TooLongError(CalculationError):
    """The calculation passed its time limit."""

    code = "evidence.too_long"

    @classmethod
    def of(cls, seconds: int) -> "TooLongError":
        """Name the limit."""
        return cls(
            Bilingual(
                en=f"The calculation passed its limit of {seconds} s and was stopped.",
                es=f"El cálculo rebasó su límite de {seconds} s y se detuvo.",
            )
        )


class TooLargeError(CalculationError):
    """The calculation passed its memory limit."""

    code = "evidence.too_large"

    @classmethod
    def of(cls, memory_mb: int) -> "TooLargeError":
        """Name the limit."""
        return cls(
            Bilingual(
                en=f"The calculation passed its limit of {memory_mb} MB of memory and was stopped.",
                es=f"El cálculo rebasó su límite de {memory_mb} MB de memoria y se detuvo.",
            )
        )


class BrokenOffError(CalculationError):
    """The process that calculated ended before it answered, each time it was tried."""

    code = "evidence.broken_off"

    @classmethod
    def of(cls, attempts: int) -> "BrokenOffError":
        """Say how often it was tried."""
        return cls(
            Bilingual(
                en=f"The calculation broke off {attempts} times without an answer; the log says where.",
                es=f"El cálculo se interrumpió {attempts} veces sin dar respuesta; la bitácora indica dónde.",
            )
        )


class SupersededError(CalculationError):
    """Code or data changed between the asking and the calculation, so this run can no longer be made."""

    code = "evidence.superseded"

    @classmethod
    def of(cls) -> "SupersededError":
        """Say what to do."""
        return cls(
            Bilingual(
                en="The code or the data of this question changed while it waited. Ask it again.",
                es="El código o los datos de esta pregunta cambiaron mientras esperaba. Pregunte de nuevo.",
            )
        )
