"""Two sovereign nodes and a witness, each a home and processes of its own, on loopback: the whole journey.

They begin, join, sign, cosign and mirror; the link goes down while both record, and comes back; one side
leaves for good, and the other still serves and proves everything.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from hled.record.errors import RecordError
from hled.record.notes import parse_note
from hled.record.policies import Policy

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 45.0  # a busy machine takes its time; an idle one needs two seconds
APPEND = """
import sys
from hled.cli.database import open_database
open_database()
from hled.web.record.actions import Act, append
name, count = sys.argv[1], int(sys.argv[2])
append([Act("other.act.done", f"urn:hled:act:{name}-{n}", {"number": n}) for n in range(count)])
"""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass
class Machine:
    """A home with processes; every one of them is ended with the test."""

    home: Path
    port: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {"HLED_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "hled.web.settings.test"}
        return {**os.environ, **own, "PYTHONPATH": str(ROOT / "src"), "HLED_DATABASE_URL": ""}

    def run(self, *words: str | Path) -> str:
        """Run a command of `hled` to its end; it must succeed."""
        return self._run("-m", "hled.cli", *words)

    def append(self, name: str, count: int) -> None:
        self._run("-c", APPEND, name, str(count))

    def _run(self, *words: str | Path) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *words],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            env=self.environment,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def start(self, *words: str) -> None:
        log = (self.home / f"{words[-1].strip('-')}.log").open("wb")
        command = [sys.executable, "-W", "ignore", "-m", *words]
        self.running.append(subprocess.Popen(command, env=self.environment, stdout=log, stderr=log))

    def serve(self) -> None:
        """Serve the site and the files of the record, and sign, as `hled serve` does."""
        self.start("gunicorn", "hled.web.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4")
        self.start("hled.cli", "node", "sign")

    def follow(self) -> None:
        self.start("hled.cli", "node", "follow", "--private", "--every", "1")

    def stop(self, *, last: int | None = None) -> None:
        """Kill processes, without a word of warning."""
        chosen = self.running if last is None else self.running[-last:]
        for process in chosen:
            process.send_signal(signal.SIGKILL)
        for process in chosen:
            process.wait(10)
        self.running = [process for process in self.running if process not in chosen]

    def get(self, path: str) -> bytes:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            connection.request("GET", path)
            return connection.getresponse().read()

    def on_record(self, log: str) -> int:
        """How many entries of a log a checkpoint covers here that the policy accepts."""
        try:
            policy = Policy.parse((self.home / "record" / "policy").read_bytes())
            note = parse_note((self.home / "record" / log / "checkpoint").read_bytes())
            return policy.accept(note).checkpoint.size
        except (OSError, RecordError):
            return 0

    def said(self) -> str:
        return "\n".join(path.read_text()[-1500:] for path in sorted(self.home.glob("*.log")))


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Machine, Machine, Machine]]:
    names = ("us", "mx", "witness")
    made = tuple(Machine(tmp_path / name) for name in names)
    for machine in made:
        machine.home.mkdir()
    yield made
    for machine in made:
        machine.stop()


def until(holds: Callable[[], bool], *machines: Machine) -> None:
    """Wait until something holds, not for ever."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if holds():
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.05)
    pytest.fail("\n".join(machine.said() for machine in machines))


def together(*works: Callable[[], object]) -> None:
    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(work) for work in works]:
            done.result()


def begin(us: Machine, mx: Machine, witness: Machine) -> None:
    """Everybody makes keys, cards are exchanged, and all three begin to run."""
    together(
        lambda: us.run("node", "init", "--party", "US", "--address", us.address),
        lambda: mx.run("node", "init", "--party", "MX", "--address", mx.address),
        lambda: witness.run("witness", "init", "--name", "unam", "--address", witness.address),
    )
    cards = {name: us.home.parent / name for name in ("us.card", "mx.card", "unam.card")}
    shutil.copy(us.home / "record" / "card", cards["us.card"])
    shutil.copy(mx.home / "record" / "card", cards["mx.card"])
    shutil.copy(witness.home / "witness" / "card", cards["unam.card"])
    together(
        lambda: us.run("node", "join", cards["mx.card"], cards["unam.card"], "--society", "1"),
        lambda: mx.run("node", "join", cards["us.card"], cards["unam.card"], "--society", "1"),
    )
    assert (us.home / "record" / "policy").read_bytes() == (mx.home / "record" / "policy").read_bytes()
    policy = str(us.home / "record" / "policy")
    witness.start("hled.cli", "witness", "serve", "--policy", policy, "--port", str(witness.port))
    for machine in (us, mx):
        machine.serve()
        machine.follow()


def same(us: Machine, mx: Machine, log: str, size: int) -> bool:
    """Say whether both hold and prove `size` entries of a log, byte for byte the same."""
    if (us.on_record(log), mx.on_record(log)) != (size, size):
        return False
    last = [machine.get(f"/record/{log}/{size - 1}.json") for machine in (us, mx)]
    return last[0] == last[1]


@pytest.mark.timeout(180)
@pytest.mark.slow
def test_two_sovereign_nodes_and_a_witness(
    machines: tuple[Machine, Machine, Machine], tmp_path: Path
) -> None:
    us, mx, witness = machines
    begin(us, mx, witness)
    first = 0

    def both_on_record() -> bool:
        nonlocal first
        first = us.on_record("us")
        return first > 0 and same(us, mx, "us", first) and same(us, mx, "mx", first)

    until(both_on_record, *machines)  # both began with the same bundled record

    us.stop(last=1)  # the link goes down: nobody follows anybody
    mx.stop(last=1)
    text = tmp_path / "communique.txt"
    text.write_text("What was agreed while the line was dead.")
    together(
        lambda: us.run("attach", "wh-2022-09-12-fs", text, "--written-in", "en"),
        lambda: mx.append("mexico", 300),
    )
    until(lambda: b"\n%d\n" % (first + 300) in mx.get("/record/mx/checkpoint.pending"), mx)
    assert (us.on_record("us"), mx.on_record("mx")) == (first, first), "nobody is on the record alone"

    us.follow()
    mx.follow()
    until(lambda: same(us, mx, "us", first + 1) and same(us, mx, "mx", first + 300), *machines)
    attached = json.loads(mx.get(f"/record/us/{first}.json"))["content"]["sha256"]
    assert mx.get(f"/record/objects/sha256/{attached[:2]}/{attached[2:]}") == text.read_bytes()
    assert b"communique.txt" in mx.get("/en/sources/wh-2022-09-12-fs/"), "the other node shows it too"

    us.stop()  # one side leaves
    policy = us.home / "record" / "policy"
    said = json.loads(mx.run("record", "verify", mx.address, "--policy", policy, "--private", "--json"))
    assert (said["ok"], said["size"]) == (True, 2 * first + 301)
    (tmp_path / "entry.json").write_bytes(mx.get(f"/record/us/{first}.json"))
    (tmp_path / "receipt").write_bytes(mx.get(f"/record/us/{first}.tlog-proof"))
    (tmp_path / "verify.py").write_bytes(mx.get("/record/verify_record.py"))
    command = ["verify.py", "receipt", "entry.json", "receipt", "--policy", str(policy)]
    checked = subprocess.run([sys.executable, *command], check=False, capture_output=True, cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr
