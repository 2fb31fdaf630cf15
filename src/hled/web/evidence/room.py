"""How much room the kept answers take: a cited answer is never deleted, so strangers must not fill the disk.

Runs, answers and their Parquet files count together, as blocks of the disk. Walking them takes some time, so
a process looks at most once a minute; what comes in between is bounded by the quotas.
"""

import threading
import time
from pathlib import Path
from typing import Final

LOOK_EVERY: Final = 60.0
BLOCK: Final = 512  # bytes, whatever the disk's own blocks are: so POSIX counts


class Room:
    """What the files below a folder take, known to the minute."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def used(self, folder: Path) -> int:
        """Return the bytes taken on the disk; a folder that is not there takes none."""
        with self._lock:
            seen, used = self._known.get(folder, (0.0, 0))
            if folder not in self._known or time.monotonic() - seen >= LOOK_EVERY:
                used = sum(_size(path) for path in folder.rglob("*"))
                self._known[folder] = (time.monotonic(), used)
        return used


def _size(path: Path) -> int:
    try:
        return path.lstat().st_blocks * BLOCK
    except FileNotFoundError:  # a file in writing was renamed meanwhile
        return 0
