"""Where a node keeps what it is: keys, published files, and what it must never forget, below HLED_HOME.

`keys/` holds secrets, `record/` is public as it stands, `node/` is state that no backup may turn back.
It serves the promise of transparency under every work-plan line.
"""

import json
import math
import re
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from hled.record.examining import DEMONSTRATION
from hled.record.exporting import COSIGNED, NAME
from hled.record.objects import make_folder, write_whole
from hled.record.policies import Policy
from hled.record.witness import FileStore
from hled.web.nodes.errors import BusyError, ConfigurationError, NotBegunError, refusal
from hled.workplan import charter

LOCAL: Final = "local"
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.\[\]:_-]{1,200}\Z")


@dataclass(frozen=True, slots=True)
class Home:
    """The folders and files of a node."""

    root: Path

    @property
    def keys(self) -> Path:
        """The folder of private keys."""
        return self.root / "keys"

    @property
    def record(self) -> Path:
        """The folder that is published."""
        return self.root / "record"

    @property
    def state(self) -> Path:
        """The folder of what this node signed and met before."""
        return self.root / "node"

    @property
    def card(self) -> Path:
        """What other nodes need to know of this one, for their policy."""
        return self.record / "card"

    @property
    def key_history(self) -> Path:
        """The published keys over time."""
        return self.record / "keys.json"

    @property
    def cosigned(self) -> FileStore:
        """The newest checkpoint cosigned of each log: published, and the memory of a witness."""
        return FileStore(self.record / COSIGNED)

    def log(self, name: str) -> Path:
        """The files of one log."""
        return self.record / name

    def policy(self) -> Policy:
        """Return the dialogue's policy.

        Raises:
            NotBegunError: there is none yet.
            PolicyError: the file breaks the format.
        """
        try:
            return Policy.parse((self.record / "policy").read_bytes())
        except FileNotFoundError as error:
            raise refusal(
                NotBegunError,
                "{path} is missing: this node does not know whose cosignatures count. Run `hled node join` "
                "with the card of the other node (or `hled prepare` for a local node).",
                "Falta {path}: este nodo no sabe qué firmas conjuntas cuentan. Ejecute `hled node join` con "
                "la tarjeta del otro nodo (o `hled prepare` para un nodo local).",
                path=self.record / "policy",
            ) from error

    def keep_policy(self, policy: Policy) -> None:
        """Put a policy into force."""
        write_whole(self.record / "policy", policy.text.encode(errors="surrogateescape"))

    @contextmanager
    def held(self, what: str, *, patience: float = math.inf) -> Iterator[None]:
        """Keep every other process of this node from `what`, a word of small letters.

        Raises:
            BusyError: another one is at it for more than `patience` seconds.
        """
        make_folder(self.state)
        until = time.monotonic() + patience
        with (self.state / f".{what}.lock").open("ab") as file:
            while not _locked(file, patience):
                if time.monotonic() > until:
                    raise refusal(
                        BusyError,
                        "Another process of this node is following, syncing or changing keys. Wait until it "
                        "has ended, or stop it, and try again.",
                        "Otro proceso de este nodo está siguiendo, intercambiando o cambiando claves. Espere "
                        "a que termine, o deténgalo, e intente de nuevo.",
                    )
                time.sleep(0.05)
            yield  # let go when the file closes, also if the process dies


@dataclass(frozen=True, slots=True)
class Configuration:
    """`node.toml`: whose node this is, under which address it is reached, and which others it follows."""

    party: str
    address: str
    peers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.party not in {item.party.value for item in charter().parties}:
            raise _wrong(f"party = {self.party}")
        if not _ADDRESS.match(self.address):
            raise _wrong(f"address = {self.address}")

    @property
    def log_name(self) -> str:
        """The short name of this government's log: `us` or `mx`."""
        return self.party.lower()

    @property
    def host(self) -> str:
        """The host under which the node is reached, with its port if it is not the usual one."""
        return self.address.partition("://")[2]

    @property
    def origin(self) -> str:
        """The origin of this government's log, which is the name of its key."""
        return f"{self.host}/record/{self.log_name}"

    @property
    def log_url(self) -> str:
        """Where the files of this government's log are served."""
        return f"{self.address}/record/{self.log_name}"

    def encode(self) -> bytes:
        """Return the file."""
        lines = [f"{name} = {json.dumps(getattr(self, name))}" for name in ("party", "address")]
        return "\n".join([*lines, f"peers = {json.dumps(list(self.peers))}", ""]).encode()


def _locked(file: BinaryIO, patience: float) -> bool:
    try:
        flock(file, LOCK_EX if patience == math.inf else LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True


def home() -> Home:
    """Return the home of this node."""
    return Home(Path(settings.HOME))


def read_configuration(found: Home) -> Configuration | None:
    """Read `node.toml`; None for a local node or a mirror, which have none.

    Raises:
        ConfigurationError: the file cannot be read or breaks its form.
    """
    path = found.root / "node.toml"
    if not path.is_file():
        return None
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _wrong(str(error)) from error
    match value:
        case {"party": str(party), "address": str(address), "peers": list(peers)} if len(value) == 3:
            return Configuration(party, address, tuple(map(str, peers)))
        case _:
            raise _wrong("party, address, peers")


def keep_configuration(found: Home, wanted: Configuration) -> None:
    """Write `node.toml`."""
    write_whole(found.root / "node.toml", wanted.encode())


def log_name(origin: str) -> str:
    """Return the short name under which a log is kept: the last part of its origin, else `local`.

    Raises:
        ConfigurationError: the origin ends in no such name.
    """
    if origin.startswith(DEMONSTRATION):
        return LOCAL
    name = origin.rpartition("/")[2]
    if not NAME.match(name) or name in {COSIGNED, "objects", "evidence", LOCAL}:
        raise _wrong(f"origin = {origin}")
    return name


def _wrong(what: str) -> ConfigurationError:
    return refusal(
        ConfigurationError,
        "This cannot be used for a node: {what}. A party is US or MX; an address is https:// and a host, "
        "without a path; an origin ends in a short name.",
        "Esto no sirve para un nodo: {what}. Una parte es US o MX; una dirección es https:// y un host, sin "
        "ruta; un origen termina en un nombre corto.",
        what=what,
    )
