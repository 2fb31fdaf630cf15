"""What a command writes: plain JSON of any result, and text that fits a terminal."""

import dataclasses
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

from hled.language import Bilingual, PartialDate

WIDTH: Final = 100


def plain(value: object) -> object:
    """Return a frozen result as plain JSON values: texts as `{"en", "es"}`, dates as ISO text."""
    if isinstance(value, Bilingual):
        return value.as_dict()
    if isinstance(value, PartialDate | Enum):
        return value.iso if isinstance(value, PartialDate) else value.value
    if dataclasses.is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def write_json(value: object) -> None:
    """Write a result as JSON, in both languages."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


def write(*lines: str) -> None:
    """Write lines of text, at once: a server's first words must not wait in a buffer."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def wrapped(text: str, indent: str = "") -> str:
    """Return `text` in lines that fit the terminal, each after `indent`."""
    width = max(40, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,  # ids, addresses and commands are copied whole
    )


def aligned(rows: Iterable[Sequence[str]], numbers: frozenset[int] = frozenset()) -> list[str]:
    """Return rows as columns of equal width; the columns in `numbers` are set flush right."""
    listed = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in listed
    ]


def bar(counts: Sequence[int], signs: str, width: int = 24) -> str:
    """Return a bar of `width` signs, shared in proportion to `counts` (largest remainders).

    Every count above zero keeps at least one sign, so that nothing is hidden by rounding.
    """
    total = sum(counts)
    if total == 0:
        return " " * width
    exact = [count * width / total for count in counts]
    shares = [max(1, int(share)) if share else 0 for share in exact]
    while sum(shares) != width:
        step = 1 if sum(shares) < width else -1
        lacking = [step * (wanted - share) for wanted, share in zip(exact, shares, strict=True)]
        shares[lacking.index(max(lacking))] += step
    return "".join(sign * share for sign, share in zip(signs, shares, strict=True))
