"""The two commands on a clean clone: `make run` to the first answer and `make test`, cold and again."""

import contextlib
import http.client
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from results import Goal, Result
from server import free_port

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 600


@contextlib.contextmanager
def _clone() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "hled"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        yield clone


def _environment() -> dict[str, str]:
    """Leave out what a fresh machine does not have: our home, an active environment, make's own variables."""
    dropped = ("HLED_HOME", "VIRTUAL_ENV", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    return {name: value for name, value in os.environ.items() if name not in dropped}


def _seconds_to_first_answer(clone: Path) -> float:
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=clone, env=_environment(), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while time.perf_counter() - started < LIMIT:
            with contextlib.suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/en/")
                if connection.getresponse().status == 200:
                    return round(time.perf_counter() - started, 1)
            time.sleep(0.05)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)
    raise SystemExit("make run gave no answer")


def _seconds_to_test(clone: Path) -> float:
    started = time.perf_counter()
    subprocess.run(["make", "test"], cwd=clone, env=_environment(), check=True, stdout=subprocess.DEVNULL)
    return round(time.perf_counter() - started, 1)


def main() -> None:
    """Measure one clone; a package cache kept by the machine makes the cold figures better."""
    with _clone() as clone:
        claims = {
            "make_run_cold": ([_seconds_to_first_answer(clone)], 90),
            "make_run_again": ([_seconds_to_first_answer(clone) for _ in range(3)], 5),
            "make_test_cold": ([_seconds_to_test(clone)], 180),
            "make_test_warm": ([_seconds_to_test(clone)], 60),
        }
    for claim, (samples, goal) in claims.items():
        Result(claim, "web", "s", "lower", samples, Goal("absolute", goal)).write()


if __name__ == "__main__":
    main()
