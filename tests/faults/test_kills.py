"""SIGKILL at named points and at random: no acknowledged entry is lost or doubled, the signer never forks.

20 kills, or as many as the variable KILLS says (`make nightly`), of which every 50 begin a new home; on
PostgreSQL too where HLED_DATABASE_URL names one. A seed that failed is repeated with SEED.
"""

import json
import os
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "20"))
EACH = 50
POSTGRESQL = os.environ.get("HLED_DATABASE_URL", "")


@contextmanager
def database(vendor: str) -> Iterator[str]:
    """Yield the address of a new database; empty for SQLite in the home."""
    if vendor == "sqlite":
        yield ""
        return
    import psycopg
    from psycopg import sql

    name = f"hled_faults_{os.getpid()}"
    parts = urlsplit(POSTGRESQL)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.timeout(60 + 2 * KILLS)
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_kills(vendor: str, tmp_path: Path) -> None:
    if vendor == "postgresql" and not POSTGRESQL:
        pytest.skip("no PostgreSQL: HLED_DATABASE_URL is not set")
    first = int(os.environ.get("SEED") or secrets.randbelow(10**9))
    for done in range(0, KILLS, EACH):
        home = tmp_path / str(done)
        home.mkdir()
        with database(vendor) as address:
            kill(min(EACH, KILLS - done), first + done, home, address)


def kill(kills: int, seed: int, home: Path, address: str) -> None:
    """Kill so many times in a new home, and check what is left."""
    own = {"HLED_HOME": str(home), "HLED_DATABASE_URL": address, "HLED_LOG_LEVEL": "ERROR"}
    settings = {"DJANGO_SETTINGS_MODULE": "hled.web.settings.test", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", Path(__file__).with_name("nursery.py"), str(kills), str(seed)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **own, **settings},
    )
    assert done.returncode == 0, f"SEED={seed}\n{done.stderr[-3000:]}"
    seen = json.loads(done.stdout)
    assert seen["states"] == [-9], f"SEED={seed}: a child ended by itself\n{done.stderr[-3000:]}"
    held = Counter(seen["held"])
    assert [number for number in seen["acknowledged"] if held[number] != 1] == [], f"SEED={seed}"
    assert max(held.values()) == 1, f"SEED={seed}: an entry stands twice"
    assert {size: roots for size, roots in seen["roots"].items() if len(roots) > 1} == {}, f"SEED={seed}"
    assert seen["signed"] == seen["size"], f"SEED={seed}"
    assert len(seen["acknowledged"]) > kills, "the children did some work"
    assert len(seen["points"]) >= kills // 6, "named points were reached"
