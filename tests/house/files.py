"""The project's own files, as the house tests see them: what git keeps or would keep, and nothing else."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("src/", "tools/", "benchmarks/")
TESTS = ("tests/",)


@cache
def own_files() -> tuple[str, ...]:
    """Every file that is committed or about to be, as paths from the project's root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file()))


def python_files(*folders: str) -> tuple[str, ...]:
    """The Python files below `folders`, without migrations, which Django writes."""
    return tuple(
        name
        for name in own_files()
        if name.endswith(".py") and name.startswith(folders) and "/migrations/" not in name
    )


def text(name: str) -> str:
    """The text of one own file."""
    return (ROOT / name).read_text(encoding="utf-8")


def lines(name: str) -> int:
    """How many lines a file has."""
    return len(text(name).splitlines())


@cache
def tree(name: str) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text(name), filename=name)


def functions(name: str) -> dict[str, int]:
    """The length in lines of each function of a file, by `file:line name`."""
    return {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def percentile(values: list[int], share: float) -> int:
    """The smallest value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
