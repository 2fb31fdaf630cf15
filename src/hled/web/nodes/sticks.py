"""Sticks: the whole public record in one file that goes back and forth where there is no network.

A stick is read like any other node and believed as little. Nothing is ever unpacked: each file is looked up
by its name and read up to the bound of its kind, so neither a path nor a bomb in the archive can do harm.
It serves the promise of transparency under every work-plan line.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from hled.fetch import AnswerError, NotThereError
from hled.fetch.errors import refusal as fetch_refusal
from hled.record.exporting import OBJECTS, public_files
from hled.record.objects import DamagedObjectError, MissingObjectError, ObjectStore, named_by
from hled.web.nodes.errors import StickError, refusal
from hled.web.nodes.home import Home
from hled.web.nodes.peers import too_large
from hled.web.nodes.published import entries_between
from hled.web.record import queries

TOP: Final = "record/"
MAX_FILES: Final = 1_000_000
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class StickPeer:
    """The files in a stick, read by their names."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive

    @property
    def name(self) -> str:
        """The path of the stick."""
        return str(self._path)

    def read(self, path: str, limit: int) -> bytes:
        """Return a file of the stick.

        Raises:
            NotThereError: the stick has none of this name.
            AnswerError: it is larger than `limit` when unpacked, or damaged.
        """
        try:
            with self._archive.open(f"{TOP}{path}") as file:
                data = file.read(limit + 1)
        except KeyError as error:
            raise fetch_refusal(
                NotThereError,
                "{where} has no file {path}.",
                "{where} no tiene el archivo {path}.",
                where=self.name,
                path=path,
            ) from error
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise fetch_refusal(
                AnswerError,
                "The file {path} of {where} is damaged. Ask for the stick again.",
                "El archivo {path} de {where} está dañado. Pida de nuevo la memoria.",
                where=self.name,
                path=path,
            ) from error
        if len(data) > limit:
            raise too_large(self.name, path)
        return data


@contextmanager
def read_stick(path: Path) -> Iterator[StickPeer]:
    """Open a stick, in a `with` block.

    Raises:
        StickError: it is no archive as this command writes them.
    """
    with ExitStack() as opened:
        try:
            archive = opened.enter_context(zipfile.ZipFile(opened.enter_context(path.open("rb"))))
            _check(path, archive)
        except OSError as error:
            raise _bad(path, error.strerror or str(error)) from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise _bad(path, str(error)) from error
        yield StickPeer(path, archive)  # what goes wrong from here on is not the stick's fault


def write_stick(home: Home, path: Path) -> int:
    """Write the complete public record of this home into one file, in one step; return how many files.

    Raises:
        StickError: the file cannot be written.
    """
    part = path.with_name(f".new-{os.getpid()}-{path.name}")
    count = 0
    try:
        with part.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for name, data in _files(home):
                    archive.writestr(_entry(name), data, zipfile.ZIP_DEFLATED)
                    count += 1
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _bad(path, error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _files(home: Home) -> Iterator[tuple[str, bytes]]:
    store = ObjectStore(home.root / "objects" / "sha256")
    for checksum in sorted(_bodies()):
        try:
            data = store.read(checksum)
        except (MissingObjectError, DamagedObjectError):
            continue  # erased, or not fetched yet: the other side says what it lacks
        yield f"{OBJECTS.as_posix()}/{checksum[:2]}/{checksum[2:]}", data
    yield from public_files(home.record)


def _bodies() -> set[str]:
    logs = queries.logs()
    return {
        name for log in logs for entry in entries_between(log.name, 0, log.size) for name in named_by(entry)
    }


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(f"{TOP}{name}", _DATE)
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return info


def _check(path: Path, archive: zipfile.ZipFile) -> None:
    found = archive.infolist()
    if len(found) > MAX_FILES or len({item.filename for item in found}) != len(found):
        raise _bad(path, f"{len(found):,}")
    for item in found:
        parts = item.filename.split("/")
        strange = item.flag_bits & 0x1 or item.compress_type not in _METHODS
        if strange or stat.S_ISLNK(item.external_attr >> 16):
            raise _bad(path, item.filename)
        if not item.filename.startswith(TOP) or ".." in parts or "\\" in item.filename:
            raise _bad(path, item.filename)


def _bad(path: Path, why: str) -> StickError:
    return refusal(
        StickError,
        "{path} cannot be used as a stick ({why}). It is the file that `hled sync --file` wrote on the other "
        "node; delete it to begin anew with this node's record.",
        "{path} no sirve como memoria ({why}). Es el archivo que escribió `hled sync --file` en el otro "
        "nodo; bórrelo para comenzar de nuevo con el registro de este nodo.",
        path=path,
        why=why,
    )
