"""Where bytes lie that entries only name: files under their own SHA-256, beside the record.

An entry has at most 65,535 bytes, so what is larger (an official text, an answer of the evidence) is kept
here, and the entry or run that speaks of it carries its checksum. Files are written beside their place and
renamed, and every read checks the bytes against the name. It serves every work-plan line.
"""

import errno
import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.language import Bilingual, DialogueError

MAX_OBJECT: Final = 1024 * 1024 * 1024
_HEX: Final = re.compile(r"[0-9a-f]{64}\Z")
_NAMED: Final = re.compile(rb'"(?:(?:sha256|revision)":"|sha256:)([0-9a-f]{64})"')
_PLAIN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class MissingObjectError(DialogueError):
    """No file is kept here under this checksum."""

    code = "record.object_missing"

    @classmethod
    def of(cls, checksum: str) -> "MissingObjectError":
        """Name the object."""
        shown = checksum[:64]
        return cls(
            Bilingual(
                en=f"The file with SHA-256 {shown} is not kept on this machine. It is restored from the "
                "backup, or from any copy with this checksum.",
                es=f"El archivo con SHA-256 {shown} no se conserva en este equipo. Se restaura del respaldo, "
                "o de cualquier copia con esta suma de verificación.",
            )
        )


class DamagedObjectError(DialogueError):
    """The bytes of a kept file are not those that its name promises."""

    code = "record.object_damaged"

    @classmethod
    def of(cls, checksum: str) -> "DamagedObjectError":
        """Name the object."""
        return cls(
            Bilingual(
                en=f"The kept file with SHA-256 {checksum} is damaged: its bytes do not match this checksum, "
                "so it is not given out.",
                es=f"El archivo conservado con SHA-256 {checksum} está dañado: su contenido no coincide con "
                "esta suma de verificación, por lo que no se entrega.",
            )
        )


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """The kept files below `folder`, as `ab/cdef…`; folders appear with the first write."""

    folder: Path

    def keep(self, data: bytes) -> str:
        """Keep bytes and return their SHA-256; keeping them again mends a missing or damaged file."""
        checksum = hashlib.sha256(data).hexdigest()
        write_whole(self._place(checksum), data)
        return checksum

    def read(self, checksum: str) -> bytes:
        """Return kept bytes, checked against their SHA-256.

        Raises:
            MissingObjectError: no file has this name, or the name is no checksum.
            DamagedObjectError: the bytes are not those that the name promises.
        """
        if not _HEX.match(checksum):
            raise MissingObjectError.of(checksum)
        try:
            data = read_plain(self._place(checksum), MAX_OBJECT)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise MissingObjectError.of(checksum) from error
        except OSError as error:
            raise DamagedObjectError.of(checksum) from error
        if hashlib.sha256(data).hexdigest() != checksum:
            raise DamagedObjectError.of(checksum)
        return data

    def _place(self, checksum: str) -> Path:
        return self.folder / checksum[:2] / checksum[2:]


def named_by(entry: bytes) -> list[str]:
    """Return the checksums of the bodies that an entry names: the one rule for mirrors, sticks and exports.

    A body stands in the entry's canonical JSON as `"sha256":"…"`, as `"revision":"…"` (the text of a decision
    is its revision's name) or as a text `"sha256:…"`. Other hashes, as those of commitments, name no body.
    """
    return [found.decode() for found in _NAMED.findall(entry)]


def read_plain(path: Path, limit: int) -> bytes:
    """Return a file that a stranger may have put there: never through a link, never waiting at a pipe.

    Raises:
        FileNotFoundError: there is none.
        OSError: it is no plain file, has more than `limit` bytes, or cannot be read.
    """
    number = os.open(path, _PLAIN)
    try:
        about = os.fstat(number)
        if not stat.S_ISREG(about.st_mode) or about.st_size > limit:
            raise OSError(errno.EINVAL, "no plain file of a size that can be", str(path))
        with os.fdopen(number, "rb", closefd=False) as file:
            return file.read(limit)
    finally:
        os.close(number)


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the place and rename: no reader meets half a file, and no power cut takes it back."""
    make_folder(path.parent)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
        _settle(path.parent)
    finally:
        part.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, so that no power cut takes it back."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _settle(folder.parent)


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk, as `fsync` does for the bytes of a file."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
