"""The registry of sources and tables, read once from `sources.toml` beside this file.

Adding a table for another work-plan line means adding its file to `data/` and its description to that TOML.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

from hled.tables.errors import UnknownTableError
from hled.tables.types import Column, ColumnType, DataSource, Table, both

Declared = TypeVar("Declared", DataSource, Table)


def sources() -> tuple[DataSource, ...]:
    """Return every declared source, in the order of the file."""
    return tuple(_declared()[0].values())


def tables() -> tuple[Table, ...]:
    """Return every declared table, in the order of the file."""
    return tuple(_declared()[1].values())


def source(source_id: str) -> DataSource:
    """Return the declared source.

    Raises:
        UnknownTableError: no such source.
    """
    known = _declared()[0]
    if source_id not in known:
        raise UnknownTableError.of(source_id, sorted(known))
    return known[source_id]


def table(table_id: str) -> Table:
    """Return the declared table.

    Raises:
        UnknownTableError: no such table.
    """
    known = _declared()[1]
    if table_id not in known:
        raise UnknownTableError.of(table_id, sorted(known))
    return known[table_id]


def parse(text: str) -> tuple[dict[str, DataSource], dict[str, Table]]:
    """Read a registry in TOML: `[[source]]` and `[[table]]` with `[[table.column]]`.

    Raises:
        KeyError, TypeError, ValueError: the text does not describe sources and tables, an id occurs twice,
            or a table names an undeclared source.
    """
    document = tomllib.loads(text)
    absent: dict[str, object] = {"licence_url": None, "defects": []}  # TOML has no null
    known = _by_id([DataSource.from_dict(absent | item) for item in document.get("source", [])])
    described = _by_id([_table(item) for item in document.get("table", [])])
    for item in described.values():
        unknown = set(item.sources) - set(known)
        if unknown or not item.sources:
            raise ValueError(f"table {item.id}: undeclared sources {sorted(unknown)}")
    return known, described


@cache
def _declared() -> tuple[dict[str, DataSource], dict[str, Table]]:
    return parse(files("hled.tables").joinpath("sources.toml").read_text(encoding="utf-8"))


def _by_id(items: Iterable[Declared]) -> dict[str, Declared]:
    items = list(items)
    found = {item.id: item for item in items}
    if len(found) != len(items):
        raise ValueError("an id occurs twice")
    return found


def _table(item: Mapping[str, object]) -> Table:
    return Table(
        id=str(item["id"]),
        title=both(item["title"]),
        file=str(item["file"]),
        checksum=str(item["checksum"]),
        sources=tuple(str(name) for name in cast("list[object]", item["sources"])),
        columns=tuple(_column(part) for part in cast("list[Mapping[str, object]]", item["column"])),
    )


def _column(item: Mapping[str, object]) -> Column:
    unit = item.get("unit")
    return Column(
        name=str(item["name"]),
        type=ColumnType(str(item["type"])),
        unit=None if unit is None else both(unit),
        description=both(item["description"]),
    )
