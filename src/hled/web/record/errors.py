"""The refusals of the record's database: each says what is wrong and what to do next."""

from typing import ClassVar

from hled.language import DialogueError


class NoSuchEntryError(DialogueError):
    """The record has no entry of this number; the web answers 404."""

    code = "record.no_such_entry"
    status: ClassVar[int] = 404


class NoSuchLogError(DialogueError):
    """This node holds no log of this name; the web answers 404."""

    code = "record.no_such_log"
    status: ClassVar[int] = 404


class NoSuchFileError(DialogueError):
    """The record publishes no such file; the web answers 404."""

    code = "record.no_such_file"
    status: ClassVar[int] = 404


class ReadOnlyError(DialogueError):
    """This node is a read-only mirror and writes no entries of its own."""

    code = "record.read_only"
    status: ClassVar[int] = 503


class LogTakenError(DialogueError):
    """A log cannot take this name or origin: another has it, or checkpoints were published already."""

    code = "record.log_taken"


class OutOfStepError(DialogueError):
    """Entries were offered that do not follow the last one held here, or that no checkpoint covers."""

    code = "record.out_of_step"


class ForgedHistoryError(DialogueError):
    """Entries do not lead to the root that was signed, or contradict what is held here."""

    code = "record.forged_history"


class WrongObjectError(DialogueError):
    """The content of an entry is about another object than the entry itself."""

    code = "record.wrong_object"


class ClockSkewError(DialogueError):
    """An entry of another node bears a time that is still to come."""

    code = "record.clock_skew"


class DamagedRecordError(DialogueError):
    """The rows of a log do not give its tree head, or its head contradicts a checkpoint."""

    code = "record.damaged"
