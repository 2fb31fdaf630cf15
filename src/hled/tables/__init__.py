"""Data in: named sources, typed schemas, checksums and licences of every table that an answer rests on.

Each published number of the fifteen work-plan lines must lead back to a source with its publisher, licence
and date; this package is where those are declared (`sources.toml`) and where tables are opened. Importing it
loads no engine: Ibis and DuckDB load inside `open_table`.
"""

from hled.tables.errors import (
    ChangedTableError,
    MissingTableError,
    SchemaError,
    TableError,
    UnknownTableError,
)
from hled.tables.reading import checksum, fetch, open_table, read_rows
from hled.tables.registry import source, sources, table, tables
from hled.tables.types import Column, ColumnType, DataSource, Table

__all__ = [
    "ChangedTableError",
    "Column",
    "ColumnType",
    "DataSource",
    "MissingTableError",
    "SchemaError",
    "Table",
    "TableError",
    "UnknownTableError",
    "checksum",
    "fetch",
    "open_table",
    "read_rows",
    "source",
    "sources",
    "table",
    "tables",
]
