"""The complete public record copied into a folder that any web server, mirror or memory stick can carry.

It serves the promise of transparency under every work-plan line: the record survives whoever publishes it.
A copy can be brought up to date at any time, also while the record grows: checkpoints are read first and
written last, so whoever reads the copy meanwhile finds every file that its checkpoints speak of.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.record.examining import is_demonstration
from hled.record.log_files import CHECKPOINT, PENDING
from hled.record.objects import DamagedObjectError, MissingObjectError, ObjectStore, write_whole
from hled.record.tiles import is_tile_path

VERIFIER: Final = Path(__file__).with_name("verify_record.py")
PUBLIC: Final = ("policy", "keys.json", "card")
COSIGNED: Final = "cosigned"
AS_FOUND: Final = "policy-as-found"  # this file in a home says that nobody vouched for its policy
EXHIBITS: Final = "evidence"
OBJECTS: Final = Path("objects") / "sha256"
NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,19}\Z")
_HEX: Final = re.compile(r"[0-9a-f]{64}\Z")
_EXHIBIT: Final = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z-[a-z-]{1,40}/[a-z][a-z-]{0,40}(\.txt)?\Z")
_PART: Final = re.compile(r"(?P<full>.+)\.p/[0-9]+\Z")


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files were written, and how many stood there already; checksums of damaged bodies."""

    written: int = 0
    same: int = 0
    damaged: tuple[str, ...] = ()

    def __add__(self, other: "Exported") -> "Exported":
        return Exported(self.written + other.written, self.same + other.same, self.damaged + other.damaged)


def folder_name(origin: str) -> str:
    """Return the short name under which the files of a log lie: the last part of its origin, else `local`."""
    return "local" if is_demonstration(origin) else origin.rpartition("/")[2]


def log_names(record: Path) -> tuple[str, ...]:
    """Return the short names of the logs whose files lie below a record's folder."""
    if not record.is_dir():
        return ()
    found = (item.name for item in record.iterdir() if NAME.match(item.name))
    files = (CHECKPOINT, PENDING)
    return tuple(sorted(name for name in found if any((record / name / file).is_file() for file in files)))


def export_record(record: Path, target: Path) -> Exported:
    """Copy the public files of a record's folder, and only those, into `target`; identical ones stay.

    The verifier goes with them, so that whoever has the copy needs nothing else. Partial tiles beside their
    full one are left out: nobody asks for them any more.
    """
    done = Exported()
    for path, data in public_files(record):
        done += _copy(data, target / path)
    return done


def public_files(record: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a copy with its path, those last that speak of the others."""
    last = {path: (record / path).read_bytes() for path in _signed_files(record)}
    yield VERIFIER.name, VERIFIER.read_bytes()
    for path in _lasting_files(record):
        yield path, (record / path).read_bytes()
    yield from last.items()


def export_bodies(checksums: Iterable[str], source: ObjectStore, target: ObjectStore) -> Exported:
    """Copy the bodies that entries name into `target`; those that are not kept here are passed over."""
    done = Exported()
    for checksum in checksums:
        try:
            target.read(checksum)
        except (MissingObjectError, DamagedObjectError):
            done += _keep(checksum, source, target)
        else:
            done += Exported(same=1)
    return done


def _keep(checksum: str, source: ObjectStore, target: ObjectStore) -> Exported:
    try:
        target.keep(source.read(checksum))
    except MissingObjectError:
        return Exported()
    except DamagedObjectError:
        return Exported(damaged=(checksum,))
    return Exported(written=1)


def _signed_files(record: Path) -> Iterator[str]:
    """Yield the files that change: they speak of others, so they are read first and written last."""
    yield from (name for name in PUBLIC if (record / name).is_file())
    for log in log_names(record):
        yield from (f"{log}/{file}" for file in (CHECKPOINT, PENDING) if (record / log / file).is_file())
    for path in sorted((record / COSIGNED).glob("*/" + CHECKPOINT)):
        if _HEX.match(path.parent.name):
            yield path.relative_to(record).as_posix()


def _lasting_files(record: Path) -> Iterator[str]:
    for log in log_names(record):
        folder = record / log
        for path in sorted(folder.glob("tile/**/*")):
            name = path.relative_to(folder).as_posix()
            if is_tile_path(name) and path.is_file() and not _is_outgrown(folder, name):
                yield f"{log}/{name}"
    for path in sorted((record / EXHIBITS).glob("*/*")):
        name = path.relative_to(record / EXHIBITS).as_posix()
        if _EXHIBIT.match(name) and path.is_file():
            yield f"{EXHIBITS}/{name}"


def _is_outgrown(folder: Path, name: str) -> bool:
    found = _PART.match(name)
    return found is not None and (folder / found["full"]).is_file()


def _copy(data: bytes, place: Path) -> Exported:
    try:
        if place.read_bytes() == data:
            return Exported(same=1)
    except OSError:  # not there, or not readable: it is written
        pass
    write_whole(place, data)
    return Exported(written=1)
