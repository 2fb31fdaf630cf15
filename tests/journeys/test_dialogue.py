"""The dialogue as far as it works: the README's first Python block runs and says what the README says."""

import re
import subprocess
import sys
from pathlib import Path

VERIFIER = Path(__file__).resolve().parents[2] / "src/hled/record/verify_record.py"
README = Path(__file__).resolve().parents[2] / "README.md"


def block(language: str) -> str:
    """The first fenced block of this language in the README."""
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    found = fence.search(README.read_text(encoding="utf-8"))
    assert found, language
    return found[1]


def run(code: str, folder: Path) -> str:
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


OFFLINE = """
import runpy, sys
sys.modules["socket"] = sys.modules["_socket"] = sys.modules["hled"] = None  # importing any of them fails
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def verified(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Ask the one-file verifier about the act of the README, in a Python that has no network and no HLED."""
    words = ["receipt", "act.json", "act.tlog-proof", "--policy", "policy"]
    command = [sys.executable, "-I", "-c", OFFLINE, str(VERIFIER), *words]
    return subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=60)


def test_the_readme_runs_says_what_it_prints_and_keeps_its_run(tmp_path: Path) -> None:
    said = run(block("python") + "\nprint(run.run_id)", tmp_path)
    assert said.startswith(block("text"))
    run_id = said.removeprefix(block("text")).strip()
    assert [path.stem for path in (tmp_path / "answers" / "runs").iterdir()] == [run_id]
    assert run(block("python"), tmp_path) == block("text"), "the kept run must answer the same"


def test_anyone_verifies_offline(tmp_path: Path) -> None:
    run(block("python"), tmp_path)
    genuine = verified(tmp_path)
    assert genuine.returncode == 0, genuine.stderr[-2000:]
    assert genuine.stdout.splitlines() == block("text").splitlines()[-len(genuine.stdout.splitlines()) :]
    act = tmp_path / "act.json"
    act.write_bytes(act.read_bytes().replace(b"2026", b"2025", 1))
    changed = verified(tmp_path)
    assert changed.returncode == 1
    assert "VERIFIED" not in changed.stdout
