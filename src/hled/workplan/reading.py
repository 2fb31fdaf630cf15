"""From a file to the public record: read everything, check everything, and only then build it.

A broken file is refused as a whole, with every problem at its place; a sound one becomes one frozen value.
The bundled record comes through the same door. Serves every work-plan line.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final, TypeVar, cast

from hled.workplan.checks import check
from hled.workplan.errors import Findings, RecordInvalid
from hled.workplan.fields import wrong_type
from hled.workplan.parsing import UNREADABLE, parse
from hled.workplan.parts import Shape
from hled.workplan.restated import compare, complete
from hled.workplan.rows import Rows, read_rows
from hled.workplan.shapes import (
    ACTION,
    AGENCY,
    BODY,
    CLAIM,
    DELIVERABLE,
    DISCREPANCY,
    EVENT,
    MEETING,
    META,
    SOURCE,
)
from hled.workplan.types import Action, Event, PublicRecord

_FILE: Final = Path(__file__).with_name("data") / "public_record.json"
T = TypeVar("T")


@cache
def bundled_record() -> PublicRecord:
    """Return the public record that comes with the project; read once."""
    return load_record(_FILE.read_bytes())


def load_record(text: str | bytes) -> PublicRecord:
    """Return the record that a JSON file holds.

    Raises:
        RecordInvalid: with every problem found, never only the first.
    """
    findings = Findings()
    tree = parse(text, findings)
    if tree is not UNREADABLE and not isinstance(tree, dict):
        wrong_type(tree, "object", "$", findings)
    if not isinstance(tree, dict):
        raise RecordInvalid(tuple(findings.problems))
    complete(tree)
    rows = read_rows(tree, findings)
    check(rows, findings)
    compare(tree, rows, findings)
    findings.refuse_if_any()
    return _record(rows, checksum(text))


def checksum(text: str | bytes) -> str:
    """Return the SHA-256 of the file as 64 hex digits."""
    return hashlib.sha256(
        text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    ).hexdigest()


def _record(rows: Rows, digest: str) -> PublicRecord:
    meta = META.make(rows.meta.values)
    return PublicRecord(
        compiled=meta.compiled,
        title=meta.title,
        notes=tuple(note.text for note in meta.notes),
        sources=_made(rows, SOURCE),
        agencies=_made(rows, AGENCY),
        bodies=_made(rows, BODY),
        actions=_actions(rows),
        deliverables=_made(rows, DELIVERABLE),
        claims=_made(rows, CLAIM),
        discrepancies=_made(rows, DISCREPANCY),
        meetings=_made(rows, MEETING),
        checksum=digest,
    )


def _actions(rows: Rows) -> tuple[Action, ...]:
    events: dict[str, list[Event]] = {}
    for event in _made(rows, EVENT):
        events.setdefault(event.action, []).append(event)
    return tuple(
        ACTION.make(row.values, events=tuple(events.get(cast("str", row.values["id"]), ())))
        for row in rows[ACTION.section]
    )


def _made(rows: Rows, shape: Shape[T]) -> tuple[T, ...]:
    return tuple(shape.make(row.values) for row in rows[shape.section])
