"""Errors of the agenda, each with its message in both languages."""

from collections.abc import Mapping
from typing import ClassVar

from hled.language import Bilingual, DialogueError
from hled.record.objects import DamagedObjectError, MissingObjectError


class NotOnRecordError(DialogueError):
    """Nothing on the record has this id; the web answers 404."""

    code = "agenda.not_on_record"
    status: ClassVar[int] = 404


class FilterError(DialogueError):
    """A filter has a value that it cannot have."""

    code = "agenda.bad_filter"


class TextMissingError(MissingObjectError):
    """An attached text is on record but its bytes are not here; the web answers 404."""

    status: ClassVar[int] = 404


class TextDamagedError(DamagedObjectError):
    """The bytes of an attached text are not those on record; the fault is ours, not the asker's."""

    status: ClassVar[int] = 500


class ReportError(DialogueError):
    """An error report that cannot be kept; `problems` says why, by field."""

    code = "agenda.bad_report"

    def __init__(self, problems: Mapping[str, Bilingual]) -> None:
        messages = problems.values()
        super().__init__(
            Bilingual(en=" ".join(text.en for text in messages), es=" ".join(text.es for text in messages))
        )
        self.problems = dict(problems)


class ReportsFullError(DialogueError):
    """As many error reports are kept as the officers' box holds; the web answers 503."""

    code = "agenda.reports_full"
    status: ClassVar[int] = 503

    @classmethod
    def of(cls, limit: int) -> "ReportsFullError":
        """Say how many it holds."""
        return cls(
            Bilingual(
                en="The box of reports is full: it holds {limit}. Your report was not kept. Send it again "
                "when the officers have read some.",
                es="El buzón de reportes está lleno: admite {limit}. Su reporte no se conservó. Envíelo de "
                "nuevo cuando el personal haya leído algunos.",
            ).format(limit=f"{limit:,}")
        )


def not_on_record(noun: Bilingual, key: object) -> NotOnRecordError:
    """Return the error for an id that nothing has."""
    shown = str(key)[:80]
    return NotOnRecordError(
        Bilingual(
            en="Nothing on the record: {noun} “{key}”.",
            es="No consta en el registro: {noun} «{key}».",
        ).format(noun=noun, key=shown)
    )
