"""Clean floors: no address in a lock, no registry host, no machine path, no suppression without reason."""

import ast
import json
import math
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from tests.house.files import CODE, ROOT, TESTS, lines, own_files, python_files, text, tree

SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma|mypy:|fmt:\s*off|ruff:)(?P<rest>[^\n]*)")
REASON = re.compile(r"#\s*\S+(?:\s+\S+){1,}")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
MACHINE_PATH = re.compile(r"(?<![\w.<}/-])/(?:home|root|Users)/\w")
FOREIGN = re.compile(
    r"(?:^|/)(?:node_modules|vendor|third_party|uswds)/|\.min\.(?:js|css)$|\.(?:woff2?|ttf|eot|whl|mo|pyc|so)$"
)


@cache
def texts() -> dict[str, str]:
    """Every own file that is text."""
    found = {}
    for name in own_files():
        try:
            found[name] = text(name)
        except UnicodeDecodeError:
            continue
    return found


def test_python_locks_hold_hashes_and_no_address() -> None:
    locks = [name for name in own_files() if re.fullmatch(r"requirements/\w+\.txt", name)]
    assert {"requirements/run.txt", "requirements/test.txt", "requirements/uv.txt"} <= set(locks)
    for name in locks:
        content = text(name)
        assert "://" not in content, name
        assert not re.search(r"^\s*-(?!-hash)", content, re.MULTILINE), f"{name} holds an option"
        pins = re.findall(r"^[\w.\[\]-]+==", content, re.MULTILINE)
        entries = re.findall(r"^\S+", content, re.MULTILINE)
        assert len(pins) == len(entries), name
        assert content.count("--hash=sha256:") >= len(pins), name


def test_the_npm_lock_holds_hashes_and_no_address() -> None:
    assert "://" not in text("package-lock.json")
    packages = json.loads(text("package-lock.json"))["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name


def test_few_suppressions_and_each_says_why() -> None:
    names = python_files(*CODE, *TESTS)
    found = [(name, match) for name in names for match in SUPPRESSION.finditer(text(name))]
    silent = [f"{name}: {match[0]}" for name, match in found if not REASON.search(match["rest"])]
    assert silent == []
    allowed = math.ceil(sum(lines(name) for name in names) / 3000)
    assert len(found) <= allowed, "\n".join(f"{name}: {match[0]}" for name, match in found)


def test_no_blind_except() -> None:
    blind = [
        f"{name}:{node.lineno}"
        for name in python_files(*CODE, *TESTS)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]
    assert blind == []


def test_no_skips_without_a_word() -> None:
    bare = re.compile(r"pytest\.mark\.(?:skip|xfail)\b(?!if)|pytest\.skip\(\)")
    assert [name for name in python_files(*TESTS) if bare.search(text(name))] == []


def test_nothing_is_left_unfinished() -> None:
    assert [name for name, content in texts().items() if UNFINISHED.search(content)] == []


def registry_hosts() -> set[str]:
    """The hosts of the package registries of this machine, and of pip by default; never written down."""
    from pip._internal.models.index import PyPI

    hosts = {PyPI.netloc, PyPI.file_storage_domain}
    keys = ("global.index-url", "global.extra-index-url")
    commands = [[sys.executable, "-m", "pip", "config", "get", key] for key in keys]
    if npm := shutil.which("npm"):
        commands.append([npm, "config", "get", "registry"])
    for command in commands:
        said = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=60, cwd=ROOT
        ).stdout
        hosts |= {urlsplit(word).hostname or "" for word in said.split() if "://" in word}
    return {host for host in hosts if "." in host and not host.startswith("127.")}


def test_no_registry_is_named() -> None:
    hosts = registry_hosts()
    assert hosts
    naming = [name for name, content in texts().items() if any(host in content for host in hosts)]
    assert naming == [], "a package registry's host stands in these files"


def test_no_path_of_one_machine() -> None:
    here = {f"{ROOT}/", f"{Path.home()}/"} - {"//"}
    named = [
        name
        for name, content in texts().items()
        if MACHINE_PATH.search(content) or any(path in content for path in here)
    ]
    assert named == []


def test_nothing_of_others_is_committed() -> None:
    assert [name for name in own_files() if FOREIGN.search(name)] == []


def test_no_file_is_huge() -> None:
    assert {name: size for name in own_files() if (size := (ROOT / name).stat().st_size) > 600_000} == {}


def test_scripts_can_be_run() -> None:
    scripts = [name for name in own_files() if texts().get(name, "").startswith("#!")]
    assert ".ci/run" in scripts
    assert [name for name in scripts if not os.access(ROOT / name, os.X_OK)] == []
