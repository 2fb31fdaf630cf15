"""Lists to take away: every list of the site as a CSV table that loads back, or as JSON of the same keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hled.workplan.shapes import shape_of
from hled.workplan.tables import TABLES, to_csv


@dataclass(frozen=True, slots=True)
class Table:
    """Things of one kind; `section` is the key under which the record file lists them."""

    section: str
    things: tuple[Any, ...]

    def csv(self) -> str:
        """Return the table as `hled.workplan.tables.from_csv` reads it back."""
        return to_csv(TABLES[self.section], self.things)

    def json(self) -> list[dict[str, object]]:
        """Return the things as flat JSON objects, the contents of their entries."""
        shape = shape_of(TABLES[self.section])
        return [shape.write(thing) for thing in self.things]


def table(section: str, things: Iterable[object]) -> Table:
    """Return a table of one section."""
    return Table(section, tuple(things))
