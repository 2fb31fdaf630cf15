"""Where a connection may lead: the address is read strictly, and the machine behind it is looked at first.

A name can be made to point at this machine or into its network, so the numbers behind the name are checked,
and the connection then goes to a checked number, not to the name again (DNS rebinding). It serves the
exchange between the two nodes, under every work-plan line.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from hled.fetch.errors import AddressError, UnreachableError, refusal

_URL: Final = re.compile(r"https?://[!-~]{1,500}\Z")
_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_Number = ipaddress.IPv4Address | ipaddress.IPv6Address


class Reach(StrEnum):
    """How far an operator lets a connection go: public addresses only, or private networks too."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address, taken apart; `path` neither ends in a slash nor is one."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Read an address.

        Raises:
            AddressError: it is no plain http(s) address: other schemes, user names, queries, odd signs.
        """
        try:
            parts = urlsplit(url) if _URL.match(url) else None
            port = parts.port if parts else None
        except ValueError:  # a port that is no number, a bracket without its other half
            parts = None
        if parts is None or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
            raise _malformed(url)
        path = parts.path.rstrip("/")
        if ".." in path.split("/") or "%" in path:
            raise _malformed(url)
        return cls(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], path)

    def __str__(self) -> str:
        """Return the address as one writes it."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host and port as they stand in an address: an IPv6 number in brackets, the usual port left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def numbers(self, reach: Reach) -> tuple[str, ...]:
        """Look the host up and return its IP numbers, each allowed by `reach`.

        Raises:
            UnreachableError: the name is not known.
            AddressError: a number is private, of this machine or otherwise not public, and `reach` is PUBLIC.
        """
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise refusal(
                UnreachableError,
                "No machine is known under the name {host}. Check the address, and the name service here.",
                "No se conoce ningún equipo con el nombre {host}. Revise la dirección y el servicio de "
                "nombres de este equipo.",
                host=self.host,
            ) from error
        numbers = tuple(dict.fromkeys(str(item[4][0]) for item in found))
        if reach is Reach.PUBLIC and not all(map(is_public, numbers)):
            raise refusal(
                AddressError,
                "{host} leads into a private network or to this machine, so nothing was asked there. "
                "If that is where the other node is, repeat with --private.",
                "{host} lleva a una red privada o a este mismo equipo, por lo que no se consultó nada. "
                "Si ahí está el otro nodo, repita con --private.",
                host=self.host,
            )
        return numbers


def is_public(number: str) -> bool:
    """Say whether an IP number is a public one, also when it is wrapped in an IPv6 number."""
    address = _unwrapped(ipaddress.ip_address(number.partition("%")[0]))
    return address.is_global and not address.is_multicast


def _unwrapped(address: _Number) -> _Number:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _malformed(url: str) -> AddressError:
    return refusal(
        AddressError,
        "“{url}” is no address that can be asked: http:// or https://, a host and a path are expected.",
        "«{url}» no es una dirección que pueda consultarse: se espera http:// o https://, un host y "
        "una ruta.",
        url=url,
    )
