"""How one value of the record is read, checked and written, in JSON and in a cell of a table.

Every kind of value (id, text, date, address, list of ids…) is one small class with the same four verbs, so
that the JSON file, the CSV tables and the entries of the record follow one description (`shapes`). Serves
every work-plan line.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol
from urllib.parse import urlsplit

from hled.language import PartialDate
from hled.workplan.errors import Findings, child, shown
from hled.workplan.messages import TYPE_NAMES
from hled.workplan.parsing import UNREADABLE, NoNumber

MAX_TEXT: Final = 4_000
MAX_ID: Final = 120
MAX_URL: Final = 2_000
SEPARATOR: Final = ";"  # between the ids of a list in one cell; no id can hold it

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z", re.ASCII)
_DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}\Z", re.ASCII)
_INTEGER: Final = re.compile(r"-?\d{1,15}\Z", re.ASCII)
# Controls but tab and line ends, lone surrogates, and marks that reorder text on the screen.
_UNSHOWABLE: Final = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u202a-\\u202e\\u2066-\\u2069]"
)


class Codec(Protocol):
    """One kind of value. `read` notes problems and returns `UNREADABLE`; the other verbs cannot fail."""

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Return the typed value of a JSON value."""

    def write(self, value: object) -> object:
        """Return the JSON value of a typed value."""

    def to_cell(self, value: object) -> str:
        """Return the cell text of a JSON value."""

    def from_cell(self, cell: str) -> object:
        """Return the JSON value of a cell text."""


class _Plain:
    """What most kinds share: the JSON value is the typed value and the cell is its text."""

    def write(self, value: object) -> object:
        """Return the value itself."""
        return value

    def to_cell(self, value: object) -> str:
        """Return the value as text."""
        return str(value)

    def from_cell(self, cell: str) -> object:
        """Return the cell itself."""
        return cell


@dataclass(frozen=True, slots=True)
class Text(_Plain):
    """A text for people or a value kept as published."""

    limit: int = MAX_TEXT

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Refuse what is no text, is empty, too long or holds what cannot be shown."""
        if not isinstance(value, str):
            return wrong_type(value, "text", path, findings)
        bad = _UNSHOWABLE.search(value)
        if not value.strip():
            findings.add(path, "empty_text")
        elif len(value) > self.limit:
            findings.add(path, "too_long", length=len(value), limit=self.limit)
        elif bad is not None:
            findings.add(path, "bad_characters", character=f"U+{ord(bad[0]):04X}")
        else:
            return value
        return UNREADABLE


@dataclass(frozen=True, slots=True)
class Identifier(_Plain):
    """An id: 1 to 120 of `A-Z a-z 0-9 . _ -`, beginning with a letter or digit."""

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Refuse what cannot stand in a URN or an address."""
        if not isinstance(value, str):
            return wrong_type(value, "text", path, findings)
        if len(value) > MAX_ID or not _ID.match(value):
            findings.add(path, "bad_id", value=shown(value), limit=MAX_ID)
            return UNREADABLE
        return value


@dataclass(frozen=True, slots=True)
class Date:
    """A `PartialDate`, written as ISO 8601 at its own precision."""

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Tell a badly formed date from an impossible one."""
        if not isinstance(value, str):
            return wrong_type(value, "text", path, findings)
        if not _DATE.match(value):
            findings.add(path, "bad_date", value=shown(value))
            return UNREADABLE
        try:
            return PartialDate(value)
        except ValueError:
            findings.add(path, "impossible_date", value=shown(value))
            return UNREADABLE

    def write(self, value: object) -> object:
        """Return the ISO text."""
        return str(value)

    def to_cell(self, value: object) -> str:
        """Return the ISO text."""
        return str(value)

    def from_cell(self, cell: str) -> object:
        """Return the ISO text."""
        return cell


@dataclass(frozen=True, slots=True)
class Choice(_Plain):
    """One value of an enumeration."""

    enumeration: type[StrEnum]

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Refuse a value that the enumeration does not have."""
        if not isinstance(value, str):
            return wrong_type(value, "text", path, findings)
        if value not in {member.value for member in self.enumeration}:
            allowed = ", ".join(member.value for member in self.enumeration)
            findings.add(path, "unknown_value", value=shown(value), allowed=allowed)
            return UNREADABLE
        return self.enumeration(value)

    def write(self, value: object) -> object:
        """Return the plain text of the member."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Address(_Plain):
    """A web address with http or https."""

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Refuse other schemes, spaces, control characters, credentials and addresses without a host."""
        if not isinstance(value, str):
            return wrong_type(value, "text", path, findings)
        if len(value) > MAX_URL:
            findings.add(path, "too_long", length=len(value), limit=MAX_URL)
            return UNREADABLE
        if not _is_web_address(value):
            findings.add(path, "bad_url", value=shown(value))
            return UNREADABLE
        return value


@dataclass(frozen=True, slots=True)
class Whole(_Plain):
    """A whole number."""

    low: int
    high: int

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Refuse other types and numbers outside the range."""
        if not isinstance(value, int) or isinstance(value, bool):
            return wrong_type(value, "integer", path, findings)
        if not self.low <= value <= self.high:
            findings.add(path, "out_of_range", value=value, low=self.low, high=self.high)
            return UNREADABLE
        return value

    def from_cell(self, cell: str) -> object:
        """Return the number, or the text itself, which `read` then refuses."""
        return int(cell) if _INTEGER.match(cell) else cell


@dataclass(frozen=True, slots=True)
class Flag(_Plain):
    """True or false."""

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Refuse other types."""
        return value if isinstance(value, bool) else wrong_type(value, "flag", path, findings)

    def to_cell(self, value: object) -> str:
        """Return `true` or `false`."""
        return "true" if value else "false"

    def from_cell(self, cell: str) -> object:
        """Return the flag, or the text itself, which `read` then refuses."""
        return {"true": True, "false": False}.get(cell.lower(), cell)


@dataclass(frozen=True, slots=True)
class Ids:
    """A list of ids without repetition; null stands for an empty list."""

    def read(self, value: object, path: str, findings: Findings) -> object:
        """Read each id at its own place."""
        if value is None:
            return ()
        if not isinstance(value, list):
            return wrong_type(value, "list", path, findings)
        items = [Identifier().read(item, child(path, place), findings) for place, item in enumerate(value)]
        seen: set[object] = {UNREADABLE}
        for place, item in enumerate(items):
            if item is not UNREADABLE and item in seen:
                findings.add(child(path, place), "repeated_value", value=shown(item))
            seen.add(item)
        return UNREADABLE if UNREADABLE in items or len(set(items)) < len(items) else tuple(items)

    def write(self, value: object) -> object:
        """Return a plain list."""
        return list(value) if isinstance(value, tuple) else []

    def to_cell(self, value: object) -> str:
        """Join the ids with `;`."""
        return SEPARATOR.join(value) if isinstance(value, list) else ""

    def from_cell(self, cell: str) -> object:
        """Split at `;`; an empty cell is an empty list."""
        return [part.strip() for part in cell.split(SEPARATOR)] if cell else []


def wrong_type(value: object, expected: str, path: str, findings: Findings) -> object:
    """Note that `value` has another type than `expected`; return `UNREADABLE`."""
    if not isinstance(value, NoNumber):
        findings.add(path, "wrong_type", expected=TYPE_NAMES[expected], value=shown(value))
    return UNREADABLE


def _is_web_address(value: str) -> bool:
    if any(character.isspace() or not character.isprintable() for character in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
