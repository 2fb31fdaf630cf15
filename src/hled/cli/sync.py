"""One exchange with the other node, now: over the network, or with a file that goes back and forth.

It serves the promise of transparency under every work-plan line: also where there is no network between the
two governments, each holds and cosigns the other's record.
"""

import argparse
from pathlib import Path
from typing import Final

from hled.cli import node
from hled.cli.commands import Commands, UsageError
from hled.cli.output import wrapped, write
from hled.language import Bilingual

_WRITTEN: Final = Bilingual(
    "{path}: {count} files. Take it to the other node and run the same command there; it comes back with "
    "what that node cosigned.",
    "{path}: {count} archivos. Llévelo al otro nodo y ejecute ahí la misma orden; regresa con lo que ese "
    "nodo firmó.",
)
_NO_NETWORK: Final = Bilingual(
    "--file uses no network at all, so --private does not go with it. Witnesses are asked at the next `hled "
    "node follow`.",
    "--file no usa ninguna red, así que no va con --private. A los testigos se les pregunta en el próximo "
    "`hled node follow`.",
)


def declare(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add(
        "sync",
        Bilingual("exchange once with the other node", "intercambia una vez con el otro nodo"),
        sync,
    )
    command.value(
        "--file",
        Bilingual("through this file instead of the network", "mediante este archivo en vez de la red"),
        "FILE",
    )
    command.switch(
        "--private", Bilingual("allow addresses in private networks", "admite direcciones de redes privadas")
    )


def sync(options: argparse.Namespace) -> int:
    """Exchange once: 0 where nothing is wrong, else 1."""
    from hled.cli.database import open_database

    open_database()
    from hled.web.nodes.follower import go_round
    from hled.web.nodes.home import home

    if options.file is not None and options.private:
        raise UsageError(_NO_NETWORK)
    if options.file is None:
        follower, peers = node.exchange(home(), options)
        return node.report(go_round(follower, peers), options.language)
    return _with_file(Path(options.file).expanduser().resolve(), options)


def _with_file(path: Path, options: argparse.Namespace) -> int:
    """Take in what the file brings, if it is there, and write it anew."""
    from hled.web.nodes.follower import Follower
    from hled.web.nodes.home import home
    from hled.web.nodes.sticks import read_stick, write_stick

    follower = Follower(home(), reach=None)
    found = follower.own_round()
    if path.exists():
        with read_stick(path) as stick:
            found += follower.round_with(stick)
    code = node.report(found, options.language)
    written = write_stick(home(), path)
    said = _WRITTEN.format(path=path, count=f"{written:,}")
    write(wrapped(said.text(options.language)))
    return code
