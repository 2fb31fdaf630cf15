"""Exhibits: what a log showed that it must not have shown, kept for whoever has to judge.

Two checkpoints signed by one key that cannot both be true prove by themselves that a history was rewritten,
to anybody, for ever. They are kept public, beside the record. It serves the promise of transparency under
every work-plan line.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hled.language import DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.errors import RecordError
from hled.record.exporting import EXHIBITS
from hled.record.notes import parse_note
from hled.record.objects import write_whole

MAX_KEPT: Final = 100


def keep_exhibit(record: Path, error: DialogueError, files: Mapping[str, bytes]) -> Path:
    """Keep the files with what was said about them, and return their folder.

    One exhibit for each log, size and kind is enough. `shown` is the note that contradicts the others.
    """
    kind = error.code.rpartition(".")[2].replace("_", "-")
    wanted = {**files, "about.txt": f"{error.text('en')}\n\n{error.text('es')}\n".encode()}
    before = sorted((record / EXHIBITS).glob(f"*-{kind}"))
    for earlier in before:
        if _about(_read(earlier / "shown")) == _about(files["shown"]):
            return earlier
    if len(before) >= MAX_KEPT:  # the first ones prove as much, and nobody can fill the disk with them
        return before[-1]
    at = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    folder = record / EXHIBITS / f"{at}-{kind}"
    for name, data in wanted.items():
        write_whole(folder / name, data)
    return folder


def _about(note: bytes) -> tuple[str, int] | None:
    """Return the log and the size of which a note speaks."""
    try:
        found = Checkpoint.parse(parse_note(note).text)
    except RecordError:
        return None
    return found.origin, found.size


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:
        return b""
