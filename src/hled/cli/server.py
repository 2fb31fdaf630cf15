"""The processes of one node: gunicorn with threads, and beside it the background worker and the log's signer.

Two web processes with four threads measured best for these pages on small machines; an ASGI server is five
times slower with the same code (docs/adr).
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

SETTINGS: Final = {
    "worker_class": "gthread",
    "threads": 4,
    "max_requests": 100_000,  # against slow leaks; each new process forgets the pages and buckets it kept
    "max_requests_jitter": 10_000,
    "timeout": 30,
    "graceful_timeout": 20,
    "preload_app": True,
    "loglevel": "warning",
    "proc_name": "hled",
}
_MEMORY: Final = Path("/dev") / "shm"  # where workers beat: never a slow disk
_PATIENCE: Final = 20
_PAUSE: Final = 1


@dataclass(frozen=True, slots=True)
class Server:
    """A site to be served on one address; `on_ready` is called once it listens."""

    host: str
    port: int
    workers: int
    on_ready: Callable[[], None]

    def serve(self) -> None:
        """Serve until SIGINT or SIGTERM, then stop the web processes and those beside them."""
        connections.close_all()  # a connection must not cross a fork
        own_process = os.getpid()
        besides = [
            Beside((sys.executable, "-m", "hled.cli", *words, "--follow", str(own_process)))
            for words in self._beside()
        ]
        for beside in besides:
            beside.start()
        try:
            _Gunicorn(self._settings(), get_wsgi_application).run()
        finally:
            if os.getpid() == own_process:  # a web process that ends passes here too
                for beside in besides:
                    beside.stop()

    def _beside(self) -> list[tuple[str, ...]]:
        """Return the commands of the other processes; a read-only mirror signs and calculates nothing."""
        return [] if settings.READ_ONLY else [("work",), ("node", "sign")]

    def _settings(self) -> dict[str, object]:
        own = _bound(self.host, self.port, self.on_ready)
        return {**SETTINGS, **own, "workers": self.workers}


def serve_application(
    application: WSGIApplication, host: str, port: int, *, on_ready: Callable[[], None]
) -> None:
    """Serve any WSGI application in one process with threads, until stopped."""
    wanted = {**SETTINGS, **_bound(host, port, on_ready), "workers": 1}
    _Gunicorn(wanted, lambda: application).run()


def _bound(host: str, port: int, on_ready: Callable[[], None]) -> dict[str, object]:
    host = f"[{host}]" if ":" in host else host
    memory = {"worker_tmp_dir": str(_MEMORY)} if _MEMORY.is_dir() else {}
    return {"bind": f"{host}:{port}", "when_ready": lambda _server: on_ready(), **memory}


class Beside(threading.Thread):
    """Keeps one process running beside the server and starts it again when it ends by itself."""

    def __init__(self, command: Sequence[str]) -> None:
        super().__init__(daemon=True)
        self._command = command
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start the process, wait for its end, and begin again until stopped."""
        while not self._stopping.is_set():
            self._process = subprocess.Popen(self._command)  # noqa: S603  # our own interpreter
            self._process.wait()
            self._stopping.wait(_PAUSE)

    def stop(self) -> None:
        """Ask the process to end, and end it where it does not in time."""
        self._stopping.set()
        for end in ("terminate", "kill"):
            if self._process is not None:
                getattr(self._process, end)()
            self.join(_PATIENCE)
            if not self.is_alive():
                return


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with our settings and nothing from its own command line."""

    def __init__(self, wanted: dict[str, object], load: Callable[[], WSGIApplication]) -> None:
        self._wanted = wanted
        self._load = load
        super().__init__()

    def load_config(self) -> None:
        """Set what we want."""
        for name, value in self._wanted.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """Return what is served."""
        return self._load()
