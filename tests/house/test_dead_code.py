"""Nothing stands in the house that nobody uses: what vulture doubts and no other line names is dead."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.house.files import ROOT, own_files, text

# Called by a framework under exactly this name.
CALLED_BY_NAME = {
    "csrf_exempt",
    "handle_data",
    "handle_endtag",
    "handle_starttag",
    "handler400",
    "handler404",
    "handler500",
    "json_dumps_params",
    "load_config",
    "model_parametrized_name",
    "regex",
    "to_language",
    "to_python",
    "to_url",
}
ENUM_MEMBER = re.compile(r"unused variable '[A-Z_]+'")


def doubted() -> list[str]:
    command = [Path(sys.executable).with_name("vulture"), "src", "tools", "benchmarks", "tests"]
    options = ["--min-confidence", "60", "--ignore-decorators", "@*"]
    done = subprocess.run([*command, *options], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode in {0, 3}, done.stderr
    return done.stdout.splitlines()


def is_framework(line: str, name: str) -> bool:
    if "/settings/" in line or line.startswith("tests/") or name in CALLED_BY_NAME:
        return True
    return "/apps.py:" in line and name.endswith("Config")


def in_enum(line: str) -> bool:
    """Members of an enumeration are read by their value."""
    path, number = line.split(":")[:2]
    above = text(path).splitlines()[: int(number)]
    opening = next((item for item in reversed(above) if item and not item[0].isspace()), "")
    return bool(ENUM_MEMBER.search(line)) and "Enum" in opening


def test_no_code_is_dead() -> None:
    words: Counter[str] = Counter()
    for name in own_files():
        if name.endswith((".py", ".html", ".toml")):
            words.update(re.findall(r"\w+", text(name)))
    lines = {line: re.search(r"'(\w+)'", line) for line in doubted()}
    dead = [line for line, name in lines.items() if name and words[name[1]] == 1]
    assert [line for line in dead if not is_framework(line, line.split("'")[1]) and not in_enum(line)] == []
