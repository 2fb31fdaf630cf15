"""The public record as the contents of append-only entries, and back: what projections read typed.

The type of every entry ends in `.compiled`: it says that the content was compiled from public sources and is
no statement of either government. Serves every work-plan line.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from hled.workplan.errors import Findings, RecordInvalid
from hled.workplan.shapes import Identified, shape_of, shapes
from hled.workplan.types import PublicRecord

T = TypeVar("T")

ENTRY_TYPES: Final[dict[str, type[Any]]] = {shape.entry: shape.of for shape in shapes()}


def entries(record: PublicRecord) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield (entry type, URN, content), each after everything that it refers to.

    Contents are plain JSON with the flat keys of the record file; an action comes without its events, which
    follow as entries of their own and carry its id.
    """
    things: dict[str, tuple[Any, ...]] = {
        "sources": record.sources,
        "agencies": record.agencies,
        "actions": record.actions,
        "events": tuple(event for action in record.actions for event in action.events),
        "deliverables": record.deliverables,
        "figures": record.claims,
        "discrepancies": record.discrepancies,
        "bodies": record.bodies,
        "meetings": record.meetings,
    }
    for shape in shapes():
        for thing in things[shape.section]:
            yield shape.entry, urn(thing), shape.write(thing)


def urn(thing: Identified) -> str:
    """Return the URN of a source, agency, action, event, deliverable, claim, discrepancy, body or meeting."""
    shape = shape_of(type(thing))
    return f"urn:hled:{shape.noun}:{thing.id}"


def from_content(noun: type[T], content: Mapping[str, object]) -> T:
    """Read the content of an entry back, for example `from_content(Source, content)`.

    Raises:
        RecordInvalid: the content does not have the shape of `noun`.
    """
    findings = Findings()
    shape = shape_of(noun)
    row = shape.read(dict(content), "$", findings)
    if findings.problems:
        raise RecordInvalid(tuple(findings.problems))
    return shape.make(row)
