"""What could be read of a record file, place by place, before anyone knows whether the whole is sound.

Checks across the file run on these rows, so that one bad title does not hide a dangling reference three lines
further down. Serves every work-plan line.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hled.language import PartialDate
from hled.workplan.errors import Findings, child
from hled.workplan.fields import wrong_type
from hled.workplan.shapes import ACTION, EVENT_OF_ACTION, META, shapes

_ACTION_EXTRA: Final = frozenset({"events", "record_status", "last_reported"})
_EVENT_EXTRA: Final = frozenset({"source_url", "source_publisher"})
_FIGURE_EXTRA: Final = frozenset({"source_url"})
_META_EXTRA: Final = frozenset(
    {"counts", "what_it_is", "language_of_summaries", "provenance_fields", "computed_fields"}
)
_FILE_EXTRA: Final = frozenset({"pillars", "objectives", "work_plan_2021"})
_REQUIRED: Final = ("meta", "sources", "actions")


@dataclass(frozen=True, slots=True)
class Row:
    """One object of the file: its JSON path and attribute → typed value of what could be read."""

    path: str
    values: dict[str, object]

    def text(self, attribute: str) -> str | None:
        """Return a text attribute, None where it is absent or could not be read."""
        value = self.values.get(attribute)
        return value if isinstance(value, str) else None

    def texts(self, attribute: str) -> tuple[str, ...]:
        """Return a list of ids, empty where it could not be read."""
        value = self.values.get(attribute)
        return value if isinstance(value, tuple) else ()

    def date(self, attribute: str) -> PartialDate | None:
        """Return a date, None where it is absent or could not be read."""
        value = self.values.get(attribute)
        return value if isinstance(value, PartialDate) else None


@dataclass(slots=True)
class Rows:
    """All rows of a file by section; rows of `events` carry the id of their action where it could be read."""

    meta: Row
    sections: dict[str, list[Row]] = field(default_factory=dict)

    def __getitem__(self, section: str) -> list[Row]:
        return self.sections[section]

    def by_id(self, section: str) -> dict[str, Row]:
        """Return the rows of a section by their id; of two equal ids the first."""
        found: dict[str, Row] = {}
        for row in self[section]:
            found.setdefault(row.text("id") or "", row)
        return found


def read_rows(tree: dict[str, object], findings: Findings) -> Rows:
    """Read every section of the file and note what is wrong with each single value."""
    known = {shape.section for shape in shapes()} - {"events"} | {"meta"} | _FILE_EXTRA
    for key in tree:
        if key not in known:
            findings.add(child("$", key), "unknown_key", key=key)
    for key in _REQUIRED:
        if key not in tree:
            findings.add(child("$", key), "missing_key", key=key)
    meta = META.read(tree["meta"], "$.meta", findings, ignored=_META_EXTRA) if "meta" in tree else {}
    rows = Rows(Row("$.meta", meta), {"events": []})
    for shape in shapes():
        if shape.section == "events":
            continue
        ignored = {"actions": _ACTION_EXTRA, "figures": _FIGURE_EXTRA}.get(shape.section, frozenset())
        rows.sections[shape.section] = [
            Row(path, shape.read(item, path, findings, ignored=ignored))
            for path, item in _items(tree, shape.section, "$", findings)
        ]
    _read_events(tree, rows, findings)
    return rows


def _read_events(tree: dict[str, object], rows: Rows, findings: Findings) -> None:
    actions = _items(tree, ACTION.section, "$", Findings())
    for (path, action), row in zip(actions, rows["actions"], strict=True):
        if not isinstance(action, dict):
            continue
        if "events" not in action:
            findings.add(child(path, "events"), "missing_key", key="events")
        for place, event in _items(action, "events", path, findings):
            values = EVENT_OF_ACTION.read(event, place, findings, ignored=_EVENT_EXTRA)
            if "id" in row.values:
                values["action"] = row.values["id"]
            rows["events"].append(Row(place, values))


def _items(
    holder: dict[str, object], key: str, path: str, findings: Findings
) -> Iterator[tuple[str, object]]:
    """Yield the path and value of each member of a list; an absent list is empty."""
    value = holder.get(key, [])
    here = child(path, key)
    if isinstance(value, list):
        yield from ((child(here, place), item) for place, item in enumerate(value))
    else:
        wrong_type(value, "list", here, findings)
