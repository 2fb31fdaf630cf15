"""Answers for other programs: one table as CSV, Parquet or JSON, with units and in a safe form.

A ministry opens a CSV in a spreadsheet, an analyst reads Parquet; neither may run what a cell says. It
serves the answers of every work-plan line.
"""

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hled.evidence.answer import AnswerColumn, AnswerTable, Cell, CellType, table_as_dict
from hled.language import LANGUAGES, Bilingual, Language
from hled.record import canonical

if TYPE_CHECKING:
    import pyarrow as pa

# A spreadsheet takes a text that begins with one of these for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEXTS: Final = frozenset({CellType.TEXT, CellType.NOTE})
_PRECISION: Final = 38


def to_csv(table: AnswerTable, language: Language) -> bytes:
    """Return the table as CSV (RFC 4180, UTF-8); heads are labels with units, a missing value is empty.

    A text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([_safe(_head(column, language)) for column in table.columns])
    for row in table.texts(language):
        cells = zip(table.columns, row, strict=True)
        writer.writerow([_safe(cell or "") if column.type in _TEXTS else cell for column, cell in cells])
    return written.getvalue().encode()


def to_json(table: AnswerTable) -> bytes:
    """Return the table as canonical JSON, both languages and units included."""
    return canonical(table_as_dict(table))


def to_parquet(table: AnswerTable) -> bytes:
    """Return the table as Parquet: int64, exact decimals, text; a note becomes two columns, `_en` and `_es`.

    Titles, labels and units are kept in the metadata of the file and of each column.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields, columns = [], []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        for name, kind, values in _arrow(pa, column, cells):
            fields.append(pa.field(name, kind, metadata=_metadata(column)))
            columns.append(pa.array(values, type=kind))
    schema = pa.schema(fields, metadata={"title_en": table.title.en, "title_es": table.title.es})
    written = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), written, compression="zstd")
    return written.getvalue()


def _head(column: AnswerColumn, language: Language) -> str:
    unit = "" if column.unit is None else f" ({column.unit.text(language)})"
    return column.label.text(language) + unit


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _arrow(
    pa: "pa", column: AnswerColumn, cells: list[Cell]
) -> list[tuple[str, "pa.DataType", list[object]]]:
    if column.type is CellType.NOTE:
        return [
            (f"{column.key}_{language}", pa.string(), [_in(cell, language) for cell in cells])
            for language in LANGUAGES
        ]
    if column.type in {CellType.INTEGER, CellType.YEAR}:
        return [(column.key, pa.int64(), [None if cell is None else int(str(cell)) for cell in cells])]
    if column.type is CellType.DECIMAL:
        kind = pa.decimal128(_PRECISION, column.digits)
        return [(column.key, kind, [None if cell is None else Decimal(str(cell)) for cell in cells])]
    return [(column.key, pa.string(), list(cells))]


def _in(cell: Cell, language: Language) -> str | None:
    return cell.text(language) if isinstance(cell, Bilingual) else cell


def _metadata(column: AnswerColumn) -> dict[str, str]:
    labels = {"label_en": column.label.en, "label_es": column.label.es}
    unit = column.unit
    return labels if unit is None else labels | {"unit_en": unit.en, "unit_es": unit.es}
