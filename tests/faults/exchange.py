"""A process that has following, receiving, changing of keys and healing killed at named points.

Run by the tests with a home of its own, the node of the United States; Mexico's is made of pure code. After
each kill the same work is done again by a process that nobody kills, and everything is verified.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.faults.nursery import kill_at
from tests.web.nodes.other import OtherNode, acts

# What is killed, the module, what is called there; each before and after the call.
POINTS = tuple(
    (role, module, name, when)
    for role, module, name in (
        ("follow", "hled.web.nodes.mirror", "_keep"),
        ("follow", "hled.web.nodes.mirror", "Mirror._take"),
        ("follow", "hled.web.nodes.mirror", "Mirror._lay_out"),
        ("follow", "hled.record.log_files", "LogWriter._write"),
        ("follow", "hled.record.witness", "FileStore.write"),
        ("follow", "hled.web.nodes.showing", "publish"),
        ("receive", "hled.web.record.heads", "write"),
        ("receive", "django.db.transaction", "Atomic.__exit__"),
        ("rotate", "hled.web.nodes.actions.rotate", "_record"),
        ("rotate", "hled.web.nodes.actions.rotate", "_sign_again"),
        ("rotate", "hled.web.nodes.actions.rotate", "adopt"),
        ("rotate", "hled.web.nodes.keyring", "Keyring.change"),
        ("heal", "hled.web.nodes.mirror", "Mirror._lay_out"),
        ("heal", "hled.web.nodes.actions.heal", "remember"),
    )
    for when in ("before", "after")
)


def forked(work: Callable[[], object], *point: str) -> int:
    """Do the work in a child, killed at a point if one is given; return its exit state."""
    from django.db import connections

    connections.close_all()  # a connection must not cross a fork
    number = os.fork()
    if number:
        return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    try:
        if point:
            kill_at(*point, 1)
        work()
        os._exit(0)
    finally:
        os._exit(3)  # only an error gets here


def verified() -> dict[str, int]:
    """Verify every published log, its rows and the policy's signatures; return the sizes."""
    from hled.record.log_files import PENDING, read_folder
    from hled.record.notes import parse_note
    from hled.record.verify import verify_entries
    from hled.web.nodes.home import home as here
    from hled.web.nodes.published import root_of_rows

    sizes = {}
    for name in ("us", "mx"):
        accepted = here().policy().signed(parse_note((here().log(name) / PENDING).read_bytes()))
        verify_entries(read_folder(here().log(name)), accepted.checkpoint)
        assert root_of_rows(name, accepted.checkpoint.size) == accepted.checkpoint.root
        sizes[name] = accepted.checkpoint.size
    return sizes


def begin(folder: Path) -> OtherNode:
    """Join the two nodes."""
    from hled.web.nodes import actions
    from hled.web.nodes.home import Configuration, home
    from hled.web.nodes.signer import Signer

    mexico = OtherNode(folder / "mexico")
    actions.begin(home(), Configuration("US", "https://us.example"))
    actions.join(home(), [mexico.card(folder / "mx.card")])
    Signer(home()).step()
    return mexico


def exchange(mexico: OtherNode) -> None:
    """One round, in which nothing may be wrong, after the signer's."""
    from hled.web.nodes.follower import Follower, go_round
    from hled.web.nodes.home import home
    from hled.web.nodes.signer import Signer

    Signer(home()).step()
    for met in go_round(Follower(home()), [lambda: mexico.peer]):
        if met.problem:
            raise met.problem


def lose_memory() -> None:
    """Lose what this node wrote down and published of its own log."""
    from hled.web.nodes.home import home
    from hled.web.record import queries

    (home().state / "last-signed.json").unlink()
    home().cosigned.place(queries.log("us").origin).unlink()
    shutil.rmtree(home().log("us"))


def work_of(role: str, mexico: OtherNode, copy: Path) -> Callable[[], object]:
    """Return what is to be killed."""
    from hled.web.nodes import actions
    from hled.web.nodes.home import home
    from hled.web.nodes.peers import FolderPeer

    if role == "rotate":
        return lambda: actions.rotate(home(), "cosigner")
    if role == "heal":
        return lambda: actions.heal(home(), FolderPeer(copy))
    return lambda: exchange(mexico)


def main(folder: Path) -> None:
    """Kill once at every point, and print what was seen."""
    from hled.cli.database import open_database

    open_database()
    from hled.web.nodes.home import home
    from hled.web.record import actions as record
    from tests.web.nodes.conftest import cut

    mexico, size, seen = begin(folder), 0, []
    for number, (role, *point) in enumerate(POINTS):
        if role == "heal":
            shutil.rmtree(folder / "copy", ignore_errors=True)
            own = record.own_log().size
            record.append([record.Act("other.act.done", f"urn:hled:own:{number}", {"number": number})])
            exchange(mexico)
            shutil.copytree(home().record, folder / "copy")
            cut(own)
            lose_memory()
        mexico.publish(acts(size, 3))
        size += 3
        work = work_of(role, mexico, folder / "copy")
        first = forked(work, *point)
        again = forked(work)
        later = forked(lambda: exchange(mexico))
        seen.append({"at": [role, *point], "states": [first, again, later], **verified()})
        assert seen[-1]["mx"] == size, seen[-1]
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main(Path(sys.argv[1]))
