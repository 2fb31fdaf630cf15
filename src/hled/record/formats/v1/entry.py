"""An entry of the record, format v1.

A canonical JSON object with the keys `v` (1), `type` (dotted noun and verb), `id` (URN of the object that
the entry is about), `at` (UTC, seconds), `prev` (leaf hash of the previous entry about the same object, or
null) and `content`. At most 65,535 bytes, the limit of a C2SP entry bundle.
"""

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from typing import Final, cast

from hled.language import Bilingual, DialogueError
from hled.record import merkle
from hled.record.canonical import canonical

MAX_BYTES: Final = 65_535
_TYPE: Final = re.compile(r"[a-z_]+(?:\.[a-z_]+)+\Z")
_ID: Final = re.compile(r"urn:hled:[a-z_]+:[A-Za-z0-9._-]+\Z")
_AT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2}Z\Z", re.ASCII)
_PREV: Final = re.compile(r"[0-9a-f]{64}\Z")
_KEYS: Final = {"v", "type", "id", "at", "prev", "content"}


class EntryError(DialogueError):
    """An entry breaks format v1."""

    code = "record.bad_entry"


@dataclass(frozen=True, slots=True)
class Entry:
    """One public act. `content` holds only values that have a canonical form."""

    type: str
    id: str
    at: str
    content: dict[str, object] = field(hash=False)
    prev: str | None = None

    def __post_init__(self) -> None:
        for name, value, pattern in (("type", self.type, _TYPE), ("id", self.id, _ID), ("at", self.at, _AT)):
            if not isinstance(value, str) or not pattern.match(value):
                raise _bad(f"{name} = {value!r}")
        _moment(self.at)
        if self.prev is not None and not (isinstance(self.prev, str) and _PREV.match(self.prev)):
            raise _bad(f"prev = {self.prev!r}")
        if not isinstance(self.content, dict):
            raise _bad("content")


def encode(entry: Entry) -> bytes:
    """Return the bytes that the log keeps.

    Raises:
        EntryError: the entry is larger than 65,535 bytes.
        CanonicalError: the content has no canonical form.
    """
    data = canonical(
        {
            "v": 1,
            "type": entry.type,
            "id": entry.id,
            "at": entry.at,
            "prev": entry.prev,
            "content": entry.content,
        }
    )
    if len(data) > MAX_BYTES:
        raise _bad(f"{len(data)} > {MAX_BYTES} bytes")
    return data


def decode(data: bytes) -> Entry:
    """Read an entry and check that its bytes are canonical.

    Raises:
        EntryError: not JSON, missing or unknown keys, not canonical, or too large.
    """
    if len(data) > MAX_BYTES:
        raise _bad(f"{len(data)} > {MAX_BYTES} bytes")
    try:
        value = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise _bad("JSON") from error
    if not isinstance(value, dict) or set(value) != _KEYS or value["v"] != 1:
        raise _bad("v, type, id, at, prev, content")
    entry = Entry(
        type=value["type"],
        id=value["id"],
        at=value["at"],
        prev=value["prev"],
        content=cast("dict[str, object]", value["content"]),
    )
    if encode(entry) != data:
        raise _bad("RFC 8785")
    return entry


def leaf_hash(data: bytes) -> str:
    """Return the RFC 6962 leaf hash, SHA-256(0x00 || entry), as 64 hex digits."""
    return merkle.leaf_hash(data).hex()


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise _bad(f"at = {text!r}") from error


def _bad(what: str) -> EntryError:
    return EntryError(
        Bilingual(
            en=f"This entry does not follow format v1 of the record: {what}.",
            es=f"Este asiento no sigue el formato v1 del registro: {what}.",
        )
    )
