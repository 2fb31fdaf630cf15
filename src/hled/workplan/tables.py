"""The lists of the record as CSV tables that load back to the same rows.

One row is one thing, with the flat keys of the record file as columns; a discrepancy takes one row per
version. An action comes without its events, which are a table of their own. Ids in a list are joined by `;`,
a missing value is an empty cell, flags are `true` and `false`. Serves every work-plan line.

A cell that a spreadsheet would run as a formula gets a leading apostrophe, and reading takes exactly that
apostrophe away again (OWASP, CSV injection).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from hled.workplan.errors import Findings, Problem, shown
from hled.workplan.fields import Ids
from hled.workplan.parsing import MAX_BYTES
from hled.workplan.parts import Several, Shape
from hled.workplan.shapes import Identified, shape_of, shapes

T = TypeVar("T", bound=Identified)

TABLES: Final[dict[str, type[Any]]] = {shape.section: shape.of for shape in shapes()}

_RUN: Final = tuple("=+-@\t\r\n")
_MARK: Final = "'"
_MEMBER: Final = re.compile(r"\$\.\w+\[(\d+)\]\.(\w+)")
_PLAIN: Final = re.compile(r"\$\.(\w+)")

Line = tuple[int, dict[str, str]]


def guard(cell: str) -> str:
    """Return the cell text that no spreadsheet runs as a formula."""
    return _MARK + cell if cell.startswith((*_RUN, _MARK)) else cell


def unguard(cell: str) -> str:
    """Undo `guard`; a cell that `guard` cannot have written stays as it is."""
    return cell[1:] if cell.startswith(_MARK) and cell[1:].startswith((*_RUN, _MARK)) else cell


def to_csv(noun: type[T], things: Iterable[T]) -> str:
    """Return the table of `things` under a header line, for example `to_csv(Action, record.actions)`."""
    shape = shape_of(noun)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([key for key, _ in shape.columns])
    for thing in things:
        for flat in _rows(shape, thing):
            values = ((flat[key], codec) for key, codec in shape.columns)
            writer.writerow([guard("" if value is None else codec.to_cell(value)) for value, codec in values])
    return text.getvalue()


def from_csv(noun: type[T], text: str | bytes) -> tuple[T, ...]:
    """Read a table back.

    Raises:
        RecordInvalid: with every problem found; paths are places such as `row 3, column date`, where row 1
            is the header.
    """
    findings = Findings()
    shape = shape_of(noun)
    lines = list(_lines(shape, _decoded(text, findings), findings))
    findings.refuse_if_any()
    things = [_thing(shape, group, findings) for group in _groups(shape, lines, findings)]
    findings.refuse_if_any()
    return tuple(thing for thing in things if thing is not None)


def _nested(shape: Shape[Any]) -> Several | None:
    return next((part for part in shape.parts if isinstance(part, Several)), None)


def _rows(shape: Shape[T], thing: T) -> Iterator[dict[str, object]]:
    flat = shape.write(thing)
    nested = _nested(shape)
    members = flat.pop(nested.key) if nested else [{}]
    for member in members if isinstance(members, list) else []:
        yield {**flat, **member}


def _decoded(text: str | bytes, findings: Findings) -> str:
    if len(text) > MAX_BYTES:
        findings.add("table", "too_large", size=len(text), limit=MAX_BYTES)
        return ""
    try:
        return text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        findings.add("table", "not_utf8", offset=error.start)
        return ""


def _lines(shape: Shape[Any], text: str, findings: Findings) -> Iterator[Line]:
    """Yield row number and column → cell text; note rows and headers that do not fit."""
    findings_before = len(findings.problems)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    header: list[str] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                header = cells
                _check_header(shape, header, findings)
            elif cells and len(cells) != len(header):
                findings.add(f"row {number}", "wrong_width", count=len(cells), expected=len(header))
            elif cells:
                yield number, dict(zip(header, map(unguard, cells), strict=True))
    except csv.Error:
        findings.add(f"row {number + 1}", "not_csv", row=number + 1)
    if number == 0 and len(findings.problems) == findings_before:
        _check_header(shape, [], findings)


def _check_header(shape: Shape[Any], header: list[str], findings: Findings) -> None:
    known = [key for key, _ in shape.columns]
    for place, key in enumerate(header):
        if key not in known:
            findings.add("row 1", "unknown_column", key=shown(key))
        if key in header[:place]:
            findings.add("row 1", "repeated_column", key=shown(key))
    for key in known:
        if key not in header:
            findings.add("row 1", "missing_column", key=key)


def _groups(shape: Shape[Any], lines: list[Line], findings: Findings) -> list[list[Line]]:
    """Put the rows of one thing together; where one row is one thing, a repeated id is a problem."""
    nested = _nested(shape)
    shared = [key for part in shape.parts if part is not nested for key, _ in part.columns]
    groups: dict[str, list[Line]] = {}
    for number, cells in lines:
        group = groups.setdefault(cells["id"], [])
        group.append((number, cells))
        first_number, first = group[0]
        if len(group) > 1 and nested is None:
            value = shown(cells["id"])
            findings.add(f"row {number}, column id", "duplicate_id", value=value, first=f"row {first_number}")
        for key in shared:
            if nested is not None and cells[key] != first[key]:
                value, before = shown(cells[key]), shown(first[key])
                findings.add(f"row {number}, column {key}", "row_differs", value=value, first=before)
    return list(groups.values())


def _thing(shape: Shape[T], group: list[Line], findings: Findings) -> T | None:
    nested = _nested(shape)
    node = _node(shape, group[0][1])
    if nested is not None:
        members = [key for key, _ in nested.columns]
        node = {key: value for key, value in node.items() if key not in members}
        node[nested.key] = [_node(nested.shape, cells) for _, cells in group]
    own = Findings()
    row = shape.read(node, "$", own)
    numbers = [number for number, _ in group]
    findings.problems.extend(Problem(_place(p.path, numbers), p.code, p.message) for p in own.problems)
    return shape.make(row) if not own.problems else None


def _node(shape: Shape[Any], cells: dict[str, str]) -> dict[str, object]:
    return {
        key: codec.from_cell(cells[key]) if cells[key] or isinstance(codec, Ids) else None
        for key, codec in shape.columns
    }


def _place(path: str, numbers: list[int]) -> str:
    """Turn the path within one thing into a place in the table."""
    member = _MEMBER.match(path)
    if member:
        return f"row {numbers[int(member[1])]}, column {member[2]}"
    plain = _PLAIN.match(path)
    return f"row {numbers[0]}, column {plain[1]}" if plain else f"row {numbers[0]}"
