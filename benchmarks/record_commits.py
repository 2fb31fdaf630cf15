"""Durable single commits: one public act at a time, beside the bare commits of the same database.

Ours is `hled.web.record.actions.append` with the settings of production: canonical JSON, hashes, place in the
log, new root, triggers and projection in one transaction. The peer is the database alone: the same driver,
durability and disk, and the same two rows in tables and indexes like ours (the entry and the head of its
log), with none of our code and no triggers. Both take turns, so that they meet the same noise.

What an fsync costs decides the ratio. Where it takes milliseconds, both rates are nearly the same; where it
takes a tenth of one, the work around it shows. A commit of one row alone, without a head, is quicker still.
With HLED_DATABASE_URL the same is measured on PostgreSQL, in a database of its own, dropped afterwards.
"""

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from results import Goal, Result

ROUNDS, COMMITS, TURN = 15, 400, 20
GOAL = 0.6
INSERT = (
    "INSERT INTO record_entry (seq, log_id, leaf_index, type, object_id, at, data, leaf_hash)"
    " VALUES (%s, 1, %s, %s, %s, %s, %s, %s)"
)
UPDATE = "UPDATE record_log SET size = %s, root = %s, frontier = %s, last_at = %s WHERE id = 1"
TYPE = "bench.act"
CONTENT = {"title_en": "A measured act " * 10, "title_es": "Un acto medido " * 10}


def main() -> None:
    """Measure SQLite in a process of its own, then PostgreSQL in another where there is one."""
    url = os.environ.get("HLED_DATABASE_URL", "")
    if len(sys.argv) > 1:
        _measure(sys.argv[1])
        return
    import subprocess

    with tempfile.TemporaryDirectory(dir=_disk()) as home:
        wanted = os.environ | {"HLED_HOME": home, "HLED_LOG_LEVEL": "ERROR", "HLED_DATABASE_URL": ""}
        subprocess.run([sys.executable, __file__, "sqlite"], env=wanted, check=True)
        if not url:
            print("skipped on PostgreSQL: HLED_DATABASE_URL is not set")
            return
        with _own_database(url) as own:
            wanted["HLED_DATABASE_URL"] = own
            subprocess.run([sys.executable, __file__, "postgresql"], env=wanted, check=True)


def _measure(vendor: str) -> None:
    from hled.cli.database import open_database

    open_database()
    from hled.web.record import actions, queries

    made = iter(range(10**9))

    def append() -> None:
        actions.append([actions.Act(TYPE, f"urn:hled:bench:{next(made)}", dict(CONTENT))])

    append()
    last = queries.leaves(queries.head().size - 1, 1)[0]
    data = queries.raw(last.log, last.index).decode()
    entry = (last.entry.at, data, last.leaf_hash)
    frontier = " ".join([last.leaf_hash] * last.index.bit_count())
    bare = {"sqlite": _bare_sqlite, "postgresql": _bare_postgresql}[vendor](
        entry, (last.leaf_hash, frontier, last.entry.at)
    )
    _sample(append, bare)
    samples = [_sample(append, bare) for _ in range(ROUNDS)]
    ours, peer = ([sample[at] for sample in samples] for at in (0, 1))
    claim = "record_commits" if vendor == "sqlite" else f"record_commits_{vendor}"
    name = "bare commits of the same rows"
    kind = {"kind": "synthetic", "checksum": None}
    goal = Goal("ratio", GOAL)
    Result(claim, "record", "commits/s", "higher", ours, goal, peer, name, data=kind).write()


def _sample(*commits: Callable[[], None]) -> list[float]:
    """Return commits per second of each, taking turns of a few commits so that noise meets all alike."""
    seconds = [0.0] * len(commits)
    for _ in range(COMMITS // TURN):
        for at, commit in enumerate(commits):
            started = time.perf_counter()
            for _ in range(TURN):
                commit()
            seconds[at] += time.perf_counter() - started
    return [round(COMMITS / spent, 1) for spent in seconds]


def _bare_sqlite(entry: tuple[object, ...], head: tuple[object, ...]) -> Callable[[], None]:
    """Commit the rows into a file beside ours, with the pragmas of the settings."""
    from django.conf import settings
    from django.db import connection
    from pysqlite3 import dbapi2

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('record_log', 'record_entry')"
            " AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY tbl_name DESC, type DESC"
        )
        schema = ";".join(row[0] for row in cursor.fetchall())
    options = settings.DATABASES["default"]["OPTIONS"]
    database = dbapi2.connect(str(settings.HOME / "bare.sqlite3"), isolation_level=None)
    database.executescript(options["init_command"] + schema)
    database.execute(
        "INSERT INTO record_log (id, name, origin, own, size, root, frontier, last_at)"
        " VALUES (1, 'bare', 'bare', 1, 0, '', '', '')"
    )
    made = iter(range(10**9))

    def commit() -> None:
        number = next(made)
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            INSERT.replace("%s", "?"), (number, number, TYPE, f"urn:hled:bench:{number}", *entry)
        )
        database.execute(UPDATE.replace("%s", "?"), (number, *head))
        database.execute("COMMIT")

    return commit


def _bare_postgresql(entry: tuple[object, ...], head: tuple[object, ...]) -> Callable[[], None]:
    """Commit the rows into tables like ours, over a connection of its own."""
    import psycopg

    database = psycopg.connect(os.environ["HLED_DATABASE_URL"], autocommit=True)
    database.execute("CREATE SCHEMA bare")
    for table in ("record_log", "record_entry"):
        database.execute(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)")
    database.execute("SET search_path = bare")
    database.execute(
        "INSERT INTO record_log (id, name, origin, own, size, root, frontier, last_at)"
        " VALUES (1, 'bare', 'bare', true, 0, '', '', '')"
    )
    made = iter(range(10**9))

    def commit() -> None:
        number = next(made)
        with database.transaction():
            database.execute(INSERT, (number, number, TYPE, f"urn:hled:bench:{number}", *entry))
            database.execute(UPDATE, (number, *head))

    return commit


@contextmanager
def _own_database(url: str) -> Iterator[str]:
    """Make a database beside the one that the address names, and drop it afterwards."""
    import psycopg

    name = f"hled_bench_{secrets.token_hex(4)}"
    parts = urlsplit(url)
    server = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            database.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _disk() -> Path:
    """Return a folder on the disk of the home: a commit to memory would measure nothing."""
    place = Path(os.environ.get("HLED_HOME", "var"))
    place.mkdir(parents=True, exist_ok=True)
    return place


if __name__ == "__main__":
    main()
