"""How long `hled --help` takes as a whole process, beside a bare interpreter of the same run."""

import subprocess
import sys
import time
from pathlib import Path

from results import Goal, Result


def _milliseconds(*words: str) -> float:
    started = time.perf_counter()
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
    return round((time.perf_counter() - started) * 1000, 1)


def main() -> None:
    """Measure eleven pairs after one warm-up."""
    hled = str(Path(sys.executable).with_name("hled"))
    _milliseconds(hled, "--help")
    ours, peer = [], []
    for _ in range(11):
        ours.append(_milliseconds(hled, "--help"))
        peer.append(_milliseconds(sys.executable, "-c", "pass"))
    Result("help_start", "web", "ms", "lower", ours, Goal("absolute", 200), peer, "python -c pass").write()


if __name__ == "__main__":
    main()
