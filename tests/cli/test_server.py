"""The process beside the server: started, started again, and stopped for certain."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hled.cli import server

SLEEPER = "import sys, time; open(sys.argv[1], 'a').write('x'); time.sleep(60)"
STUBBORN = (
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "open(sys.argv[1], 'a').write('x'); time.sleep(60)"
)


def starts(path: Path, count: int) -> bool:
    """Wait until the process has begun `count` times."""
    for _ in range(200):
        if path.exists() and len(path.read_text()) == count:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def beside(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "_PAUSE", 0.01)
    monkeypatch.setattr(server, "_PATIENCE", 0.5)
    made = []

    def begin(script: str) -> tuple[server.Beside, Path]:
        path = tmp_path / "starts"
        made.append(server.Beside((sys.executable, "-c", script, str(path))))
        made[-1].start()
        assert starts(path, 1)
        return made[-1], path

    yield begin
    for thread in made:
        thread.stop()


def test_it_is_started_again_when_it_dies(beside):
    thread, path = beside(SLEEPER)
    thread._process.kill()
    assert starts(path, 2)


@pytest.mark.parametrize("script", [SLEEPER, STUBBORN])
def test_it_is_stopped(beside, script):
    thread, path = beside(script)
    process = thread._process
    thread.stop()
    assert not thread.is_alive()
    assert process.returncode in {-signal.SIGTERM, -signal.SIGKILL}
    assert path.read_text() == "x"


def test_a_follower_ends_with_its_parent(tmp_path):
    child = (
        "import os, time\nfrom hled.cli.turns import end_with\n"
        "end_with(os.getppid())\nprint(os.getpid(), flush=True)\ntime.sleep(60)"
    )
    parent = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as started:
        number = int(started.stdout.readline())
        started.kill()
    for _ in range(100):
        if not Path(f"/proc/{number}").exists() or _is_zombie(number):
            return
        time.sleep(0.05)
    os.kill(number, signal.SIGKILL)
    pytest.fail("the follower outlived its parent")


def _is_zombie(number: int) -> bool:
    return ") Z" in Path(f"/proc/{number}/stat").read_text()


def test_a_web_process_lives_long_enough_to_use_the_pages_it_kept():
    limit, jitter = server.SETTINGS["max_requests"], server.SETTINGS["max_requests_jitter"]
    assert limit >= 50 * 2_000  # page_cache.MAX_PAGES
    assert jitter >= limit // 20  # the processes do not begin anew together
