"""Where another node's public files come from: its address, a folder, or a stick; all are read alike.

What is read is believed by nobody: signatures, roots and checksums decide. It serves the promise of
transparency under every work-plan line.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol, Self

from hled.fetch import AnswerTooLargeError, NotThereError, Reach, Source
from hled.fetch.errors import refusal

_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)


class Peer(Protocol):
    """The public files of another node; paths begin below its `record/`."""

    @property
    def name(self) -> str:
        """How people call it: its address or path."""

    def read(self, path: str, limit: int) -> bytes:
        """Return a file of at most `limit` bytes.

        Raises:
            NotThereError: there is none; any other FetchError: it cannot be had.
        """


OpenPeer = Callable[[], AbstractContextManager[Peer]]


class WebPeer(Source):
    """A node at an address."""

    def __init__(self, address: str, reach: Reach) -> None:
        base = address.rstrip("/")
        super().__init__(base if base.endswith("/record") else f"{base}/record", reach=reach)

    @property
    def name(self) -> str:
        """The address."""
        return str(self.address).removesuffix("/record")


class FolderPeer:
    """A copy of a node's public files in a folder: an export, a backup, or `record/` of a home itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "record" if (folder / "record").is_dir() else folder

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def read(self, path: str, limit: int) -> bytes:
        """Return a file of the folder.

        Raises:
            NotThereError: there is none, or it cannot be read.
            AnswerTooLargeError: it is larger than `limit`.
        """
        return _bounded(self._folder, path, limit)


def is_address(text: str) -> bool:
    """Say whether a text names an http(s) address."""
    return _ADDRESS.match(text) is not None


def _bounded(folder: Path, path: str, limit: int) -> bytes:
    place = folder / path
    try:
        if ".." in path.split("/") or not place.is_file():
            raise FileNotFoundError
        with place.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise refusal(
            NotThereError,
            "{where} has no file {path}.",
            "{where} no tiene el archivo {path}.",
            where=folder,
            path=path,
        ) from error
    if len(data) > limit:
        raise too_large(str(folder), path)
    return data


def too_large(where: str, path: str) -> AnswerTooLargeError:
    """Return the error of a file that is larger than anything that may stand at its place."""
    return refusal(
        AnswerTooLargeError,
        "The file {path} of {where} is larger than anything that may stand there. It was not taken.",
        "El archivo {path} de {where} es más grande de lo que cabe ahí. No se tomó.",
        where=where,
        path=path,
    )
