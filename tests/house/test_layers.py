"""The dialogue flows one way: layers hold, pure code needs no Django, the web process stays light."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.files import ROOT

PURE = ("language", "workplan", "tables", "record", "figures", "evidence", "forum", "pillars")

WITHOUT_DJANGO = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "ninja", "whitenoise", "gunicorn"}:
            raise ImportError("pure code asked for " + name)

sys.meta_path.insert(0, Blocked())
import hled
count = 0
for package in sys.argv[1:]:
    top = importlib.import_module("hled." + package)
    names = [module.name for module in pkgutil.walk_packages(top.__path__, top.__name__ + ".")]
    for name in names:
        importlib.import_module(name)
    count += 1 + len(names)
print(count)
"""

WEB_PROCESS = """
import sys
import hled.web.wsgi
from django.test import Client
from django.urls import get_resolver

def walk(patterns):
    for pattern in patterns:
        yield from walk(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.callback]

assert len(list(walk(get_resolver().url_patterns))) > 10
assert Client(headers={"host": "localhost"}).get("/health").status_code == 200
heavy = {"numpy", "duckdb", "pandas", "pyarrow", "numba", "ibis", "scipy", "polars"}
print(" ".join(sorted(heavy & set(sys.modules))))
"""


def run(*command: str | Path, **environment: str) -> str:
    """Run a command at the project's root and return what it says; it must succeed."""
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
        env=os.environ | environment,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout.strip()


def python(code: str, *arguments: str, **environment: str) -> str:
    return run(sys.executable, "-W", "ignore", "-c", code, *arguments, **environment)


def test_the_layers_hold() -> None:
    assert " 0 broken" in run(Path(sys.executable).with_name("lint-imports"), "--no-cache")


def test_pure_code_imports_without_django() -> None:
    assert int(python(WITHOUT_DJANGO, *PURE)) > 30


def test_the_web_process_imports_no_engine(tmp_path: Path) -> None:
    heavy = python(
        WEB_PROCESS,
        HLED_HOME=str(tmp_path),
        HLED_SECRET_KEY="only-for-tests-" + "0" * 50,
        HLED_LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="hled.web.settings.test",
    )
    assert heavy == ""
