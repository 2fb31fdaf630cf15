"""A witness of society in the shell: a university or an organisation that cosigns both governments' logs.

It needs no database and no site: a policy file, two keys and a folder that remembers. It serves the promise
of transparency under every work-plan line: no government can show two histories unseen.
"""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hled.cli.commands import Commands, UsageError
from hled.cli.output import wrapped, write
from hled.language import Bilingual

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from hled.record.notes import SigningKey

_NAME: Final = re.compile(r"[a-z][a-z0-9]{0,19}\Z")
_TAKEN: Final = frozenset({"us", "mx", "none", "governments", "society", "both"})
_FOLDER: Final = Bilingual("folder of keys and memory", "carpeta de claves y memoria")
_BEGUN: Final = Bilingual(
    "The card of this witness is {card}; give it to the operators of both nodes, who join it with `hled node "
    "join`. Then run `hled witness serve` with their policy.",
    "La tarjeta de este testigo es {card}; entréguela a los operadores de ambos nodos, que la incorporan con "
    "`hled node join`. Después ejecute `hled witness serve` con su política.",
)
_ADDRESS: Final = Bilingual(
    "The witness listens on http://{host}:{port}/ (Ctrl-C stops)",
    "El testigo escucha en http://{host}:{port}/ (Ctrl-C detiene)",
)


def declare(commands: Commands) -> None:
    """Declare the verbs of a witness."""
    verbs = commands.noun("witness", Bilingual("be a witness of both logs", "ser testigo de ambas bitácoras"))
    command = verbs.add("init", Bilingual("make the keys and the card", "crea las claves y la tarjeta"), init)
    command.value("--name", Bilingual("short name in policies", "nombre corto en las políticas"), "NAME")
    command.value(
        "--address", Bilingual("where it will be reached", "dónde se le encontrará"), "https://HOST"
    )
    command.value("--folder", _FOLDER, "DIR")
    command = verbs.add("serve", Bilingual("cosign, until stopped", "firma, hasta que se detenga"), serve)
    command.value("--policy", Bilingual("policy of the two nodes", "política de los dos nodos"), "FILE")
    command.value("--folder", _FOLDER, "DIR")
    command.value("--host", Bilingual("address to listen on (127.0.0.1)", "dirección (127.0.0.1)"), "HOST")
    command.whole("--port", Bilingual("port to listen on", "puerto en que escucha"), 8010)


def init(options: argparse.Namespace) -> int:
    """Make the keys of a witness and print its card."""
    name, address = options.name or "", (options.address or "").rstrip("/")
    if not _NAME.match(name) or name in _TAKEN or not address:
        raise UsageError(
            Bilingual(
                "Both are needed: --name with small letters and digits, no government's, and --address.",
                "Se necesitan ambos: --name con minúsculas y cifras, que no sea de un gobierno, y --address.",
            )
        )
    from hled.fetch import Address
    from hled.record.notes import SigningKey
    from hled.record.objects import write_whole
    from hled.web.nodes.keyring import ALGORITHMS, COSIGNERS, Keyring

    where = str(Address.parse(address)).partition("://")[2]
    folder = _folder(options)
    keys = {
        role: SigningKey.generate(f"{where}/{name}{role.removeprefix('cosigner')}", ALGORITHMS[role])
        for role in COSIGNERS
    }
    Keyring(folder / "keys").create(keys)
    card = "".join(
        f"witness {name}{role.removeprefix('cosigner')} {key.verifier} {address}\n"
        for role, key in keys.items()
    )
    write_whole(folder / "card", card.encode())
    write(card, wrapped(_BEGUN.format(card=folder / "card").text(options.language)))
    return 0


def serve(options: argparse.Namespace) -> int:
    """Answer `add-checkpoint` until stopped."""
    if not options.policy:
        raise UsageError(Bilingual("Say whose logs: --policy FILE", "Indique de quién: --policy ARCHIVO"))
    from hled.cli.places import read_policy
    from hled.cli.serve import refuse_address
    from hled.record.witness import FileStore, Witness
    from hled.record.witness_wsgi import wsgi

    folder, host = _folder(options), options.host or "127.0.0.1"
    refuse_address(host, options.port)
    logs = tuple(log.key for log in read_policy(options.policy).logs)
    application = wsgi(Witness(_keys(folder), logs, FileStore(folder / "state")))
    address = _ADDRESS.format(host=host, port=options.port).text(options.language)
    _serve(application, host, options.port, address)
    return 0


def _serve(application: "WSGIApplication", host: str, port: int, address: str) -> None:
    """Serve with gunicorn, or without it with Python's own server, which is enough for a witness."""
    try:
        from hled.cli.server import serve_application
    except ImportError:
        from wsgiref.simple_server import make_server

        with make_server(host, port, application) as server:
            write(address)
            server.serve_forever()
    else:
        serve_application(application, host, port, on_ready=lambda: write(address))


def _keys(folder: Path) -> "tuple[SigningKey, ...]":
    from hled.web.nodes.keyring import COSIGNERS, Keyring

    ring = Keyring(folder / "keys")
    return tuple(ring.read(role) for role in COSIGNERS)


def _folder(options: argparse.Namespace) -> Path:
    if options.folder:
        return Path(options.folder).expanduser().resolve()
    from hled.web.settings import environment

    return environment.home() / "witness"
