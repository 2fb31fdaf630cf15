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
from hled.record.objects import write_whole

FOLDER: Final = "evidence"
MAX_KEPT: Final = 100


def keep_exhibit(record: Path, error: DialogueError, files: Mapping[str, bytes]) -> Path:
    """Keep the files with what was said about them, and return their folder; the same ones are kept once."""
    kind = error.code.rpartition(".")[2].replace("_", "-")
    wanted = {**files, "about.txt": f"{error.text('en')}\n\n{error.text('es')}\n".encode()}
    before = sorted((record / FOLDER).glob(f"*-{kind}"))
    for earlier in before:
        if _held(earlier, files):
            return earlier
    if len(before) >= MAX_KEPT:  # the first ones prove as much, and nobody can fill the disk with them
        return before[-1]
    at = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    folder = record / FOLDER / f"{at}-{kind}"
    for name, data in wanted.items():
        write_whole(folder / name, data)
    return folder


def _held(folder: Path, files: Mapping[str, bytes]) -> bool:
    try:
        return all((folder / name).read_bytes() == data for name, data in files.items())
    except OSError:
        return False
