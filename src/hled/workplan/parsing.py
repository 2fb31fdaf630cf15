"""From the bytes of a file to a JSON tree, within limits: size, depth, no duplicate keys, no NaN.

Python's JSON reader keeps the last of two equal keys and accepts NaN; a record that two readers could read in
two ways is refused here. Serves every work-plan line.
"""

import json
from collections import Counter
from typing import Final

from hled.workplan.errors import Findings, child

MAX_BYTES: Final = 20_000_000
MAX_DEPTH: Final = 24
UNREADABLE: Final = object()


class _Repeating(dict[str, object]):
    """An object of the file in which keys occur more than once."""

    repeated: tuple[str, ...] = ()


class NoNumber:
    """Stands where the file has a number that JSON does not allow, or one too long to read; already noted."""

    def __init__(self, text: str) -> None:
        self.text = text if len(text) <= 24 else text[:23] + "…"


def parse(text: str | bytes, findings: Findings) -> object:
    """Return the JSON tree of `text`, or `UNREADABLE` where a noted problem leaves nothing to read."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        findings.add("$", "too_large", size=size, limit=MAX_BYTES)
        return UNREADABLE
    decoded = _decoded(text, findings)
    return UNREADABLE if decoded is None else _tree(decoded, findings)


def _decoded(text: str | bytes, findings: Findings) -> str | None:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.add("$", "not_utf8", offset=error.start)
        return None


def _tree(text: str, findings: Findings) -> object:
    try:
        tree = json.loads(text, object_pairs_hook=_object, parse_constant=NoNumber, parse_int=_integer)
    except json.JSONDecodeError as error:
        findings.add("$", "not_json", line=error.lineno, column=error.colno)
        return UNREADABLE
    except RecursionError:
        findings.add("$", "too_deep", limit=MAX_DEPTH)
        return UNREADABLE
    _inspect(tree, findings)
    too_deep = any(problem.code == "too_deep" for problem in findings.problems)
    return UNREADABLE if too_deep else tree


def _integer(digits: str) -> object:
    return int(digits) if len(digits) <= 18 else NoNumber(digits)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) == len(pairs):
        return result
    repeating = _Repeating(result)
    counts = Counter(key for key, _ in pairs)
    repeating.repeated = tuple(key for key, count in counts.items() if count > 1)
    return repeating


def _inspect(tree: object, findings: Findings) -> None:
    """Walk the whole tree and note duplicate keys, numbers that are none, and too deep nesting."""
    pending: list[tuple[str, object, int]] = [("$", tree, 0)]
    while pending:
        path, value, depth = pending.pop()
        if isinstance(value, NoNumber):
            findings.add(path, "not_a_number", value=value.text)
        if isinstance(value, _Repeating):
            for key in value.repeated:
                findings.add(path, "duplicate_key", key=key)
        if depth > MAX_DEPTH:
            findings.add(path, "too_deep", limit=MAX_DEPTH)
        else:
            pending.extend((child(path, key), item, depth + 1) for key, item in _members(value))


def _members(value: object) -> list[tuple[object, object]]:
    if isinstance(value, dict):
        return list(reversed(value.items()))
    if isinstance(value, list):
        return list(reversed(list(enumerate(value))))
    return []
