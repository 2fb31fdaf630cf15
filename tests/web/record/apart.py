"""A home apart from the tests' own, on the same kind of database, for what only whole processes show."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True)
class Node:
    """The environment of the processes of one home."""

    variables: dict[str, str]

    def python(self, code: str) -> str:
        """Run a program and return what it prints; it must succeed."""
        return self._run("-c", code)

    def django(self, *arguments: str) -> str:
        """Run a command of Django."""
        return self._run("-m", "django", *arguments)

    def hled(self, *arguments: str) -> str:
        """Run a command of the platform."""
        return self._run("-m", "hled.cli", *arguments)

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, env=self.variables, capture_output=True, text=True, check=False, timeout=100
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout


@contextmanager
def apart(home: Path) -> Iterator[Node]:
    """Make an empty home; on PostgreSQL with a database of its own, which is dropped afterwards."""
    settings = {"DJANGO_SETTINGS_MODULE": "hled.web.settings.base", "HLED_LOG_LEVEL": "ERROR"}
    variables = os.environ | settings | {"HLED_HOME": str(home)}
    url = os.environ.get("HLED_DATABASE_URL", "")
    if not url:
        yield Node(variables)
        return
    import psycopg

    parts = urlsplit(url)
    name = f"hled_apart_{os.getpid()}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        yield Node(variables | {"HLED_DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))})
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
