"""The nouns of data in: a source that somebody published and a table that the platform ships or reads.

They are frozen and plain, so that an answer of any work-plan line can carry its sources with it and stay
citable when the registry moves on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from hled.language import Bilingual, PartialDate

_SHA256: Final = re.compile(r"[0-9a-f]{64}\Z")


class ColumnType(StrEnum):
    """What a column holds. `month` is text YYYY-MM; `decimal` is read as DECIMAL(18, 6)."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class DataSource:
    """A published source; `checksum` is the SHA-256 of the original file that was read.

    `edition` says which edition and years it covers, `retrieved` when that file was read, `derived_by`
    names the script of this project that made the shipped table, and `defects` are those known.

    Raises:
        ValueError: the checksum is not 64 hex digits, or an address is not http(s).
    """

    id: str
    title: Bilingual
    publisher: Bilingual
    url: str
    licence: Bilingual
    licence_url: str | None
    edition: Bilingual
    retrieved: PartialDate
    checksum: str
    derived_by: str
    defects: tuple[Bilingual, ...] = ()

    def __post_init__(self) -> None:
        if not _SHA256.match(self.checksum):
            raise ValueError(f"{self.id}: checksum is not a SHA-256 in hex")
        for url in filter(None, (self.url, self.licence_url)):
            if not url.startswith(("https://", "http://")):
                raise ValueError(f"{self.id}: not an http(s) address: {url!r}")

    def as_dict(self) -> dict[str, object]:
        """Return the JSON form; `from_dict` reads it back."""
        return {
            "id": self.id,
            "title": self.title.as_dict(),
            "publisher": self.publisher.as_dict(),
            "url": self.url,
            "licence": self.licence.as_dict(),
            "licence_url": self.licence_url,
            "edition": self.edition.as_dict(),
            "retrieved": self.retrieved.iso,
            "checksum": self.checksum,
            "derived_by": self.derived_by,
            "defects": [defect.as_dict() for defect in self.defects],
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, object]) -> "DataSource":
        """Read the JSON form.

        Raises:
            KeyError, TypeError, ValueError: a field is missing or has another form.
        """
        licence_url = value["licence_url"]
        return cls(
            id=str(value["id"]),
            title=both(value["title"]),
            publisher=both(value["publisher"]),
            url=str(value["url"]),
            licence=both(value["licence"]),
            licence_url=None if licence_url is None else str(licence_url),
            edition=both(value["edition"]),
            retrieved=PartialDate(str(value["retrieved"])),
            checksum=str(value["checksum"]),
            derived_by=str(value["derived_by"]),
            defects=tuple(both(item) for item in cast("list[object]", value["defects"])),
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `unit` is None for names, codes and dates."""

    name: str
    type: ColumnType
    unit: Bilingual | None
    description: Bilingual


@dataclass(frozen=True, slots=True)
class Table:
    """A table that the platform ships: `checksum` is the declared SHA-256 of `file`."""

    id: str
    title: Bilingual
    file: str
    checksum: str
    sources: tuple[str, ...]
    columns: tuple[Column, ...]


def both(value: object) -> Bilingual:
    """Read `{"en": …, "es": …}`.

    Raises:
        TypeError: not such an object.
        ValueError: one language is empty.
    """
    if not isinstance(value, Mapping) or set(value) != {"en", "es"}:
        raise TypeError(f"not a text in both languages: {value!r}")
    return Bilingual(en=str(value["en"]), es=str(value["es"]))
