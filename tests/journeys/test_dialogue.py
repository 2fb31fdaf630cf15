"""The dialogue as far as it works: the first Python block of the README runs and says what the README says."""

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def block(language: str) -> str:
    """The first fenced block of this language in the README."""
    found = re.search(rf"^```{language}\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found, language
    return found[1]


def test_the_readme_runs_and_says_what_it_prints(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", block("python")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == block("text")


def test_the_run_of_the_readme_is_kept_where_it_says(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", block("python") + "\nprint(run.run_id)"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100)
    run_id = done.stdout.split()[-1]
    assert [path.stem for path in (tmp_path / "answers" / "runs").iterdir()] == [run_id]
