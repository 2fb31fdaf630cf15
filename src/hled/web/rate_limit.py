"""A token bucket per client address, in the memory of each worker, bounded in size."""

import ipaddress
import threading
import time
from collections import OrderedDict
from typing import Final

from django.conf import settings
from django.http import HttpRequest

MAX_CLIENTS: Final = 20_000


class Buckets:
    """Token buckets: `size` requests at once, refilled at `rate` per second."""

    def __init__(self, size: int, rate: float) -> None:
        self.size = float(size)
        self.rate = rate
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str, now: float | None = None) -> float:
        """Take one token: 0.0 when there was one, else the seconds until there will be."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            level, since = self._levels.pop(client, (self.size, moment))
            level = min(self.size, level + (moment - since) * self.rate)
            wait = 0.0 if level >= 1 else (1 - level) / self.rate
            self._levels[client] = (level - 1 if wait == 0 else level, moment)
            if len(self._levels) > MAX_CLIENTS:
                self._levels.popitem(last=False)
        return wait


def client_key(request: HttpRequest) -> str:
    """Name the asker: the address, or its /64 network for IPv6, where one person holds many addresses."""
    text = _address(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:  # how a socket of both kinds shows IPv4: one /64 would be everybody
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def _address(request: HttpRequest) -> str:
    """Return the address that we saw, or that our proxy saw: it wrote the last hop, anybody the rest."""
    if settings.PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
