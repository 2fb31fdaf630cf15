"""Where a record lies that somebody wants to verify: a folder or an address, of one log or of a whole tree.

The same files stand in a node's home, on a mirror and on a memory stick, so one way of reading serves all. It
serves the promise of transparency under every work-plan line.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hled.language import Bilingual, DialogueError

if TYPE_CHECKING:
    from hled.fetch import Reach
    from hled.record.policies import Policy
    from hled.record.tiles import Read

POLICY: Final = "policy"
RECORD: Final = "record"
_URL: Final = re.compile(r"https?://", re.IGNORECASE)


class NoRecordError(DialogueError):
    """There is no record at the place that was named."""

    code = "record.no_record"


class NoPolicyError(DialogueError):
    """Nothing can be verified without a policy, and there is none."""

    code = "record.no_policy"


@dataclass(frozen=True, slots=True)
class Place:
    """A record that lies somewhere: its logs by name, each with a reader, and the policy beside them."""

    address: str
    logs: "tuple[tuple[str, Read], ...]"
    policy: bytes | None

    def trusted(self, file: str | None) -> "Policy":
        """Return the policy of a file, else the one that lies beside the logs.

        Raises:
            NoPolicyError: there is neither.
            FileError, PolicyError: the file cannot be read or used.
        """
        from hled.record.policies import Policy

        if file is not None:
            return read_policy(file)
        if self.policy is None:
            raise _no_policy(self.address)
        return Policy.parse(self.policy)


@contextmanager
def opened(address: str, reach: "Reach") -> "Iterator[Place]":
    """Open a folder or an http(s) address of a log or of a record tree, in a `with` block.

    Raises:
        NoRecordError: neither a policy nor a checkpoint lies there.
        FetchError: the address cannot be asked.
    """
    where = address.rstrip("/") if _URL.match(address) else str(Path(address).expanduser().resolve())
    with ExitStack() as stack:
        yield _place(where, stack, reach)


def read_policy(name: str) -> "Policy":
    """Read a policy file (`-` is standard input).

    Raises:
        FileError, PolicyError: it cannot be read or used.
    """
    from hled.cli.files import content_of
    from hled.record.policies import MAX_POLICY, Policy

    return Policy.parse(content_of(name, MAX_POLICY))


def home_policy() -> "Policy":
    """Return this node's policy, without opening its database.

    Raises:
        NoPolicyError: the node has none yet.
    """
    from hled.web.settings import environment

    place = environment.home() / RECORD / POLICY
    if not place.is_file():
        raise _no_policy(str(place))
    return read_policy(str(place))


def _place(address: str, stack: ExitStack, reach: "Reach") -> Place:
    tree = _tree(address, stack, reach)
    if tree is not None:
        return tree
    read = _reader(address, stack, reach)
    from hled.record.errors import MissingFileError
    from hled.record.log_files import CHECKPOINT, PENDING

    for file in (CHECKPOINT, PENDING):
        try:
            read(file)
        except MissingFileError:
            continue
        return Place(address, ((address.rpartition("/")[2], read),), None)
    raise NoRecordError(
        Bilingual(
            en="No record lies at {place}: neither a file “policy” nor a file “checkpoint”. Name the folder "
            "or address of a log or of a whole record.",
            es="En {place} no hay ningún registro: ni un archivo «policy» ni un archivo «checkpoint». "
            "Indique la carpeta o la dirección de una bitácora o de un registro completo.",
        ).format(place=address)
    )


def _tree(address: str, stack: ExitStack, reach: "Reach") -> Place | None:
    """Return the tree at an address or below `record` there, None where no policy lies."""
    for base in (address, f"{address}/{RECORD}"):
        policy = _file(base, POLICY, stack, reach)
        if policy is not None:
            logs = tuple((name, _reader(f"{base}/{name}", stack, reach)) for name in _names(base, policy))
            return Place(base, logs, policy)
    return None


def _names(base: str, policy: bytes) -> tuple[str, ...]:
    """Return the names of the logs: those of the policy, and in a folder also those that lie there."""
    from hled.record.exporting import NAME, folder_name, log_names
    from hled.record.policies import Policy

    named = {folder_name(log.key.name) for log in Policy.parse(policy).logs}
    found = () if _URL.match(base) else log_names(Path(base))
    return tuple(sorted({name for name in named if NAME.match(name)} | set(found)))


def _file(base: str, name: str, stack: ExitStack, reach: "Reach") -> bytes | None:
    from hled.record.policies import MAX_POLICY

    if not _URL.match(base):
        from hled.cli.files import content_of

        path = Path(base) / name
        return content_of(str(path), MAX_POLICY) if path.is_file() else None
    from hled.fetch import NotThereError, Source

    try:
        return stack.enter_context(Source(base, reach=reach)).read(name, MAX_POLICY)
    except NotThereError:
        return None


def _reader(base: str, stack: ExitStack, reach: "Reach") -> "Read":
    if not _URL.match(base):
        from hled.record.log_files import read_folder

        return read_folder(Path(base))
    from hled.fetch import Source, log_reader

    return log_reader(stack.enter_context(Source(base, reach=reach)))


def _no_policy(place: str) -> NoPolicyError:
    return NoPolicyError(
        Bilingual(
            en="There is no policy at {place}, so it is unknown whose signatures count. Get the policy from "
            "somebody you trust and give it with --policy FILE; on a local node, `hled prepare` makes it.",
            es="No hay ninguna política en {place}, así que no se sabe qué firmas cuentan. Obtenga la "
            "política de alguien de su confianza e indíquela con --policy ARCHIVO; en un nodo, `hled serve` "
            "la crea.",
        ).format(place=place)
    )
