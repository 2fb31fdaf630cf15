"""Opening declared tables: checksum first, then the columns, then an Ibis expression on one DuckDB thread.

One thread keeps results in one order, so that an answer of any work-plan line has the same bytes each time.
"""

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hled.tables.errors import ChangedTableError, MissingTableError, SchemaError
from hled.tables.registry import table
from hled.tables.types import ColumnType, Table

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types

DATA: Final = Path(__file__).parent / "data"

_SQL: Final = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.DECIMAL: "DECIMAL(18,6)",
    ColumnType.MONTH: "VARCHAR",
}
_IBIS: Final = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "int64",
    ColumnType.DECIMAL: "decimal(18, 6)",
    ColumnType.MONTH: "string",
}


def checksum(table_id: str, *, folder: Path = DATA) -> str:
    """Return the SHA-256 of the file that is there now, as 64 hex digits.

    Raises:
        UnknownTableError: the table is not declared.
        MissingTableError: its file is not there.
    """
    described = table(table_id)
    return hashlib.sha256(_bytes(described, folder)).hexdigest()


def read_rows(table_id: str, *, folder: Path = DATA) -> tuple[dict[str, str], ...]:
    """Read a small declared CSV table as text, without any engine (the web process may).

    Raises:
        UnknownTableError, MissingTableError, ChangedTableError, SchemaError: see `open_table`.
    """
    described = table(table_id)
    text = _verified(described, folder).decode("utf-8")
    reader = csv.DictReader(text.splitlines())
    named = [(column.name, "") for column in described.columns]
    _same_columns(described, named, [(name, "") for name in reader.fieldnames or ()])
    return tuple(reader)


def open_table(table_id: str, *, folder: Path = DATA) -> "ibis.expr.types.Table":
    """Return the table as an Ibis expression on an in-memory DuckDB with one thread.

    Raises:
        UnknownTableError: the table is not declared.
        MissingTableError: its file is not there.
        ChangedTableError: its file is not the one whose checksum is declared.
        SchemaError: its columns do not have the declared names and types.
    """
    described = table(table_id)
    _verified(described, folder)
    return open_described(described, folder / described.file)


def open_described(described: Table, path: Path) -> "ibis.expr.types.Table":
    """Open `path` (Parquet or CSV) as the columns of `described` say.

    Raises:
        SchemaError: the columns do not have the declared names and types.
    """
    import duckdb

    connection = _connection()
    try:
        if path.suffix == ".csv":
            types = {column.name: _SQL[column.type] for column in described.columns}
            opened = connection.read_csv(str(path), columns=types, header=True, auto_detect=False)
            fetch(opened)  # reads every row once, so that a wrong value is met here
        else:
            opened = connection.read_parquet(str(path))
    except duckdb.Error as error:
        raise SchemaError.of(described.id, declared=_listed(_typed(described)), found=str(error)) from error
    _same_columns(
        described,
        _typed(described),
        # "!" marks a column that Ibis knows to be without nulls
        [(name, str(kind).removeprefix("!")) for name, kind in opened.schema().items()],
    )
    return opened


def fetch(expression: "ibis.expr.types.Table") -> list[tuple[Any, ...]]:
    """Return the rows of an Ibis expression as tuples of plain Python values, in the order it declares.

    It goes round pandas, whose import takes longer than most questions.
    """
    import ibis

    rows: list[tuple[Any, ...]] = expression.get_backend().raw_sql(ibis.to_sql(expression)).fetchall()
    return rows


@cache
def _connection() -> "ibis.BaseBackend":
    import ibis

    connection = ibis.duckdb.connect()
    connection.raw_sql("SET threads = 1")
    return connection


def _bytes(described: Table, folder: Path) -> bytes:
    try:
        return (folder / described.file).read_bytes()
    except FileNotFoundError as error:
        raise MissingTableError.of(described.id, described.file) from error


def _verified(described: Table, folder: Path) -> bytes:
    data = _bytes(described, folder)
    found = hashlib.sha256(data).hexdigest()
    if found != described.checksum:
        raise ChangedTableError.of(described.id, declared=described.checksum, found=found)
    return data


def _same_columns(described: Table, declared: list[tuple[str, str]], found: list[tuple[str, str]]) -> None:
    if found != declared:
        raise SchemaError.of(described.id, declared=_listed(declared), found=_listed(found))


def _typed(described: Table) -> list[tuple[str, str]]:
    return [(column.name, _IBIS[column.type]) for column in described.columns]


def _listed(columns: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {kind}".strip() for name, kind in columns)
