"""The dialogue as far as it works: the README's first Python block runs and says what the README says."""

import re
import subprocess
import sys
from pathlib import Path

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


def test_the_readme_runs_says_what_it_prints_and_keeps_its_run(tmp_path: Path) -> None:
    said = run(block("python") + "\nprint(run.run_id)", tmp_path)
    assert said.startswith(block("text"))
    run_id = said.removeprefix(block("text")).strip()
    assert [path.stem for path in (tmp_path / "answers" / "runs").iterdir()] == [run_id]
    assert run(block("python"), tmp_path) == block("text"), "the kept run must answer the same"
