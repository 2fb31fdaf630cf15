"""How long a node takes to catch up with 100,000 entries of the other one, over HTTP, verified and stored.

The other log is served by our own site on this machine; the follower is the command itself, from its start:
it fetches, checks signatures, consistency, every tile and every entry, stores the rows in SQLite, writes its
mirror and cosigns. No projection knows the entries, so the public tables are not part of the measure.
"""

import contextlib
import datetime as dt
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from results import Goal, Result
from server import free_port

from hled.record import Entry, encode
from hled.record.checkpoints import Checkpoint
from hled.record.log_files import PENDING, LogWriter
from hled.record.notes import Algorithm, Note, SigningKey
from hled.record.objects import write_whole

SIZE = 100_000
ROUNDS = 3
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def main() -> None:
    """Publish a log, and have a fresh node follow it, several times."""
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        publisher, card = publish(Path(folder))
        with served(publisher) as address:
            for number in range(ROUNDS):
                home = Path(folder) / f"us-{number}"
                home.mkdir()
                hled(home, "node", "init", "--party", "US", "--address", "https://us.example")
                hled(home, "node", "join", str(card))
                begun = time.perf_counter()
                said = hled(home, "node", "follow", address, "--once", "--private")
                seconds.append(round(time.perf_counter() - begun, 2))
                if f"mx: {SIZE:,} entries, {SIZE:,} new" not in said:
                    raise SystemExit(said)
                shutil.rmtree(home)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    data = {"kind": "synthetic", "checksum": None}
    Result("record_sync", "record", "s", "lower", seconds, Goal("absolute", 60), data=data).write()
    print(f"largest process: {memory:,.0f} MB")


def publish(folder: Path) -> tuple[Path, Path]:
    """Write the files of a log of `SIZE` entries of about 600 bytes; return its home and its card."""
    home = folder / "mx"
    names = {
        "log": ("mx.example/record/mx", Algorithm.ED25519),
        "witness mx": ("mx.example/cosigner/mx", Algorithm.COSIGNATURE_ED25519),
        "witness mx-pq": ("mx.example/cosigner/mx-pq", Algorithm.COSIGNATURE_MLDSA44),
    }
    keys = {word: SigningKey.generate(*name) for word, name in names.items()}
    frontier = LogWriter(home / "record" / "mx").extend(entry(number) for number in range(SIZE))
    text = Checkpoint(names["log"][0], frontier.size, frontier.root()).text
    note = Note(text, (keys["log"].sign(text),))
    write_whole(home / "record" / "mx" / PENDING, note.encode())
    card = folder / "card"
    card.write_text("".join(f"{word} {key.verifier}\n" for word, key in keys.items()))
    return home, card


def entry(number: int) -> bytes:
    """Return one entry."""
    at = (START + dt.timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    words = f"What was contributed under number {number}, in both languages and at some length. " * 5
    return encode(Entry("bench.act.done", f"urn:hled:act:{number}", at, {"number": number, "text": words}))


@contextlib.contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve a home as the site does; yields the address."""
    hled(home, "prepare")
    port = free_port()
    words = ["-m", "gunicorn", "hled.web.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    process = subprocess.Popen([sys.executable, *words, "--log-level", "error"], env=environment(home))
    try:
        time.sleep(3)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def hled(home: Path, *words: str) -> str:
    """Run a command of `hled` to its end."""
    command = [sys.executable, "-m", "hled.cli", *words, "--language", "en"]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a home of its own, on SQLite."""
    return os.environ | {"HLED_HOME": str(home), "HLED_DATABASE_URL": "", "HLED_LOG_LEVEL": "ERROR"}


if __name__ == "__main__":
    main()
