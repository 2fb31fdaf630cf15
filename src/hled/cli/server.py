"""The processes of one node: gunicorn with threads, and beside it the background worker.

Two web processes with four threads measured best for these pages on small machines; an ASGI server is five
times slower with the same code (docs/adr).
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

SETTINGS: Final = {
    "worker_class": "gthread",
    "threads": 4,
    "max_requests": 2000,
    "max_requests_jitter": 200,
    "timeout": 30,
    "graceful_timeout": 20,
    "preload_app": True,
    "loglevel": "warning",
    "proc_name": "hled",
}
_MEMORY: Final = Path("/dev/shm")  # noqa: S108  # where workers beat: never a slow disk
_PATIENCE: Final = 20


@dataclass(frozen=True, slots=True)
class Server:
    """A site to be served on one address; `on_ready` is called once it listens."""

    host: str
    port: int
    workers: int
    on_ready: Callable[[], None]

    def serve(self) -> None:
        """Serve until SIGINT or SIGTERM, then stop the web processes and the worker, in this order."""
        connections.close_all()  # a connection must not cross a fork
        worker = subprocess.Popen([sys.executable, "-m", "hled.cli", "work"])
        try:
            _Gunicorn(self._settings()).run()
        finally:
            worker.terminate()
            _wait(worker)

    def _settings(self) -> dict[str, object]:
        host = f"[{self.host}]" if ":" in self.host else self.host
        own: dict[str, object] = {
            "bind": f"{host}:{self.port}",
            "workers": self.workers,
            "when_ready": lambda _server: self.on_ready(),
        }
        memory = {"worker_tmp_dir": str(_MEMORY)} if _MEMORY.is_dir() else {}
        return {**SETTINGS, **own, **memory}


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with our settings and nothing from its own command line."""

    def __init__(self, wanted: dict[str, object]) -> None:
        self._wanted = wanted
        super().__init__()

    def load_config(self) -> None:
        """Set what we want."""
        for name, value in self._wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401  # a WSGI application
        """Return the site."""
        return get_wsgi_application()


def _wait(worker: "subprocess.Popen[bytes]") -> None:
    try:
        worker.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
