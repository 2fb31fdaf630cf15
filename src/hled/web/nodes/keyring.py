"""The private keys of a node: files that only their owner may read, never overwritten by accident.

Who signs reads only its own: the signer `log`, the follower the two of the cosigner. The web process reads
none. It serves the promise of transparency under every work-plan line.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.record.errors import RecordError
from hled.record.notes import Algorithm, SigningKey
from hled.record.objects import make_folder
from hled.web.nodes.errors import KeyFileError, KeysExistError, NotBegunError, refusal

LOG: Final = "log"
COSIGNER: Final = "cosigner"
COSIGNER_PQ: Final = "cosigner-pq"
COSIGNERS: Final = (COSIGNER, COSIGNER_PQ)
ALGORITHMS: Final[Mapping[str, Algorithm]] = {
    LOG: Algorithm.ED25519,
    COSIGNER: Algorithm.COSIGNATURE_ED25519,
    COSIGNER_PQ: Algorithm.COSIGNATURE_MLDSA44,
}


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys below `folder`, by role; `<role>.next` is a key that a change has prepared."""

    folder: Path

    def place(self, role: str) -> Path:
        """Return the file of a role."""
        return self.folder / f"{role}.key"

    def has(self, role: str) -> bool:
        """Say whether there is a key for a role."""
        return self.place(role).is_file()

    def read(self, role: str) -> SigningKey:
        """Return the key of a role.

        Raises:
            NotBegunError: there is none.
            KeyFileError: others may read the file, or it holds no key.
        """
        place = self.place(role)
        try:
            if place.stat().st_mode & 0o077:
                raise _bad(place, "chmod 600")
            return SigningKey.parse(place.read_text(encoding="utf-8").strip())
        except FileNotFoundError as error:
            raise refusal(
                NotBegunError,
                "The key {path} is missing. A government's node gets its keys from `hled node init`, a local "
                "one from `hled prepare`.",
                "Falta la clave {path}. El nodo de un gobierno obtiene sus claves con `hled node init`; uno "
                "local, con `hled prepare`.",
                path=place,
            ) from error
        except (OSError, UnicodeDecodeError, RecordError) as error:
            raise _bad(place, getattr(error, "strerror", None) or "PRIVATE+KEY+…") from error

    def create(self, keys: Mapping[str, SigningKey]) -> None:
        """Write new keys, all or none.

        Raises:
            KeysExistError: one of them is there already.
        """
        self.refuse_taken(keys)
        for role, key in keys.items():
            self._write(self.place(role), key)

    def refuse_taken(self, roles: Iterable[str]) -> None:
        """Refuse to go on where one of these keys is there already.

        Raises:
            KeysExistError: it is.
        """
        taken = [self.place(role) for role in roles if self.place(role).exists()]
        if taken:
            raise refusal(
                KeysExistError,
                "{path} exists and is never overwritten. To change a key, use `hled node rotate`; to begin "
                "another node, set HLED_HOME to a new folder.",
                "{path} ya existe y nunca se sobrescribe. Para cambiar una clave use `hled node rotate`; "
                "para iniciar otro nodo, indique una carpeta nueva en HLED_HOME.",
                path=taken[0],
            )

    def prepare(self, role: str, key: SigningKey) -> None:
        """Keep the key that is to follow the one of a role."""
        self._write(self.place(f"{role}.next"), key)

    def prepared(self, role: str) -> SigningKey | None:
        """Return the key that is to follow, if a change was begun."""
        return self.read(f"{role}.next") if self.has(f"{role}.next") else None

    def change(self, role: str) -> None:
        """Put the prepared key in the place of the old one, in one step; the old one is gone."""
        self.place(f"{role}.next").replace(self.place(role))

    def _write(self, place: Path, key: SigningKey) -> None:
        make_folder(self.folder)
        self.folder.chmod(0o700)
        number = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(f"{key.secret}\n")
            file.flush()
            os.fsync(file.fileno())


def _bad(place: Path, why: str) -> KeyFileError:
    return refusal(
        KeyFileError,
        "The key {path} cannot be used ({why}). Only its owner may read it, and it holds one line.",
        "La clave {path} no puede usarse ({why}). Solo su dueño debe poder leerla, y contiene una línea.",
        path=place,
        why=why,
    )
