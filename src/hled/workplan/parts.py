"""The parts that a shape is made of: one value, one text in both languages, or a list of smaller shapes.

A `Shape` reads a flat JSON object into a row, notes every problem at its place, and writes it back; `shapes`
declares one for each kind of thing in the public record. Serves every work-plan line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from hled.language import Bilingual
from hled.workplan.errors import Findings, child, shown
from hled.workplan.fields import Codec, Ids, Text, wrong_type
from hled.workplan.parsing import UNREADABLE

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class One:
    """A value under one key; a nullable one may be null or absent, else the code `absent` is noted."""

    key: str
    attribute: str
    codec: Codec
    nullable: bool = False
    absent: str = "missing_key"

    @property
    def columns(self) -> tuple[tuple[str, Codec], ...]:
        """The keys that the value is written under, each with its codec."""
        return ((self.key, self.codec),)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that an object may have for this value."""
        return (self.key,)

    def read(self, source: Mapping[str, object], path: str, findings: Findings) -> object:
        """Return the typed value, None, or `UNREADABLE` after noting why."""
        value = source.get(self.key)
        if value is None and not isinstance(self.codec, Ids):
            if self.nullable:
                return None
            findings.add(child(path, self.key), self.absent, key=self.key)
            return UNREADABLE
        return self.codec.read(value, child(path, self.key), findings)

    def write(self, value: object) -> dict[str, object]:
        """Return the key with the JSON value."""
        return {self.key: None if value is None else self.codec.write(value)}


@dataclass(frozen=True, slots=True)
class Both:
    """A text in both languages under `key_en` and `key_es`; a nullable one may lack both, never one."""

    key: str
    attribute: str
    nullable: bool = False

    @property
    def columns(self) -> tuple[tuple[str, Codec], ...]:
        """The two keys, English first."""
        return ((f"{self.key}_en", Text()), (f"{self.key}_es", Text()))

    @property
    def keys(self) -> tuple[str, ...]:
        """The two keys, and the bare key, which is refused with its own message."""
        return (f"{self.key}_en", f"{self.key}_es", self.key)

    def read(self, source: Mapping[str, object], path: str, findings: Findings) -> object:
        """Return the `Bilingual`, None, or `UNREADABLE` after noting why."""
        found = {key: source.get(key) for key in self.keys}
        english, spanish, bare = found.values()
        if bare is not None:
            findings.add(child(path, self.key), "one_language", key=self.key)
            return UNREADABLE
        if english is None and spanish is None:
            if not self.nullable:
                findings.add(child(path, f"{self.key}_en"), "missing_key", key=f"{self.key}_en")
            return None if self.nullable else UNREADABLE
        if _missing(english) != _missing(spanish):
            lacking = f"{self.key}_en" if _missing(english) else f"{self.key}_es"
            findings.add(child(path, lacking), "one_language", key=self.key)
            return UNREADABLE
        texts = [codec.read(source.get(key), child(path, key), findings) for key, codec in self.columns]
        return Bilingual(*map(str, texts)) if UNREADABLE not in texts else UNREADABLE

    def write(self, value: object) -> dict[str, object]:
        """Return both keys with their texts."""
        text = value if isinstance(value, Bilingual) else None
        return {f"{self.key}_en": text and text.en, f"{self.key}_es": text and text.es}


def _missing(text: object) -> bool:
    return text is None or (isinstance(text, str) and not text.strip())


@dataclass(frozen=True, slots=True)
class Several:
    """A list of objects of another shape."""

    key: str
    attribute: str
    shape: "Shape[Any]"
    least: int

    @property
    def columns(self) -> tuple[tuple[str, Codec], ...]:
        """The columns of each member of the list: a table has one row per member."""
        return self.shape.columns

    @property
    def keys(self) -> tuple[str, ...]:
        """The one key."""
        return (self.key,)

    def read(self, source: Mapping[str, object], path: str, findings: Findings) -> object:
        """Return the members as a tuple, or `UNREADABLE` after noting why."""
        here = child(path, self.key)
        value = source.get(self.key)
        if value is None:
            findings.add(here, "missing_key", key=self.key)
            return UNREADABLE
        if not isinstance(value, list):
            return wrong_type(value, "list", here, findings)
        if len(value) < self.least:
            findings.add(here, "too_few", least=self.least, count=len(value))
            return UNREADABLE
        rows = [self.shape.read(item, child(here, place), findings) for place, item in enumerate(value)]
        whole = [self.shape.make(row) for row in rows if self.shape.is_whole(row)]
        return tuple(whole) if len(whole) == len(rows) else UNREADABLE

    def write(self, value: object) -> dict[str, object]:
        """Return the key with the list of objects."""
        return {self.key: [self.shape.write(item) for item in value] if isinstance(value, tuple) else []}


Part = One | Both | Several


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """One kind of thing: its `noun` in URNs, the type of its entries, its `section` of the file."""

    of: type[T]
    noun: str
    entry: str
    section: str
    parts: tuple[Part, ...]

    @property
    def columns(self) -> tuple[tuple[str, Codec], ...]:
        """Every written key with its codec, in order."""
        return tuple(column for part in self.parts for column in part.columns)

    def read(
        self, value: object, path: str, findings: Findings, *, ignored: frozenset[str] = frozenset()
    ) -> dict[str, object]:
        """Return attribute → typed value of what could be read; keys in `ignored` are left to the caller."""
        if not isinstance(value, dict):
            wrong_type(value, "object", path, findings)
            return {}
        known = ignored.union(*(part.keys for part in self.parts))
        for key in value:
            if key not in known:
                findings.add(child(path, key), "unknown_key", key=shown(key))
        found = {part.attribute: part.read(value, path, findings) for part in self.parts}
        return {attribute: item for attribute, item in found.items() if item is not UNREADABLE}

    def is_whole(self, row: Mapping[str, object]) -> bool:
        """Tell whether every part could be read."""
        return all(part.attribute in row for part in self.parts)

    def make(self, row: Mapping[str, object], **more: object) -> T:
        """Build the thing from a whole row; `more` are attributes that the shape does not hold."""
        return cast("Callable[..., T]", self.of)(**row, **more)

    def write(self, thing: T) -> dict[str, object]:
        """Return the flat JSON object of `thing`."""
        flat: dict[str, object] = {}
        for part in self.parts:
            flat.update(part.write(getattr(thing, part.attribute)))
        return flat
