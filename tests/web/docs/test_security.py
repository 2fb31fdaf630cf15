"""The security table names only tests that exist."""

import ast
import re
from pathlib import Path

import pytest

from hled.web.docs import queries

ROOT = Path(__file__).resolve().parents[3]
TABLE = (queries.folder() / "security" / "asvs.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE)))


def test_the_table_names_a_requirement_once() -> None:
    requirements = re.findall(r"^\| v5\.0\.0-([\d.]+) ", TABLE, re.MULTILINE)
    assert len(requirements) >= 10
    assert len(requirements) == len(set(requirements))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_named_test_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
