"""Several processes append at once: the log never forks, loses or doubles an entry, on either database."""

import itertools
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from hled.record.merkle import leaf_hash, root_of
from tests.web.record.apart import Node, apart

APPEND = """
import sys, time
import django; django.setup()
from hled.web.record.actions import Act, append
name, calls = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for call in range(calls):
    time.sleep(0.001)  # SQLite lets whoever does not pause go first
    size = call % 3 + 1
    said = [{"by": name, "n": f"{call}.{n}"} for n in range(size)]
    acts = [Act("test.note.added", f"urn:hled:note:{name}", content) for content in said]
    append([*acts, Act("test.note.added", "urn:hled:note:shared", {"by": name, "n": f"{call}.s"})])
    print(*[f"{call}.{n}" for n in range(size)], f"{call}.s", flush=True)
"""
LOOK = """
import json
import django; django.setup()
from hled.web.record import queries, wholeness
wholeness.refuse_damaged()
log = queries.own()
rows = queries.rows_after(log.name, 0, 10**6)
entries = [[data.decode(), queries.place(n)[1]] for n, data in enumerate(rows)]
print(json.dumps([log.size, log.root.hex(), entries]))
"""


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    with apart(tmp_path) as found:
        found.django("migrate", "-v0")
        yield found


def appending(node: Node, names: Iterable[str], calls: int) -> dict[str, subprocess.Popen[str]]:
    """Processes that begin to append at the same moment."""
    command = [sys.executable, "-c", APPEND]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    processes = {
        name: subprocess.Popen([*command, name, str(calls)], env=node.variables, text=True, **pipes)
        for name in names
    }
    for process in processes.values():
        assert process.stdout.readline() == "ready\n"
    for process in processes.values():
        process.stdin.write("\n")
        process.stdin.flush()
    return processes


def look(node: Node) -> tuple[int, str, list[bytes]]:
    """The size, root and entries of the log, in their order."""
    size, root, entries = json.loads(node.python(LOOK))
    assert [index for _, index in entries] == list(range(size))
    return size, root, [data.encode() for data, _ in entries]


def check(node: Node, acknowledged: dict[str, list[str]]) -> Counter[tuple[str, str]]:
    """The log is one tree without a gap; every acknowledged act is in it once, and objects are chained."""
    size, root, entries = look(node)
    assert root == root_of(map(leaf_hash, entries)).hex()
    assert size == len(entries)
    last: dict[str, str] = {}
    at = ""
    for data in entries:
        entry = json.loads(data)
        assert entry["prev"] == last.get(entry["id"])
        assert entry["at"] >= at
        last[entry["id"]], at = leaf_hash(data).hex(), entry["at"]
    found = Counter(
        (content["by"], content["n"]) for content in (json.loads(data)["content"] for data in entries)
    )
    assert set(found.values()) <= {1}
    for name, acts in acknowledged.items():
        assert {(name, act) for act in acts} <= set(found)
    return found


@pytest.mark.slow
def test_three_processes_write_one_log(node):
    processes = appending(node, "abc", 60)
    acknowledged = {name: process.communicate(timeout=100)[0].split() for name, process in processes.items()}
    assert all(process.returncode == 0 for process in processes.values())
    assert all(len(acts) == 180 for acts in acknowledged.values())
    found = check(node, acknowledged)
    assert sum(found.values()) == 540
    order = [json.loads(data)["content"]["by"] for data in look(node)[2]]
    assert sum(one != two for one, two in itertools.pairwise(order)) > 3, "they took turns"


@pytest.mark.slow
def test_processes_killed_at_any_moment_leave_a_whole_log(node):
    acknowledged: dict[str, list[str]] = {}
    for attempt in range(4):
        processes = appending(node, (f"k{attempt}", f"m{attempt}"), 10_000)
        for process in processes.values():
            process.stdout.readline()
        time.sleep(0.05 * attempt)
        for process in processes.values():
            process.send_signal(signal.SIGKILL)
        for name, process in processes.items():
            rest = process.communicate(timeout=100)[0]
            lines = rest.split("\n")[:-1]  # the last line may have been cut off
            acknowledged[name] = [act for line in lines for act in line.split()]
    found = check(node, acknowledged)
    calls = Counter((by, n.partition(".")[0]) for by, n in found)
    assert all(count == int(call) % 3 + 2 for (_, call), count in calls.items()), "whole or not at all"
