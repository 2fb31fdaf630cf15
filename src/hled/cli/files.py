"""Record files as a person gives them: JSON of the whole record, or a CSV table of one kind.

A table is laid over the record as it stands and the whole is checked like any file, so a CSV can neither
break a reference nor slip past a rule.
"""

import dataclasses
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hled.language import Bilingual, DialogueError

if TYPE_CHECKING:
    from hled.workplan.types import Action, Event, PublicRecord

_FIELDS: Final = {"figures": "claims"}  # the file's word and the record's


class FileError(DialogueError):
    """A file cannot be read, written or understood."""

    code = "cli.file"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The things of one CSV table."""

    section: str
    things: tuple[Any, ...]


def given(name: str | None, kind: str | None) -> "PublicRecord | Sheet":
    """Read what a person gives: a record file, a table, or, with no name, the bundled record.

    Raises:
        FileError: the file cannot be read, or its kind is not clear, or a kind is named without a file.
        RecordInvalid: with every problem of the file.
    """
    from hled.workplan import TABLES, bundled_record, from_csv, load_record
    from hled.workplan.parsing import MAX_BYTES

    if name is None:
        if kind is not None:
            raise _no_file(kind)
        return bundled_record()
    content = content_of(name, MAX_BYTES)
    if kind is None and not name.endswith(".csv"):
        return load_record(content)
    section = kind or Path(name).stem
    if section not in TABLES:
        raise FileError(
            Bilingual(
                en="Say what {name} lists: --kind {known}.", es="Indique qué contiene {name}: --kind {known}."
            ).format(name=name, known=", ".join(TABLES))
        )
    return Sheet(section, from_csv(TABLES[section], content))


def whole(found: "PublicRecord | Sheet", today: dt.date) -> "PublicRecord":
    """Return a whole record: a table is laid over the record as it stands, and both are checked together.

    Raises:
        RecordInvalid: the table does not fit the record; paths are those of the whole record.
    """
    if not isinstance(found, Sheet):
        return found
    from hled.web.meetings.exports import public_record
    from hled.workplan import dump_record, load_record

    return load_record(dump_record(_laid_over(public_record(today), found)))


def save(text: str, path: Path) -> None:
    """Write a file.

    Raises:
        FileError: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise unwritable(path, error) from error


def make_folder(path: Path) -> None:
    """Make a folder where there is none.

    Raises:
        FileError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def content_of(name: str, limit: int) -> bytes:
    """Return the bytes of a file (`-` is standard input), of a larger one only one more than `limit`.

    Raises:
        FileError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read(limit + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise FileError(
            Bilingual(en="{name} cannot be read: {why}", es="No se puede leer {name}: {why}").format(
                name=name, why=error.strerror
            )
        ) from error


def _laid_over(record: "PublicRecord", sheet: Sheet) -> "PublicRecord":
    if sheet.section == "events":
        return dataclasses.replace(record, actions=_with_events(record.actions, sheet.things))
    field = _FIELDS.get(sheet.section, sheet.section)
    before = {thing.id: thing for thing in getattr(record, field)}
    after = {thing.id: _kept_events(before.get(thing.id), thing) for thing in sheet.things}
    changed: dict[str, Any] = {field: tuple((before | after).values())}
    return dataclasses.replace(record, **changed)


def _kept_events(before: object, after: object) -> object:
    """An action of a table comes without its events: it keeps those that it has."""
    from hled.workplan.types import Action

    if isinstance(before, Action) and isinstance(after, Action):
        return dataclasses.replace(after, events=before.events)
    return after


def _with_events(actions: Sequence["Action"], events: Sequence["Event"]) -> tuple["Action", ...]:
    known = {action.id for action in actions}
    lost = next((event for event in events if event.action not in known), None)
    if lost is not None:
        raise FileError(
            Bilingual(
                en="The event {event} belongs to an unknown action, {action}.",
                es="El evento {event} pertenece a una acción desconocida, {action}.",
            ).format(event=lost.id, action=lost.action)
        )
    changed = {event.id: event for event in events}
    return tuple(
        dataclasses.replace(
            action,
            events=(
                *(event for event in action.events if event.id not in changed),
                *(event for event in events if event.action == action.id),
            ),
        )
        for action in actions
    )


def _no_file(kind: str) -> FileError:
    return FileError(
        Bilingual(
            en="--kind {kind} says what a file lists; name the file too: hled load FILE --kind {kind}. "
            "The bundled record is loaded whole, without --kind.",
            es="--kind {kind} dice qué contiene un archivo; indique también el archivo: "
            "hled load ARCHIVO --kind {kind}. El registro incluido se carga completo, sin --kind.",
        ).format(kind=kind)
    )


def unwritable(path: Path, error: OSError) -> FileError:
    """Return the error of a file that cannot be written."""
    return FileError(
        Bilingual(en="{name} cannot be written: {why}", es="No se puede escribir {name}: {why}").format(
            name=path, why=error.strerror
        )
    )
