"""A process that raises children and has them killed: appenders and a signer of one home, at any point.

Run by the tests with a home of its own; it prints one line of JSON about what it saw. The children patch
themselves (`POINTS`): the code under test knows nothing of it.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

# Where a child is killed: its role, the module, what is called there, and whether before or after it.
POINTS = tuple(
    (role, module, name, when)
    for role, module, name in (
        ("append", "hled.web.record.heads", "write"),
        ("append", "hled.web.record.actions.append", "project"),
        ("append", "django.db.transaction", "Atomic.__exit__"),
        ("sign", "hled.record.log_files", "LogWriter._write"),
        ("sign", "hled.web.nodes.signer", "remember"),
        ("sign", "hled.web.nodes.signer", "publish"),
        ("sign", "hled.web.record.actions", "put_checkpoint"),
        ("sign", "pathlib", "Path.replace"),
    )
    for when in ("before", "after")
)
APPENDERS = 2


def kill_at(module: str, name: str, when: str, turn: int) -> None:
    """Have this process killed at the call number `turn` of a function."""
    owner: object = import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    original, calls = getattr(owner, last), 0

    def fatal(*words: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == turn and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*words, **named)
        if calls == turn and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, last, fatal)


def append(pipe: int, first: int) -> None:
    """Append acts with numbers of its own, one or three at a time; say each number after its commit."""
    from hled.web.record.actions import Act
    from hled.web.record.actions import append as commit

    number = first
    while True:
        numbers = range(number, number + (3 if number % 4 == 0 else 1))
        commit([Act("other.act.done", f"urn:hled:act:{item}", {"number": item}) for item in numbers])
        os.write(pipe, "".join(f"{item}\n" for item in numbers).encode())
        number = numbers.stop


def sign(pipe: int, _first: int) -> None:
    """Sign what is committed, as the signer's own loop does."""
    from hled.web.nodes.home import home
    from hled.web.nodes.signer import Signer

    signer = Signer(home())
    while True:
        if signer.step() is None:
            time.sleep(0.001)


def child(work: Callable[[int, int], None], pipe: int, first: int, point: tuple[str, ...], turn: int) -> int:
    """Fork; the child works until it is killed."""
    number = os.fork()
    if number:
        return number
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if point and point[0] == work.__name__:
            kill_at(*point[1:], turn)
        work(pipe, first)
    finally:
        os._exit(3)  # only an error gets here


def one_kill(chance: random.Random, kill: int) -> tuple[list[int], list[int], str]:
    """Raise two appenders and a signer, kill them; return what was acknowledged, exit states, the point."""
    point = chance.choice(POINTS) if kill % 2 else ()
    turn = chance.randint(1, 4)
    reader, writer = os.pipe()
    children = [child(append, writer, kill * 100_000 + 50_000 * n, point, turn) for n in range(APPENDERS)]
    children.append(child(sign, writer, 0, point, turn))
    os.close(writer)
    if point:
        point = point if struck() else ()
    else:
        time.sleep(chance.uniform(0.0, 0.1))
        os.kill(chance.choice(children), signal.SIGKILL)
        time.sleep(chance.uniform(0.0, 0.02))
    for number in children:
        os.kill(number, signal.SIGKILL)
    states = [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in children]
    with os.fdopen(reader) as said:
        acknowledged = [int(line) for line in said.read().splitlines()]
    return acknowledged, states, "/".join(point)


def struck() -> bool:
    """Wait until a child has died where it was to die; say whether it did."""
    for _ in range(1000):
        if os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return True
        time.sleep(0.001)
    return False


def checked(pending: Path, deep: bool) -> tuple[int, str]:
    """Sign what is there, and verify it; return the size and the root of the checkpoint."""
    from hled.record.checkpoints import Checkpoint
    from hled.record.log_files import read_folder
    from hled.record.notes import parse_note
    from hled.record.verify import verify_entries
    from hled.web.nodes.home import home
    from hled.web.nodes.published import root_of_rows
    from hled.web.nodes.signer import Signer

    if deep:
        Signer(home()).step()
    if not pending.is_file():
        return 0, ""
    found = Checkpoint.parse(parse_note(pending.read_bytes()).text)
    if deep:
        verify_entries(read_folder(pending.parent), found)
        assert root_of_rows("local", found.size) == found.root
    return found.size, found.root.hex()


def main(kills: int, seed: int) -> None:
    """Kill so many times, and print what was seen."""
    from hled.cli.database import open_database

    open_database()
    from django.db import connections

    from hled.web.nodes import actions
    from hled.web.nodes.home import home
    from hled.web.record import queries

    actions.begin_local(home())
    chance = random.Random(seed)  # noqa: S311  # which point is next is no secret
    pending = home().log("local") / "checkpoint.pending"
    acknowledged: list[int] = []
    seen: dict[int, set[str]] = {}
    points: list[str] = []
    states: list[int] = []
    for kill in range(1, kills + 1):
        connections.close_all()  # a connection must not cross a fork
        said, ended, point = one_kill(chance, kill)
        acknowledged += said
        states += ended
        points += [point] if point else []
        for deep in (False, kill % 25 == 0 or kill == kills):
            size, root = checked(pending, deep)
            seen.setdefault(size, set()).add(root)
    own = queries.log("local")
    held = [json.loads(entry)["content"].get("number") for entry in queries.rows_after("local", 0, own.size)]
    sys.stdout.write(
        json.dumps(
            {
                "acknowledged": acknowledged,
                "held": [number for number in held if number is not None],
                "roots": {size: sorted(roots) for size, roots in seen.items()},
                "signed": max(seen),
                "size": own.size,
                "points": points,
                "states": sorted(set(states)),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
