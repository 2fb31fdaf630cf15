"""One result file per claim: the samples as measured, never a verdict; `table.py` computes ratios."""

import datetime as dt
import json
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Goal:
    """What the claim must reach: an absolute value in the claim's unit, or a ratio ours/peer."""

    kind: Literal["ratio", "absolute"]
    value: float


@dataclass(frozen=True)
class Result:
    """The samples of one claim, ours and the peer's of the same run, in `unit`."""

    claim: str
    area: str
    unit: str
    better: Literal["higher", "lower"]
    ours: list[float]
    goal: Goal
    peer: list[float] | None = None
    peer_name: str | None = None
    data: dict[str, str | None] = field(default_factory=lambda: {"kind": "real", "checksum": None})

    def write(self) -> None:
        """Write `results/<claim>.json` with commit, machine and date, and say so."""
        extra = {
            "commit": _git("rev-parse", "--short", "HEAD"),
            "machine": f"{platform.machine()}, {_cores()} cores, Python {platform.python_version()}",
            "date": dt.datetime.now(dt.UTC).date().isoformat(),
        }
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{self.claim}.json"
        path.write_text(json.dumps(asdict(self) | extra, indent=1) + "\n")
        print(
            f"{self.claim}: {self.ours} {self.unit}"
            + (f"; {self.peer_name}: {self.peer}" if self.peer else "")
        )


def _cores() -> int:
    import os

    return os.cpu_count() or 1


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False, cwd=RESULTS.parent)
    return done.stdout.strip()
