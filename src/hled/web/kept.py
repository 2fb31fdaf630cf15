"""Which pages may be kept, and until what changes: said by the views, used by `page_cache`.

It stands below every app, so that a view can mark itself without knowing how pages are kept.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

View = TypeVar("View", bound=Callable[..., object])


def from_record(view: View) -> View:
    """Mark a view whose answer follows from the record, the address and the day alone."""
    vars(view)["from_record"] = True
    return view


_shown_from: Final = [Path(__file__).resolve().parent.parent]


def depends_on(folder: Path) -> None:
    """Let pages change with the files of one more folder; called while the apps start."""
    _shown_from.append(folder)


@cache
def code_version() -> str:
    """Return a checksum of the sources, templates, messages and documents shown, read once a process."""
    digest = hashlib.sha256()
    for path in sorted(file for folder in _shown_from for file in folder.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".mo", ".toml", ".json", ".md"} and path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()
