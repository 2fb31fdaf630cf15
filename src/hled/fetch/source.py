"""Reading files over http(s) from one address: one connection kept open, every size and time bounded.

Redirects are not followed, compressed answers are not taken, certificates are checked, and the whole
exchange of one file ends at a fixed time, however slowly the other side writes. Nothing that comes back is
believed here; the record's proofs and signatures decide. It serves the exchange between the two nodes,
under every work-plan line.
"""

import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from hled.fetch.addresses import Address, Reach
from hled.fetch.errors import (
    AnswerError,
    AnswerTooLargeError,
    NotThereError,
    UnreachableError,
    refusal,
)

_PATH: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._/-]{0,299}\Z")
_SECONDS: Final = re.compile(r"[0-9]{1,6}\Z")
_GONE: Final = frozenset({404, 410})
_BUSY: Final = frozenset({429, 503})
_PATIENCE: Final = 5
_AGENT: Final = "hled"
_PLAIN: Final = {"Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds at most: to open a connection, for a pause within an answer, for the whole answer.

    `busy` is how long to wait at most when the other side asks for time (429, 503), five times for a file.
    """

    connect: float = 10.0
    pause: float = 20.0
    whole: float = 120.0
    busy: float = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the other side answered: status, body, and the seconds for which it asks to wait."""

    status: int
    body: bytes
    wait: float = 1.0


class Source:
    """An address from which files are read; use it in a `with` block, from one thread.

    Nothing is opened before the first read. A connection that the other side closed meanwhile is opened
    again once, and its address is looked up and checked anew.
    """

    def __init__(self, url: str, *, reach: Reach = Reach.PUBLIC, limits: Limits | None = None) -> None:
        self.address = Address.parse(url)
        self._reach = reach
        self._limits = limits or Limits()
        self._connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def read(self, path: str, limit: int) -> bytes:
        """Return the file at `path` below the address, of at most `limit` bytes.

        Raises:
            NotThereError: there is none.
            AnswerTooLargeError: it has more bytes.
            AnswerError: the answer is something else: a redirect, an error, a compressed or cut-off body.
            UnreachableError, AddressError: see `Address.numbers`; the other side is silent or too slow.
        """
        reply = self._ask("GET", path, b"", limit)
        for _ in range(_PATIENCE):
            if reply.status not in _BUSY:
                break
            time.sleep(min(reply.wait, self._limits.busy))
            reply = self._ask("GET", path, b"", limit)
        if reply.status in _GONE:
            raise refusal(
                NotThereError,
                "{where} has no file {path}.",
                "{where} no tiene el archivo {path}.",
                where=self.address,
                path=path,
            )
        if reply.status != 200:
            raise self._odd(path, str(reply.status))
        return reply.body

    def post(self, path: str, body: bytes, limit: int) -> Reply:
        """Send `body` and return the answer, whatever its status; it has at most `limit` bytes.

        Raises:
            AnswerError, UnreachableError, AddressError: as for `read`.
        """
        return self._ask("POST", path, body, limit)

    def _ask(self, method: str, path: str, body: bytes, limit: int) -> Reply:
        if not _PATH.match(path) or ".." in path.split("/"):
            raise self._odd(path, "path")
        was_open = self._connection is not None
        try:
            return self._exchange(method, path, body, limit)
        except UnreachableError:
            if not was_open:  # a kept connection may have been closed by the other side; ask anew, once
                raise
            return self._exchange(method, path, body, limit)

    def _exchange(self, method: str, path: str, body: bytes, limit: int) -> Reply:
        try:
            connection = self._open()
            with self._ends_in_time(connection):
                headers = {"Host": self.address.authority, "User-Agent": _AGENT, **_PLAIN}
                connection.request(method, f"{self.address.path}/{path}", body or None, headers)
                response = connection.getresponse()
                return self._received(response, path, limit)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise self._silent(error) from error
        except AnswerError:
            self.close()
            raise

    def _received(self, response: http.client.HTTPResponse, path: str, limit: int) -> Reply:
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding.lower() != "identity":
            raise self._odd(path, f"Content-Encoding: {encoding}")
        if response.length is None and not response.chunked:
            raise self._odd(path, "no Content-Length")  # its end could not be told from a broken connection
        if response.length is not None and response.length > limit:
            raise self._too_large(path, limit)
        body = response.read(limit + 1)
        if len(body) > limit:
            raise self._too_large(path, limit)
        if response.length:  # the connection ended before the body did
            raise http.client.IncompleteRead(body, response.length)
        if not response.isclosed():
            response.read()  # the end of a chunked body, so that the connection can be used again
        asked = response.headers.get("Retry-After", "")
        return Reply(response.status, body, float(asked) if _SECONDS.match(asked) else 1.0)

    def _open(self) -> http.client.HTTPConnection:
        if self._connection is None:
            numbers = self.address.numbers(self._reach)
            connection = _Pinned(self.address, numbers, self._limits)
            self._connection = connection
        if self._connection.sock is None:
            self._connection.connect()
        return self._connection

    @contextmanager
    def _ends_in_time(self, connection: http.client.HTTPConnection) -> Iterator[None]:
        """Cut the connection off when the whole exchange takes too long, however busy it looks."""
        watch = threading.Timer(self._limits.whole, _cut, (connection.sock,))
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _silent(self, error: Exception) -> UnreachableError:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return refusal(
            UnreachableError,
            "{where} does not answer ({why}). Nothing was changed here; it can be tried again at any time.",
            "{where} no responde ({why}). Aquí no cambió nada; puede intentarse de nuevo cuando se quiera.",
            where=self.address,
            why=why,
        )

    def _odd(self, path: str, what: str) -> AnswerError:
        return refusal(
            AnswerError,
            "{where} did not give the file {path} ({what}). Check the address; redirects are not followed.",
            "{where} no entregó el archivo {path} ({what}). Revise la dirección; no se siguen redirecciones.",
            where=self.address,
            path=path,
            what=what,
        )

    def _too_large(self, path: str, limit: int) -> AnswerTooLargeError:
        return refusal(
            AnswerTooLargeError,
            "The file {path} of {where} is larger than {limit} bytes, the most that may stand there. "
            "It was not taken.",
            "El archivo {path} de {where} supera los {limit} bytes, lo máximo que cabe ahí. No se tomó.",
            where=self.address,
            path=path,
            limit=f"{limit:,}",
        )


class _Pinned(http.client.HTTPConnection):
    """A connection to one of the numbers that were checked; the name serves for Host and certificate only."""

    def __init__(self, address: Address, numbers: tuple[str, ...], limits: Limits) -> None:
        super().__init__(address.host, address.port, timeout=limits.pause)
        self._address = address
        self._numbers = numbers
        self._limits = limits

    def connect(self) -> None:
        """Try the numbers in their order; the last failure is the one that is raised."""
        failure: OSError = ConnectionError("no address")
        for number in self._numbers:
            try:
                plain = socket.create_connection((number, self._address.port), self._limits.connect)
                self.sock = self._secured(plain)
            except OSError as error:
                failure = error
                continue
            self.sock.settimeout(self._limits.pause)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return
        raise failure

    def _secured(self, plain: socket.socket) -> socket.socket:
        if self._address.scheme == "http":
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=self._address.host)
        except OSError:
            plain.close()
            raise


def _cut(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:  # it has ended by itself
        return
