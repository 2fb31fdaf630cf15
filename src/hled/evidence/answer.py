"""An answer: what was found, in both languages, with figures, tables, method, sources and caveats.

Its canonical JSON (RFC 8785, numbers as decimal text) is what the store keeps and what a citation names by
its SHA-256, so it carries everything needed to show it again, sources included. It serves every work-plan
line.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from hled.evidence.errors import NotAnAnswerError
from hled.figures import FigureError, Spec, from_json, to_json
from hled.language import Bilingual, Language
from hled.record import canonical
from hled.tables import DataSource
from hled.tables.types import both

FORMAT: Final = "hled.answer/1"
Cell = str | Bilingual | None


class CellType(StrEnum):
    """What the cells of a column hold; numbers are decimal text, `note` is text in both languages."""

    TEXT = "text"
    NOTE = "note"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YEAR = "year"
    MONTH = "month"


NUMBERS: Final = frozenset({CellType.INTEGER, CellType.DECIMAL})
_PATTERNS: Final = {
    CellType.INTEGER: re.compile(r"-?(?:0|[1-9]\d*)\Z", re.ASCII),
    CellType.YEAR: re.compile(r"\d{4}\Z", re.ASCII),
    CellType.MONTH: re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\Z", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of an answer's table; a number has a unit, and a decimal exactly `digits` decimals.

    Raises:
        ValueError: a number without a unit.
    """

    key: str
    label: Bilingual
    type: CellType
    unit: Bilingual | None = None
    digits: int = 0

    def __post_init__(self) -> None:
        if self.type in NUMBERS and self.unit is None:
            raise ValueError(f"column {self.key} holds numbers and declares no unit")

    def holds(self, cell: Cell) -> bool:
        """Say whether `cell` has the form of this column; a missing value has."""
        if cell is None:
            return True
        if self.type is CellType.NOTE or isinstance(cell, Bilingual):
            return self.type is CellType.NOTE and isinstance(cell, Bilingual)
        if self.type is CellType.DECIMAL:
            fraction = rf"\.\d{{{self.digits}}}" if self.digits else ""
            return re.fullmatch(rf"-?(?:0|[1-9]\d*){fraction}", cell, re.ASCII) is not None
        pattern = _PATTERNS.get(self.type)
        return pattern is None or pattern.match(cell) is not None


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A table of an answer, rows in their order.

    Raises:
        ValueError: a row of another length, or a cell that does not have the form of its column.
    """

    id: str
    title: Bilingual
    columns: tuple[AnswerColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.id}, row {number}: {len(row)} cells, not {len(self.columns)}")
            for column, cell in zip(self.columns, row, strict=True):
                if not column.holds(cell):
                    raise ValueError(f"table {self.id}, row {number}, {column.key}: {cell!r}")

    def texts(self, language: Language) -> tuple[tuple[str | None, ...], ...]:
        """Return the rows in one language; numbers stay decimal text."""
        return tuple(
            tuple(cell.text(language) if isinstance(cell, Bilingual) else cell for cell in row)
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question found.

    Raises:
        ValueError: no source, or an id of a table or figure used twice.
    """

    finding: Bilingual
    figures: tuple[Spec, ...]
    tables: tuple[AnswerTable, ...]
    method: Bilingual
    sources: tuple[DataSource, ...]
    caveats: tuple[Bilingual, ...]

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("an answer without a source")
        for ids in ([item.id for item in self.figures], [item.id for item in self.tables]):
            if len(set(ids)) != len(ids):
                raise ValueError(f"an id is used twice: {ids}")


def to_bytes(answer: Answer) -> bytes:
    """Return the canonical JSON of `answer` as UTF-8 bytes."""
    return canonical(as_dict(answer))


def as_dict(answer: Answer) -> dict[str, object]:
    """Return `answer` as plain JSON values (no float)."""
    return {
        "format": FORMAT,
        "finding": answer.finding.as_dict(),
        "figures": [to_json(figure) for figure in answer.figures],
        "tables": [table_as_dict(table) for table in answer.tables],
        "method": answer.method.as_dict(),
        "sources": [source.as_dict() for source in answer.sources],
        "caveats": [caveat.as_dict() for caveat in answer.caveats],
    }


def table_as_dict(table: AnswerTable) -> dict[str, object]:
    """Return one table as plain JSON values: columns with units, rows as lists."""
    return {
        "id": table.id,
        "title": table.title.as_dict(),
        "columns": [
            {
                "key": column.key,
                "label": column.label.as_dict(),
                "type": column.type.value,
                "unit": None if column.unit is None else column.unit.as_dict(),
                "digits": column.digits,
            }
            for column in table.columns
        ],
        "rows": [
            [cell.as_dict() if isinstance(cell, Bilingual) else cell for cell in row] for row in table.rows
        ],
    }


def from_bytes(data: bytes) -> Answer:
    """Read what `to_bytes` wrote.

    Raises:
        NotAnAnswerError: the bytes do not hold an answer in the known format.
    """
    try:
        value = json.loads(data)
        if value["format"] != FORMAT:
            raise NotAnAnswerError.of(f"format {value['format']!r}")
        return Answer(
            finding=both(value["finding"]),
            figures=tuple(from_json(item) for item in value["figures"]),
            tables=tuple(_table(item) for item in value["tables"]),
            method=both(value["method"]),
            sources=tuple(DataSource.from_dict(item) for item in value["sources"]),
            caveats=tuple(both(item) for item in value["caveats"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, FigureError) as error:
        raise NotAnAnswerError.of(f"{type(error).__name__}: {error}") from error


def _table(value: Mapping[str, object]) -> AnswerTable:
    columns = cast("list[dict[str, object]]", value["columns"])
    rows = cast("list[list[object]]", value["rows"])
    return AnswerTable(
        id=str(value["id"]),
        title=both(value["title"]),
        columns=tuple(_column(column) for column in columns),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in rows),
    )


def _column(value: dict[str, object]) -> AnswerColumn:
    return AnswerColumn(
        key=str(value["key"]),
        label=both(value["label"]),
        type=CellType(str(value["type"])),
        unit=None if value["unit"] is None else both(value["unit"]),
        digits=int(str(value["digits"])),
    )


def _cell(value: object) -> Cell:
    return both(value) if isinstance(value, dict) else cast("str | None", value)
